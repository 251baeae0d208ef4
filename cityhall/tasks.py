"""Work done behind the screens for the ground floor."""

from celery import shared_task

from cityhall import post


@shared_task(name="cityhall.deliver_post")
def deliver_post() -> int:
    """Send the letters that are due; on beat every minute and after each commit that queued one."""
    return post.deliver_due()
