"""Support of local activities by companies, arranged through the desk (KPI 5)."""

from django.db import models

from proposals.models.organization import OrganizationKind

# ledger.md, "activities": who counts in KPI 5 as a provider, and who as a recipient
NOT_A_PROVIDER = (OrganizationKind.CIVIC, OrganizationKind.NPO)
RECIPIENTS = (OrganizationKind.CIVIC, OrganizationKind.NPO, OrganizationKind.WELFARE)


def not_counted(*, provider_kind: str, recipient_kind: str, via_desk: bool = True) -> str:
    """Why a support is kept and yet not counted in KPI 5, in words; nothing where it counts."""
    kinds = dict(OrganizationKind.choices)
    if not via_desk:
        return "数えません：窓口を通していないため"
    if provider_kind in NOT_A_PROVIDER:
        return f"数えません：提供者が{kinds[provider_kind]}のため（企業などからの支援を数えます）"
    if recipient_kind not in RECIPIENTS:
        return (
            f"数えません：受け手が{kinds.get(recipient_kind, recipient_kind)}のため"
            "（市民活動団体・NPO法人・社会福祉法人等への支援を数えます）"
        )
    return ""


class Support(models.Model):
    """What a provider does for a local activity (地域活動支援): provider × recipient × purpose."""

    provider = models.ForeignKey(
        "proposals.Organization", models.PROTECT, verbose_name="提供者", related_name="supports_given"
    )
    recipient = models.ForeignKey(
        "proposals.Organization", models.PROTECT, verbose_name="受け手", related_name="supports_received"
    )
    purpose = models.CharField("目的", max_length=200)
    via_desk = models.BooleanField("窓口経由", default=True)
    proposal = models.ForeignKey(
        "proposals.Proposal",
        models.PROTECT,
        verbose_name="もとの案件",
        related_name="supports",
        null=True,
        blank=True,
    )
    promised_on = models.DateField("約束した日", null=True, blank=True)
    promise = models.CharField("約束の中身", max_length=200, blank=True)

    class Meta:
        verbose_name = "地域活動支援"
        verbose_name_plural = "地域活動支援"
        ordering = ["provider", "recipient", "purpose"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "recipient", "purpose", "via_desk"],
                name="support_once",
                violation_error_message="同じ提供者・受け手・目的の支援が、もうあります。",
            )
        ]

    def __str__(self):
        return f"{self.provider} → {self.recipient} {self.purpose}"

    @property
    def not_counted(self) -> str:
        """Why KPI 5 does not count it; nothing where it does."""
        kinds = {"provider_kind": self.provider.kind, "recipient_kind": self.recipient.kind}
        return not_counted(**kinds, via_desk=self.via_desk)


class Delivery(models.Model):
    """A day on which a support was delivered (実施)."""

    support = models.ForeignKey(Support, models.PROTECT, verbose_name="支援", related_name="deliveries")
    on = models.DateField("実施日")
    note = models.CharField("実施の中身", max_length=200, blank=True)
    by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="書いた職員", related_name="+", null=True
    )

    class Meta:
        verbose_name = "実施"
        verbose_name_plural = "実施"
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["support", "on"], name="delivery_once_a_day")]

    def __str__(self):
        return f"{self.support} {self.on}"
