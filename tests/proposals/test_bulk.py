"""まとめてすること: looked at first, done once, each case by itself, the outcome told."""

import pytest

from cityhall.models import Department, OutgoingMail
from cityhall.refusal import NotAllowed
from proposals.models import DeskJob, Hearing
from proposals.services import hearings, jobs, many, plans
from proposals.services.moves import leave
from proposals.workflow import Kind, Step
from tests import make
from tests.make_talk import ask, hold

pytestmark = pytest.mark.django_db
LIST, BULK = "/admin/proposals/proposal/", "/admin/proposals/proposal/bulk/"


def section(name="架空課", email="kakuka@example.jp"):
    found = make.department(name)
    Department.objects.filter(pk=found.pk).update(email=email)
    return found


def press(client, kind, cases, go="do", token="t", **more):
    numbers = " ".join(case.number for case in cases)
    return client.post(BULK, {"kind": kind, "cases": numbers, "go": go, "token": token, **more})


def plans_in(page, column):
    return [(row["plan"].case, row["plan"].skip) for row in page.context[column]]


def outcomes(client, answer):
    return client.get(answer.url).context["job"].outcomes


def test_the_preview_names_who_is_reached_and_who_is_skipped_and_why(client, desk):
    other = make.desk(name="架空次郎")
    one, two = make.submission(), make.submission()
    many.assign(two, officer=other, by=desk)

    page = press(client, "assign", [one, two], go="look", officer=other.pk)

    assert plans_in(page, "reached") == [(one, "")]
    assert plans_in(page, "skipped") == [(two, "もう架空次郎が担当です。")]
    assert not DeskJob.objects.exists()


def test_the_ticked_cases_of_the_list_come_to_the_page(client, desk):
    one, two = make.submission(), make.submission()
    make.submission()

    page = client.post(BULK, {"kind": "assign", "case": [one.number, two.number, "R9-9999", "x"]})

    assert page.context["count"] == 2
    assert "行う前に確かめる" in page.text


def test_all_that_the_list_was_narrowed_to_can_be_taken(client, desk):
    make.submission(fields=["環境"]), make.submission(fields=["環境"]), make.submission()

    page = client.post(BULK, {"kind": "remind", "all": "on", "query": "field=%E7%92%B0%E5%A2%83"})

    assert page.context["count"] == 2


@pytest.mark.parametrize("sent", [{}, {"kind": "assign"}, {"kind": "delete", "cases": "R8-0001"}])
def test_without_cases_or_with_another_deed_it_leads_back_to_the_list(client, desk, sent):
    make.submission()

    assert client.post(BULK, sent).url == LIST
    assert client.post(BULK, {"kind": "assign", "all": "on", "query": "foo=1"}).url == LIST


def test_an_officer_is_named_for_each_case_with_a_record_and_what_is_unread_stays_so(client, desk):
    one, two = make.submission(), make.submission()
    type(one).objects.filter(pk=one.pk).update(news="reply")

    answer = press(client, "assign", [one, two], officer=desk.pk)

    assert [done for _, done, _ in outcomes(client, answer)] == [True, True]
    one = make.reload(one)
    assert (one.officer, one.news) == (desk, "reply")
    assert one.records.last().kind == Kind.HANDOVER


def test_only_somebody_of_the_desk_can_be_named(client, desk):
    case, stranger = make.submission(), make.manager()

    assert press(client, "assign", [case], officer=stranger.pk).status_code == 200
    with pytest.raises(NotAllowed, match="窓口の配属"):
        many.assign(case, officer=stranger, by=desk)


def test_sections_are_asked_about_those_at_the_right_step(client, desk):
    asked, other = section("架空一課"), section("架空二課")
    early, ready = make.submission(), make.proposal(Step.SORTING, by=desk)
    hearings.ask(ready, asked, by=desk, reason="先に尋ねたため")
    sheet = {
        "departments": [asked.pk, other.pk],
        "request": "tell",
        "reason": "架空の理由",
        "due_on": "2099-01-05",
    }

    page = press(client, "ask", [early, ready], go="look", **sheet)
    assert [row["plan"].reaches for row in page.context["reached"]] == [["架空二課"]]
    assert "②から④のあいだ" in page.context["skipped"][0]["plan"].skip
    answer = press(client, "ask", [early, ready], **sheet)

    assert sorted(outcomes(client, answer)) == [
        [early.number, False, "②から④のあいだに尋ねられます（いまは①受付）。"],
        [ready.number, True, "架空二課"],
    ]
    assert Hearing.objects.filter(proposal=ready).count() == 2


@pytest.mark.both
def test_who_has_not_answered_is_reminded_once_a_day(desk):
    case = make.proposal(Step.HEARING, by=desk, section=section())
    letters = OutgoingMail.objects.filter(key__contains=":remind:")

    reached = many.remind(case, by=desk)
    many.remind(make.reload(case), by=desk)

    assert reached == ["架空課"]
    assert [letter.to for letter in letters] == ["kakuka@example.jp"]
    assert case.records.last().data == {"reminded": ["架空課"]}


def test_a_proposer_who_was_asked_is_reminded_without_a_word_of_the_question(desk):
    case = make.proposal(Step.SORTING, by=desk)
    ask(case, desk)

    many.remind(make.reload(case), by=desk)

    letter = OutgoingMail.objects.get(key__contains=":remind:")
    assert letter.to == "kaku@example.com"
    assert case.messages.get().text not in letter.body


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (lambda desk: make.submission(), "返事を待っている課も、お尋ねもありません"),
        (lambda desk: make.proposal(Step.HEARING, by=desk), "メールの登録がありません"),
        (lambda desk: ended(desk), "終わった案件です"),
    ],
)
def test_nobody_is_reminded_of_nothing(desk, case, why):
    case = case(desk)

    with pytest.raises(NotAllowed, match=why):
        many.remind(make.reload(case), by=desk)


def ended(desk):
    case = make.submission()
    leave(case, "out_of_scope", by=desk, note="営業だけのため", next_place="架空の窓口")
    return case


def test_a_held_case_is_not_asked_about(desk):
    case = make.submission()
    hold(case)

    planned = plans.plan("ask", make.reload(case), plans.Asked(departments=[section()]))

    assert planned.skip == plans.HELD_FIRST


def test_a_second_press_finds_the_first(client, desk):
    case = make.submission()

    first = press(client, "assign", [case], officer=desk.pk)
    second = press(client, "assign", [case], officer=desk.pk)

    assert first.url == second.url
    assert make.reload(case).records.filter(kind=Kind.HANDOVER).count() == 1


def test_more_than_fifty_are_the_workers_slice_by_slice(client, desk, monkeypatch):
    monkeypatch.setattr(jobs, "SLICE", 2)
    cases = [make.submission() for _ in range(3)]
    numbers = [case.number for case in cases]
    job = jobs.order("assign", numbers, by=desk, token="x", asked={"officer": desk.pk})

    assert jobs.carry_on(job.pk) is True
    page = client.get(f"/admin/proposals/proposal/jobs/{job.token}/")
    assert "2 / 3件" in page.text and page["Refresh"]
    assert jobs.carry_on(job.pk) is False

    assert jobs.carry_on(job.pk) is False
    job.refresh_from_db()
    assert [outcome[0] for outcome in job.outcomes] == numbers and job.is_done


def test_a_job_is_its_owners(client, desk):
    job = jobs.order("remind", [make.submission().number], by=desk, token="x", asked={})
    client.force_login(make.desk())

    assert client.get(f"/admin/proposals/proposal/jobs/{job.token}/").status_code == 404


def test_too_many_at_once_are_refused_on_the_page(client, desk, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_CASES", 1)

    page = press(client, "assign", [make.submission(), make.submission()], officer=desk.pk)

    assert "一度に1件までです。" in page.text


def test_one_that_cannot_be_done_does_not_stop_the_others(client, desk):
    one, two = make.submission(), make.submission()
    many.assign(one, officer=desk, by=desk)

    answer = press(client, "assign", [one, two], officer=desk.pk)

    assert sorted(done for _, done, _ in outcomes(client, answer)) == [False, True]


def test_the_preview_asks_as_much_for_many_as_for_one(client, desk, django_assert_num_queries):
    cases = [make.proposal(Step.HEARING, by=desk, section=section()) for _ in range(3)]
    press(client, "remind", cases[:1], go="look")

    with django_assert_num_queries(8):
        press(client, "remind", cases[:1], go="look")
    with django_assert_num_queries(8):
        press(client, "remind", cases, go="look")


def test_nobody_but_the_desk_orders(desk):
    with pytest.raises(NotAllowed):
        jobs.order("remind", ["R8-0001"], by=make.manager(), token="x", asked={})
    with pytest.raises(NotAllowed, match="選ばれていません"):
        jobs.order("remind", [], by=desk, token="x", asked={})
    with pytest.raises(NotAllowed, match="2,000件まで"):
        jobs.order("remind", ["R8-0001"] * 2001, by=desk, token="x", asked={})
