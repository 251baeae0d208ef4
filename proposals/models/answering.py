"""A section's answer on its way: the draft its members write, and what it wants to know of the proposer."""

from django.db import models
from django.db.models import Q


class AnswerDraft(models.Model):
    """An answer still being written (返事の下書き): everything as typed, until a head confirms it."""

    hearing = models.OneToOneField(
        "proposals.Hearing", models.PROTECT, verbose_name="つなぐシート", related_name="draft"
    )
    said = models.JSONField("書いたこと", default=dict, blank=True)
    version = models.PositiveIntegerField("版", default=0)
    saved_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="保存した人", related_name="+", null=True
    )
    saved_at = models.DateTimeField("保存した時刻", null=True)
    handed_up_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="確認を頼んだ人", related_name="+", null=True
    )
    handed_up_at = models.DateTimeField("確認を頼んだ時刻", null=True)
    returned_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="書き直しを頼んだ人", related_name="+", null=True
    )
    returned_at = models.DateTimeField("書き直しを頼んだ時刻", null=True)
    returned_words = models.CharField("書き直しの頼み", max_length=400, blank=True)

    class Meta:
        verbose_name = "返事の下書き"
        verbose_name_plural = "返事の下書き"
        constraints = [
            models.CheckConstraint(
                name="answer_draft_returned_with_words",
                condition=Q(returned_at__isnull=True) | ~Q(returned_words=""),
                violation_error_message="書き直しを頼むときは、言葉が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.hearing}の下書き 第{self.version}版"

    @property
    def is_handed_up(self) -> bool:
        return self.handed_up_at is not None


class SectionQuestion(models.Model):
    """What a section wants to know of the proposer (課からのお尋ね); the desk puts it, or answers itself."""

    hearing = models.ForeignKey(
        "proposals.Hearing", models.PROTECT, verbose_name="つなぐシート", related_name="questions"
    )
    text = models.TextField("尋ねたいこと", max_length=400)
    may_name = models.BooleanField("課の名前を出してよい", default=False)
    asked_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="書いた人", related_name="+")
    asked_at = models.DateTimeField("書いた時刻", auto_now_add=True)
    message = models.OneToOneField(
        "proposals.Message", models.PROTECT, verbose_name="提案者へのお尋ね", related_name="wished", null=True
    )
    told = models.TextField("窓口からの答え", max_length=800, blank=True)
    told_at = models.DateTimeField("窓口が答えた時刻", null=True)

    class Meta:
        verbose_name = "課からのお尋ね"
        verbose_name_plural = "課からのお尋ね"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="section_question_put_or_told",
                condition=Q(message__isnull=True) | Q(told_at__isnull=True),
                violation_error_message="提案者に尋ねたか、窓口が答えたかの、どちらかです。",
            ),
            models.CheckConstraint(
                name="section_question_told_in_words",
                condition=Q(told="", told_at__isnull=True) | (~Q(told="") & Q(told_at__isnull=False)),
                violation_error_message="窓口からの答えには、言葉と時刻が必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.hearing}のお尋ね"

    @property
    def is_open(self) -> bool:
        """Neither put to the proposer nor answered by the desk."""
        return self.message_id is None and self.told_at is None
