"""Running numbers, one row a series and fiscal year."""

from django.db import models


class Counter(models.Model):
    """The last number given in a series and fiscal year (採番)."""

    series = models.CharField("種類", max_length=10)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最後の番号", default=0)

    class Meta:
        verbose_name = "採番"
        verbose_name_plural = "採番"
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_once_a_year")]

    def __str__(self):
        return f"{self.series} {self.year}: {self.last}"
