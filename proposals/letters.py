"""The letter that tells a result, drafted from what the section decided; the desk makes it its own."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from cityhall.context import office
from proposals.models import Proposal, Seed
from proposals.pointers import SEEDED
from proposals.reasons import ReasonCode
from proposals.services.seeds import in_words
from proposals.workflow import Kind, Verdict

SUBJECT = "ご提案の結果について（お知らせ）"


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
    """The letter's text: verdict, reason, conditions, next step; empty with nothing to tell."""
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


def official(proposal: Proposal) -> dict:
    """The letter in official form, for the desk to make its own; its number the desk takes elsewhere."""
    site = office()
    return {
        "document_number": "",
        "dated_on": timezone.localdate(),
        "addressee": _addressee(proposal),
        "sender": f"{site['office']}\n（{site['desk']}）",
        "subject": SUBJECT,
        "text": draft(proposal),
    }


def _addressee(proposal: Proposal) -> str:
    """The organisation, with whoever stands for it, if that was told."""
    words = proposal.latest_submission
    name = words.organization_name if words else proposal.organization.name
    return f"{name}\n{words.representative} 様" if words and words.representative else f"{name} 御中"


def _reason(proposal: Proposal) -> str:
    """Why, in the few coded words and in what the head wrote, with the decision or with lapsed conditions."""
    record = proposal.records.effective().filter(kind=Kind.VERDICT).order_by("on", "place").last()
    decision, text = getattr(record, "decision", None), getattr(record, "text", None)
    is_coded = decision and decision.reason_code not in ("", ReasonCode.OTHER)
    coded = f"{decision.get_reason_code_display()}です。" if is_coded else ""
    return "\n".join(filter(None, [coded, text.text if text else ""]))


def _seeds(proposal: Proposal) -> list[Seed]:
    """What brings a "no" back."""
    return list(proposal.seeds.waiting()) if proposal.step in SEEDED else []
