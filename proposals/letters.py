"""The letter that tells a result, drafted from what the section decided; the desk makes it its own."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from cityhall.context import office
from proposals.models import Proposal, Seed
from proposals.pointers import SEEDED
from proposals.services.seeds import in_words
from proposals.workflow import Kind, Verdict


@dataclass(frozen=True)
class Ending:
    """What a verdict means to the proposer, and the next step; a "no" says what could bring it back."""

    means: str
    next_step: str


ENDINGS = {
    Verdict.ADOPTED: Ending(
        "ご一緒に取り組みます。",
        "始め方を話し合う日を、窓口からご相談します。",
    ),
    Verdict.CONDITIONAL: Ending(
        "次の条件がそろいましたら、ご一緒に取り組みます。",
        "条件がそろいましたら、窓口からもう一度お知らせします。"
        "ご準備のことでお困りのときは、いつでも窓口へご相談ください。",
    ),
    Verdict.IN_PRINCIPLE: Ending(
        "お考えに賛成しますが、いますぐには取り組めません。",
        "ご提案は窓口でお預かりし、上の理由が解けたときや、近い困りごとが市で出てきたときに、"
        "窓口からご連絡します。進められる材料が新しくできたときは、どうぞお知らせください。",
    ),
    Verdict.CONTINUED: Ending(
        "まだ決めずに、引き続きご相談させてください。",
        "もう一度「引き合わせ」に戻り、次にご相談したいことを窓口からご連絡します。",
    ),
    Verdict.DECLINED: Ending(
        "今回は見送らせていただきます。",
        "上の理由にかかわることが変わりましたら、同じ受付番号のまま、もう一度検討できます。"
        "そのときは窓口へお知らせください。ほかの形でのご相談も、いつでもお受けします。",
    ),
}

CANCELLED = Ending(
    "ご一緒に取り組むと決めましたが、始める前に中止することになりました。",
    "中止の事情は、窓口からご説明します。事情が変わりましたら、同じ受付番号のまま、もう一度取り上げられます。",
)


def draft(proposal: Proposal) -> str:
    """The letter in official form: verdict, reason, conditions, next step; empty with nothing to tell."""
    told = proposal.result
    if told not in ENDINGS:
        return ""
    decision = proposal.decisions.last()
    context = {
        "proposal": proposal,
        "verdict": Verdict(told).label,
        "ending": CANCELLED if proposal.cancelled_on else ENDINGS[told],
        "decided_on": proposal.adopted_on or proposal.verdict_on,
        "reason": _reason(proposal) if told == proposal.verdict else "",
        "conditions": decision.conditions.all() if decision and told == Verdict.CONDITIONAL else [],
        "seeds": [(in_words(seed), seed.text) for seed in _seeds(proposal)],
        "today": timezone.localdate(),
        "site": office(),
    }
    return render_to_string("proposals/letters/result.txt", context).strip()


def _reason(proposal: Proposal) -> str:
    """What the head wrote for the latest verdict, with the decision or with lapsed conditions."""
    record = proposal.records.effective().filter(kind=Kind.VERDICT).order_by("on", "place").last()
    text = getattr(record, "text", None)
    return text.text if text else ""


def _seeds(proposal: Proposal) -> list[Seed]:
    """What brings a "no" back."""
    return list(proposal.seeds.waiting()) if proposal.step in SEEDED else []
