"""What a section heard from a company, and handed to the desk."""

from django.db import models
from django.db.models import Q

from proposals.models.care import Encounter


class HintQuerySet(models.QuerySet):
    def open(self):
        """The desk has neither made a case of it nor answered it."""
        return self.filter(proposal__isnull=True, answered_on__isnull=True)

    def of(self, departments):
        return self.filter(department__in=departments)


class Hint(models.Model):
    """A company spoke to somebody of the staff, who connects it to the desk (窓口につなぐ知らせ).

    It is a first contact, never the start of the coordination inside the city hall (ledger.md, t2).
    """

    class Consent(models.TextChoices):
        YES = "yes", "窓口から連絡してよい、と聞いた"
        NOT_ASKED = "not_asked", "まだ聞いていない"

    key = models.CharField("一意の鍵", max_length=64, unique=True, editable=False)
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="つないだ課", related_name="+"
    )
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="つないだ人", related_name="+")
    heard_on = models.DateField("話を聞いた日")
    how = models.CharField("どのように", max_length=10, choices=Encounter.Kind)
    organization_name = models.CharField("団体名", max_length=300)
    person = models.CharField("だれから", max_length=100, blank=True)
    reach = models.CharField("連絡先", max_length=200, blank=True)
    consent = models.CharField("連絡してよいか", max_length=10, choices=Consent)
    text = models.TextField("聞いたこと", max_length=1000)
    made_at = models.DateTimeField("知らせた時刻", auto_now_add=True)
    proposal = models.ForeignKey(
        "proposals.Proposal",
        models.PROTECT,
        verbose_name="案件",
        related_name="hints",
        null=True,
        editable=False,
    )
    answer = models.CharField("窓口からの返事", max_length=300, blank=True, editable=False)
    answered_on = models.DateField("窓口が受けた日", null=True, editable=False)

    objects = HintQuerySet.as_manager()

    class Meta:
        verbose_name = "窓口につなぐ知らせ"
        verbose_name_plural = "窓口につなぐ知らせ"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="hint_taken_has_a_case_or_an_answer",
                condition=Q(answered_on__isnull=True, proposal__isnull=True)
                | (Q(answered_on__isnull=False) & (Q(proposal__isnull=False) | ~Q(answer=""))),
                violation_error_message="知らせを受けたときは、案件か、課への返事が必要です。",
            )
        ]

    def __str__(self):
        return f"{self.department}から：{self.organization_name}"
