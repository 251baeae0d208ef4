"""The proposer's keys to their own page."""

from django.db import models


class ReceiptCodeQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(revoked_at__isnull=True)


class ReceiptCode(models.Model):
    """A code that opens a receipt page together with the number (確認番号); only its hash is kept (D7).

    The first code is the sender's own; with it further people of the organisation are let in, each with
    a code of their own (`invited_by`, `label` says who).
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="receipt_codes"
    )
    code_hash = models.CharField("指紋", max_length=64, unique=True)
    label = models.CharField("だれの番号", max_length=60, blank=True)
    invited_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="招いた番号", related_name="invited", null=True, blank=True
    )
    issued_at = models.DateTimeField("発行した時刻", auto_now_add=True)
    revoked_at = models.DateTimeField("止めた時刻", null=True, blank=True)

    objects = ReceiptCodeQuerySet.as_manager()

    class Meta:
        verbose_name = "確認番号"
        verbose_name_plural = "確認番号"

    def __str__(self):
        return f"{self.proposal.number} {self.issued_at:%Y-%m-%d}"

    @property
    def is_first(self) -> bool:
        return self.invited_by_id is None


class OneTimeNumber(models.Model):
    """Eight digits sent to the registered address, to get a lost code anew (再発行の番号); one an hour."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="one_time_numbers"
    )
    number_hash = models.CharField("指紋", max_length=128)
    sent_at = models.DateTimeField("送った時刻", auto_now_add=True)
    tries = models.PositiveSmallIntegerField("試した回数", default=0)
    used_at = models.DateTimeField("使った時刻", null=True, blank=True)

    class Meta:
        verbose_name = "再発行の番号"
        verbose_name_plural = "再発行の番号"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.proposal.number} {self.sent_at:%Y-%m-%d %H:%M}"
