"""What the section in charge decided at step ⑥, and the conditions it set."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from proposals.reasons import ReasonCode
from proposals.workflow import Verdict


class DecisionQuerySet(models.QuerySet):
    def numbered(self):
        """With `running`, its number in its case: it is addressed as R8-0009 and 1, never by a pk."""
        so_far = Decision.objects.filter(proposal=OuterRef("proposal"), pk__lte=OuterRef("pk"))
        counted = so_far.order_by().values("proposal").annotate(n=Count("pk"))
        return self.annotate(running=Subquery(counted.values("n")))

    def with_people(self):
        return self.select_related(
            "department", "decided_by", "prepared_by", "record__posting"
        ).prefetch_related("conditions", "consulted", "papers")


class Decision(models.Model):
    """A verdict of the section in charge (判断); never overwritten, a later one points to it.

    `seen` is what the head had before them (`proposals.seen`), word for word; the record's chain holds its
    fingerprint, so that nobody can change it afterwards without being noticed.
    """

    class Authority(models.TextChoices):
        OWN = "own", "専決"
        ACTING = "acting", "代決"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="decisions"
    )
    record = models.OneToOneField(
        "proposals.ProposalRecord", models.PROTECT, verbose_name="記録", related_name="decision"
    )
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="所管課", related_name="+"
    )
    verdict = models.CharField("結論", max_length=20, choices=Verdict)
    reason_code = models.CharField("理由の区分", max_length=20, choices=ReasonCode, blank=True)
    reason = models.TextField("理由", max_length=1000, blank=True)
    authority = models.CharField("決裁区分", max_length=10, choices=Authority, default=Authority.OWN)
    draft_number = models.CharField("起案番号", max_length=40, blank=True)
    decided_on = models.DateField("決裁日")
    decided_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="決裁者", related_name="+")
    consulted = models.ManyToManyField(
        "cityhall.Department", verbose_name="合議課", related_name="+", blank=True
    )
    prepared_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="下書きした人", related_name="+", null=True, blank=True
    )
    is_by_proxy = models.BooleanField("代理入力", default=False)
    logic_model_label = models.CharField("見たロジックモデル", max_length=60, blank=True)
    seen = models.JSONField("判断のときに見たもの", default=dict, blank=True)
    seen_hash = models.CharField("見たものの指紋", max_length=64, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, verbose_name="前の判断", related_name="followed_by", null=True
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "判断"
        verbose_name_plural = "判断"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_other_than_go_has_a_reason",
                condition=Q(verdict=Verdict.ADOPTED) | ~Q(reason=""),
                violation_error_message="採用以外の判断には、理由が必要です。",
            ),
            models.CheckConstraint(
                name="decision_by_proxy_names_who_prepared_it",
                condition=Q(is_by_proxy=False) | Q(prepared_by__isnull=False),
                violation_error_message="代理入力には、準備した人が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.proposal.number} {self.get_verdict_display()}"


class ConditionQuerySet(models.QuerySet):
    def current(self):
        """Those of the latest decision; what an earlier one asked no longer counts."""
        return self.filter(decision__followed_by__isnull=True)

    def open(self):
        """Neither met nor waived."""
        return self.filter(met_on__isnull=True, waived_on__isnull=True)


class Condition(models.Model):
    """Something that must come true before a 条件付採用 becomes an 採用 (条件)."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="conditions"
    )
    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="判断", related_name="conditions")
    text = models.CharField("条件", max_length=200)
    owner = models.CharField("だれが", max_length=60)
    due_on = models.DateField("いつまでに", null=True, blank=True)
    met_on = models.DateField("満たした日", null=True)
    waived_on = models.DateField("免じた日", null=True)
    waived_reason = models.CharField("免じた理由", max_length=200, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = "条件"
        verbose_name_plural = "条件"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="condition_waived_with_a_reason",
                condition=Q(waived_on__isnull=True) | ~Q(waived_reason=""),
                violation_error_message="条件を免じるには、理由が必要です。",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.waived_on is None
