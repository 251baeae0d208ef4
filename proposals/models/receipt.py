"""The proposer's key to their own page."""

from django.db import models


class ReceiptCode(models.Model):
    """A code that opens a receipt page together with the number (確認番号); only its hash is kept (D7)."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="receipt_codes"
    )
    code_hash = models.CharField("指紋", max_length=64, unique=True)
    issued_at = models.DateTimeField("発行した時刻", auto_now_add=True)
    revoked_at = models.DateTimeField("止めた時刻", null=True, blank=True)

    class Meta:
        verbose_name = "確認番号"
        verbose_name_plural = "確認番号"

    def __str__(self):
        return f"{self.proposal.number} {self.issued_at:%Y-%m-%d}"
