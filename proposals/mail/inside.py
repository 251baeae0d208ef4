"""Letters inside the city hall: to a section that is asked, to the desk when a proposer has acted."""

from django.conf import settings
from django.urls import reverse

from cityhall.models import OutgoingMail
from proposals.mail.letter import address, queue, round_of, sheet_page, to_section
from proposals.models import Announcement, Hearing, Message, Proposal, SectionQuestion, Submission


def queue_sheet(hearing: Hearing) -> OutgoingMail | None:
    """Tell a section that a つなぐシート waits for it."""
    return to_section(
        hearing.proposal,
        hearing.department,
        f"sheet:{hearing.pk}",
        subject="つなぐシートが届いています",
        template="sheet",
        page=sheet_page(hearing),
        said={"hearing": hearing},
    )


def queue_answer_to_confirm(hearing: Hearing, version: int) -> OutgoingMail | None:
    """A member asks the head to confirm the section's answer."""
    return _to_section(hearing, f"confirm:{version}", "つなぐシートの返事の確認を、課長に頼んでいます")


def queue_answer_returned(hearing: Hearing, version: int) -> OutgoingMail | None:
    """The head asks the members to write the answer anew."""
    return _to_section(hearing, f"returned:{version}", "つなぐシートの返事の書き直しを、課長が頼んでいます")


def queue_came_back(hearing: Hearing, passed_on: Hearing) -> OutgoingMail | None:
    """The section that was passed a sheet has answered: the one that passed it on hears of it."""
    return _to_section(
        hearing, f"came-back:{passed_on.pk}", f"回した先の{passed_on.department}から返事がありました"
    )


def queue_consolidated(hearing: Hearing, sequence: int) -> OutgoingMail | None:
    """The desk has put the sections' answers together in words."""
    return _to_section(hearing, f"consolidated:{sequence}", "課のお返事を、窓口がまとめました")


def queue_results_for_sections(announcement: Announcement) -> None:
    """The proposer has been told the result: every section that answered hears where to read it, once."""
    answered = announcement.proposal.hearings.exclude(answer="").order_by("pk")
    answered = answered.select_related("department", "proposal")
    for hearing in {sheet.department_id: sheet for sheet in answered}.values():
        what = "お返事をいただいた提案の結果を、提案者にお知らせしました"
        _to_section(hearing, f"result:{announcement.pk}", what)


def queue_question_told(question: SectionQuestion) -> OutgoingMail | None:
    """The desk has put a section's question to the proposer, or answered it itself."""
    done = "提案者に尋ねました" if question.message_id else "お答えしました"
    return _to_section(question.hearing, f"question:{question.pk}", f"貴課からのお尋ねを、窓口が{done}")


def queue_question_for_desk(question: SectionQuestion) -> OutgoingMail | None:
    """A section wants to know something of the proposer."""
    return _to_desk(
        question.hearing.proposal, f"question:{question.pk}", "課から、提案者へのお尋ねの願いがあります"
    )


def _to_section(hearing: Hearing, key: str, what: str) -> OutgoingMail | None:
    return to_section(
        hearing.proposal,
        hearing.department,
        f"sheet:{hearing.pk}:{key}",
        subject=what,
        template="section",
        page=sheet_page(hearing),
        said={"what": what},
    )


def queue_new_case_for_desk(proposal: Proposal) -> OutgoingMail | None:
    """A new case waits at ①; of a held one, which may be a nuisance, only the desk's home tells."""
    if proposal.is_held:
        return None
    return _to_desk(proposal, "new", f"新しい{proposal.get_track_display()}が届きました")


def queue_reply_for_desk(message: Message) -> OutgoingMail | None:
    """The proposer has written."""
    return _to_desk(message.proposal, f"message:{message.pk}", "提案者から返事が届きました")


def queue_revised_for_desk(proposal: Proposal, submission: Submission) -> OutgoingMail | None:
    """The proposer has rewritten the proposal."""
    return _to_desk(proposal, f"revised:{submission.version}", "提案が書き直されました")


def queue_withdrawn_for_desk(proposal: Proposal) -> OutgoingMail | None:
    """The proposer has withdrawn."""
    return _to_desk(proposal, f"withdrawn:{round_of(proposal)}", "提案者が取り下げました")


def _to_desk(proposal: Proposal, key: str, what: str) -> OutgoingMail | None:
    if not settings.DESK_EMAIL:
        return None
    page = reverse("admin:proposals_proposal_change", args=[proposal.number])
    return queue(
        proposal,
        f"desk:{key}",
        to=settings.DESK_EMAIL,
        subject=f"【窓口】{what}",
        template="desk",
        said={"what": what, "url": address(page)},
    )
