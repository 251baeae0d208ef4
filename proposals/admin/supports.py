"""地域活動支援 at the desk: promised, delivered, a wrong day taken back; each deed through a service."""

from functools import wraps

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from proposals.admin.pages import OwnPages, page, whole_number
from proposals.desk import supports as words
from proposals.forms.desk.supports import DeliverForm, PromiseForm, ReasonForm
from proposals.models import Delivery, Proposal, Resource, Support
from proposals.services import supports

ALL = "admin:proposals_support_changelist"


@require_safe
def listing(request):
    """The desk reads what was delivered in a fiscal year, how often, and what is promised."""
    year = words.year_of(request.GET.get("year", ""))
    return page(request, "supports", title="地域活動支援", **words.whole(year))


def add(request):
    """The desk takes down a promise; the address may name a case and a partner of the town."""
    form = PromiseForm(_sent(request), initial=_first(request.GET))
    if form.is_bound and form.carry_out(supports.promise, by=request.user):
        messages.success(request, "約束を残しました。実施したら、その日を書いてください。")
        return redirect(words.page_url(form.made))
    lead = "窓口がつないだ、企業などから地域の活動への支援です。実施した日を書くと、指標に数えられます。"
    return _ask(request, form, "支援の約束を書く", "約束を残す", reverse(ALL), lead=lead)


def _first(asked) -> dict:
    """What the form begins with: the case's organisation as provider, the partner's as recipient."""
    case = Proposal.objects.select_related("organization").filter(number=asked.get("proposal", "")).first()
    partner = Resource.objects.shown().select_related("organization")
    partner = partner.filter(pk=whole_number(asked.get("resource", ""))).first()
    ends = {"provider": case and case.organization, "recipient": partner and partner.organization}
    told = {end: one.name for end, one in ends.items() if one}
    told |= {f"{end}_kind": one.kind for end, one in ends.items() if one}
    return told | ({"proposal": case.number} if case else {})


def of_one(view):
    """The support of that key, for a view."""

    @wraps(view)
    def found(request, pk, **more):
        support = get_object_or_404(words.with_leavers(Support.objects.all()), pk=pk)
        return view(request, support, **more)

    return found


@of_one
def look(request, support):
    """The desk reads what was promised and delivered, and records a day."""
    form = DeliverForm(_sent(request))
    if form.is_bound and form.carry_out(supports.deliver, support, by=request.user):
        messages.success(request, "実施を残しました。")
        return redirect(words.page_url(support))
    deliveries = list(support.deliveries.select_related("by").order_by("-on"))
    told = {"line": words.line(support), "support": support, "deliveries": deliveries, "form": form}
    return page(request, "support", title="地域活動支援", **told)


@of_one
def take_back(request, support, delivery):
    """The desk takes back a day recorded by mistake, with a reason."""
    found = get_object_or_404(Delivery, support=support, pk=delivery)
    form = ReasonForm(_sent(request))
    if form.is_bound and form.carry_out(supports.take_back, found, by=request.user):
        messages.success(request, "実施を取り消しました。両方の団体の記録に残っています。")
        return redirect(words.page_url(support))
    lead = f"{found.on:%Y年%-m月%-d日}の実施を取り消します。指標の回数も、その分だけ減ります。"
    return _ask(request, form, "実施を取り消す", "取り消す", words.page_url(support), lead=lead)


@of_one
def give_up(request, support):
    """The desk takes a promise off the list that will not be kept, with a reason."""
    form = ReasonForm(_sent(request))
    if form.is_bound and form.carry_out(supports.give_up, support, by=request.user):
        messages.success(request, "約束の取りやめを、両方の団体の記録に残しました。")
        return redirect(ALL)
    lead = "実施がないまま終わる約束を、一覧から外します。"
    return _ask(request, form, "約束を取りやめる", "取りやめる", words.page_url(support), lead=lead)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _ask(request, form, title: str, button: str, url: str, **context):
    told = {"form": form, "button": button, "url": url, "up": "地域活動支援"}
    return page(request, "resource_edit", title=title, **told, **context)


PAGES = [
    ("", listing, "changelist"),
    ("add/", add, "add"),
    ("<int:pk>/", look, "change"),
    ("<int:pk>/deliveries/<int:delivery>/take-back/", take_back, "take_back"),
    ("<int:pk>/give-up/", give_up, "give_up"),
]


@admin.register(Support)
class SupportAdmin(OwnPages):
    """No stock view answers here, so nothing changes without a record."""

    pages = PAGES
