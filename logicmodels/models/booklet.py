"""Many logic models in one PDF: the order of the desk and what became of it."""

import secrets

from django.db import models
from django.db.models import Q

from logicmodels.models.draft import LogicModel
from logicmodels.models.edition import Paper

MOST_IN_A_BOOKLET = 100


def _token() -> str:
    return secrets.token_hex(16)


class BookletQuerySet(models.QuerySet):
    def due(self, stuck_since):
        """Those nobody is making: waiting ones, and those whose worker has said nothing for long."""
        stuck = Q(state=Booklet.State.RENDERING, told_at__lt=stuck_since)
        return self.filter(Q(state=Booklet.State.WAITING) | stuck)


class Booklet(models.Model):
    """Up to 100 logic models as one PDF, as a job and its result (冊子)."""

    Size = Paper.Size
    State = Paper.State

    token = models.CharField("記号", max_length=32, unique=True, default=_token, editable=False)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="頼んだ職員", related_name="+")
    size = models.CharField("大きさ", max_length=2, choices=Paper.Size)
    included = models.ManyToManyField(LogicModel, verbose_name="ロジックモデル", related_name="+")
    count = models.PositiveSmallIntegerField("ロジックモデルの数")
    done = models.PositiveSmallIntegerField("できた数", default=0)
    state = models.CharField("状態", max_length=10, choices=Paper.State, default=Paper.State.WAITING)
    name = models.CharField("ファイル", max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField("試した回数", default=0)
    error = models.CharField("作れなかった理由", max_length=300, blank=True)
    ordered_at = models.DateTimeField("頼まれた時刻", auto_now_add=True)
    told_at = models.DateTimeField("進みを知らせた時刻", null=True)

    objects = BookletQuerySet.as_manager()

    class Meta:
        verbose_name = "冊子"
        verbose_name_plural = "冊子"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="ready_booklet_has_a_file",
                condition=~Q(state="ready") | ~Q(name=""),
                violation_error_message="できあがった冊子には、ファイルが必要です。",
            )
        ]

    def __str__(self):
        return f"ロジックモデルの冊子（{self.count}件）"

    @property
    def is_on_its_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RENDERING)

    @property
    def filename(self) -> str:
        return f"ロジックモデルの冊子_{self.count}件_{self.size}.pdf"
