"""The register of what the town has: its organisations and activities, as they told it themselves."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from proposals import marks
from proposals.models.marks import ResourceMark

FRESH = timedelta(days=365)  # so long what was confirmed is taken as it stands
TOLD = ("name", "offers", "wants", "place", "told")
MARKED = {*TOLD, "activities", "forms", "areas", "consent", "removed_on"}  # its marks follow from these


class ResourceQuerySet(models.QuerySet):
    def kept(self):
        """Those in the register: not of a merged organisation, and none that asked to be taken out."""
        return self.filter(removed_on__isnull=True, organization__merged_into__isnull=True)

    def shown(self):
        """Those that said they may be named; nobody else is suggested, counted, drawn or printed."""
        return self.kept().filter(consent=Resource.Consent.YES)

    def stale(self):
        """Those nobody has confirmed for a year, or ever: marked 未確認 wherever they are named."""
        return self.filter(Resource.is_old())

    def update(self, **columns):
        """Refuses what the marks follow from: that is saved entry by entry, and the marks with it."""
        if found := MARKED & columns.keys():
            raise TypeError(f"save each Resource: its marks follow {', '.join(sorted(found))}")
        return super().update(**columns)

    def bulk_create(self, rows, *args, **options):
        """The marks are stored along; refuses to pass over, or write over, an entry there is."""
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise TypeError("save each Resource: its marks follow it")
        with transaction.atomic():
            stored = super().bulk_create(rows, *args, **options)
            rows = [ResourceMark(resource=one, mark=mark) for one in stored for mark in one.wanted_marks()]
            ResourceMark.objects.bulk_create(rows)
        return stored


class Resource(models.Model):
    """An organisation of the town, or one of its activities (地域資源), with what it can do and wishes for.

    It changes only by `services.resources`. One that asked to be taken out keeps no contact and is shown
    nowhere.
    """

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", "団体"
        ACTIVITY = "activity", "活動"

    class Consent(models.TextChoices):
        YES = "yes", "紹介してよい"
        NOT_ASKED = "not_asked", "まだ聞いていない"
        NO = "no", "紹介しない"

    version = models.PositiveIntegerField("版", default=0, editable=False)
    organization = models.ForeignKey(
        "proposals.Organization", models.PROTECT, verbose_name="団体", related_name="resources"
    )
    kind = models.CharField("種類", max_length=12, choices=Kind, default=Kind.ORGANIZATION)
    name = models.CharField("活動名", max_length=100, blank=True)
    told = models.TextField("活動の内容", max_length=600, blank=True)
    activities = models.JSONField("活動の分野", default=list)
    forms = models.JSONField("支援の形", default=list, blank=True)
    areas = models.JSONField("区域", default=list)
    place = models.CharField("場所", max_length=200, blank=True)
    days = models.CharField("曜日・時間", max_length=100, blank=True)
    offers = models.CharField("出せるもの", max_length=200, blank=True)
    wants = models.CharField("求めるもの", max_length=200, blank=True)
    capacity = models.CharField("受けられる数", max_length=100, blank=True)
    capacity_on = models.DateField("その数を聞いた日", null=True, blank=True)
    contact_name = models.CharField("連絡する人", max_length=60, blank=True)
    email = models.EmailField("メールアドレス", max_length=254, blank=True)
    phone = models.CharField("電話番号", max_length=20, blank=True)
    consent = models.CharField(
        "紹介してよいか", max_length=10, choices=Consent, default=Consent.NOT_ASKED, editable=False
    )
    consent_on = models.DateField("それを聞いた日", null=True, blank=True, editable=False)
    verified_on = models.DateField("内容を確かめた日", null=True, blank=True, editable=False)
    asked_on = models.DateField("確かめの手紙を出した日", null=True, blank=True, editable=False)
    removed_on = models.DateField("登録から外した日", null=True, blank=True, editable=False)
    is_fictional = models.BooleanField("架空", default=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = "地域資源"
        verbose_name_plural = "地域資源"
        ordering = ["organization__name_key", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(removed_on__isnull=True),
                name="resource_once",
                violation_error_message="この団体の、同じ名前の活動が、もう登録されています。",
            ),
            models.CheckConstraint(
                name="resource_activity_has_a_name",
                condition=Q(kind="organization", name="") | Q(kind="activity") & ~Q(name=""),
                violation_error_message="活動には、活動名が必要です。",
            ),
            models.CheckConstraint(
                name="resource_consent_has_its_day",
                condition=Q(consent="not_asked") | Q(consent_on__isnull=False),
                violation_error_message="紹介してよいかを聞いたときは、その日が必要です。",
            ),
            models.CheckConstraint(
                name="resource_removed_keeps_no_contact",
                condition=Q(removed_on__isnull=True) | Q(contact_name="", email="", phone=""),
                violation_error_message="登録から外したものに、連絡先は残せません。",
            ),
        ]

    def __str__(self):
        return self.name or self.organization.name

    def save(self, *args, **options):
        """The marks it is found by follow it; of one that may not be named there are none."""
        with transaction.atomic():
            super().save(*args, **options)
            self._mark()

    @staticmethod
    def is_old() -> Q:
        """What makes an entry 未確認."""
        return Q(verified_on__isnull=True) | Q(verified_on__lt=timezone.localdate() - FRESH)

    @property
    def is_stale(self) -> bool:
        return self.verified_on is None or self.verified_on < timezone.localdate() - FRESH

    @property
    def is_shown(self) -> bool:
        """As `shown`, but for an organisation merged meanwhile."""
        return self.consent == self.Consent.YES and self.removed_on is None

    def wanted_marks(self) -> set[str]:
        """By what it is to be found; by nothing where it may not be named."""
        if not self.is_shown:
            return set()
        told = filter(None, (getattr(self, name) for name in TOLD))
        return marks.of_strength(activities=self.activities, forms=self.forms, areas=self.areas, told=told)

    def _mark(self) -> None:
        wanted = self.wanted_marks()
        known = set(self.marks.values_list("mark", flat=True))
        self.marks.filter(mark__in=known - wanted).delete()
        ResourceMark.objects.bulk_create(ResourceMark(resource=self, mark=mark) for mark in wanted - known)
