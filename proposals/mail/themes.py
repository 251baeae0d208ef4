"""Letters about 庁内の困りごと: the desk is asked to show one, the section hears what became of it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cityhall import post, section_post
from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, plain
from proposals.models import Theme


def queue_theme_for_desk(theme: Theme) -> OutgoingMail | None:
    """A section would have a trouble shown."""
    page = reverse("admin:proposals_theme_asked")
    return post.queue(
        to=settings.DESK_EMAIL, **_letter(theme, "困りごとの公開を頼まれています", "theme_desk", page)
    )


def queue_theme_for_section(theme: Theme) -> OutgoingMail | None:
    """The desk shows it, or gave it back with words."""
    page = reverse("section:theme", args=[theme.number])
    subject = "困りごとを公開しました" if theme.published_on else "困りごとをお戻しします"
    letter = _letter(theme, subject, "theme_section", page)
    return section_post.queue(theme.department, page=page, **letter)


def _letter(theme: Theme, subject: str, template: str, page: str) -> dict:
    said = {"theme": theme, "site": office(), "url": address(page)}
    return {
        "key": f"{theme.number}:{template}:{theme.version}",
        "subject": f"【窓口】{subject}（{theme.number}）",
        "body": plain(render_to_string(f"proposals/mail/{template}.txt", said)),
        "about": theme.number,
    }
