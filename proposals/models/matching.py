"""④: who was brought together with whom, what came of it, and what the sides agreed."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from cityhall.models import ActedAs
from proposals.models.printable import PrintableQuerySet

ONE_SIDE = Q(department__isnull=False, resource__isnull=True) | Q(
    department__isnull=True, resource__isnull=False
)


class Dismissal(models.Model):
    """A suggestion the desk found unfit for a case (合わないとした候補): it does not return by itself."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="dismissals"
    )
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="課", related_name="+", null=True
    )
    resource = models.ForeignKey(
        "proposals.Resource", models.PROTECT, verbose_name="地域資源", related_name="+", null=True
    )
    reason = models.CharField("合わないわけ", max_length=200)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="だれが", related_name="+")
    on = models.DateField("いつ")

    class Meta:
        verbose_name = "合わないとした候補"
        verbose_name_plural = "合わないとした候補"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="dismissal_of_one_candidate",
                condition=ONE_SIDE,
                violation_error_message="課か地域資源の、どちらか1つを選んでください。",
            ),
            models.CheckConstraint(
                name="dismissal_says_why",
                condition=~Q(reason=""),
                violation_error_message="合わないわけを書いてください。",
            ),
            models.UniqueConstraint(fields=["proposal", "department"], name="dismissal_once_a_department"),
            models.UniqueConstraint(fields=["proposal", "resource"], name="dismissal_once_a_resource"),
        ]

    def __str__(self):
        return f"{self.proposal.number} {self.department or self.resource}"


class IntroductionQuerySet(PrintableQuerySet):
    def numbered(self):
        """With `running`, its number in its case: it is addressed as R8-0009 and 1, never by a pk."""
        so_far = Introduction.objects.filter(proposal=OuterRef("proposal"), pk__lte=OuterRef("pk"))
        counted = so_far.order_by().values("proposal").annotate(n=Count("pk"))
        return self.annotate(running=Subquery(counted.values("n")))

    def to_come(self):
        return self.filter(result="")

    def of(self, sections):
        """Those these sections come to."""
        links = Introduction.departments.through.objects.filter(department__in=sections)
        return self.filter(pk__in=links.values("introduction"))


class Introduction(models.Model):
    """A meeting of a proposer with sections and the town (引き合わせ); kept also if it led nowhere."""

    class Initiative(models.TextChoices):
        DESK = "desk", "窓口"
        PROPOSER = "proposer", "提案者"
        SECTION = "section", "課"
        PARTNER = "partner", "地域の団体"

    class Result(models.TextChoices):
        GOES_ON = "goes_on", "続く"
        NOT_NOW = "not_now", "見送り"
        SEED = "seed", "次の種"
        NOT_MET = "not_met", "会わなかった"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="introductions"
    )
    key = models.CharField("一意の鍵", max_length=64, unique=True, editable=False)
    version = models.PositiveIntegerField("版", default=0, editable=False)
    departments = models.ManyToManyField("cityhall.Department", verbose_name="会う課", related_name="+")
    resources = models.ManyToManyField(
        "proposals.Resource", verbose_name="会う団体", related_name="introductions"
    )
    initiative = models.CharField("だれの発案か", max_length=10, choices=Initiative)
    aim = models.CharField("会うわけ", max_length=300)
    on = models.DateField("会う日")
    hour = models.CharField("時刻", max_length=20, blank=True)
    place = models.CharField("場所", max_length=100, blank=True)
    people = models.CharField("同席する人", max_length=300, blank=True)
    agreed = models.CharField("提案者の了承", max_length=200, blank=True)
    result = models.CharField("どうなったか", max_length=10, choices=Result, blank=True)
    result_text = models.TextField("話したこと・わけ", max_length=1000, blank=True)
    result_on = models.DateField("それを書いた日", null=True)
    next_step = models.CharField("次の一歩（だれが、何を）", max_length=200, blank=True)
    next_on = models.DateField("次の一歩はいつ", null=True, blank=True)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="書いた職員", related_name="+")
    written_at = models.DateTimeField("書いた時刻", auto_now_add=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = "引き合わせ"
        verbose_name_plural = "引き合わせ"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="introduction_result_is_told",
                condition=Q(result="", result_on__isnull=True)
                | ~Q(result="") & ~Q(result_text="") & Q(result_on__isnull=False),
                violation_error_message="どうなったかには、話したこと・わけが必要です。",
            ),
            models.CheckConstraint(
                name="introduction_that_goes_on_has_a_next_step",
                condition=~Q(result="goes_on") | ~Q(next_step=""),
                violation_error_message="「続く」には、次の一歩が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.proposal.number} {self.on}"


class Match(models.Model):
    """What the sides of a case agreed to do together (組み合わせ): a purpose, and a part for each."""

    proposal = models.OneToOneField(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="match"
    )
    version = models.PositiveIntegerField("版", default=0, editable=False)
    purpose = models.CharField("いっしょに目指すこと", max_length=400)
    agreed_on = models.DateField("合意した日", null=True, editable=False)

    class Meta:
        verbose_name = "組み合わせ"
        verbose_name_plural = "組み合わせ"

    def __str__(self):
        return f"{self.proposal.number} 組み合わせ"


class MatchParty(models.Model):
    """One side of a match (組み合わせの一員): its role, its part, and its own gain in its own words."""

    class Role(models.TextChoices):
        PROPOSER = "proposer", "提案者"
        LEAD = "lead", "所管課"
        SUPPORT = "support", "応援する課"
        PARTNER = "partner", "地域の団体"

    match = models.ForeignKey(Match, models.PROTECT, verbose_name="組み合わせ", related_name="parties")
    role = models.CharField("役割", max_length=10, choices=Role)
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="課", related_name="+", null=True
    )
    resource = models.ForeignKey(
        "proposals.Resource", models.PROTECT, verbose_name="地域資源", related_name="parties", null=True
    )
    part = models.CharField("担うこと", max_length=200)
    gain = models.CharField("自分たちにとって良いこと", max_length=300, blank=True)
    gain_as = models.CharField("だれの言葉か", max_length=10, choices=ActedAs, blank=True, editable=False)
    gain_from = models.CharField("だれから聞いたか", max_length=100, blank=True)
    gain_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="書いた職員", related_name="+", null=True
    )
    gain_on = models.DateField("それを書いた日", null=True)

    class Meta:
        verbose_name = "組み合わせの一員"
        verbose_name_plural = "組み合わせの一員"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="match_party_is_of_its_role",
                condition=Q(role="proposer", department__isnull=True, resource__isnull=True)
                | Q(role__in=("lead", "support"), department__isnull=False, resource__isnull=True)
                | Q(role="partner", department__isnull=True, resource__isnull=False),
                violation_error_message="課の役割には課を、地域の団体には地域資源を選んでください。",
            ),
            models.UniqueConstraint(fields=["match"], condition=Q(role="lead"), name="match_has_one_lead"),
            models.UniqueConstraint(
                fields=["match"], condition=Q(role="proposer"), name="match_has_one_proposer"
            ),
            models.UniqueConstraint(fields=["match", "department"], name="match_party_department_once"),
            models.UniqueConstraint(fields=["match", "resource"], name="match_party_resource_once"),
            models.CheckConstraint(
                name="match_gain_says_whose_words",
                condition=Q(gain="", gain_as="", gain_on__isnull=True)
                | ~Q(gain="") & ~Q(gain_as="") & Q(gain_on__isnull=False),
                violation_error_message="「良いこと」には、だれの言葉か、いつのものかが必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.department or self.resource or ''}".strip()
