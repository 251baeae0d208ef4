"""つながり: cases that belong together, and one that becomes two."""

from django.contrib import messages

from cityhall.refusal import NotAllowed
from proposals.admin.deeds import Ask, on_its_own
from proposals.admin.pages import back_to, page
from proposals.desk.case import find_case
from proposals.forms.desk.merging import RelateForm, SplitForm
from proposals.services import relations

ANCHOR = "relations"


def relate(request, number):
    """The desk says which case belongs to this one."""
    case = find_case(number)
    form = RelateForm(request.POST if request.method == "POST" else None, proposal=case)
    words = Ask(
        "関連する案件をつなぐ",
        "べつの案件のまま、おたがいのページに出します。数も段階も変わらず、いつでも外せます。",
        "つなぐ",
        ANCHOR,
    )
    return on_its_own(request, case, form, relations.link, words)


def unrelate(request, number, other):
    """The desk takes such a link off."""
    case, its_other = find_case(number), find_case(other)
    if request.method == "POST":
        try:
            relations.unlink(case, by=request.user, other=its_other)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{its_other.number} とのつながりを外しました。")
    return back_to(case, ANCHOR)


def split(request, number):
    """The desk makes two cases of one."""
    case, made = find_case(number), []
    form = SplitForm(request.POST if request.method == "POST" else None, proposal=case)

    def deed(case, **given):
        made.append(relations.split(case, **given))

    if request.method == "POST" and form.carry_out(deed, by=request.user):
        messages.success(
            request, f"{made[0].number} として分けました。要るときは、受付票と確認番号をお渡しください。"
        )
        return back_to(made[0])
    status = 409 if form.is_overtaken else 200
    return page(request, "split", status=status, title="2つの案件に分ける", case=case, form=form)
