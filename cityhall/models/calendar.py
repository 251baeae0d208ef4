"""Days on which this city is closed beyond weekends, holidays and the turn of the year."""

from django.db import models


class ClosedDay(models.Model):
    """A day the city closes by its own decision (休庁日)."""

    on = models.DateField("日", unique=True)
    reason = models.CharField("理由", max_length=100)

    class Meta:
        verbose_name = "休庁日"
        verbose_name_plural = "休庁日"
        ordering = ["-on"]

    def __str__(self):
        return f"{self.on} {self.reason}"
