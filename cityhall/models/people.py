"""Who works at the city hall, and in which posting on which day."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Role(models.TextChoices):
    """What a posting lets its holder do."""

    DESK = "desk", "窓口"
    MEMBER = "member", "関係課"
    HEAD = "head", "所属長"
    MANAGER = "manager", "閲覧"
    ADMIN = "admin", "システム管理"


class PostingKind(models.TextChoices):
    """How a person came to hold a posting."""

    MAIN = "main", "本務"
    CONCURRENT = "concurrent", "兼務"
    ACTING = "acting", "職務代理"


class Letters(models.TextChoices):
    """How a person of a section hears of what comes for it, beside the section's own address."""

    SECTION = "section", "課のアドレスだけ"
    EACH = "each", "わたしにも、1通ずつ"
    DIGEST = "digest", "わたしにも、1日1回のまとめ"


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """A person of system administration; nobody stands above the postings."""
        user = self.create_user(username, password, **fields)
        Posting.objects.create(user=user, role=Role.ADMIN, valid_from=timezone.localdate())
        return user


class User(AbstractUser):
    """A person who works at the city hall (職員); rights come from postings alone."""

    first_name = last_name = groups = user_permissions = is_superuser = is_staff = None
    name = models.CharField("氏名", max_length=60)
    letters = models.CharField(
        "通知の受け取り方", max_length=10, choices=Letters, default=Letters.SECTION, editable=False
    )
    digest_on = models.DateField("まとめを作った日", null=True, editable=False)
    objects = UserManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "職員"
        verbose_name_plural = "職員"
        ordering = ["username"]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class PostingQuerySet(models.QuerySet):
    def in_force(self, day=None):
        day = day or timezone.localdate()
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, user__is_active=True
        )


class Posting(models.Model):
    """A person's place in the city hall for a time (配属・兼務・職務代理)."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="職員", related_name="postings")
    department = models.ForeignKey(
        "cityhall.Department",
        models.PROTECT,
        verbose_name="課",
        related_name="postings",
        null=True,
        blank=True,
    )
    role = models.CharField("役割", max_length=10, choices=Role)
    kind = models.CharField("種別", max_length=10, choices=PostingKind, default=PostingKind.MAIN)
    title = models.CharField("職名", max_length=60, blank=True)
    valid_from = models.DateField("初日")
    valid_to = models.DateField("末日", null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "配属"
        verbose_name_plural = "配属"
        ordering = ["user", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="posting_of_a_section_names_it",
                condition=~Q(role__in=[Role.MEMBER, Role.HEAD]) | Q(department__isnull=False),
                violation_error_message="関係課と所属長の配属には、課が必要です。",
            ),
            models.CheckConstraint(
                name="posting_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="配属の末日は、初日より後にしてください。",
            ),
        ]

    def __str__(self):
        place = self.department.name if self.department else ""
        return f"{place} {self.title or self.get_role_display()}".strip()
