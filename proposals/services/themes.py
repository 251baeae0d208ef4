"""庁内の困りごと: a section writes one, its head asks the desk, the desk shows it to the public."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Theme

WORDS = ["title", "background", "target", "expected", "resources", "timing", "wanted"]
SHOWN = "もう公開しています。直すときは、窓口へお知らせください。"


@transaction.atomic
def write(department: Department, *, by, **words) -> Theme:
    """Draft a trouble of a section; a second press finds the first. `words` are those of `WORDS`.

    Refuses people outside the section.
    """
    access.require(by, Role.MEMBER, Role.HEAD, department=department)
    Department.objects.select_for_update().get(pk=department.pk)
    drafts = Theme.objects.filter(department=department, published_on=None)
    return drafts.filter(**words).first() or Theme.objects.create(
        department=department, written_by=by, **words
    )


@transaction.atomic
def rewrite(theme: Theme, *, by, version: int | None = None, **words) -> Theme:
    """Change a draft; what its head had asked for is asked for no more, since the text is another.

    Refuses people outside the section, a stale page, and a trouble the public sees.
    """
    theme = lock(theme, version=version)
    access.require(by, Role.MEMBER, Role.HEAD, department=theme.department)
    _refuse_shown(theme)
    return _save(theme, asked_by=None, asked_on=None, **words)


@transaction.atomic
def ask_to_publish(theme: Theme, *, by, version: int | None = None) -> Theme:
    """The section would have it shown: its head says so, for the text as it stands; the desk is told."""
    theme = lock(theme, version=version)
    access.require(by, Role.HEAD, department=theme.department)
    _refuse_shown(theme)
    if theme.asked_on is None:
        _save(theme, asked_by=by, asked_on=timezone.localdate(), returned="")
        mail.queue_theme_for_desk(theme)
    return theme


@transaction.atomic
def publish(theme: Theme, *, by, closes_on: date | None = None, version: int | None = None) -> Theme:
    """Show it to the public from today on; the section is told. Refuses a past last day, and once more."""
    access.require(by, Role.DESK)
    theme, today = lock(theme, version=version), timezone.localdate()
    _refuse_shown(theme)
    if theme.asked_on is None:
        raise NotAllowed("所属長が公開を頼んでから、公開できます。頼んだあとに文が変わると、頼み直しです。")
    if closes_on and closes_on < today:
        raise NotAllowed("締切日は、今日からの日にしてください。")
    _save(theme, published_on=today, closes_on=closes_on)
    mail.queue_theme_for_section(theme)
    return theme


@transaction.atomic
def send_back(theme: Theme, *, by, reason: str, version: int | None = None) -> Theme:
    """Give it back to the section with words; refuses none, and one that is not asked for."""
    access.require(by, Role.DESK)
    theme = lock(theme, version=version)
    _refuse_shown(theme)
    if theme.asked_on is None:
        raise NotAllowed("この困りごとは、いま公開を頼まれていません。")
    if not reason.strip():
        raise NotAllowed("戻すわけを書いてください。課が何を直せばよいかが分かります。")
    _save(theme, asked_by=None, asked_on=None, returned=reason.strip())
    mail.queue_theme_for_section(theme)
    return theme


@transaction.atomic
def close(theme: Theme, *, by, version: int | None = None) -> Theme:
    """Today is its last day; refuses people outside the section, and one that is not shown."""
    theme, today = lock(theme, version=version), timezone.localdate()
    access.require(by, Role.MEMBER, Role.HEAD, department=theme.department)
    if not theme.is_open_on(today):
        raise NotAllowed("この困りごとは、いま公開していません。")
    return _save(theme, closes_on=today)


def _refuse_shown(theme: Theme) -> None:
    if theme.published_on:
        raise NotAllowed(SHOWN)


def _save(theme: Theme, **columns) -> Theme:
    for name, value in columns.items():
        setattr(theme, name, value)
    theme.version += 1
    theme.save()
    return theme
