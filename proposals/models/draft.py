"""What somebody is still writing at the gate."""

from django.db import models

from proposals.models.proposal import Proposal, Track


class Draft(models.Model):
    """A proposal somebody is writing (下書き): kept without an account, for a time, then deleted.

    `answers` are the fields as typed, checked or not. `key` becomes the key of what is sent, so that one
    draft is one case. Once sent, the answers are gone and `sent_as` tells the case.
    """

    code_hash = models.CharField("下書き番号の指紋", max_length=64, unique=True)
    key = models.CharField("送信の鍵", max_length=64, unique=True)
    track = models.CharField("区分", max_length=12, choices=Track, default=Track.CONSULTATION)
    answers = models.JSONField("書いたもの", default=dict, blank=True)
    started_at = models.DateTimeField("書き始めた時刻", auto_now_add=True)
    saved_at = models.DateTimeField("保存した時刻", auto_now=True)
    kept_until = models.DateField("残す最後の日", db_index=True)
    sent_as = models.ForeignKey(
        Proposal, models.PROTECT, verbose_name="送ったもの", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "下書き"
        verbose_name_plural = "下書き"
        ordering = ["-saved_at"]

    def __str__(self):
        return f"下書き {self.started_at:%Y-%m-%d}"
