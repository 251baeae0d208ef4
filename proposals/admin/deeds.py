"""What the desk does on a case apart from its moves: each its own POST, each through a service."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from proposals.admin.case import show
from proposals.admin.case_forms import CaseForms
from proposals.admin.pages import back_to, page
from proposals.desk.case import find_case
from proposals.forms.desk import CodeForm, ReceiveForm, ReleaseForm, WaiveForm
from proposals.forms.desk.handed import HandedForm
from proposals.mail.letter import address
from proposals.models import Proposal
from proposals.services import hearings, intake, matching, receipts, triage
from proposals.services.moves import tell_next_place
from proposals.views.section.days import Today


@dataclass(frozen=True)
class Ask:
    """What a deed with a page of its own says before it happens."""

    title: str
    lead: str
    button: str
    anchor: str = ""  # where on the case's page it leads back to


# --- forms on the case's page ---------------------------------------------


def gate(request, number):
    """The desk records that a case is one for it."""
    return on_the_page(request, number, "gate", triage.pass_gate, "受付の確かめを記録しました。")


def ask(request, number):
    """The desk sends sheets to several sections, each its own; or asks for room for more of them."""
    if request.POST.get("go") == "more":
        return show(request, number, ask=CaseForms(find_case(number), Today()).ask(request.POST).with_more())
    return on_the_page(
        request, number, "ask", hearings.ask_all, "つなぐシートを送りました。", anchor="sheets"
    )


def lead(request, number):
    """The desk names the section in charge."""
    return on_the_page(request, number, "lead", matching.choose_lead, "所管課を決めました。")


def on_the_page(request, number, name, deed, done, anchor=""):
    """A form of the case's page: done and back to its section, or shown again with what was typed."""
    if request.method != "POST":
        return back_to(number, anchor or name)
    form = getattr(CaseForms(find_case(number), Today()), name)(request.POST)
    if form.carry_out(deed, by=request.user):
        messages.success(request, done)
        return back_to(number, anchor or name)
    return show(request, number, **{name: form})


# --- deeds with a page of their own ---------------------------------------


def handed(request, number):
    """The desk writes who at the next place was told."""
    case = find_case(number)
    words = Ask(
        "次の窓口に伝えたことを書く",
        f"次の窓口は「{case.next_place or '決まっていません'}」です。だれに、いつ伝えたかを記録に残します。",
        "記録に残す",
        "next-place",
    )
    form = HandedForm(request.POST if request.method == "POST" else None, proposal=case)
    return on_its_own(request, case, form, tell_next_place, words)


def receive(request, number):
    """The desk makes a 相談 a 提案."""
    case = find_case(number)
    words = Ask(
        "「提案」にする",
        "受付件数に数えられ、段階を進められるようになります。番号は変わりません。",
        "「提案」にする",
    )
    form = ReceiveForm(request.POST or None, proposal=case)
    return on_its_own(request, case, form, intake.turn_into_proposal, words)


def release(request, number):
    """The desk lets a held case in."""
    case = find_case(number)
    words = Ask("届いた提案を受け入れる", "迷惑投稿でないことを確かめたと記録します。", "受け入れる")
    return on_its_own(request, case, ReleaseForm(request.POST or None, proposal=case), triage.release, words)


def waive(request, number, running):
    """The desk stops waiting for a section's answer."""
    case = find_case(number)
    sheet = next((sheet for sheet in case.hearings.all() if sheet.running == running), None)
    if sheet is None:
        raise Http404
    words = Ask(
        f"{sheet.department}の返事を待たない",
        "理由を残して、先へ進めるようにします。その課にも見えます。",
        "待たないことにする",
        "sheets",
    )

    def deed(case, *, by, reason, version):
        hearings.waive(sheet, by=by, reason=reason)

    return on_its_own(request, case, WaiveForm(request.POST or None, proposal=case), deed, words)


def code(request, number):
    """The desk gives a proposer a fresh code, shown this one time."""
    case, given = find_case(number), []
    words = Ask(
        "受付票をつくる（確認番号の発行）",
        "メールのない方にお渡しする、受付番号と確認番号の紙です。新しい確認番号を、次の画面で一度だけ表示します。前の確認番号は、招かれた方のものも使えなくなります。"
        "ご本人と確かめてからお渡しください。",
        "受付票をつくる",
    )
    form = CodeForm(request.POST or None, proposal=case)

    def deed(case, **by_whom):
        given.append(receipts.issue_code(case, **by_whom))

    if request.method == "POST" and form.carry_out(deed, by=request.user):
        told = {
            "code": given[0],
            "today": timezone.localdate(),
            "receipt_url": address(reverse("public:receipt")),
        }
        return page(request, "code", title="受付票", case=case, **told)
    return _ask(request, case, form, words)


def on_its_own(request, case: Proposal, form, deed, words: Ask):
    """A deed with a page of its own: asked for, done, and back to the case."""
    if request.method == "POST" and form.carry_out(deed, by=request.user):
        messages.success(request, f"{words.title}：記録しました。")
        return back_to(case, words.anchor)
    return _ask(request, case, form, words)


def _ask(request, case: Proposal, form, words: Ask):
    status = 409 if form.is_overtaken else 200
    return page(request, "deed", status=status, title=words.title, case=case, form=form, words=words)
