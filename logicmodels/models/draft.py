"""The draft of a logic model: boxes, arrows and the words around them."""

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from cityhall import access
from cityhall.models import Role
from logicmodels.content import LONG_LIMIT, TEXT_LIMIT, TEXT_LISTS
from logicmodels.vocabulary import Column, Evidence, Side
from proposals.models import Proposal


class LogicModelQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the desk; for a section those of cases it may see and those without a case.

        A manager sees what was fixed, never a draft.
        """
        if access.has_role(user, Role.DESK):
            return self
        if not access.has_role(user, Role.MEMBER, Role.HEAD, Role.MANAGER):
            return self.none()
        seen = self.filter(Q(proposal__isnull=True) | Q(proposal__in=Proposal.objects.visible_to(user)))
        if access.has_role(user, Role.MANAGER):
            return seen.filter(pk__in=self.model.editions.rel.related_model.objects.values("model"))
        return seen

    def with_editions(self):
        """With the case and the editions, newest first, without their content."""
        return self.with_case().prefetch_related(self.newest_editions())

    def with_case(self):
        """With the case and who saved last."""
        return self.select_related("proposal__organization", "changed_by")

    def newest_editions(self) -> Prefetch:
        """What reads the editions beside models: newest first, without their content."""
        editions = self.model.editions.rel.related_model.objects
        return Prefetch("editions", editions.defer("content").order_by("-number"))


class LogicModel(models.Model):
    """A chain from what is brought to what changes (ロジックモデル); this row is its draft."""

    number = models.CharField("番号", max_length=12, unique=True, editable=False)
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, verbose_name="案件", related_name="+", null=True, blank=True
    )
    title = models.CharField("題", max_length=TEXT_LIMIT)
    core = models.CharField("ロジックの核", max_length=LONG_LIMIT, blank=True)
    assumptions = models.JSONField("前提", default=list, blank=True)
    external_factors = models.JSONField("外からの影響", default=list, blank=True)
    negative_effects = models.JSONField("起きうる良くないこと", default=list, blank=True)
    version = models.PositiveIntegerField("保存の回数", default=0, editable=False)
    created_at = models.DateTimeField("つくった時刻", auto_now_add=True)
    changed_at = models.DateTimeField("保存した時刻", auto_now=True)
    changed_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="保存した人", related_name="+", null=True, blank=True
    )

    objects = LogicModelQuerySet.as_manager()

    class Meta:
        verbose_name = "ロジックモデル"
        verbose_name_plural = "ロジックモデル"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("logicmodels:model", args=[self.number])

    def as_content(self) -> dict:
        """The draft as content, in the shape of `logicmodels.content`."""
        nodes = list(self.nodes.all())
        key_of = {node.pk: node.key for node in nodes}
        return {
            "title": self.title,
            "core": self.core,
            "nodes": [node.as_content() for node in nodes],
            "arrows": [arrow.as_content(key_of) for arrow in self.arrows.all()],
            "assumptions": self.assumptions,
            **{key: getattr(self, key) for key in TEXT_LISTS},
        }


class Node(models.Model):
    """A box of a draft (箱): something brought, done, made or changed."""

    model = models.ForeignKey(LogicModel, models.CASCADE, verbose_name="ロジックモデル", related_name="nodes")
    key = models.CharField("記号", max_length=40)
    column = models.CharField("列", max_length=10, choices=Column)
    text = models.CharField("言葉", max_length=TEXT_LIMIT, blank=True)
    side = models.CharField("持ち寄る側", max_length=10, choices=Side, blank=True)
    indicators = models.JSONField("指標", default=list, blank=True)
    place = models.PositiveIntegerField("並び")

    class Meta:
        verbose_name = "箱"
        verbose_name_plural = "箱"
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "key"],
                name="node_key_once_a_model",
                violation_error_message="同じ記号の箱が、もうあります。",
            )
        ]

    def __str__(self):
        return self.text

    def as_content(self) -> dict:
        return {
            "id": self.key,
            "column": self.column,
            "text": self.text,
            "side": self.side,
            "indicators": self.indicators,
        }


class Arrow(models.Model):
    """A cause and its effect in a draft (矢印), why we think so and how sure we are."""

    model = models.ForeignKey(
        LogicModel, models.CASCADE, verbose_name="ロジックモデル", related_name="arrows"
    )
    source = models.ForeignKey(Node, models.CASCADE, verbose_name="もと", related_name="arrows_out")
    target = models.ForeignKey(Node, models.CASCADE, verbose_name="さき", related_name="arrows_in")
    reason = models.CharField("そう考える理由", max_length=LONG_LIMIT, blank=True)
    evidence = models.CharField("根拠", max_length=1, choices=Evidence, blank=True)

    class Meta:
        verbose_name = "矢印"
        verbose_name_plural = "矢印"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"],
                name="arrow_once_between_two_nodes",
                violation_error_message="この矢印は、もう引いてあります。",
            ),
            models.CheckConstraint(
                name="arrow_leads_to_another_node",
                condition=~Q(source=F("target")),
                violation_error_message="自分へ向かう矢印は引けません。",
            ),
        ]

    def __str__(self):
        return f"{self.source} → {self.target}"

    def as_content(self, key_of: dict[int, str]) -> dict:
        return {
            "from": key_of[self.source_id],
            "to": key_of[self.target_id],
            "reason": self.reason,
            "evidence": self.evidence,
        }


class EarlierDraft(models.Model):
    """A draft as it stood before a deed (前の下書き): to go back to, or once undone forward to again."""

    class Way(models.TextChoices):
        BACK = "back", "元に戻す"
        FORWARD = "forward", "やり直す"

    model = models.ForeignKey(
        LogicModel, models.CASCADE, verbose_name="ロジックモデル", related_name="earlier"
    )
    way = models.CharField("向き", max_length=10, choices=Way)
    content = models.JSONField("内容")
    by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="次に直した人", related_name="+", null=True
    )
    at = models.DateTimeField("次に直した時刻", auto_now_add=True)

    class Meta:
        verbose_name = "前の下書き"
        verbose_name_plural = "前の下書き"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.model.number} {self.get_way_display()}"
