"""What was proposed, in the proposer's words: in full, and in four lines for whoever decides."""

from collections.abc import Iterable

from proposals.models import Proposal, Submission

LONG = 90  # signs of a line; the whole words stand in full below it


def points(proposal: Proposal, words: Submission | None) -> list[str]:
    """The proposal in three lines: the desk's own, or the trouble, the offer and the wish."""
    if proposal.summary.strip():
        return [line for line in proposal.summary.splitlines() if line.strip()][:3]
    if words is None:
        return [proposal.title]
    wish = "、".join(filter(None, [*words.requests, words.requests_note]))
    lines = [words.problem, words.overview or words.activity, f"市へのお願い：{wish}" if wish else ""]
    return [shortened(line) for line in lines if line]


def facts(words: Submission) -> list[dict]:
    """The proposal as it was sent last, without a person to call."""
    amount = f"（概算 {words.cost_amount:,}円）" if words.cost_amount is not None else ""
    month = f"{words.wished_month.year}年{words.wished_month.month}月" if words.wished_month else ""
    pairs = (
        ("団体", words.organization_name),
        ("座間市内の拠点・活動", words.local_base),
        ("概要", words.overview),
        ("解決したい地域課題・背景", words.problem),
        ("分野", "、".join(words.fields)),
        ("取組の内容", words.activity),
        ("市民・地域にとっての良いこと", words.benefit),
        ("団体にとっての意義", words.own_gain),
        ("市にお願いしたいこと", _listed(words.requests, words.requests_note)),
        ("団体が持ち寄るもの", _listed(words.brings, words.brings_note)),
        ("市の費用負担", words.get_cost_display() + amount),
        ("取組の段階", words.get_maturity_display()),
        ("希望する時期", month),
        ("実施体制・実績", words.capacity),
        ("成果の測り方の案", words.measures),
        ("つながりたい地域団体・活動", words.wished_partners),
        ("共有してよい範囲", words.get_sharing_display()),
        ("非公開を希望する部分", _listed(words.nondisclosure, words.nondisclosure_reason)),
        ("知的財産", _listed([words.get_rights_display()], words.rights_note)),
        ("実現時の公表", words.get_publicity_display()),
    )
    return [{"term": term, "value": value} for term, value in pairs if value]


def _listed(names: Iterable[str], note: str) -> str:
    return "\n".join(filter(None, ["、".join(filter(None, names)), note]))


def in_four_lines(words: Submission) -> list[dict]:
    """Whose trouble, what will be done, what the city does, what it means to the proposer."""
    wish = "、".join(filter(None, [*words.requests, words.requests_note]))
    cost = f"市の費用負担：{words.get_cost_display()}" if words.cost else ""
    pairs = (
        ("誰の困りごと", words.problem),
        ("すること", words.activity or words.overview),
        ("市のすること", "。".join(filter(None, [wish, cost]))),
        ("提案者の意義", words.own_gain),
    )
    return [{"term": term, "value": shortened(value)} for term, value in pairs]


def shortened(text: str) -> str:
    """The text in one line, cut after a sentence where it is too long."""
    line = "　".join(text.split())
    if len(line) <= LONG:
        return line
    head = line[:LONG]
    return head[: head.rindex("。") + 1] + "…" if "。" in head else head + "…"


def costs(words: Submission) -> list[dict]:
    """Who pays what, as the proposer put it."""
    amount = f"（概算 {words.cost_amount:,}円）" if words.cost_amount is not None else ""
    pairs = (
        ("市の費用負担", words.get_cost_display() + amount),
        ("団体が持ち寄るもの", _listed(words.brings, words.brings_note)),
    )
    return [{"term": term, "value": value} for term, value in pairs if value]
