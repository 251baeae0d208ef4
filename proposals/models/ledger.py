"""What the old ledger said of a case, so that a second import sees what changed."""

from django.db import models


class LedgerRow(models.Model):
    """A row of the desk's spreadsheet as it was last taken in (台帳の行)."""

    proposal = models.OneToOneField(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="ledger_row"
    )
    key = models.CharField("台帳番号", max_length=40, unique=True)
    values = models.JSONField("取り込んだ値", default=dict)
    remarks = models.TextField("備考", blank=True)

    class Meta:
        verbose_name = "台帳の行"
        verbose_name_plural = "台帳の行"
        ordering = ["key"]

    def __str__(self):
        return self.key


class LedgerImport(models.Model):
    """A spreadsheet somebody brought (台帳の取込み): shown first, taken in by the worker, then emptied."""

    class State(models.TextChoices):
        READY = "ready", "確かめ待ち"
        QUEUED = "queued", "取込み待ち"
        TAKING = "taking", "取り込んでいます"
        DONE = "done", "取り込みました"

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
        verbose_name = "台帳の取込み"
        verbose_name_plural = "台帳の取込み"
        ordering = ["-uploaded_at"]

    def __str__(self):
        return f"{self.file_name}（{self.get_state_display()}）"
