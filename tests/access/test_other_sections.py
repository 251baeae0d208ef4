"""Whatever other sections have and do, a section's pages stay letter by letter as they were."""

import re

import pytest

from proposals import tasks
from proposals.models import Hearing, Theme
from proposals.services import answering, asking_for, decision_drafts, hearings, hints
from tests import make, make_deciding, make_section, make_trips
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db

SECRET = "架空のよその件名"
ROOM = ["", "connect/", "connected/", "settings/", "chart/", "themes/new/"]
ASKED_FOR = f"?q={SECRET}&search={SECRET}&year=2026&step=decision&department=1&sort=number"


@pytest.fixture
def section():
    return make.department("こども家庭課")


@pytest.fixture
def other():
    make.department("架空の三課")
    return make.department("都市整備課", email="other@example.com")


@pytest.fixture
def head(section):
    return make.head(section)


@pytest.fixture
def own(section, other, head):
    """A case of the section's own in each state, one of them shared with the other section."""
    return {
        "shared": make_section.asked(section, other),
        "to decide": make_deciding.referred(section),
        "conditional": make_section.conditional(head, section),
        "trip": make_trips.trip(section=section),
    }


def pages_of(own) -> list[str]:
    shared, waiting, closing = (own[name].number for name in ("shared", "to decide", "conditional"))
    cases = [f"cases/{number}/" for number in (shared, waiting, closing)]
    cases += [f"sheets/{shared}/1/", f"cases/{waiting}/decide/", f"cases/{waiting}/fairness/"]
    cases += [f"cases/{shared}/versions/", f"cases/{closing}/conditions/", f"cases/{closing}/decisions/1/"]
    rooms = [f"/section/{place}{asked}" for place in [*ROOM, *cases] for asked in ("", ASKED_FOR)]
    return [*rooms, "/logic-models/", f"/logic-models/{ASKED_FOR}", own["trip"].get_absolute_url()]


def read(person, pages) -> dict[str, str]:
    """Every page as this person reads it, without the marks each answer carries."""
    answers = {page: make_section.visit(person).get(page) for page in pages}
    assert {page: one.status_code for page, one in answers.items() if one.status_code != 200} == {}
    marks = r'name="(csrfmiddlewaretoken|stamp)" value="[^"]*"'
    return {page: re.sub(marks, "", one.text) for page, one in answers.items()}


def busy_elsewhere(other, shared) -> list:
    """All that the other section can have, and all it does with its own sheet of the shared case."""
    member, told = make.member(other), {"said": {"answer": "hard", "hard_text": SECRET}, "version": 0}
    for _ in range(2):
        make_section.asked(other, title=SECRET)
        make_section.conditional(make.head(other), other, title=SECRET)
    waiting = make_deciding.referred(other, joint_with=[make.department("架空の三課")], title=SECRET)
    decision_drafts.save(waiting, by=member, said={"reason": SECRET}, draft_version=0, hands_up=True)
    make_trips.trip(make_trips.adopted(other, title=SECRET))
    lm.edition(by=make.desk(), proposal=make.proposal("logic_model", section=other, title=SECRET))
    Theme.objects.create(department=other, title=SECRET)
    hint = {"organization_name": SECRET, "text": SECRET, "consent": "yes", "how": "visit", "key": "elsewhere"}
    hints.connect(other, by=member, heard_on=waiting.first_contact_on, **hint)
    sheet = shared.hearings.get(department=other)
    answering.hand_up(sheet, by=member, **told)
    asking_for.wish(sheet, by=member, text=SECRET)
    return [waiting, sheet]


@pytest.mark.parametrize("who", ["member", "head"])
def test_no_page_filter_or_search_changes_by_a_letter(who, section, other, head, own):
    person, pages = (head if who == "head" else make.member(section)), pages_of(own)
    if who == "member":
        pages = [page for page in pages if "/conditions/" not in page]  # a head's alone
    before = read(person, pages)

    busy_elsewhere(other, own["shared"])

    after = read(person, pages)
    assert [page for page in pages if after[page] != before[page]] == []
    assert [page for page in pages if SECRET in after[page].replace(ASKED_FOR, "")] == []


def test_what_is_answered_on_a_shared_case_is_told_as_answered_and_no_more(section, other, head, own):
    hearings.answer(
        own["shared"].hearings.get(department=other),
        by=make.head(other),
        answer="hard",
        text=SECRET,
        possible_when="5月",
    )

    words = read(head, pages_of(own))

    assert [page for page, text in words.items() if SECRET in text or "いまは難しい（" in text] == []
    assert "返事済み" in words[f"/section/sheets/{own['shared'].number}/1/"]


def test_files_history_and_completion_are_not_there(section, other, head, own, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    waiting, sheet = busy_elsewhere(other, own["shared"])
    make_deciding.prepared(make_deciding.referred(other, title=SECRET))
    tasks.print_sheet(Hearing.objects.get(proposal=waiting).pk)
    places = [path for path in tmp_path.rglob("*") if path.is_file()]
    kinds = ["sheet", "decision-paper", "attachment", "letter", "dossier", "logic-models"]
    addresses = [f"/files/{kind}/{place.name}" for kind in kinds for place in places]
    case = f"/section/cases/{waiting.number}/"
    addresses += [f"{case}{deed}" for deed in ("", "versions/", "decide/", "decisions/1/", "fairness/")]
    addresses += [f"/section/sheets/{waiting.number}/1/{paper}" for paper in ("", "paper/", "pdf/")]
    addresses += [f"/section/sheets/{own['shared'].number}/{sheet.proposal.hearings.count()}/"]
    addresses += [f"/admin/proposals/proposal/{waiting.number}/{page}/" for page in ("change", "history")]
    addresses += [f"/admin/proposals/proposal/?q={SECRET}", "/admin/autocomplete/?term=架空"]

    answers = {address: make_section.visit(head).get(address) for address in addresses}

    assert places
    assert {address: one.status_code for address, one in answers.items()} == dict.fromkeys(addresses, 404)
    assert [address for address, one in answers.items() if SECRET in one.text.replace(address, "")] == []
