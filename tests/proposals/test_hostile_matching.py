"""What nobody types where people and the town are brought together: nothing is lost, nothing falls over."""

import pytest
from django.test import Client
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.models import (
    Delivery,
    Dismissal,
    Introduction,
    Match,
    MatchParty,
    ProposalRecord,
    Resource,
    Support,
)
from proposals.services import introductions, matches, matching, resources, supports
from tests import make, make_matching
from tests.make_receipt import CODE, visit

pytestmark = [pytest.mark.django_db, pytest.mark.both]

CASES = "/admin/proposals/proposal/"
HUGE = "9" * 5000


@pytest.fixture
def desk():
    return make.desk()


@pytest.fixture
def typist(desk):
    client = Client(raise_request_exception=False)
    client.force_login(desk)
    return client


@pytest.fixture
def case(desk):
    found = make_matching.case(code=CODE)
    matching.choose_lead(found, make.department("架空の所管課"), by=desk)
    return make.reload(found)


@pytest.fixture
def town(case, desk):
    """Everything of ④ there can be, by the words its addresses use."""
    partner = make_matching.partner("架空食堂")
    met = make_matching.introduction(case, desk, resources=[partner], on=timezone.localdate())
    matches.write(case, by=desk, purpose="ひとりを減らす", own_part="配る", lead_part="つなぐ")
    side = matches.add_side(case, by=desk, resource=partner, part="受け取る")
    ends = {"provider": {"name": "架空企業X", "kind": "company"}}
    ends |= {"recipient": {"name": "架空食堂Y", "kind": "civic"}}
    support = supports.promise(by=desk, purpose="食材の提供", promised_on=timezone.localdate(), **ends)
    return {"case": case.number, "partner": partner.pk, "met": 1, "side": side.pk, "support": support.pk} | {
        "introduction": met.pk
    }


JUNK = ["a\0b", HUGE, "１²", "9999-12-31", "あ" * 20_000, "\ufffd[$ne]("]
WHO_MEETS = [
    "departments",
    "resources",
    "find",
    "aim",
    "on",
    "hour",
    "place",
    "people",
    "initiative",
    "agreed",
]
TOLD = ["kind", "name", "told", "activities", "forms", "areas", "place", "days", "offers", "capacity_on"]
FIELDS = {
    CASES + "{case}/introduce/": [*WHO_MEETS, "key", "version", "go"],
    CASES + "{case}/introductions/{met}/edit/": [*WHO_MEETS, "version", "go"],
    CASES + "{case}/introductions/{met}/result/": [
        *("result", "text", "met_how", "next_step", "owner", "next_on", "version"),
    ],
    CASES + "{case}/match/": ["go", "purpose", "own_part", "lead_part", "version", "who", "part", "why_not"],
    CASES + "{case}/match/{side}/": ["go", "gain", "heard_from", "reason"],
    CASES + "{case}/candidates/partner/{partner}/dismiss/": ["reason"],
    "/admin/proposals/support/add/": [
        *("provider", "provider_kind", "recipient", "recipient_kind", "purpose", "promise"),
        *("promised_on", "proposal", "is_sure"),
    ],
    "/admin/proposals/support/{support}/": ["on", "note"],
    "/admin/proposals/resource/add/": [*TOLD, "organization", "organization_kind", "consent", "consent_on"],
    "/admin/proposals/resource/{partner}/edit/": [*TOLD, "version"],
    "/admin/proposals/resource/{partner}/contact/": ["contact_name", "email", "phone", "version"],
    "/admin/proposals/resource/{partner}/verify/": ["on", "heard", "version"],
    "/admin/proposals/resource/{partner}/consent/": ["consent", "on", "heard", "version"],
}
ROWS = (Delivery, Dismissal, Introduction, Match, MatchParty, ProposalRecord, Resource, Support)
TEXT = {"１²", "9999-12-31"}  # which somebody may type where any words will do


def world():
    return [model.objects.count() for model in ROWS]


def goes(address):
    """The buttons of a page: a deed of its own name each."""
    if address.endswith("match/"):
        return ["purpose", "side", "agree"]
    return ["gain", "drop"] if "/match/" in address else [""]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_no_page_of_four_falls_over_or_writes_what_nobody_types(typist, town, junk):
    before, wrong = world(), {}

    for address, names in FIELDS.items():
        for go in goes(address):
            sent = {name: [junk, junk] for name in names} | {"go": go}
            answer = typist.post(address.format(**town), sent)
            wrong |= {address: answer.status_code} if answer.status_code not in (200, 302, 400, 409) else {}

    assert wrong == {}
    assert junk in TEXT or world() == before


@pytest.mark.parametrize(
    "address",
    ["introductions/999999999999999999999/", "introductions/0/edit/", "match/999999999999999999999/",
     "candidates/partner/999999999999999999999/dismiss/", "candidates/section/0/dismiss/",
     "candidates/nobody/1/dismiss/", "candidates/999999999999999999999/restore/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(typist, case, address):
    assert typist.get(f"{CASES}{case.number}/{address}").status_code == 404


@pytest.mark.parametrize("asked", [f"department={HUGE}", f"resource={HUGE}", "resource=-1", "department=a"])
def test_a_choice_nobody_can_make_begins_an_empty_form(typist, case, asked):
    assert typist.get(f"{CASES}{case.number}/introduce/?{asked}").status_code == 200


# --- nothing typed is lost ------------------------------------------------------


def test_what_was_typed_on_a_stale_page_of_an_introduction_stays_as_it_was(typist, desk, case):
    met = make_matching.introduction(case, desk, departments=[make.department("架空の課")])
    said = {name: getattr(met, name) for name in ("aim", "on", "hour", "place", "initiative", "agreed")}
    said |= {"departments": [one.pk for one in met.departments.all()], "people": "課長"}
    path = f"{CASES}{case.number}/introductions/1/edit/"
    typist.post(path, said | {"version": 0, "place": "図書館"})

    answer = typist.post(path, said | {"version": 0, "place": "公民館"})

    form = answer.context["form"]
    assert answer.status_code == 409
    assert {form[name].value() for name in ("place", "aim", "people")} == {"公民館", met.aim, "課長"}
    assert form["departments"].value() == [str(pk) for pk in said["departments"]]
    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert typist.post(path, again).status_code == 302


@pytest.mark.parametrize("address", ["introduce/", "introductions/1/edit/"])
def test_who_looks_for_a_partner_is_told_of_no_gap_yet_and_keeps_what_was_typed(typist, desk, case, address):
    partner, section = make_matching.partner("架空食堂"), make.department("架空の課")
    make_matching.introduction(case, desk, departments=[section])
    typed = {"go": "find", "find": "食堂", "resources": [partner.pk], "people": "課長", "aim": ""}

    form = typist.post(f"{CASES}{case.number}/{address}", typed).context["form"]

    assert not form.errors
    assert [form[name].value() for name in ("find", "people", "aim")] == ["食堂", "課長", ""]
    assert form["departments"].value() == []
    assert form["resources"].value() == [str(partner.pk)]
    assert [pk for pk, _ in form.fields["resources"].choices] == [partner.pk]


def test_what_was_typed_of_a_result_stays_when_it_is_refused(typist, desk, case):
    make_matching.introduction(case, desk, departments=[make.department("架空の課")])
    told = {"version": 0, "result": "goes_on", "text": "置き場所を見ました。", "next_step": "見積り"}

    page = typist.post(f"{CASES}{case.number}/introductions/1/result/", told)

    assert "会ってから書いてください" in page.text
    assert page.context["form"]["text"].value() == "置き場所を見ました。"


# --- two tabs, and what is forged -------------------------------------------------


def test_a_key_of_another_case_is_refused_in_words(desk, case):
    other = make_matching.case()
    make_matching.introduction(other, desk, departments=[make.department()], key="once")

    with pytest.raises(NotAllowed, match="もう引き合わせを残しています"):
        make_matching.introduction(case, desk, departments=[make.department()], key="once")


def test_an_agreement_stands_when_what_is_saved_again_is_the_same(desk, case):
    matches.write(case, by=desk, purpose="ひとりを減らす", own_part="配る", lead_part="つなぐ")
    matches.write_own_gain(case, gain="長く選ばれる")
    version = matches.agree(case, by=desk, why_not="課はあとで書くため").version

    matches.write_own_gain(case, gain=" 長く選ばれる ")
    matches.write(case, by=desk, purpose="ひとりを減らす", own_part="配る", lead_part="つなぐ")

    match = Match.objects.get()
    assert (match.agreed_on, match.version) == (timezone.localdate(), version)


def test_a_proposer_who_presses_twice_keeps_the_agreement(desk, case):
    matches.write(case, by=desk, purpose="ひとりを減らす", own_part="配る", lead_part="つなぐ")
    guest = visit(case)
    before = case.records.count()

    answers = [guest.post("/receipt/gain/", {"gain": "長く選ばれる"}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert case.records.count() == before + 1


def test_who_leaves_the_register_while_the_page_is_open_is_not_introduced(typist, desk, case):
    partner = make_matching.partner()
    resources.say_consent(partner, by=desk, consent=Resource.Consent.NO)
    said = {"aim": "会う", "on": timezone.localdate(), "initiative": "desk", "agreed": "電話で", "key": "k"}

    page = typist.post(
        f"{CASES}{case.number}/introduce/", said | {"resources": partner.pk, "version": case.version}
    )

    assert page.status_code == 200
    assert page.context["form"].errors["resources"]
    assert not Introduction.objects.exists()
    assert introductions.ALREADY not in page.text
