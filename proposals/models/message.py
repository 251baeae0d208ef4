"""What desk and proposer write to each other."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery


class MessageQuerySet(models.QuerySet):
    def open_questions(self):
        """Questions to the proposer not answered yet."""
        return self.filter(asks=True, answered_at__isnull=True)

    def newest_first(self):
        return self.order_by("-pk").select_related("department").prefetch_related("attachments")


class Message(models.Model):
    """A text between desk and proposer (やりとり); nobody edits it. A question has a date and waits."""

    class Side(models.TextChoices):
        DESK = "desk", "窓口"
        PROPOSER = "proposer", "提案者"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="messages"
    )
    key = models.CharField("送信の鍵", max_length=64, unique=True)
    side = models.CharField("だれから", max_length=10, choices=Side)
    by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="書いた職員", related_name="+", null=True, blank=True
    )
    text = models.TextField("文", max_length=4000)
    sent_at = models.DateTimeField("送った時刻", auto_now_add=True)
    asks = models.BooleanField("お返事が要る", default=False)
    due_on = models.DateField("返事の期限", null=True, blank=True)
    department = models.ForeignKey(
        "cityhall.Department",
        models.PROTECT,
        verbose_name="質問した課",
        related_name="+",
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField("返事があった時刻", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "やりとり"
        verbose_name_plural = "やりとり"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="message_question_comes_from_the_desk_with_a_date",
                condition=Q(asks=False) | Q(side="desk", due_on__isnull=False),
                violation_error_message="お尋ねには、返事の期限が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.proposal.number} {self.get_side_display()} {self.sent_at:%Y-%m-%d}"


class AnnouncementQuerySet(models.QuerySet):
    def numbered(self):
        """With `running`, its number in its case: it is addressed as R8-0009 and 1, never by a pk."""
        so_far = Announcement.objects.filter(proposal=OuterRef("proposal"), pk__lte=OuterRef("pk"))
        counted = so_far.order_by().values("proposal").annotate(n=Count("pk"))
        return self.annotate(running=Subquery(counted.values("n")))

    def to_print(self):
        """Official letters whose PDF is not made."""
        return self.filter(paper="").exclude(dated_on=None)


class Announcement(models.Model):
    """The result as it was told to the proposer (結果のお知らせ); what is not in here is not public."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="announcements"
    )
    record = models.OneToOneField(
        "proposals.ProposalRecord", models.PROTECT, verbose_name="記録", related_name="announcement"
    )
    verdict = models.CharField("結論", max_length=20)
    document_number = models.CharField("文書番号", max_length=40, blank=True)
    dated_on = models.DateField("文書の日付", null=True, blank=True)
    addressee = models.TextField("宛名", max_length=300, blank=True)
    sender = models.TextField("差出人", max_length=200, blank=True)
    subject = models.CharField("標題", max_length=100, blank=True)
    text = models.TextField("文", max_length=4000)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="知らせた職員", related_name="+")
    announced_at = models.DateTimeField("知らせた時刻", auto_now_add=True)
    paper = models.CharField("印刷物", max_length=64, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "結果のお知らせ"
        verbose_name_plural = "結果のお知らせ"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.proposal.number} {self.verdict}"
