"""理由の区分: why a section decides so, in few words that can be counted; each verdict offers its own."""

from django.db import models


class ReasonCode(models.TextChoices):
    """The reason in a few words; what is special to the case stands in the text."""

    POLICY = "policy", "重点施策・地域の課題に合うため"
    EFFECT = "effect", "市民・地域への効果が見込まれるため"
    COMPLEMENT = "complement", "いまある取組の足りないところを補うため"
    CAPACITY = "capacity", "体制・時期の条件が残るため"
    FUNDS = "funds", "費用・財源の見込みが立っていないため"
    CONSENT = "consent", "関係者の同意・調整が残るため"
    SAFETY = "safety", "安全・個人情報の取決めが要るため"
    UNPROVEN = "unproven", "効果や実現性の確かめが足りないため"
    FAIRNESS = "fairness", "公平性の面から、公募などの進め方が要るため"
    OVERLAP = "overlap", "いまある事業と重なるため"
    MISMATCH = "mismatch", "市の方針・地域の課題と合わないため"
    LAW = "law", "法令や決まりの面でできないため"
    OTHER = "other", "その他（理由の文に書く）"


R = ReasonCode
OFFERED = {
    "go": [R.POLICY, R.EFFECT, R.COMPLEMENT, R.OTHER],
    "go_if": [R.CAPACITY, R.FUNDS, R.CONSENT, R.SAFETY, R.FAIRNESS, R.OTHER],
    "in_principle": [R.CAPACITY, R.FUNDS, R.CONSENT, R.FAIRNESS, R.OVERLAP, R.OTHER],
    "continue": [R.UNPROVEN, R.CAPACITY, R.FUNDS, R.CONSENT, R.SAFETY, R.FAIRNESS, R.OTHER],
    "no_go": [R.MISMATCH, R.OVERLAP, R.UNPROVEN, R.FUNDS, R.SAFETY, R.FAIRNESS, R.LAW, R.OTHER],
    "lapse": [R.CAPACITY, R.FUNDS, R.CONSENT, R.SAFETY, R.UNPROVEN, R.OTHER],
}


def offered(name: str) -> list[tuple[str, str]]:
    """What a verdict (a name of `workflow.DECISIONS`, or "lapse") offers to choose from."""
    return [(code.value, code.label) for code in OFFERED.get(name, ())]
