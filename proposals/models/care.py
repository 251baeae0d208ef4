"""What the desk adds to a case in its care: contacts, things to do, readings, relations, seeds."""

from django.db import models
from django.db.models import F, Q


class Encounter(models.Model):
    """A time somebody of the city met or spoke with the proposer (接触の記録); the earliest is t0."""

    class Kind(models.TextChoices):
        PHONE = "phone", "電話"
        VISIT = "visit", "来庁"
        CALL = "call", "訪問"
        ONLINE = "online", "オンライン"
        CARD = "card", "名刺交換"
        MAIL = "mail", "メール"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="encounters"
    )
    record = models.OneToOneField(
        "proposals.ProposalRecord", models.PROTECT, verbose_name="記録", related_name="encounter"
    )
    kind = models.CharField("どのように", max_length=10, choices=Kind)
    on = models.DateField("いつ")
    who = models.CharField("だれと", max_length=100, blank=True)
    text = models.TextField("何を", max_length=2000)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="書いた職員", related_name="+")
    written_at = models.DateTimeField("書いた時刻", auto_now_add=True)

    class Meta:
        verbose_name = "接触の記録"
        verbose_name_plural = "接触の記録"
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.on} {self.get_kind_display()}"


class TodoQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at__isnull=True)


class Todo(models.Model):
    """Something somebody of the desk has to do (すること), by hand or because a day came."""

    class Origin(models.TextChoices):
        HAND = "hand", "手で書いた"
        SEED = "seed", "種の条件がそろった"
        QUIET = "quiet", "しばらく声をかけていない"
        PROMISE = "promise", "終わるときの約束"

    proposal = models.ForeignKey(
        "proposals.Proposal",
        models.PROTECT,
        verbose_name="案件",
        related_name="todos",
        null=True,
        blank=True,
    )
    organization = models.ForeignKey(
        "proposals.Organization",
        models.PROTECT,
        verbose_name="団体",
        related_name="todos",
        null=True,
        blank=True,
    )
    key = models.CharField("一意の鍵", max_length=100, unique=True)
    origin = models.CharField("きっかけ", max_length=10, choices=Origin, default=Origin.HAND)
    text = models.CharField("すること", max_length=200)
    due_on = models.DateField("いつまでに", null=True, blank=True)
    owner = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="だれが", related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField("書いた時刻", auto_now_add=True)
    done_at = models.DateTimeField("済んだ時刻", null=True, blank=True)
    done_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="済ませた人", related_name="+", null=True, blank=True
    )

    objects = TodoQuerySet.as_manager()

    class Meta:
        verbose_name = "すること"
        verbose_name_plural = "すること"
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="todo_open_due")]

    def __str__(self):
        return self.text


class Assessment(models.Model):
    """How one reader sees a case from one of the nine viewpoints (見立て); never added up (domain.md §7)."""

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="assessments"
    )
    reader = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="読んだ人", related_name="+")
    viewpoint = models.PositiveSmallIntegerField("視点")
    level = models.PositiveSmallIntegerField("見立て")
    comment = models.CharField("ひとこと", max_length=300, blank=True)
    read_at = models.DateTimeField("読んだ時刻", auto_now=True)

    class Meta:
        verbose_name = "見立て"
        verbose_name_plural = "見立て"
        ordering = ["viewpoint", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "reader", "viewpoint"],
                name="assessment_once_a_reader",
                violation_error_message="この視点の見立ては、もう書いています。",
            ),
            models.CheckConstraint(
                name="assessment_in_its_range",
                condition=Q(viewpoint__range=(1, 9), level__range=(0, 3)),
                violation_error_message="見立ては、9つの視点に0から3で書きます。",
            ),
            models.CheckConstraint(
                name="assessment_extremes_are_explained",
                condition=~Q(level__in=(0, 3)) | ~Q(comment=""),
                violation_error_message="0と3には、ひとことが必要です。",
            ),
        ]

    def __str__(self):
        return f"{self.proposal.number} 視点{self.viewpoint} {self.level}"


class Relation(models.Model):
    """Two cases that belong together (関連する案件), or one split off the other."""

    class Kind(models.TextChoices):
        RELATED = "related", "関連する"
        SPLIT = "split", "分けた"

    first = models.ForeignKey("proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="+")
    second = models.ForeignKey("proposals.Proposal", models.PROTECT, verbose_name="相手", related_name="+")
    kind = models.CharField("関係", max_length=10, choices=Kind, default=Kind.RELATED)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="つないだ職員", related_name="+")
    made_at = models.DateTimeField("つないだ時刻", auto_now_add=True)

    class Meta:
        verbose_name = "関連する案件"
        verbose_name_plural = "関連する案件"
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="relation_once",
                violation_error_message="この2つの案件は、もうつながっています。",
            ),
            models.CheckConstraint(
                name="relation_first_is_the_older",
                condition=Q(first__lt=F("second")),
                violation_error_message="同じ案件どうしは、つなげません。",
            ),
        ]

    def __str__(self):
        return f"{self.first_id} – {self.second_id}"


class SeedQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(came_on__isnull=True, dropped_on__isnull=True)


class Seed(models.Model):
    """When a case not taken up now shall be looked at again (種の条件): a theme, the budget season, a day."""

    class Kind(models.TextChoices):
        THEME = "theme", "近い困りごとが公開されたら"
        BUDGET = "budget", "次の予算の時期になったら"
        DAY = "day", "決めた日になったら"

    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="seeds"
    )
    kind = models.CharField("いつ", max_length=10, choices=Kind)
    field = models.CharField("困りごとの分野やことば", max_length=60, blank=True)
    on = models.DateField("その日", null=True, blank=True)
    text = models.CharField("何がそろえば", max_length=200)
    by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="書いた職員", related_name="+")
    made_at = models.DateTimeField("書いた時刻", auto_now_add=True)
    came_on = models.DateField("そろった日", null=True, blank=True)
    came_by = models.CharField("そろったわけ", max_length=200, blank=True)
    dropped_on = models.DateField("やめた日", null=True, blank=True)

    objects = SeedQuerySet.as_manager()

    class Meta:
        verbose_name = "種の条件"
        verbose_name_plural = "種の条件"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="seed_says_what_it_waits_for",
                condition=Q(kind="theme") & ~Q(field="") | Q(kind__in=("budget", "day"), on__isnull=False),
                violation_error_message="いつまた見るかを、日か、困りごとのことばで決めてください。",
            )
        ]

    def __str__(self):
        return f"{self.proposal.number} {self.text}"
