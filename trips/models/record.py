"""The trail of a TRIP."""

from django.db import models

from cityhall.models import Record, RecordText
from trips.workflow import Kind, Phase


class TripRecordQuerySet(models.QuerySet):
    def effective(self):
        """The records that no later record corrects."""
        return self.filter(superseded_by__isnull=True)

    def newest_first(self):
        return self.order_by("-on", "-sequence").select_related("posting__department", "text")


class TripRecord(Record):
    """One thing that happened to a TRIP (共創プロジェクトの記録)."""

    subject = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト", related_name="records"
    )
    kind = models.CharField("種類", max_length=20, choices=Kind)
    source = models.CharField("前の段階", max_length=20, choices=Phase, blank=True)
    target = models.CharField("その後の段階", max_length=20, choices=Phase, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, verbose_name="訂正した記録", related_name="superseded_by", null=True
    )

    objects = TripRecordQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "共創プロジェクトの記録"
        verbose_name_plural = "共創プロジェクトの記録"
        constraints = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="trip_record_sequence_once")
        ]

    @property
    def text_model(self):
        return TripRecordText


class TripRecordText(RecordText):
    """The words of a record of a TRIP (共創プロジェクトの記録の文)."""

    record = models.OneToOneField(TripRecord, models.PROTECT, verbose_name="記録", related_name="text")

    class Meta:
        verbose_name = "共創プロジェクトの記録の文"
        verbose_name_plural = "共創プロジェクトの記録の文"
