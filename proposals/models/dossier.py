"""One case as one file, for 情報公開 and audit: the order and what became of it."""

from django.db import models
from django.db.models import Q


class DossierQuerySet(models.QuerySet):
    def due(self, stuck_since):
        """Those nobody is making: waiting ones, and those whose worker went away."""
        stuck = Q(state=Dossier.State.MAKING, started_at__lt=stuck_since)
        return self.filter(Q(state=Dossier.State.WAITING) | stuck)


class Dossier(models.Model):
    """All there is of a case in one ZIP, as a job and its result (案件のひとまとめ)."""

    class State(models.TextChoices):
        WAITING = "waiting", "順番を待っています"
        MAKING = "making", "作っています"
        READY = "ready", "できました"
        FAILED = "failed", "作れませんでした"
        FORGOTTEN = "forgotten", "期限が来て消しました"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="dossiers"
    )
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="作った職員", related_name="+")
    reason = models.CharField("作るわけ", max_length=200)
    redactions = models.JSONField("墨塗り", default=dict)
    ordered_at = models.DateTimeField("頼まれた時刻", auto_now_add=True)
    state = models.CharField("状態", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("試した回数", default=0)
    started_at = models.DateTimeField("作り始めた時刻", null=True)
    error = models.CharField("作れなかった理由", max_length=300, blank=True)
    name = models.CharField("ファイル", max_length=64, blank=True)
    sha256 = models.CharField("指紋", max_length=64, blank=True)
    forget_on = models.DateField("消す日", null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "案件のひとまとめ"
        verbose_name_plural = "案件のひとまとめ"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="ready_dossier_has_a_file",
                condition=~Q(state="ready") | ~Q(name=""),
                violation_error_message="できあがったひとまとめには、ファイルが必要です。",
            )
        ]

    def __str__(self):
        return f"{self.proposal.number} {self.ordered_at:%Y-%m-%d}"

    @property
    def is_on_its_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.MAKING)

    @property
    def filename(self) -> str:
        return f"{self.proposal.number}_ひとまとめ.zip"
