"""What happened on the way and what came of it, each with its day as far as it is known."""

from django.db import models
from django.db.models import Q

from cityhall import calendar
from trips.workflow import FOUR_PHASES, Phase


class Precision(models.TextChoices):
    """How much of a day is known."""

    DAY = "day", "日まで"
    MONTH = "month", "月まで"
    FISCAL = "fiscal", "年度まで"
    YEAR = "year", "年まで"
    UNKNOWN = "unknown", "時期の記録なし"


class Dated(models.Model):
    """Something with a day; `on` also places it in the order of things when little of it is known."""

    on = models.DateField("いつ")
    precision = models.CharField("どこまで分かるか", max_length=10, choices=Precision, default=Precision.DAY)

    class Meta:
        abstract = True
        ordering = ["on", "pk"]

    @property
    def said_on(self) -> str:
        """平成27年4月（2015年）, 令和3年度（2021年度）, 時期の記録なし: never more than is known."""
        day = calendar.wareki(self.on)
        if self.precision == Precision.UNKNOWN:
            return Precision.UNKNOWN.label
        if self.precision == Precision.FISCAL:
            year = calendar.fiscal_year(self.on)
            return f"{calendar.fiscal_year_label(year)}（{year}年度）"
        cut = {Precision.MONTH: "月", Precision.YEAR: "年"}.get(self.precision)
        return f"{day.partition(cut)[0] + cut if cut else day}（{self.on.year}年）"


class Event(Dated):
    """Something that happened on the way (出来事), with where we know it from."""

    class Kind(models.TextChoices):
        HAPPENING = "happening", "出来事"
        MEETING = "meeting", "出会い"
        REVIEW = "review", "ふり返り"

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="events"
    )
    kind = models.CharField("種類", max_length=10, choices=Kind, default=Kind.HAPPENING)
    phase = models.CharField("段階", max_length=20, choices=[(p.value, p.label) for p in FOUR_PHASES])
    text = models.CharField("何があったか", max_length=300)
    short = models.CharField("図での短い言葉", max_length=30, blank=True)
    strand = models.CharField("流れ", max_length=20, blank=True)
    source = models.CharField("出典", max_length=100, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "出来事"
        verbose_name_plural = "出来事"
        constraints = [
            models.CheckConstraint(
                name="event_lies_in_a_phase",
                condition=Q(phase__in=FOUR_PHASES),
                violation_error_message="出来事は、四つの段階のどれかに入ります。",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def is_review(self) -> bool:
        return self.kind == self.Kind.REVIEW


class Result(Dated):
    """Something that came of a TRIP (生まれたもの): `kind` (直接・間接・潜在), `text`, `on` (known as far as
    `precision` says), `evidence` (by what one can tell) and `said_by` (who says so).

    Of history it comes with the entering, else by `services.add_result`; `trip.results` holds all of a TRIP.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct", "直接"
        INDIRECT = "indirect", "間接"
        LATENT = "latent", "潜在"

    WORDS = {
        Kind.DIRECT: "新規事業・実証実験・サービス導入",
        Kind.INDIRECT: "関係人口・継続する関係・庁内連携",
        Kind.LATENT: "次の旅の種・アイデア・信頼",
    }

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="results"
    )
    kind = models.CharField("種類", max_length=10, choices=Kind)
    event = models.ForeignKey(
        Event, models.PROTECT, verbose_name="生まれた出来事", related_name="results", null=True, blank=True
    )
    text = models.CharField("生まれたもの", max_length=200)
    evidence = models.CharField("何で分かるか", max_length=100)
    said_by = models.CharField("だれが言っているか", max_length=100)

    class Meta(Dated.Meta):
        verbose_name = "生まれたもの"
        verbose_name_plural = "生まれたもの"
        constraints = [
            models.CheckConstraint(
                name="result_has_evidence",
                condition=~Q(evidence="") & ~Q(said_by=""),
                violation_error_message="何で分かるかと、だれが言っているかが必要です。",
            )
        ]

    def __str__(self):
        return self.text


def phase_of(step: str) -> Phase:
    """The phase an event of today lies in: a TRIP that is over keeps adding to its last one."""
    return Phase(step) if step in FOUR_PHASES else Phase.NEXT
