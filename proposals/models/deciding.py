"""What stands around a decision: its draft and paper, the sections in joint charge, the fairness log."""

from django.db import models
from django.db.models import Q

from proposals.models.attachment import StoredFile


class DecisionDraft(models.Model):
    """What somebody typed for ⑥ and no head has confirmed (判断の下書き); one a case, and no decision.

    `said` is what was typed, by the form's fields. With each saving `version` rises: a head confirms exactly
    what stood on the page. `case_version` tells on which state of the case it was written.
    """

    proposal = models.OneToOneField(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="decision_draft"
    )
    said = models.JSONField("書いたこと", default=dict)
    version = models.PositiveIntegerField("版", default=1)
    case_version = models.PositiveIntegerField("案件の版", default=0)
    saved_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="書いた人", related_name="+")
    saved_at = models.DateTimeField("書いた時刻", auto_now=True)
    is_by_proxy = models.BooleanField("代理入力", default=False)
    handed_at = models.DateTimeField("所属長に渡した時刻", null=True)
    returned_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="書き直しを頼んだ人", related_name="+", null=True
    )
    returned_text = models.CharField("書き直しを頼む言葉", max_length=400, blank=True)

    class Meta:
        verbose_name = "判断の下書き"
        verbose_name_plural = "判断の下書き"

    def __str__(self):
        return f"{self.proposal.number} 判断の下書き"


class DecisionPaperQuerySet(models.QuerySet):
    def of(self, cases):
        """The papers of these cases."""
        return self.filter(proposal__in=cases)

    def waiting_for_scan(self):
        """Those no scanner has answered for."""
        return self.filter(scan__in=[StoredFile.Scan.PENDING, StoredFile.Scan.UNSCANNED])


class DecisionPaper(StoredFile):
    """The paper 決裁 the desk attached to what it prepared (決裁の写し); the proposer never sees it."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="decision_papers"
    )
    decision = models.ForeignKey(
        "proposals.Decision", models.PROTECT, verbose_name="判断", related_name="papers", null=True
    )
    added_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="付けた人", related_name="+")

    objects = DecisionPaperQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = "決裁の写し"
        verbose_name_plural = "決裁の写し"


class JointSection(models.Model):
    """A section in joint charge of a case (共管); its head agrees or not, before the lead decides.

    `agrees` is empty until then, and again each time the case comes to ⑥; the records keep what was said.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="joint_sections"
    )
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="共管の課", related_name="+"
    )
    named_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="共管とした職員", related_name="+"
    )
    named_on = models.DateField("共管とした日")
    agrees = models.BooleanField("同意する", null=True)
    said = models.CharField("理由", max_length=400, blank=True)
    said_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="答えた所属長", related_name="+", null=True
    )
    said_on = models.DateField("答えた日", null=True)

    class Meta:
        verbose_name = "共管の課"
        verbose_name_plural = "共管の課"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "department"],
                name="joint_section_once_a_case",
                violation_error_message="この課は、もう共管です。",
            ),
            models.CheckConstraint(
                name="joint_answer_is_complete",
                condition=Q(agrees__isnull=True, said_on__isnull=True)
                | Q(agrees__isnull=False, said_on__isnull=False, said_by__isnull=False),
                violation_error_message="同意・不同意には、日と人が必要です。",
            ),
            models.CheckConstraint(
                name="joint_disagreement_has_a_reason",
                condition=Q(agrees__isnull=True) | Q(agrees=True) | ~Q(said=""),
                violation_error_message="同意しないときは、理由が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.proposal.number} {self.department}"

    @property
    def word(self) -> str:
        return {None: "まだ", True: "同意", False: "同意しない"}[self.agrees]


class Fairness(models.Model):
    """How it was seen to that nobody is favoured (公平さの確かめ), by the desk and the section in charge."""

    class Tender(models.TextChoices):
        UNSURE = "unsure", "確かめているところ"
        NEEDED = "needed", "必要"
        FREE = "free", "不要"

    class Route(models.TextChoices):
        UNSURE = "unsure", "決まっていない"
        TOGETHER = "together", "協働型（市の新たな支出なし）"
        CONTRACT = "contract", "契約型（市が支出し、入札などで相手を決める）"

    proposal = models.OneToOneField(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="fairness"
    )
    tender = models.CharField("公募の要否", max_length=10, choices=Tender, default=Tender.UNSURE)
    tender_reason = models.CharField("公募の要否の理由", max_length=300, blank=True)
    same_info = models.CharField("ほかの団体への同じ案内", max_length=300, blank=True)
    others = models.CharField("検討したほかの候補", max_length=300, blank=True)
    route = models.CharField("費用の型", max_length=10, choices=Route, default=Route.UNSURE)
    written_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="書いた人", related_name="+")
    written_at = models.DateTimeField("書いた時刻", auto_now=True)

    class Meta:
        verbose_name = "公平さの確かめ"
        verbose_name_plural = "公平さの確かめ"
        constraints = [
            models.CheckConstraint(
                name="fairness_tender_has_a_reason",
                condition=Q(tender="unsure") | ~Q(tender_reason=""),
                violation_error_message="公募の要否には、理由が必要です。",
            )
        ]

    def __str__(self):
        return f"{self.proposal.number} 公平さの確かめ"
