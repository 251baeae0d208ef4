"""Work done behind the screens for the cases."""

from celery import shared_task

from proposals.services import attachments


@shared_task(name="proposals.scan_attachments")
def scan_attachments() -> int:
    """Ask the scanner about new files; on beat every minute and after each commit that brought one."""
    return attachments.scan_waiting()


@shared_task(name="proposals.sweep_files")
def sweep_files() -> int:
    """Nightly: take files without a row off the disk; returns how many rows have lost their file."""
    return len(attachments.sweep_files())
