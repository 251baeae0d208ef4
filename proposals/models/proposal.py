"""The case itself: where it stands, and the columns that repeat its trail."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cityhall import access, closures
from cityhall.models import ActedAs, Role
from proposals.facts import fold, result
from proposals.models import lists
from proposals.models.clocks import clocks
from proposals.models.deciding import JointSection
from proposals.models.hearing import Hearing
from proposals.models.kinds import Category, Origin, Track
from proposals.models.matching import Introduction, MatchParty
from proposals.models.standing import Standing
from proposals.workflow import (
    HOLDER_AT,
    NEWS,
    OPEN,
    OPEN_DAYS_AT,
    TO_ANNOUNCE,
    UNREAD,
    Holder,
    Kind,
    Step,
    Verdict,
)

# decided by the section, and not announced
UNTOLD = Q(verdict__in=TO_ANNOUNCE, announced_on__isnull=True)
NEW = Q(step=Step.INTAKE, is_held=False)


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All cases for the desk and the managers; for a section its own and those it was asked about."""
        if access.has_role(user, Role.DESK, Role.MANAGER):
            return self
        return self.of(access.departments_of(user, Role.MEMBER, Role.HEAD))

    def of(self, sections):
        """Cases these sections hold, alone or jointly, were asked about, come to meet, or help in."""
        asked = Q(pk__in=Hearing.objects.of(sections).values("proposal"))
        joint = Q(pk__in=JointSection.objects.filter(department__in=sections).values("proposal"))
        met = Q(pk__in=Introduction.objects.of(sections).values("proposal"))
        matched = Q(pk__in=MatchParty.objects.filter(department__in=sections).values("match__proposal"))
        return self.filter(Q(department__in=sections) | asked | joint | met | matched)

    def headed_by(self, user):
        """Cases of the sections this person heads."""
        return self.filter(department__in=access.departments_of(user, Role.HEAD))

    def open(self):
        """Those in one of the six steps or waiting for conditions, by the index the lists are read from."""
        return self.filter(due_rank__lt=lists.ENDED)

    def awaiting_decision_of(self, departments):
        """Cases before ⑥ these sections are in charge of."""
        return self.filter(department__in=departments, step=Step.DECISION)

    def awaiting_consent_of(self, user):
        """Cases before ⑥ in joint charge of a section this person heads, whose answer is out."""
        heads = access.departments_of(user, Role.HEAD)
        asked = JointSection.objects.filter(department__in=heads, agrees__isnull=True)
        return self.filter(step=Step.DECISION, pk__in=asked.values("proposal"))

    def awaiting_conditions_of(self, user):
        """Conditionally adopted cases of the sections this person heads."""
        return self.headed_by(user).filter(step=Step.CONDITIONS)

    def to_announce(self):
        """The section has decided, the proposer does not know it yet."""
        return self.filter(UNTOLD)

    def with_news(self):
        """The proposer has done something the desk has not looked at."""
        return self.order_by().filter(news__gt="")

    def with_people(self):
        return self.select_related("organization", "department", "officer")


class Proposal(Standing, models.Model):
    """What an organisation offers to do with the city (提案); its step moves only by `services.advance`."""

    number = models.CharField("受付番号", max_length=10, unique=True, editable=False)
    version = models.PositiveIntegerField("版", default=0, editable=False)
    origin = models.CharField("経路", max_length=10, choices=Origin, default=Origin.FORM, editable=False)
    track = models.CharField("区分", max_length=12, choices=Track)
    organization = models.ForeignKey(
        "proposals.Organization", models.PROTECT, verbose_name="団体", related_name="proposals"
    )
    title = models.CharField("件名", max_length=500)
    fields = models.JSONField("分野", default=list, blank=True)
    summary = models.TextField("窓口の要約", blank=True)
    is_fictional = models.BooleanField("架空", default=False)
    is_held = models.BooleanField("迷惑投稿かどうかの確かめ待ち", default=False)
    officer = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="担当", related_name="+", null=True, blank=True
    )

    step = models.CharField("段階", max_length=20, choices=Step, default=Step.INTAKE, editable=False)
    step_entered_on = models.DateField("この段階に入った日", editable=False)
    holder = models.CharField("いまの番", max_length=10, choices=Holder, blank=True, editable=False)
    holder_since_on = models.DateField("いまの番になった日", editable=False)
    due_on = models.DateField("期限", null=True, blank=True, editable=False)
    due_rank = lists.due_rank()
    year_mark = lists.year_mark()
    news = models.CharField("提案者から届いた", max_length=20, choices=NEWS, blank=True, editable=False)

    category = models.CharField("案件の種類", max_length=10, choices=Category, blank=True)
    measures = models.ManyToManyField(
        "proposals.Measure", verbose_name="重点施策・基本姿勢", related_name="+", blank=True
    )
    is_eligible = models.BooleanField("対象になる", null=True, editable=False)
    department = models.ForeignKey(
        "cityhall.Department",
        models.PROTECT,
        verbose_name="所管課",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    logic_model_fixed_at = models.DateTimeField("試行版を固定した時刻", null=True, editable=False)
    next_place = models.CharField("次の窓口", max_length=100, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="まとめ先", related_name="merged", null=True, editable=False
    )

    # what the trail says, repeated here for lists and figures (Facts)
    first_contact_on = models.DateField("初回相談日", editable=False)
    received_on = models.DateField("受付日", null=True, editable=False)
    coordination_started_on = models.DateField("庁内調整開始日", null=True, editable=False)
    verdict = models.CharField("判断", max_length=20, choices=Verdict, blank=True, editable=False)
    verdict_on = models.DateField("判断日", null=True, editable=False)
    conditions_met_on = models.DateField("条件充足日", null=True, editable=False)
    cancelled_on = models.DateField("開始前中止日", null=True, editable=False)
    reopened_on = models.DateField("再開日", null=True, editable=False)
    adopted_on = models.DateField("案件化日", null=True, editable=False)
    transferred_on = models.DateField("移送日", null=True, editable=False)
    merged_on = models.DateField("重複統合日", null=True, editable=False)
    announced_on = models.DateField("結果を知らせた日", null=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        verbose_name_plural = "案件"
        ordering = ["-pk"]
        indexes = [
            *lists.INDEXES,
            models.Index(fields=["received_on"], name="proposal_received"),
            models.Index(fields=lists.TO_ANNOUNCE, name="proposal_to_announce"),
            models.Index(fields=lists.IN_LISTS, name="proposal_untold_in_lists", condition=UNTOLD),
            models.Index(fields=lists.IN_LISTS, name="proposal_new_in_lists", condition=NEW),
            models.Index(fields=["holder", "holder_since_on", "number"], name="proposal_longest_held"),
            models.Index(
                fields=["adopted_on"], name="proposal_adopted", condition=Q(adopted_on__isnull=False)
            ),
            models.Index(fields=["news"], name="proposal_with_news"),
        ]
        constraints = [
            models.CheckConstraint(
                name="decision_has_department_and_logic_model",
                condition=Q(origin=Origin.LEDGER)  # what the old ledger does not hold stays empty
                | ~Q(step__in=[Step.DECISION, Step.CONDITIONS, Step.ADOPTED])
                | Q(department__isnull=False, logic_model_fixed_at__isnull=False),
                violation_error_message="判断に付すには、所管課とロジックモデルの試行版が必要です。",
            ),
            models.CheckConstraint(
                name="only_a_proposal_has_been_received",
                condition=Q(track=Track.PROPOSAL, received_on__isnull=False)
                | Q(track=Track.CONSULTATION, received_on__isnull=True),
                violation_error_message="受付日は「提案」にだけ、必ず入ります。",
            ),
            models.CheckConstraint(
                name="nothing_happens_before_the_first_contact",
                condition=(Q(received_on__isnull=True) | Q(received_on__gte=F("first_contact_on")))
                & (
                    Q(coordination_started_on__isnull=True)
                    | Q(coordination_started_on__gte=F("first_contact_on"))
                ),
                violation_error_message="受付日と庁内調整開始日は、初回相談日より前にできません。",
            ),
            models.CheckConstraint(
                name="open_case_has_a_holder",
                condition=~Q(step__in=OPEN) | ~Q(holder="") | Q(origin=Origin.LEDGER),
                violation_error_message="動いている案件には、いまの番が必要です。",
            ),
            models.CheckConstraint(
                name="verdict_has_its_day",
                condition=Q(verdict="", verdict_on__isnull=True)
                | (~Q(verdict="") & Q(verdict_on__isnull=False)),
                violation_error_message="判断には判断日が必要です。",
            ),
            models.CheckConstraint(
                name="merged_case_names_the_other",
                condition=Q(merged_on__isnull=True) | Q(merged_into__isnull=False),
                violation_error_message="重複統合には、まとめ先の番号が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("section:case", args=[self.number])

    @property
    def result(self) -> str:
        """What the proposer is told of the verdict."""
        return result(self)

    @property
    def latest_submission(self):
        return self.submissions.order_by("version").last()

    def whose_turn(self) -> str:
        """Who acts next, from the step, the questions not answered and the sheets still out."""
        if not self._state.adding:  # of a case not stored yet nobody has been asked anything
            if self.step in OPEN and self.messages.open_questions().exists():
                return Holder.PROPOSER
            if self.step == Step.HEARING and self.hearings.open().exists():
                return Holder.SECTION
        return HOLDER_AT.get(self.step, "")

    def before_record(self, record) -> None:
        """Set where the case stands once this record is written, on the case and on the record."""
        record.target, record.holder = self.step, self.whose_turn()
        if record.kind == Kind.UNDONE:
            return self.stand_as(record.supersedes.data["before"])
        has_moved = bool(record.source) and record.source != record.target
        if has_moved:
            self.step_entered_on = record.on
        is_received = record.kind == Kind.RECEIVED and record.on != self.holder_since_on
        if has_moved or record.holder != self.holder or is_received:
            self.holder, self.holder_since_on = record.holder, record.on
            self.due_on = self._next_due(record.on)
        elif self._waits_for() is not None:  # another sheet or question may be the next one due
            self.due_on = self._next_due(record.on)
        self._hear(record)

    def _hear(self, record) -> None:
        """What the proposer did is news until the desk does anything on the case."""
        if record.acted_as == ActedAs.DESK and record.kind not in UNREAD:
            self.news = ""
        elif record.acted_as == ActedAs.PROPOSER and record.kind in dict(NEWS):
            self.news = record.kind

    def _waits_for(self) -> models.QuerySet | None:
        """What has been asked and not answered, of whoever holds the case now."""
        if self.holder == Holder.PROPOSER:
            return self.messages.open_questions()
        if self.holder == Holder.SECTION and self.step == Step.HEARING:
            return self.hearings.open()
        return None

    def _next_due(self, day):
        if self.step not in OPEN_DAYS_AT:
            return None
        if (asked := self._waits_for()) is not None:
            if self.holder == Holder.SECTION:  # their days rest while the proposer is asked for them
                return min(clock.due_on for clock in clocks(asked).values())
            return min(asked.values_list("due_on", flat=True))
        return closures.due_after(day, OPEN_DAYS_AT[self.step])

    def retell(self, told: Iterable | None = None) -> None:
        """Take the repeated columns from the trail, or from the first records while it is not stored yet."""
        facts = fold(self.records.effective() if told is None else told)
        for name, value in vars(facts).items():
            setattr(self, name, value)
        self.track = Track.PROPOSAL if facts.received_on else Track.CONSULTATION
