"""Which journey led to which, and which event to which."""

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


class EventLink(models.Model):
    """One event of a TRIP that led to a later one (出来事のつながり), and by what one knows."""

    source = models.ForeignKey(
        "trips.Event", models.PROTECT, verbose_name="前の出来事", related_name="led_to"
    )
    target = models.ForeignKey(
        "trips.Event", models.PROTECT, verbose_name="後の出来事", related_name="came_of"
    )
    evidence = models.CharField("何で分かるか", max_length=200)
    is_guess = models.BooleanField("前後関係からの推定", default=False)

    class Meta:
        verbose_name = "出来事のつながり"
        verbose_name_plural = "出来事のつながり"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"],
                name="event_link_once",
                violation_error_message="この2つの出来事は、もうつながっています。",
            ),
            models.CheckConstraint(
                name="event_link_joins_two",
                condition=~Q(source=F("target")),
                violation_error_message="同じ出来事どうしは、つなげません。",
            ),
            models.CheckConstraint(
                name="event_link_has_evidence",
                condition=~Q(evidence=""),
                violation_error_message="何で分かるかを書いてください。",
            ),
        ]

    def __str__(self):
        return f"{self.source} → {self.target}"
