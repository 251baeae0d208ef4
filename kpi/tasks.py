"""What beat asks of kpi: figures that follow the trail, however often and late."""

from celery import shared_task
from django.utils import timezone

from kpi import services


@shared_task(name="kpi.rebuild_stays")
def rebuild_stays() -> int:
    """Nightly: yesterday's moves become today's figures."""
    return services.rebuild_stays(today=timezone.localdate())


@shared_task(name="kpi.take_in_records")
def take_in_records() -> int:
    """Every few minutes: cases with new records are worked out anew."""
    return services.take_in_records(today=timezone.localdate())
