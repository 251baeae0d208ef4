"""Tables somebody brought to the desk's pages: a ledger, the town's strengths, what companies gave."""

from django.db import models


class TableImport(models.Model):
    """A table somebody brought (表の取込み): shown first, taken in by the worker, then emptied."""

    class Kind(models.TextChoices):
        LEDGER = "ledger", "受付台帳"
        RESOURCES = "resources", "地域資源"
        SUPPORTS = "supports", "地域活動支援"

    class State(models.TextChoices):
        READY = "ready", "確かめ待ち"
        QUEUED = "queued", "取込み待ち"
        TAKING = "taking", "取り込んでいます"
        DONE = "done", "取り込みました"

    kind = models.CharField("何の表か", max_length=10, choices=Kind)
    token = models.CharField("鍵", max_length=32, unique=True)
    file_name = models.CharField("ファイル名", max_length=255)
    sha256 = models.CharField("指紋", max_length=64)
    data = models.BinaryField("中身", default=bytes)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="だれが", related_name="+")
    uploaded_at = models.DateTimeField("いつ", auto_now_add=True)
    state = models.CharField("状態", max_length=10, choices=State, default=State.READY)
    touched_at = models.DateTimeField("最後に進んだ時刻", auto_now=True)
    total = models.PositiveIntegerField("取り込む行", default=0)
    done = models.PositiveIntegerField("済んだ行", default=0)
    counts = models.JSONField("結果", default=dict)
    refused = models.JSONField("入らなかった行", default=list)

    class Meta:
        verbose_name = "表の取込み"
        verbose_name_plural = "表の取込み"
        ordering = ["-uploaded_at"]

    def __str__(self):
        return f"{self.file_name}（{self.get_state_display()}）"
