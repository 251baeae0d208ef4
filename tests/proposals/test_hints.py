"""窓口につなぐ: a section hands on what it heard in a minute, and hears what became of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from proposals import came
from proposals.models import Encounter, Hint, Proposal
from proposals.services import announcing, hints
from tests import make, make_section, make_talk

pytestmark = pytest.mark.django_db
SAID = "店先を、こどもの宿題の場所に使ってもらえないかと言われました。"


@pytest.fixture
def section():
    return make.department("架空のこども課", email="kodomo@zama.example")


@pytest.fixture
def member(section):
    return make.member(section)


@pytest.fixture
def desk():
    return make.desk()


def days_ago(n):
    return timezone.localdate() - timedelta(n)


def hint(section, member, **said):
    told = {"organization_name": "架空書店株式会社", "text": SAID, "consent": "yes", "how": "visit"}
    told |= {"person": "架空 花子", "reach": "046-252-7966", "heard_on": days_ago(3), "key": "key"}
    return hints.connect(section, by=member, **told | said)


def now(row):
    return type(row).objects.get(pk=row.pk)


def typed(browser, **more):
    """What the page sends, with the stamp it was drawn with."""
    form = browser.get("/section/connect/").context["form"]
    words = {"organization_name": "架空書店", "text": SAID, "consent": "yes", "how": "visit"}
    return words | {"stamp": form.initial["stamp"], "heard_on": f"{days_ago(1)}"} | more


# --- the section -------------------------------------------------------------


def test_a_member_connects_a_company_in_one_page(member, section, settings):
    settings.DESK_EMAIL = "madoguchi@zama.example"
    browser = make_section.visit(member)

    answer = browser.post("/section/connect/", typed(browser), follow=True)

    made = Hint.objects.get()
    letter = OutgoingMail.objects.get(to="madoguchi@zama.example")
    assert (made.department, made.by, made.text) == (section, member, SAID)
    assert "窓口が読んでいます" in answer.content.decode()
    assert SAID not in letter.body and "架空書店" not in letter.subject + letter.body


def test_a_second_press_connects_once(member):
    browser = make_section.visit(member)
    words = typed(browser)

    for _ in range(2):
        browser.post("/section/connect/", words)

    assert Hint.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": " "}, "聞いたことをお書きください"),
        ({"consent": ""}, "窓口から連絡してよいかを選んでください"),
        ({"heard_on": "2098-01-01"}, "今日までの日にしてください"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(member, wrong, said):
    browser = make_section.visit(member)

    page = browser.post("/section/connect/", typed(browser, **wrong)).content.decode()

    assert said in page and "架空書店" in page
    assert not Hint.objects.exists()


def test_another_section_sees_nothing_of_it(section, member):
    hint(section, member)
    other = make_section.visit(make.head(make.department()))

    pages = [other.get(path).content.decode() for path in ("/section/", "/section/connected/")]

    assert not any("架空書店" in page for page in pages)


# --- the desk ------------------------------------------------------------------


def test_the_desk_makes_a_case_of_it_without_typing_it_again(section, member, desk):
    heard = hint(section, member)
    browser = make_section.visit(desk)
    form = browser.get(f"/admin/proposals/proposal/add/?hint={heard.pk}").context["form"]
    sent = {name: value for name, value in form.initial.items() if value} | {
        "title": "店先を宿題の場所に（架空）",
        "organization_kind": "company",
        "track": "consultation",
        "key": form["key"].value(),
    }

    browser.post(f"/admin/proposals/proposal/add/?hint={heard.pk}", sent)

    case = Proposal.objects.get()
    assert (case.first_contact_on, case.coordination_started_on) == (heard.heard_on, None)
    assert (now(heard).proposal, case.contact.name) == (case, "架空 花子")
    assert {line["name"]: line["count"] for line in came.counted(timezone.localdate())["lines"]} == {
        "本人から": 0,
        "庁内の課から": 1,
        "庁外の方から": 0,
    }


def test_it_may_belong_to_a_case_there_is_and_then_moves_the_first_contact(section, member, desk):
    case, heard = make.submission(), hint(section, member)

    make_section.visit(desk).post(
        f"/admin/proposals/proposal/hints/{heard.pk}/join/", {"proposal": case.number}
    )

    case = make.reload(case)
    assert (now(heard).proposal, Encounter.objects.get().on) == (case, heard.heard_on)
    assert (case.first_contact_on, case.coordination_started_on) == (heard.heard_on, None)


def test_a_number_there_is_not_is_said_at_its_line(section, member, desk):
    heard = hint(section, member)

    page = make_section.visit(desk).post(
        f"/admin/proposals/proposal/hints/{heard.pk}/join/", {"proposal": "R8-9999"}
    )

    assert "R8-9999 という案件はありません" in page.content.decode()
    assert now(heard).answered_on is None


def test_what_becomes_no_case_is_answered_in_words(section, member, desk):
    heard, browser = hint(section, member), make_section.visit(desk)
    path = f"/admin/proposals/proposal/hints/{heard.pk}/answer/"

    refused = browser.post(path, {"words": ""})
    browser.post(path, {"words": "契約の課へつなぎました。"})

    assert "課への返事をお書きください" in refused.content.decode()
    assert "契約の課へつなぎました。" in make_section.visit(member).get("/section/").content.decode()
    assert OutgoingMail.objects.filter(to=section.email).count() == 1


def test_a_hint_is_taken_once(section, member, desk):
    heard = hint(section, member)
    hints.answer(heard, by=desk, words="伝えました。")

    with pytest.raises(NotAllowed, match="もう窓口が受けています"):
        hints.join(heard, make.submission(), by=desk)
    assert not Encounter.objects.exists()


def test_a_hint_taken_meanwhile_leaves_no_second_case(section, member, desk):
    heard = hint(section, member)
    hints.answer(heard, by=desk, words="伝えました。")
    entry = {"words": make.words(), "organization": make.organization(), "contact": make.contact()}

    with pytest.raises(NotAllowed):
        hints.enter(heard, by=desk, track="consultation", first_contact_on=heard.heard_on, **entry)

    assert not Proposal.objects.exists()


# --- what became of it -----------------------------------------------------------


def test_a_verdict_nobody_has_told_is_not_told_here_either(section, member, desk):
    case = make_talk.decided(section)
    hints.join(hint(section, member), case, by=desk)
    browser = make_section.visit(member)

    before = browser.get("/section/connected/").content.decode()
    announcing.announce(make_talk.ready_to_tell(case), by=desk, text="ご一緒に取り組みます。")
    after = browser.get("/section/connected/").content.decode()

    assert f"{case.number} として「⑥案件化判断」の段階にあります" in before
    assert f"{case.number} として「採用」になりました" in after
    assert OutgoingMail.objects.filter(to=section.email, subject__contains="話の結果").count() == 1
