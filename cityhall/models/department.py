"""Sections of the city hall, as they were called on a given day."""

from django.db import models
from django.db.models import F, Q


class DepartmentQuerySet(models.QuerySet):
    def valid_on(self, day):
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        not_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(started & not_ended)

    def named(self, name, *, on):
        """The section called so on that day, or None."""
        return self.valid_on(on).filter(name=name).first()


class Department(models.Model):
    """A section of the city hall (課); a renamed section is a new row that succeeds the old one."""

    name = models.CharField("課名", max_length=60)
    division = models.CharField("部", max_length=60, blank=True)
    email = models.EmailField("メールアドレス", blank=True)
    valid_from = models.DateField("有効期間の初日", null=True, blank=True)
    valid_to = models.DateField("有効期間の末日", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, verbose_name="引き継いだ課", related_name="+", null=True, blank=True
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "課"
        verbose_name_plural = "課"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                name="department_name_once_a_start",
                violation_error_message="同じ名前の課が、同じ初日で登録されています。",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(valid_from__isnull=True),
                name="department_name_once_without_a_start",
                violation_error_message="同じ名前の課が、初日なしで登録されています。",
            ),
            models.CheckConstraint(
                name="department_ends_after_it_starts",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                violation_error_message="有効期間の末日は、初日より後にしてください。",
            ),
        ]

    def __str__(self):
        return self.name
