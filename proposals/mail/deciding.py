"""Letters to sections about ⑥: a case to decide, a consent in joint charge, a draft to confirm or rewrite."""

from django.urls import reverse

from cityhall.models import OutgoingMail
from proposals.mail.letter import to_section
from proposals.models import DecisionDraft, JointSection, Proposal


def queue_referred(proposal: Proposal) -> list[OutgoingMail | None]:
    """The case has come to ⑥: the lead hears that it decides, each section in joint charge that it agrees."""
    joint = list(proposal.joint_sections.select_related("department"))
    what = "共管の課の同意がそろってから判断します" if joint else "判断をお待ちしています"
    first = _to(
        proposal, proposal.department, "referred", "判断をお願いする案件があります", what, "decide", True
    )
    return [first, *map(_ask_for_consent, joint)]


def _ask_for_consent(joint: JointSection) -> OutgoingMail | None:
    words = "所管課の判断の前に、同意するかどうかを記録してください"
    key = f"referred:{joint.pk}"
    return _to(joint.proposal, joint.department, key, "共管の同意をお願いします", words, "consent", True)


def queue_joint_named(joint: JointSection) -> OutgoingMail | None:
    """A section is in joint charge of the case now."""
    words = "窓口が、貴課をこの案件の共管の課としました。内容を読んでおいてください"
    return _to(joint.proposal, joint.department, f"joint:{joint.pk}", "共管の課になりました", words, "case")


def queue_consent_said(joint: JointSection) -> OutgoingMail | None:
    """The lead hears what a section in joint charge said."""
    words = f"{joint.department}が、同意するかどうかを記録しました"
    key, case = f"consent:{joint.pk}", joint.proposal
    return _to(case, case.department, key, "共管の課から答えがありました", words, "decide")


def queue_decided(proposal: Proposal) -> list[OutgoingMail | None]:
    """The sections in joint charge hear that the lead has decided."""
    words = "主管課の判断が記録されました。提案者には、まだ知らせていません"
    return [
        _to(proposal, joint.department, f"decided:{joint.pk}", "判断が記録されました", words, "case")
        for joint in proposal.joint_sections.select_related("department")
    ]


def queue_draft_to_confirm(draft: DecisionDraft) -> OutgoingMail | None:
    """A draft of the decision waits for a head."""
    who = "窓口が、紙の決裁をもとに準備しました（代理入力）" if draft.is_by_proxy else "課で準備しました"
    words = f"{who}。所属長の方が確かめると、判断になります"
    return _of_draft(draft, "draft", "判断の下書きの確認をお願いします", words, True)


def queue_draft_returned(draft: DecisionDraft) -> OutgoingMail | None:
    """A head asks for the draft to be rewritten."""
    words = "所属長から、書き直しの言葉があります"
    return _of_draft(draft, "returned", "判断の下書きの書き直しのお願い", words)


def _of_draft(draft: DecisionDraft, key: str, subject: str, words: str, is_for_heads=False):
    case, key = draft.proposal, f"{key}:{draft.pk}:{draft.version}"
    return _to(case, case.department, key, subject, words, "decide", is_for_heads)


def _to(
    proposal: Proposal, department, key: str, subject: str, words: str, page: str, is_for_heads=False
) -> OutgoingMail | None:
    return to_section(
        proposal,
        department,
        f"{key}:at:{proposal.version}",
        subject=subject,
        template="deciding",
        page=reverse(f"section:{page}", args=[proposal.number]),
        is_for_heads=is_for_heads,
        said={"words": words},
    )
