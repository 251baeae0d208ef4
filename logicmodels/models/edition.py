"""What was fixed of a logic model, word for word, and the papers printed from it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from logicmodels.content import digest
from logicmodels.models.draft import LogicModel

DRAFT = 0  # the number of no edition: the draft as it stands


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(model__in=LogicModel.objects.visible_to(user))

    def newest_of(self, proposal):
        """The newest edition of the case's model, or None."""
        return self.filter(model__proposal=proposal).select_related("model").order_by("-number").first()


class Edition(models.Model):
    """A numbered, frozen state of a logic model (版); the database refuses to change or delete it."""

    class State(models.TextChoices):
        TRIAL = "trial", "試行版"
        FINAL = "final", "確定版"

    model = models.ForeignKey(
        LogicModel, models.PROTECT, verbose_name="ロジックモデル", related_name="editions"
    )
    number = models.PositiveSmallIntegerField("版")
    state = models.CharField("種類", max_length=10, choices=State, default=State.TRIAL)
    content = models.JSONField("内容")
    sha256 = models.CharField("内容の指紋", max_length=64)
    answers = models.JSONField("助言への答え", default=list, blank=True)
    fixed_at = models.DateTimeField("固定した時刻")
    fixed_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="固定した人", related_name="+")
    posting = models.ForeignKey("cityhall.Posting", models.PROTECT, verbose_name="配属", related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "版"
        verbose_name_plural = "版"
        ordering = ["model", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "number"],
                name="edition_number_once_a_model",
                violation_error_message="この版は、もうあります。",
            )
        ]

    def __str__(self):
        return f"{self.model.number} {self.label}"

    def get_absolute_url(self):
        return reverse("logicmodels:edition", args=[self.model.number, self.number])

    @classmethod
    def of_draft(cls, model: LogicModel) -> "Edition":
        """The draft as it stands, read like an edition; it is never saved."""
        content = model.as_content()
        return cls(
            model=model, number=DRAFT, content=content, sha256=digest(content), fixed_at=model.changed_at
        )

    @property
    def is_draft(self) -> bool:
        return self.number == DRAFT

    @property
    def label(self) -> str:
        return "下書き" if self.is_draft else f"第{self.number}版（{self.get_state_display()}）"

    @property
    def agreed(self) -> dict:
        """The sides that agreed to this content, in whichever edition: side → its `Agreement`."""
        same = self.agreements.model.objects.filter(edition__model=self.model, edition__sha256=self.sha256)
        given = same.filter(agreed_at__isnull=False).select_related("department")
        return {one.side: one for one in given}

    @property
    def is_as_fixed(self) -> bool:
        """Whether the content still has the fingerprint it was fixed with."""
        return digest(self.content) == self.sha256


class PaperQuerySet(models.QuerySet):
    def due(self, stuck_since):
        """Papers nobody is rendering: waiting ones, and those whose worker went away."""
        stuck = Q(state=Paper.State.RENDERING, started_at__lt=stuck_since)
        return self.filter(Q(state=Paper.State.WAITING) | stuck)


class Paper(models.Model):
    """A PDF of an edition in one size, as a job and its result (印刷物)."""

    class Size(models.TextChoices):
        A3 = "A3", "A3横"
        A4 = "A4", "A4横"

    class State(models.TextChoices):
        WAITING = "waiting", "順番を待っています"
        RENDERING = "rendering", "作っています"
        READY = "ready", "できました"
        FAILED = "failed", "作れませんでした"

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="版", related_name="papers")
    size = models.CharField("大きさ", max_length=2, choices=Size)
    state = models.CharField("状態", max_length=10, choices=State, default=State.WAITING)
    name = models.CharField("ファイル", max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField("試した回数", default=0)
    error = models.CharField("作れなかった理由", max_length=300, blank=True)
    ordered_at = models.DateTimeField("頼まれた時刻", auto_now_add=True)
    started_at = models.DateTimeField("作り始めた時刻", null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "印刷物"
        verbose_name_plural = "印刷物"
        ordering = ["size"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "size"],
                name="paper_once_an_edition_and_size",
                violation_error_message="この大きさのPDFは、もう頼まれています。",
            ),
            models.CheckConstraint(
                name="ready_paper_has_a_file",
                condition=~Q(state="ready") | ~Q(name=""),
                violation_error_message="できあがったPDFには、ファイルが必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.edition} {self.size}"

    @property
    def is_on_its_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RENDERING)

    @property
    def filename(self) -> str:
        return f"{self.edition.model.number}_第{self.edition.number}版_{self.size}.pdf"
