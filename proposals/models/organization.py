"""Who proposes, provides and receives, and what the desk wrote down about them."""

from django.db import models
from django.db.models import Q

from cityhall.models import Record, RecordText


class OrganizationKind(models.TextChoices):
    """The kinds of organisation of the form and the ledger (domain.md §6, ledger.md)."""

    COMPANY = "company", "企業"
    SOLE_TRADER = "sole_trader", "個人事業主"
    UNIVERSITY = "university", "大学・研究機関"
    NPO = "npo", "NPO法人"
    WELFARE = "welfare", "社会福祉法人等"
    CIVIC = "civic", "市民活動団体"
    BANK = "bank", "金融機関"
    CITY = "city", "市"
    OTHER = "other", "その他"


class OrganizationQuerySet(models.QuerySet):
    def living(self):
        """Without those merged into another."""
        return self.filter(merged_into__isnull=True)


class Organization(models.Model):
    """An organisation the desk has to do with (団体); it changes only by `services.organizations`."""

    version = models.PositiveIntegerField("版", default=0, editable=False)
    name = models.CharField("団体名", max_length=300)
    name_key = models.CharField("照合用の名前", max_length=300, editable=False)
    kana = models.CharField("フリガナ", max_length=300, blank=True)
    kind = models.CharField("区分", max_length=20, choices=OrganizationKind)
    corporate_number = models.CharField("法人番号", max_length=13, blank=True)
    postal_code = models.CharField("郵便番号", max_length=8, blank=True)
    address = models.CharField("所在地", max_length=200, blank=True)
    website = models.URLField("ウェブサイト", max_length=300, blank=True)
    is_fictional = models.BooleanField("架空", default=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="まとめ先",
        related_name="merged",
        null=True,
        blank=True,
        editable=False,
    )
    quiet_until = models.DateField("声をかけるのを待つ日", null=True, blank=True, editable=False)
    quiet_reason = models.CharField("待つわけ", max_length=200, blank=True, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "団体"
        verbose_name_plural = "団体"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name_key", "kind"], name="organization_name"),
            models.Index(fields=["name_key", "id"], name="organization_in_lists"),
            models.Index(fields=["kana"], name="organization_kana", condition=~Q(kana="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_number"],
                condition=~Q(corporate_number=""),
                name="organization_corporate_number_once",
                violation_error_message="この法人番号の団体は、もう登録されています。",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def living(self) -> "Organization":
        """Itself, or the one it was merged into."""
        return self.merged_into or self

    def before_record(self, record) -> None:
        """A record of an organisation moves no step."""

    def retell(self, told=None) -> None:
        """No column of an organisation repeats its records."""


class OrganizationRecord(Record):
    """One thing the desk wrote down about an organisation (団体の記録)."""

    class Kind(models.TextChoices):
        CHANGED = "changed", "書き直し"
        ABSORBED = "absorbed", "ほかの団体をまとめた"
        MERGED = "merged", "ほかの団体にまとめた"
        QUIET = "quiet", "声をかけるのを待つ"
        RESOURCE = "resource", "地域資源の登録"
        VERIFIED = "verified", "地域資源の確かめ"
        REMOVED = "removed", "登録から外した"
        SUPPORT = "support", "地域活動支援"

    subject = models.ForeignKey(Organization, models.PROTECT, verbose_name="団体", related_name="records")
    kind = models.CharField("種類", max_length=20, choices=Kind)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, verbose_name="訂正した記録", related_name="superseded_by", null=True
    )

    class Meta(Record.Meta):
        verbose_name = "団体の記録"
        verbose_name_plural = "団体の記録"
        constraints = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="organization_record_sequence_once")
        ]

    @property
    def text_model(self):
        return OrganizationRecordText


class OrganizationRecordText(RecordText):
    """The words of a record of an organisation (団体の記録の文)."""

    record = models.OneToOneField(
        OrganizationRecord, models.PROTECT, verbose_name="記録", related_name="text"
    )

    class Meta:
        verbose_name = "団体の記録の文"
        verbose_name_plural = "団体の記録の文"
