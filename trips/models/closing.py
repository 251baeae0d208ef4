"""What is left when a journey ends."""

from django.db import models
from django.db.models import Q


class Duty(models.Model):
    """Something that has to be gone on with after the end (残る務め), and who does so."""

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="duties"
    )
    text = models.CharField("残る務め", max_length=200)
    owner = models.CharField("担い手", max_length=100, blank=True)
    done_on = models.DateField("終えた日", null=True, blank=True)

    class Meta:
        verbose_name = "残る務め"
        verbose_name_plural = "残る務め"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "text"],
                name="duty_once_a_trip",
                violation_error_message="同じ務めが、もう書かれています。",
            ),
            models.CheckConstraint(
                name="duty_says_what",
                condition=~Q(text=""),
                violation_error_message="残る務めを1文で書いてください。",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_ownerless(self) -> bool:
        return self.done_on is None and not self.owner
