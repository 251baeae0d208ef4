"""Who travels: the cases a TRIP was opened from, and those who go along."""

from django.db import models
from django.db.models import Q


class TripCase(models.Model):
    """A case that travels in a TRIP (案件の参加); a case may be in several, a TRIP may hold several."""

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="trip_cases"
    )
    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, verbose_name="案件", related_name="+")
    joined_on = models.DateField("参加した日")

    class Meta:
        verbose_name = "案件の参加"
        verbose_name_plural = "案件の参加"
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "proposal"],
                name="trip_holds_a_case_once",
                violation_error_message="この案件は、もうこの共創プロジェクトに入っています。",
            )
        ]

    def __str__(self):
        return f"{self.trip} ← {self.proposal.number}"


class Travellers(models.Manager):
    """Partners with the organisation whose name they are shown under."""

    def get_queryset(self):
        return super().get_queryset().select_related("organization__merged_into")


class Partner(models.Model):
    """Somebody who travels along (一緒に旅をしている人たち): a known organisation, or just a name.

    One that was merged into another is shown under that one's name.
    """

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="partners"
    )
    organization = models.ForeignKey(
        "proposals.Organization",
        models.PROTECT,
        verbose_name="団体",
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField("名前", max_length=100, blank=True)
    role = models.CharField("役割", max_length=100, blank=True)
    told_on = models.DateField("終わりを知らせた日", null=True, blank=True)
    told_how = models.CharField("どのように知らせたか", max_length=100, blank=True)

    objects = Travellers()

    class Meta:
        verbose_name = "一緒に旅をする団体"
        verbose_name_plural = "一緒に旅をする団体"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="partner_has_a_name",
                condition=Q(organization__isnull=False) | ~Q(name=""),
                violation_error_message="団体を選ぶか、名前を書いてください。",
            ),
            models.UniqueConstraint(
                fields=["trip", "organization"],
                name="partner_once_a_trip",
                violation_error_message="この団体は、もう一緒に旅をしています。",
            ),
        ]

    def __str__(self):
        return self.organization.living.name if self.organization else self.name
