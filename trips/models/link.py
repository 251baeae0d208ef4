"""Which journey led to which."""

from django.db import models
from django.db.models import F, Q


class Link(models.Model):
    """One TRIP that led to another (旅のつながり), with the reason why we say so."""

    parent = models.ForeignKey("trips.Trip", models.PROTECT, verbose_name="親", related_name="links_down")
    child = models.ForeignKey("trips.Trip", models.PROTECT, verbose_name="子", related_name="links_up")
    reason = models.CharField("どうつながったか", max_length=200)
    linked_on = models.DateField("つないだ日")

    class Meta:
        verbose_name = "旅のつながり"
        verbose_name_plural = "旅のつながり"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "child"],
                name="link_once",
                violation_error_message="この2つは、もうつながっています。",
            ),
            models.CheckConstraint(
                name="link_joins_two",
                condition=~Q(parent=F("child")),
                violation_error_message="同じ共創プロジェクトどうしは、つなげません。",
            ),
            models.CheckConstraint(
                name="link_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="どうつながったかを書いてください。",
            ),
        ]

    def __str__(self):
        return f"{self.parent} → {self.child}"
