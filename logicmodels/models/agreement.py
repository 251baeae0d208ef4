"""Who was asked to agree to an edition, and who has agreed."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from logicmodels.models.edition import Edition
from proposals.workflow import OPEN, Step


class AgreementQuerySet(models.QuerySet):
    def waiting(self):
        """Those that can still be given: to the newest edition, while its case is open or was adopted."""
        later = {"model": OuterRef("edition__model"), "number__gt": OuterRef("edition__number")}
        going_on = self.filter(edition__model__proposal__step__in=[*OPEN, Step.ADOPTED])
        return going_on.filter(~Exists(Edition.objects.filter(**later)), agreed_at__isnull=True)


class Agreement(models.Model):
    """The yes of one side to an edition (合意), from the day it is asked for."""

    class Side(models.TextChoices):
        SECTION = "section", "所管課"
        PROPOSER = "proposer", "提案者"

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="版", related_name="agreements")
    side = models.CharField("どちら", max_length=10, choices=Side)
    asked_at = models.DateTimeField("求めた時刻", auto_now_add=True)
    asked_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="求めた人", related_name="+")
    agreed_at = models.DateTimeField("合意した時刻", null=True)
    agreed_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="合意した職員", related_name="+", null=True
    )
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="合意した課", related_name="+", null=True
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "合意"
        verbose_name_plural = "合意"
        ordering = ["edition", "-side"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "side"],
                name="agreement_once_a_side",
                violation_error_message="この版の合意は、もう求めています。",
            ),
            models.CheckConstraint(
                name="agreement_of_a_section_has_its_head",
                condition=~Q(side="section")
                | Q(agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, department__isnull=False),
                violation_error_message="所管課の合意には、課と所属長が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.edition} {self.get_side_display()}"
