"""Troubles the sections have and show to the public."""

from functools import partial

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from cityhall import calendar, numbers

OFFERED, A_MINUTE = "themes-offered-{}", 60
BESIDE = "fitting-sections-{}"  # the troubles as the suggestions remember them


class ThemeQuerySet(models.QuerySet):
    def of(self, departments):
        return self.filter(department__in=departments)

    def asked(self):
        """The section would have them shown; the desk has not done so."""
        return self.filter(asked_on__isnull=False, published_on__isnull=True)

    def with_answers(self):
        """With `answered`, the number of proposals that say they answer it."""
        return self.annotate(answered=Count("answers__proposal", distinct=True))

    def open_on(self, day):
        not_closed = Q(closes_on__isnull=True) | Q(closes_on__gte=day)
        return self.filter(not_closed, published_on__lte=day).select_related("department")

    def offered(self) -> list["Theme"]:
        """Those open today, as every form offers them: remembered for a minute, or until one changes."""
        today = timezone.localdate()
        return cache.get_or_set(OFFERED.format(today), lambda: list(self.open_on(today)), A_MINUTE)


class Theme(models.Model):
    """A trouble of a section (庁内の困りごと): drafted there, shown by the desk to those who might help."""

    class Wanted(models.TextChoices):
        PARTNER = "partner", "連携者募集"
        IDEA = "idea", "アイデアのみ"

    number = models.CharField("番号", max_length=12, unique=True, editable=False)
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="担当する課", related_name="+"
    )
    title = models.CharField("困りごと", max_length=60)
    background = models.TextField("背景", max_length=600, blank=True)
    target = models.CharField("だれの困りごとか", max_length=200, blank=True)
    expected = models.TextField("民間に期待すること", max_length=600, blank=True)
    resources = models.TextField("市が出せるもの", max_length=600, blank=True)
    timing = models.CharField("時期", max_length=100, blank=True)
    wanted = models.CharField("求めること", max_length=10, choices=Wanted, default=Wanted.PARTNER)
    version = models.PositiveIntegerField("版", default=0, editable=False)
    written_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="書いた人", related_name="+", null=True, editable=False
    )
    asked_by = models.ForeignKey(
        "cityhall.User",
        models.PROTECT,
        verbose_name="公開を頼んだ人",
        related_name="+",
        null=True,
        editable=False,
    )
    asked_on = models.DateField("公開を頼んだ日", null=True, editable=False)
    returned = models.CharField("窓口からの返し", max_length=300, blank=True, editable=False)
    published_on = models.DateField("公開日", null=True, blank=True)
    closes_on = models.DateField("締切日", null=True, blank=True)
    is_fictional = models.BooleanField("架空", default=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "庁内の困りごと"
        verbose_name_plural = "庁内の困りごと"
        ordering = ["-published_on", "title"]

    def __str__(self):
        return self.title

    def save(self, *args, **options):
        """A trouble gets its number with its first saving; it names its public page and never changes."""
        with transaction.atomic():
            self.number = self.number or _next_number()
            super().save(*args, **options)
        _offer_anew()

    def get_absolute_url(self):
        return reverse("public:theme", args=[self.number])

    @property
    def standing(self) -> str:
        """Where it stands, in a word for the city hall."""
        if self.published_on is None:
            return (
                "公開を頼んでいます" if self.asked_on else "窓口から戻りました" if self.returned else "下書き"
            )
        return "公開中" if self.is_open_on(timezone.localdate()) else "終わりました"

    def delete(self, *args, **options):
        """What is gone is offered to nobody."""
        gone = super().delete(*args, **options)
        _offer_anew()
        return gone

    def is_open_on(self, day) -> bool:
        """As `open_on`, of one trouble."""
        is_published = self.published_on is not None and self.published_on <= day
        return is_published and (self.closes_on is None or self.closes_on >= day)


def _offer_anew() -> None:
    keys = [key.format(timezone.localdate()) for key in (OFFERED, BESIDE)]
    for key in keys:
        cache.delete(key)
        transaction.on_commit(partial(cache.delete, key), robust=True)


def _next_number() -> str:
    year = calendar.fiscal_year(timezone.localdate())
    return f"T-{calendar.era_year(year)}-{numbers.next_number('theme', year):02}"
