"""What is planned on the way: milestones, periodic reports, and the files that tell of them."""

from django.db import models
from django.db.models import Q

from proposals.models.attachment import StoredFile


class Milestone(models.Model):
    """Something that is to be reached by a day (節目): open, done on a day, or given up with a reason."""

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="milestones"
    )
    title = models.CharField("節目", max_length=100)
    planned_on = models.DateField("予定の日")
    done_on = models.DateField("終えた日", null=True, blank=True)
    dropped_on = models.DateField("取りやめた日", null=True, blank=True)
    note = models.CharField("ひとこと", max_length=200, blank=True)

    class Meta:
        verbose_name = "節目"
        verbose_name_plural = "節目"
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "title", "planned_on"],
                name="milestone_once_a_day",
                violation_error_message="同じ日の同じ節目が、もうあります。",
            ),
            models.CheckConstraint(
                name="milestone_done_or_dropped",
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True),
                violation_error_message="終えた節目は、取りやめにできません。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None


class Report(models.Model):
    """A periodic report of a TRIP (定期報告): written by its section, taken or returned by the desk."""

    class State(models.TextChoices):
        AWAITED = "awaited", "これから"
        HANDED_IN = "handed_in", "窓口の確かめ待ち"
        RETURNED = "returned", "書き直し待ち"
        ACCEPTED = "accepted", "受け取り済み"

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="reports"
    )
    number = models.PositiveSmallIntegerField("回")
    due_on = models.DateField("期限")
    state = models.CharField("状態", max_length=10, choices=State, default=State.AWAITED)
    version = models.PositiveIntegerField("版", default=0)
    done = models.TextField("したこと", max_length=1000, blank=True)
    trouble = models.TextField("困っていること", max_length=1000, blank=True)
    coming = models.TextField("次にすること", max_length=1000, blank=True)
    handed_in_on = models.DateField("出した日", null=True, blank=True)
    handed_in_by = models.ForeignKey(
        "cityhall.User", models.PROTECT, verbose_name="出した人", related_name="+", null=True, blank=True
    )
    returned_why = models.CharField("書き直しをお願いした理由", max_length=300, blank=True)
    accepted_on = models.DateField("受け取った日", null=True, blank=True)

    class Meta:
        verbose_name = "定期報告"
        verbose_name_plural = "定期報告"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "number"],
                name="report_number_once_a_trip",
                violation_error_message="この回の定期報告は、もうあります。",
            )
        ]

    def __str__(self):
        return f"第{self.number}回 定期報告"

    @property
    def is_to_write(self) -> bool:
        """Whether it is the section's turn."""
        return self.state in (self.State.AWAITED, self.State.RETURNED)

    @property
    def is_to_check(self) -> bool:
        """Whether it is the desk's turn."""
        return self.state == self.State.HANDED_IN

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED


class TripFileQuerySet(models.QuerySet):
    def of(self, trips):
        """The files of these TRIPs."""
        return self.filter(trip__in=trips)

    def waiting_for_scan(self):
        """Those no scanner has answered for."""
        return self.filter(scan__in=[StoredFile.Scan.PENDING, StoredFile.Scan.UNSCANNED])


class TripFile(StoredFile):
    """A photo or paper of a TRIP (写真・書類); with `report` it came with that report."""

    trip = models.ForeignKey(
        "trips.Trip", models.PROTECT, verbose_name="共創プロジェクト（TRIP）", related_name="files"
    )
    report = models.ForeignKey(
        Report, models.PROTECT, verbose_name="定期報告", related_name="files", null=True, blank=True
    )
    added_by = models.ForeignKey("cityhall.User", models.PROTECT, verbose_name="加えた人", related_name="+")

    objects = TripFileQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = "写真・書類"
        verbose_name_plural = "写真・書類"
