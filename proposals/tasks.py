"""Work done behind the screens for the cases."""

from celery import shared_task
from django.utils import timezone

from proposals import introduction_paper, sheet_paper, town_book
from proposals.models import Hearing, Introduction
from proposals.services import (
    announcing,
    asking_the_town,
    attachments,
    chasing,
    digests,
    dossiers,
    drafts,
    jobs,
    meeting_papers,
    reminding,
    seeds,
)


@shared_task(name="proposals.scan_attachments")
def scan_attachments() -> int:
    """Ask the scanner about new files; on beat every minute and after each commit that brought one."""
    return attachments.scan_waiting()


@shared_task(name="proposals.sweep_files")
def sweep_files() -> int:
    """Nightly: take files without a row off the disk; returns how many rows have lost their file."""
    return len(attachments.sweep_files())


@shared_task(name="proposals.forget_old_drafts")
def forget_old_drafts() -> int:
    """Nightly: what nobody went on writing is deleted after its last day, with its files."""
    return drafts.forget_old(timezone.localdate())


@shared_task(name="proposals.make_dossier")
def make_dossier(dossier_id: int) -> bool:
    """Make one dossier; a second call for the same one does nothing."""
    return dossiers.make_dossier(dossier_id)


@shared_task(name="proposals.make_waiting_dossiers")
def make_waiting_dossiers() -> int:
    """On beat: make what was ordered and not made, as when no worker could be asked or one went away."""
    return dossiers.make_waiting()


@shared_task(name="proposals.forget_old_dossiers")
def forget_old_dossiers() -> int:
    """Nightly: dossiers whose time is over leave the disk."""
    return dossiers.forget_old(timezone.localdate())


@shared_task(name="proposals.print_letters")
def print_letters() -> int:
    """After an announcement and on beat: the PDFs of letters that have none."""
    return announcing.print_waiting()


@shared_task(name="proposals.make_meeting_paper")
def make_meeting_paper(paper_id: int) -> bool:
    """Make one PDF of a meeting; a second call for the same one does nothing."""
    return meeting_papers.make(paper_id)


@shared_task(name="proposals.make_waiting_meeting_papers")
def make_waiting_meeting_papers() -> int:
    """On beat: make what was ordered and not made, as when no worker could be asked or one went away."""
    return meeting_papers.make_waiting()


@shared_task(name="proposals.wake_seeds")
def wake_seeds() -> int:
    """Nightly: cases whose seed has come are put before the desk again, each once."""
    return seeds.wake(timezone.localdate())


@shared_task(name="proposals.carry_on_job")
def carry_on_job(job_id: int) -> bool:
    """Do the next cases of what the desk ordered for many, and come back for the rest."""
    is_more = jobs.carry_on(job_id)
    if is_more:
        carry_on_job.apply_async((job_id,), retry=False)
    return is_more


@shared_task(name="proposals.carry_on_waiting_jobs")
def carry_on_waiting_jobs() -> int:
    """On beat: go on with what was left, as when no worker could be asked or one went away."""
    waiting = list(jobs.waiting().values_list("pk", flat=True))
    return sum(carry_on_job(pk) for pk in waiting)


@shared_task(name="proposals.forget_old_jobs")
def forget_old_jobs() -> int:
    """Nightly: files the desk took out, and outcomes of a week ago, are forgotten."""
    return jobs.forget_old()


@shared_task(name="proposals.remind_of_quiet")
def remind_of_quiet() -> int:
    """Nightly: organisations nobody has spoken with for long are put before the desk, each once."""
    return reminding.remind(timezone.localdate())


@shared_task(name="proposals.print_sheet")
def print_sheet(hearing_id: int) -> bool:
    """Make the PDF of a つなぐシート as it is now; does nothing when it is made."""
    return sheet_paper.print_pdf(Hearing.objects.numbered().get(pk=hearing_id))


@shared_task(name="proposals.print_introduction")
def print_introduction(introduction_id: int) -> bool:
    """Make the PDF of a meeting sheet as it is now; does nothing when it is made."""
    found = Introduction.objects.numbered().select_related("proposal__organization")
    return introduction_paper.print_pdf(found.get(pk=introduction_id))


@shared_task(name="proposals.chase")
def chase() -> int:
    """On beat, by day: what is due of sections, or overdue, is put to them by letter, each once."""
    return chasing.chase(timezone.localdate())


@shared_task(name="proposals.send_digests")
def send_digests() -> int:
    """On beat, from 8 on open days: one letter for each person who likes a digest, once a day."""
    return digests.send_daily(timezone.localdate())


@shared_task(name="proposals.print_town_book")
def print_town_book(place: int) -> bool:
    """Make the PDF of an area's 資源の本; once it is there, a second call does nothing."""
    return town_book.print_pdf(place)


@shared_task(name="proposals.ask_the_town")
def ask_the_town() -> int:
    """On open mornings: the yearly letter to those whose entry in the register grew old."""
    return asking_the_town.ask(timezone.localdate())
