"""Work over many cases, ordered once, done case by case, by the worker when there are many."""

from django.db import models


class DeskJob(models.Model):
    """What the desk does with many cases at once, or takes out of them (まとめてすること)."""

    class Kind(models.TextChoices):
        ASSIGN = "assign", "担当を決める"
        ASK = "ask", "課に尋ねる"
        REMIND = "remind", "催促する"
        EXPORT = "export", "一覧を書き出す"

    class State(models.TextChoices):
        QUEUED = "queued", "これから"
        DOING = "doing", "しています"
        DONE = "done", "終わりました"

    token = models.CharField("鍵", max_length=32, unique=True)
    kind = models.CharField("すること", max_length=10, choices=Kind)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="だれが", related_name="+")
    ordered_at = models.DateTimeField("いつ", auto_now_add=True)
    state = models.CharField("状態", max_length=10, choices=State, default=State.QUEUED)
    touched_at = models.DateTimeField("最後に進んだ時刻", auto_now=True)
    asked = models.JSONField("決めたこと", default=dict)
    cases = models.JSONField("案件", default=list)
    done = models.PositiveIntegerField("済んだ件数", default=0)
    outcomes = models.JSONField("件ごとの結果", default=list)
    data = models.BinaryField("できたファイル", default=bytes)

    class Meta:
        verbose_name = "まとめてすること"
        verbose_name_plural = "まとめてすること"
        ordering = ["-ordered_at"]

    def __str__(self):
        return f"{self.get_kind_display()} {len(self.cases)}件"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE
