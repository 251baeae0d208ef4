"""What lies before the head of a fictional case at ⑥: a reading, the fairness log, a consent, a draft."""

from proposals.services import assessing, decision_drafts, fairness, joint
from zamagate.demo_city.walks import Tale

MARKS = {
    1: (3, "空き家の増加と居場所の不足は、どちらも重点の課題。"),
    2: (2, "まず1軒の近所に限られる。"),
    3: (2, ""),
    4: (1, "直す費用の出どころを、まだ確かめていない。"),
    5: (2, ""),
    6: (2, "ほかの管理会社にも同じ案内を出した。"),
    7: (1, "建物の安全の確認が要る。"),
    8: (2, ""),
    9: (3, "2つの課が一緒にやりたいと言っている。"),
}
OF_SECOND = MARKS | {  # where the other reader sees it otherwise
    2: (3, "1軒でうまくいけば、ほかの空き家にも広げられる。"),
    4: (0, "費用の見込みが、まだ1つも立っていない。"),
    5: (1, ""),
}
LOG = {
    "tender": "free",
    "tender_reason": "1軒での試みで、市の新たな支出も場所の独占もないため",
    "same_info": "市内で空き家を管理する3社に同じ案内を出した。応じた会社はなかった。",
    "others": "公共施設の空き室を使う案も比べた。歩いて行ける範囲にない。",
    "route": "together",
}
DRAFT = {
    "verdict": "go_if",
    "code_go_if": "safety",
    "reason": "近所で集まれる場所として効果が見込まれます。建物の安全の確認を条件とします。",
    "condition1_text": "建物の安全を、専門家が確かめる",
    "condition1_owner": "架空不動産株式会社",
    "rows": "3",
    "consulted": [],
}


def weigh(tale: Tale) -> None:
    """Everything is there for the decision; the head's confirmation is out."""
    desk, lead = tale.city.desk, tale.lead
    with tale.city.ago(11):
        assessing.assess(tale.fresh(), by=desk, marks=MARKS)
        assessing.assess(tale.fresh(), by=tale.city.second, marks=OF_SECOND)
        fairness.write(tale.fresh(), by=desk, **LOG)
    with tale.city.ago(8):
        for held in tale.fresh().joint_sections.select_related("department"):
            head, words = tale.city.head(held.department), "相談に来られない方と出会う場として賛成します。"
            joint.consent(tale.fresh(), held.department, by=head, agrees=True, text=words)
    with tale.city.ago(3):
        writer = tale.city.member(lead)
        decision_drafts.save(tale.fresh(), by=writer, said=DRAFT, draft_version=0, hands_up=True)
