"""What the desk adds to a case: contacts, notes, things to do; and one's own last move taken back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from cityhall.refusal import NotAllowed
from proposals.admin.case_forms import CaseForms
from proposals.admin.deeds import Ask, on_its_own, on_the_page
from proposals.admin.pages import back_to
from proposals.desk.case import find_case
from proposals.forms.desk.care import CorrectEncounterForm
from proposals.models import Encounter, Todo
from proposals.services import assessing, encounters, todos, undoing
from proposals.views.section.days import Today


def encounter(request, number):
    """The desk takes down a call, a visit, a card exchanged."""
    done = "接触の記録を残しました。"
    return on_the_page(request, number, "encounter", encounters.note_encounter, done, anchor="encounters")


def correct(request, number, sequence):
    """The desk puts a contact right; the wrong one stays in the trail."""
    case = find_case(number)
    known = Encounter.objects.select_related("record", "proposal").filter(proposal=case)
    wrong = get_object_or_404(known, record__sequence=sequence, record__superseded_by=None)
    said = {name: getattr(wrong, name) for name in ("kind", "on", "who", "text")}
    form = CorrectEncounterForm(request.POST or None, proposal=case, initial=said)

    def deed(case, **given):
        encounters.correct_encounter(wrong, **given)

    words = Ask(
        "接触の記録を訂正する",
        "正しい内容を書いてください。前の記録も、訂正したわけと一緒に残ります。",
        "訂正して残す",
        "encounters",
    )
    return on_its_own(request, case, form, deed, words)


def note(request, number):
    """The desk keeps something in mind."""
    return on_the_page(request, number, "note", todos.write_note, "書きとめました。", anchor="todos")


def todo(request, number):
    """The desk puts something to do on a case."""
    return on_the_page(request, number, "todo", todos.add, "「すること」に加えました。", anchor="todos")


def finish(request, key):
    """The desk marks something as done, from a case's page or from the home."""
    found = get_object_or_404(Todo.objects.select_related("proposal"), key=key)
    if request.method == "POST":
        todos.finish(found, by=request.user)
        messages.success(request, f"済みにしました：{found.text}")
    if found.proposal and request.POST.get("from") == "case":
        return back_to(found.proposal, "todos")
    return redirect(f"{reverse('admin:index')}#todos")


def category(request, number):
    """The desk names what kind of case it may become."""
    done = "案件の種類を保存しました。"
    return on_the_page(request, number, "category", assessing.categorise, done, anchor="viewpoints")


def undo(request, number):
    """The desk takes back its own last move."""
    if request.method != "POST":
        return back_to(number, "now")
    case = find_case(number)
    form = CaseForms(case, Today()).undo(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        undoing.undo(case, by=request.user, version=form.cleaned_data["version"])
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "取り消しました。動かす前に戻っています。")
    return back_to(case, "now")
