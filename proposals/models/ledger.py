"""What the old ledger said of a case, so that a second import sees what changed."""

from django.db import models


class LedgerRow(models.Model):
    """A row of the desk's spreadsheet as it was last taken in (台帳の行)."""

    proposal = models.OneToOneField(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="ledger_row"
    )
    key = models.CharField("台帳番号", max_length=40, unique=True)
    values = models.JSONField("取り込んだ値", default=dict)
    remarks = models.TextField("備考", blank=True)

    class Meta:
        verbose_name = "台帳の行"
        verbose_name_plural = "台帳の行"
        ordering = ["key"]

    def __str__(self):
        return self.key
