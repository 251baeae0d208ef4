"""The TRIP itself: where it stands, and the days that repeat its trail."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cityhall import access
from cityhall.models import Role
from trips.facts import fold
from trips.models.company import TripCase
from trips.workflow import OVER, STARTED, Phase


class TripQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public ones for everybody, besides those a person works with."""
        return self._seen_by(user, Q(is_public=True))

    def worked_with_by(self, user):
        """All for the desk and the managers; for a section those it travels in."""
        return self._seen_by(user, Q(pk__in=[]))

    def _seen_by(self, user, besides: Q):
        if access.has_role(user, Role.DESK, Role.MANAGER):
            return self
        sections = access.departments_of(user, Role.MEMBER, Role.HEAD)
        return self.filter(besides | self._travelled_by(sections))

    def of(self, departments):
        """Those a section leads, or in which a case of its own travels."""
        return self.filter(self._travelled_by(departments))

    def _travelled_by(self, departments):
        cases = TripCase.objects.filter(proposal__department__in=departments)
        return Q(department__in=departments) | Q(pk__in=cases.values("trip"))

    def living(self):
        """Neither ended nor cancelled."""
        return self.exclude(step__in=OVER)

    def with_something_to_do(self):
        """Those on their way, and those that have ended and whose people are still to be met again."""
        to_meet = Q(ended_on__isnull=False, recontact_on__isnull=False, met_again_on__isnull=True)
        return self.filter(~Q(step__in=OVER) | to_meet, is_history=False)

    def for_lists(self):
        """History last, the newest first."""
        return self.select_related("department").order_by("is_history", "-opened_on", "-pk")


class Trip(models.Model):
    """A journey of the city and its partners (共創プロジェクト（TRIP）); moved only by `services.advance`."""

    number = models.CharField("番号", max_length=20, unique=True, editable=False)
    version = models.PositiveIntegerField("版", default=0, editable=False)
    title = models.CharField("名前", max_length=200)
    step = models.CharField("段階", max_length=20, choices=Phase, default=Phase.GATE, editable=False)
    step_entered_on = models.DateField("この段階に入った日", editable=False)
    department = models.ForeignKey(
        "cityhall.Department",
        models.PROTECT,
        verbose_name="主に担当する課",
        related_name="+",
        null=True,
        blank=True,
    )
    review_on = models.DateField("次のふり返りの日", null=True, blank=True, editable=False)
    recontact_on = models.DateField("また会う日", null=True, blank=True, editable=False)
    recontact_by = models.CharField("だれから声をかけるか", max_length=100, blank=True, editable=False)
    met_again_on = models.DateField("また会えた日", null=True, blank=True, editable=False)
    is_history = models.BooleanField("前史", default=False, editable=False)
    is_fictional = models.BooleanField("架空", default=False, editable=False)
    is_public = models.BooleanField("公開", default=False, editable=False)
    # the ledger's TRIP番号, or 「案件 R8-0001」 for an adopted row that has none
    ledger_key = models.CharField("台帳の番号", max_length=60, unique=True, null=True, editable=False)  # noqa: DJ001
    proposals = models.ManyToManyField(
        "proposals.Proposal", through=TripCase, verbose_name="案件", related_name="+"
    )

    logic_model = models.ForeignKey(  # of its own; the models of its cases belong to the cases
        "logicmodels.LogicModel",
        models.PROTECT,
        verbose_name="ロジックモデル",
        related_name="+",
        null=True,
        blank=True,
    )

    # what the trail says, repeated here for lists and figures (Facts)
    opened_on = models.DateField("開いた日", editable=False)
    started_on = models.DateField("始まった日", null=True, editable=False)
    cancelled_on = models.DateField("開始前に中止した日", null=True, editable=False)
    resting_since = models.DateField("休止した日", null=True, editable=False)
    ended_on = models.DateField("終わった日", null=True, editable=False)

    objects = TripQuerySet.as_manager()

    class Meta:
        verbose_name = "共創プロジェクト（TRIP）"
        verbose_name_plural = "共創プロジェクト（TRIP）"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["department", "step"], name="trip_department_step")]
        constraints = [
            models.CheckConstraint(
                name="trip_has_a_section",
                condition=Q(is_history=True) | Q(ledger_key__isnull=False) | Q(department__isnull=False),
                violation_error_message="共創プロジェクトには、主に担当する課が必要です。",
            ),
            models.CheckConstraint(
                name="trip_under_way_has_started",
                condition=Q(is_history=True)
                | Q(step=Phase.GATE, started_on__isnull=True)
                | Q(step__in=[*STARTED, Phase.ENDED], started_on__isnull=False)
                | Q(step=Phase.CANCELLED),
                violation_error_message="共創プロジェクトは、②TRIP 1に入った日に始まります。",
            ),
            models.CheckConstraint(
                name="trip_cancelled_before_it_started",
                condition=Q(cancelled_on__isnull=True) | Q(started_on__isnull=True),
                violation_error_message="始まった共創プロジェクトは、開始前の中止にできません。",
            ),
            models.CheckConstraint(
                name="trip_rests_on_its_way",
                condition=Q(resting_since__isnull=True) | Q(step__in=STARTED),
                violation_error_message="休止できるのは、始まって、まだ終わっていない共創プロジェクトだけです。",
            ),
            models.CheckConstraint(
                name="trip_days_in_order",
                condition=(Q(started_on__isnull=True) | Q(started_on__gte=F("opened_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))),
                violation_error_message="始まった日は開いた日より、終わった日は始まった日より、前にできません。",
            ),
        ]

    def __str__(self):
        return f"{self.called} {self.title}"

    def get_absolute_url(self):
        return reverse("trips:page", args=[self.number])

    @property
    def called(self) -> str:
        """TRIP-R8-01; of history as the city's papers write it: TRIP 0.0."""
        return self.number.replace("-", " ", 1) if self.is_history else self.number

    @property
    def is_over(self) -> bool:
        return self.step in OVER

    @property
    def standing(self) -> str:
        """The phase in words, and whether it rests in it."""
        return f"{self.get_step_display()}（休止中）" if self.resting_since else self.get_step_display()

    def before_record(self, record) -> None:
        """Set where the TRIP stands once this record is written, on both."""
        record.target = self.step
        if record.source and record.source != record.target:
            self.step_entered_on = record.on

    def retell(self, told: Iterable | None = None) -> None:
        """Take the repeated days from the trail, or from the first records while it is not stored yet."""
        for name, value in vars(fold(self.records.effective() if told is None else told)).items():
            setattr(self, name, value)
