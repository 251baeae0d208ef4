"""The trail of a case."""

from django.db import models
from django.db.models import Q

from cityhall.models import Record, RecordText
from proposals.workflow import Holder, Kind, Step, Verdict


class ProposalRecordQuerySet(models.QuerySet):
    def effective(self):
        """The records that no later record corrects."""
        return self.filter(superseded_by__isnull=True)

    def newest_first(self):
        return self.order_by("-sequence").select_related("by", "posting__department", "department", "text")


class ProposalRecord(Record):
    """One thing that happened to a case (案件の記録)."""

    subject = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="records"
    )
    kind = models.CharField("種類", max_length=20, choices=Kind)
    source = models.CharField("前の段階", max_length=20, choices=Step, blank=True)
    target = models.CharField("その後の段階", max_length=20, choices=Step, blank=True)
    holder = models.CharField("その後のいまの番", max_length=10, choices=Holder, blank=True)
    verdict = models.CharField("判断", max_length=20, choices=Verdict, blank=True)
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="課", related_name="+", null=True, blank=True
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, verbose_name="訂正した記録", related_name="superseded_by", null=True
    )

    objects = ProposalRecordQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "案件の記録"
        verbose_name_plural = "案件の記録"
        constraints = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="proposal_record_sequence_once"),
            models.CheckConstraint(
                name="proposal_record_verdict_only_in_verdicts",
                condition=~Q(kind=Kind.VERDICT) | ~Q(verdict=""),
                violation_error_message="判断の記録には、判断が必要です。",
            ),
        ]

    @property
    def text_model(self):
        return ProposalRecordText


class ProposalRecordText(RecordText):
    """The words of a record of a case (案件の記録の文)."""

    record = models.OneToOneField(ProposalRecord, models.PROTECT, verbose_name="記録", related_name="text")

    class Meta:
        verbose_name = "案件の記録の文"
        verbose_name_plural = "案件の記録の文"
