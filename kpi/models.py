"""指標: how long cases stayed where, worked out from the trail, and how far the trail has been read."""

from django.db import models
from django.db.models import F, Q

from proposals.workflow import Holder, Step


class StayQuerySet(models.QuerySet):
    def over(self):
        """Stays that have ended."""
        return self.filter(left_on__isnull=False)


class Stay(models.Model):
    """A time a case spent in one step with one holder (滞在); worked out from its records, never typed."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.CASCADE, verbose_name="案件", related_name="+", db_index=False
    )
    place = models.PositiveSmallIntegerField("順序")
    step = models.CharField("段階", max_length=20, choices=Step)
    holder = models.CharField("いまの番", max_length=10, choices=Holder)
    entered_on = models.DateField("入った日")
    left_on = models.DateField("出た日", null=True)
    open_days = models.PositiveIntegerField("開庁日")

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = "滞在"
        verbose_name_plural = "滞在"
        ordering = ["proposal", "place"]
        indexes = [models.Index(fields=["step", "holder", "left_on"], name="stay_step_holder")]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "place"], name="stay_once_a_place"),
            models.CheckConstraint(
                name="stay_ends_after_it_begins",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
                violation_error_message="出た日は、入った日より後にしてください。",
            ),
        ]

    def __str__(self):
        return f"{self.proposal_id} {self.get_step_display()} {self.entered_on}"


class Bookmark(models.Model):
    """How far the trail has been read (しおり): one row a reader."""

    reader = models.CharField("読み手", max_length=20, unique=True)
    last_record = models.PositiveBigIntegerField("最後に読んだ記録", default=0)
    taken_at = models.DateTimeField("読んだ時刻", null=True)

    class Meta:
        verbose_name = "しおり"
        verbose_name_plural = "しおり"

    def __str__(self):
        return f"{self.reader} {self.last_record}"
