"""The monthly meeting on the cases: what was handed out, what was said, what follows."""

from django.db import models
from django.db.models import Q


class Meeting(models.Model):
    """A monthly meeting on the cases (共創調整会議), one a day, with what stood when it was opened."""

    held_on = models.DateField("開く日", unique=True)
    title = models.CharField("会議の名前", max_length=100)
    since_on = models.DateField("いつからのことか")
    minutes = models.TextField("議事の記録", max_length=10_000, blank=True)
    version = models.PositiveIntegerField("版", default=0, editable=False)
    opened_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="開いた人", related_name="+")
    opened_at = models.DateTimeField("資料を作った時刻", auto_now_add=True)
    left_out = models.JSONField("資料に載せきれなかった件数", default=dict, blank=True)
    recorded_at = models.DateTimeField("案件に記録した時刻", null=True, editable=False)

    class Meta:
        verbose_name = "共創調整会議"
        verbose_name_plural = "共創調整会議"
        ordering = ["-held_on"]

    def __str__(self):
        return self.title


class MeetingItem(models.Model):
    """One line of the agenda (議題): the words of the day, what was said of it, what somebody does next."""

    class Section(models.TextChoices):
        NEW = "new", "新しく届いた案件"
        STUCK = "stuck", "止まっている案件"
        CONFLICT = "conflict", "課の返事が分かれている案件"
        MEETING = "meeting", "会う予定と、結果がまだの引き合わせ"
        CLOSING = "closing", "結果が出た案件"
        DECISION = "decision", "所管課の判断を待つ案件"
        CONDITION = "condition", "条件の期限が来る案件"
        TRIP = "trip", "ふり返りの日が来る共創プロジェクト（TRIP）"

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="会議", related_name="items")
    section = models.CharField("議題", max_length=10, choices=Section)
    place = models.PositiveSmallIntegerField("順")
    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="+", null=True
    )
    number = models.CharField("番号", max_length=20)
    title = models.CharField("件名", max_length=500)
    about = models.CharField("団体・所管課", max_length=400, blank=True)
    standing = models.CharField("段階", max_length=60)
    why = models.CharField("なぜ議題か", max_length=500)
    said = models.TextField("話したこと", max_length=1000, blank=True)
    follow_up = models.CharField("次にすること", max_length=150, blank=True)
    owner = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="だれが", related_name="+", null=True
    )
    due_on = models.DateField("いつまでに", null=True)

    class Meta:
        verbose_name = "会議の議題"
        verbose_name_plural = "会議の議題"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "place"],
                name="meeting_item_place_once",
                violation_error_message="この順の議題は、もうあります。",
            ),
            models.CheckConstraint(
                name="meeting_item_is_of_a_case_or_a_trip",
                condition=Q(section="trip") | Q(proposal__isnull=False),
                violation_error_message="議題には、案件が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class MeetingPaperQuerySet(models.QuerySet):
    def waiting(self):
        """Ordered, and neither made nor given up."""
        return self.filter(made_at__isnull=True, error="")


class MeetingPaper(models.Model):
    """A PDF of a meeting, as an order and what the worker made of it (会議の資料)."""

    class Kind(models.TextChoices):
        PACK = "pack", "配った資料"
        MINUTES = "minutes", "会議の記録"

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="会議", related_name="papers")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    data = models.BinaryField("中身", default=b"")
    made_at = models.DateTimeField("作った時刻", null=True)
    error = models.CharField("作れなかった理由", max_length=300, blank=True)

    objects = MeetingPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "会議の資料"
        verbose_name_plural = "会議の資料"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                name="meeting_paper_once_a_kind",
                violation_error_message="この資料は、もう頼まれています。",
            )
        ]

    def __str__(self):
        return f"{self.meeting} {self.get_kind_display()}"
