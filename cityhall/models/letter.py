"""The outbox: letters wait here until they have left."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Notice(models.Model):
    """A letter for a section, kept as one line for somebody who reads a digest (まとめの1行)."""

    user = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="読む人", related_name="notices")
    department = models.ForeignKey(
        "cityhall.Department", models.PROTECT, verbose_name="宛先の課", related_name="+"
    )
    key = models.CharField("一意の鍵", max_length=200, unique=True)
    about = models.CharField("案件番号", max_length=20, blank=True)
    subject = models.CharField("件名", max_length=200)
    page = models.CharField("画面", max_length=300)
    written_at = models.DateTimeField("書いた時刻", auto_now_add=True)
    told_on = models.DateField("まとめに載せた日", null=True)

    class Meta:
        verbose_name = "まとめの1行"
        verbose_name_plural = "まとめの行"
        ordering = ["pk"]
        indexes = [models.Index(fields=["user"], condition=Q(told_on=None), name="notice_untold")]

    def __str__(self):
        return self.subject


class OutgoingMail(models.Model):
    """A letter to be sent by mail (通知); its key makes it leave once (reliability.md D3).

    One that did not arrive stays missing until somebody settles it: sends it again or tells it otherwise.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "送信待ち"
        SENDING = "sending", "送信中"
        SENT = "sent", "送信済み"
        HELD = "held", "止めています"
        FAILED = "failed", "届いていません"

    key = models.CharField("一意の鍵", max_length=200, unique=True, editable=False)
    about = models.CharField("案件番号", max_length=20, blank=True, db_index=True)
    to = models.EmailField("宛先", max_length=254)
    subject = models.CharField("件名", max_length=200)
    body = models.TextField("本文")
    is_secret = models.BooleanField("送ったら本文を消す", default=False)
    state = models.CharField("状態", max_length=10, choices=State, default=State.QUEUED)
    from_outside = models.BooleanField("公開の画面から", default=False)
    expires_at = models.DateTimeField("送る期限", null=True, blank=True)
    resend_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name="もとの通知", related_name="resent", null=True, blank=True
    )
    asked_by = models.ForeignKey(
        "cityhall.User",
        models.PROTECT,
        verbose_name="送り直した人",
        related_name="+",
        null=True,
        blank=True,
    )
    settled_at = models.DateTimeField("窓口が済みにした時刻", null=True, blank=True)
    settled_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="済みにした人", related_name="+", null=True, blank=True
    )
    attempts = models.PositiveSmallIntegerField("試行回数", default=0)
    next_try_at = models.DateTimeField("次に送る時刻")
    inflight_since = models.DateTimeField("送信を始めた時刻", null=True, blank=True)
    sent_at = models.DateTimeField("送った時刻", null=True, blank=True)
    last_error = models.CharField("最後の失敗", max_length=300, blank=True)
    created_at = models.DateTimeField("書いた時刻", auto_now_add=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_due"),
            models.Index(fields=["next_try_at"], name="mail_lately"),
        ]

    def __str__(self):
        return f"{self.subject}（{self.get_state_display()}）"

    @property
    def is_waiting(self) -> bool:
        """Whether it leaves of itself."""
        return self.state in (self.State.QUEUED, self.State.SENDING)

    @property
    def standing(self) -> str:
        """Where it stands, in the desk's words."""
        return "窓口が対応しました" if self.settled_at else self.get_state_display()

    @property
    def is_missing(self) -> bool:
        """Given up or stopped, and nobody has seen to it."""
        return self.settled_at is None and self.state in (self.State.FAILED, self.State.HELD)

    @property
    def tried_next_at(self) -> datetime | None:
        """When it is tried next; None when it is not, or right away."""
        waits = self.state == self.State.QUEUED and self.next_try_at > timezone.now()
        return self.next_try_at if waits else None
