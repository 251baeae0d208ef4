"""Who looked at what that not everybody may see."""

from django.db import models


class Reading(models.Model):
    """A person of the city hall opened personal data or a proposer's file (閲覧の記録)."""

    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="見た人", related_name="+")
    at = models.DateTimeField("見た時刻", auto_now_add=True)
    what = models.CharField("見たもの", max_length=40)
    about = models.CharField("案件番号", max_length=20, db_index=True)
    detail = models.CharField("細目", max_length=255, blank=True)

    class Meta:
        verbose_name = "閲覧の記録"
        verbose_name_plural = "閲覧の記録"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "at"], name="reading_by_whom_when")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.what}"
