"""The つなぐシート: what the desk asks of a section, and what the section answers."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from proposals.models.printable import PrintableQuerySet


class HearingQuerySet(PrintableQuerySet):
    def of(self, departments):
        return self.filter(department__in=departments)

    def open(self):
        """Neither answered nor waived."""
        return self.filter(answered_on__isnull=True, waived_on__isnull=True)

    def numbered(self):
        """With `running`, the sheet's number in its case: it is addressed as R8-0009 and 1, never by a pk."""
        so_far = Hearing.objects.filter(proposal=OuterRef("proposal"), pk__lte=OuterRef("pk"))
        counted = so_far.order_by().values("proposal").annotate(n=Count("pk"))
        return self.annotate(running=Subquery(counted.values("n")))


class Hearing(models.Model):
    """A つなぐシート from the desk to one section, with its answer (関係課ヒアリング)."""

    class Request(models.TextChoices):
        TELL = "tell", "教えて"
        MEET = "meet", "会って"
        THINK = "think", "一緒に考えて"
        JUDGE = "judge", "判断して"

    class Answer(models.TextChoices):
        YES = "yes", "前向きに受ける"
        IF = "if", "条件がそろえば受ける"
        OTHER = "other", "ほかの課へ回す"
        HARD = "hard", "いまは難しい"

    class Telling(models.TextChoices):
        NAMED = "named", "課の名前と内容"
        UNNAMED = "unnamed", "内容だけ（課の名前は出さない）"
        DESK = "desk", "窓口がまとめた言葉だけ"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="hearings"
    )
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="つなぎ先の課", related_name="+"
    )
    request = models.CharField("お願いの種類", max_length=10, choices=Request, default=Request.TELL)
    reason = models.TextField("つなぐ理由", max_length=400)
    topics = models.JSONField("該当するテーマ", default=list, blank=True)
    care = models.TextField("配慮すること", max_length=400, blank=True)
    asked_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="つなぐ人", related_name="+", null=True
    )
    asked_on = models.DateField("送った日")
    due_on = models.DateField("返事の期限")
    own_trouble = models.TextField("貴課の困りごと", max_length=400, blank=True)
    answer = models.CharField("返事", max_length=10, choices=Answer, blank=True)
    answer_text = models.TextField("返事の中身", max_length=800, blank=True)
    possible_when = models.CharField("いつなら", max_length=100, blank=True)
    tellable = models.CharField("提案者に伝えてよい範囲", max_length=10, choices=Telling, blank=True)
    next_step = models.CharField("次の一歩（誰が、何を）", max_length=200, blank=True)
    next_when = models.CharField("次の一歩はいつ", max_length=60, blank=True)
    passed_to = models.ForeignKey(
        "self", models.PROTECT, verbose_name="回した先", related_name="passed_from", null=True, blank=True
    )
    answered_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="返事をした人", related_name="+", null=True
    )
    drafted_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="下書きした人", related_name="+", null=True
    )
    answered_on = models.DateField("返事の日", null=True)
    waived_on = models.DateField("待たないとした日", null=True)
    waived_reason = models.CharField("待たない理由", max_length=200, blank=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = "つなぐシート"
        verbose_name_plural = "つなぐシート"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "department"],
                condition=Q(answered_on__isnull=True, waived_on__isnull=True),
                name="hearing_open_once_a_section",
                violation_error_message="この課には、もう尋ねています。返事を待っています。",
            ),
            models.CheckConstraint(
                name="hearing_answer_is_complete",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False)),
                violation_error_message="返事には、中身と日と人が必要です。",
            ),
            models.CheckConstraint(
                name="hearing_hard_says_why_and_when",
                condition=~Q(answer="hard") | (~Q(answer_text="") & ~Q(possible_when="")),
                violation_error_message="「いまは難しい」には、理由と「いつなら」が必要です。",
            ),
            models.CheckConstraint(
                name="hearing_waived_with_a_reason",
                condition=Q(waived_on__isnull=True) | ~Q(waived_reason=""),
                violation_error_message="返事を待たないときは、理由が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.proposal.number} → {self.department}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and self.waived_on is None

    @property
    def ended_on(self):
        """The day nothing more was waited for: answered or waived."""
        return self.answered_on or self.waived_on
