"""Who proposes, provides and receives."""

from django.db import models
from django.db.models import Q


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


class Organization(models.Model):
    """An organisation the desk has to do with (団体)."""

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

    class Meta:
        verbose_name = "団体"
        verbose_name_plural = "団体"
        ordering = ["name"]
        indexes = [models.Index(fields=["name_key", "kind"], name="organization_name")]
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
