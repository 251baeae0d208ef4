"""Work done behind the screens for the ground floor."""

from celery import shared_task

from cityhall import postman


@shared_task(name="cityhall.deliver_post", soft_time_limit=120, time_limit=150)
def deliver_post() -> int:
    """Send the letters that are due; on beat every minute and after each commit that queued one."""
    return postman.deliver_due()
