"""1つにまとめる: two cases side by side, and what would follow, said before it happens."""

from collections.abc import Iterator

from cityhall.templatetags.zama import wareki
from proposals.desk.links import case_url
from proposals.models import Proposal
from proposals.workflow import DESK_STEPS

NO_MAIL = "提案者のメールアドレスがないので、窓口からお伝えください。"


def side_by_side(double: Proposal, into: Proposal) -> dict:
    """Both, line by line, for `_compare.html`."""
    lines = [
        {"term": term, "left": left or "なし", "right": right or "なし", "differs": left != right}
        for (term, left), (_, right) in zip(_told(double), _told(into), strict=True)
    ]
    heads = [
        {"role": role, "name": case.number, "url": case_url(case)}
        for role, case in (("まとめる案件", double), ("まとめ先", into))
    ]
    return {"heads": heads, "lines": lines}


def _told(case: Proposal) -> list[tuple[str, str]]:
    """One of the two: its days, people and words."""
    told = case.latest_submission
    return [
        ("件名", case.title),
        ("団体", f"{case.organization}（{case.organization.get_kind_display()}）"),
        ("区分", case.get_track_display()),
        ("段階", case.get_step_display()),
        ("初回相談日", wareki(case.first_contact_on)),
        ("受付日", wareki(case.received_on)),
        ("庁内調整開始", wareki(case.coordination_started_on)),
        ("所管課", str(case.department or "")),
        ("担当", str(case.officer or "")),
        ("つなぐシート", f"{case.hearings.count()}課"),
        ("添付資料", f"{case.attachments.count()}件"),
        ("概要", told.overview if told else ""),
    ]


def consequences(double: Proposal, into: Proposal) -> list[str]:
    """What merging would do, in the order in which people ask."""
    return [
        f"{double.number} は「重複統合」として終わり、{into.number} で続けます。"
        "番号は両方とも残り、どちらからもさがせます。届いた言葉・資料・記録は消えません。",
        _first_contact(double, into),
        *_figures(double, into),
        *_waiting(double),
        _letter(double, into),
    ]


def _first_contact(double: Proposal, into: Proposal) -> str:
    if double.first_contact_on < into.first_contact_on:
        return f"{into.number} の初回相談日は、早いほうの{wareki(double.first_contact_on)}になります。"
    return f"{into.number} の初回相談日は、{wareki(into.first_contact_on)}のままです。"


def _figures(double: Proposal, into: Proposal) -> Iterator[str]:
    if double.is_proposal:
        yield f"{double.number} は、提案受付件数などの指標から外れます（数えるのは1件です）。"
    if double.is_proposal and not into.is_proposal:
        yield f"{into.number} はまだ「相談」なので、「提案」にするまで、どちらも受付件数に入りません。"
    if into.step not in DESK_STEPS:
        yield f"{into.number} は、いま「{into.get_step_display()}」です。"


def _waiting(double: Proposal) -> Iterator[str]:
    out = [hearing for hearing in double.hearings.all() if hearing.is_open]
    if out:
        names = "・".join(str(hearing.department) for hearing in out)
        yield f"{names}の返事は、待たないことになります。要るときは、続ける案件から尋ね直してください。"
    if double.messages.open_questions().exists():
        yield "提案者へのお尋ねは、終わったことになります。"
    if double.todos.open().exists():
        yield "残っている「すること」は、続ける案件へ移ります。"


def _letter(double: Proposal, into: Proposal) -> str:
    contact = getattr(double, "contact", None)
    if double.is_held or not (contact and contact.email):
        return NO_MAIL
    if double.organization_id == into.organization_id:
        return f"{double.number} の提案者に、{into.number} とまとめたことをメールで知らせます。"
    return (
        f"{double.number} の提案者に、まとめたことをメールで知らせます。"
        f"団体がちがうので、{into.number} の番号は伝えません。"
    )
