"""By what the town's strengths are found."""

from django.db import models


class ResourceMark(models.Model):
    """One mark by which a 地域資源 that may be named is found (地域資源の印); follows it at each saving.

    Kept for those alone that said they may be named. The index by mark answers "who has most of these?".
    """

    mark = models.CharField("印", max_length=24)
    resource = models.ForeignKey(
        "proposals.Resource", models.CASCADE, verbose_name="地域資源", related_name="marks"
    )

    class Meta:
        verbose_name = "地域資源の印"
        verbose_name_plural = "地域資源の印"
        constraints = [models.UniqueConstraint(fields=["mark", "resource"], name="resource_mark_once")]

    def __str__(self):
        return self.mark
