"""What the desk keeps at hand: texts to reuse, lists it narrowed, the city's plan."""

from django.db import models
from django.db.models import Q


class ReplyText(models.Model):
    """A text to reuse when writing to proposers (文例)."""

    title = models.CharField("名前", max_length=60)
    text = models.TextField("文", max_length=2000)
    order = models.PositiveSmallIntegerField("並び", default=100)
    is_used = models.BooleanField("使う", default=True)

    class Meta:
        verbose_name = "文例"
        verbose_name_plural = "文例"
        ordering = ["order", "title"]

    def __str__(self):
        return self.title


class SavedFilter(models.Model):
    """A list somebody narrowed and kept, for themselves or for all of the desk (絞り込み)."""

    owner = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="だれの", related_name="+")
    name = models.CharField("名前", max_length=40)
    query = models.CharField("条件", max_length=1000)
    is_shared = models.BooleanField("窓口のみんなで使う", default=False)
    made_at = models.DateTimeField("つくった時刻", auto_now_add=True)

    class Meta:
        verbose_name = "絞り込み"
        verbose_name_plural = "絞り込み"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="filter_name_once_an_owner",
                violation_error_message="同じ名前の絞り込みが、もうあります。",
            )
        ]

    def __str__(self):
        return self.name


class MeasureQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        )


class Measure(models.Model):
    """A 重点施策 or 基本姿勢 of the city's plan (ざま未来プラン), while it is in force."""

    class Kind(models.TextChoices):
        STANCE = "stance", "基本姿勢"
        PRIORITY = "priority", "重点施策"

    plan = models.CharField("計画", max_length=60, default="ざま未来プラン")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    name = models.CharField("名前", max_length=100)
    order = models.PositiveSmallIntegerField("並び", default=100)
    valid_from = models.DateField("初日", null=True, blank=True)
    valid_to = models.DateField("末日", null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "重点施策・基本姿勢"
        verbose_name_plural = "重点施策・基本姿勢"
        ordering = ["kind", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "name"],
                name="measure_once_a_plan",
                violation_error_message="同じ名前のものが、もうあります。",
            )
        ]

    def __str__(self):
        return self.name
