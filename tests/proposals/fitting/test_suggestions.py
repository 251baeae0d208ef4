"""The suggestions of a case: who is among them, why, who never is, and what they cost."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from cityhall.models import Department
from proposals.fitting import partners, sections, wish
from proposals.models import Resource
from proposals.services import dismissals, hearings, matching, resources
from proposals.workflow import Step
from tests import make, make_matching, make_town

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SAID = {
    "title": "閉店後の店先を宿題の場所に",
    "overview": "火・木曜の夕方に宿題の場所を開きます。",
    "problem": "",
    "activity": "",
    "fields": ["こども・教育"],
    "wished_partners": "宿題を見守る人",
    "brings": ["場所"],
    "brings_note": "店の机と本棚",
}
HELPS = {"activities": ["学習支援"], "told": "元教員が宿題を見ます。", "areas": ["座間市"]}


@pytest.fixture
def desk():
    return make.desk()


def town(case, **more):
    return partners.partners(wish.of_case(case, case.latest_submission), today=timezone.localdate(), **more)


def inside(case, **more):
    said = case.latest_submission
    asked = {"told": said.overview, "theme": said.theme, "today": timezone.localdate()}
    found = sections.sections(case, wish.of_case(case, said), **asked, **more)
    return {str(one.subject): one for one in found}


def told(candidate):
    return [f"{one.word.value} {one.text}" for one in candidate.reasons]


def has(candidate, words):
    return any(words in strip_tags(line) for line in told(candidate))


# --- partners ---------------------------------------------------------------


def test_a_partner_comes_with_its_reasons(desk):
    told_of_it = HELPS | {"days": "火・木の夕方", "wants": "机", "place": "相武台"}
    make_town.resource({"name": "架空学習の会", "kind": "civic"}, by=desk, **told_of_it)

    (found,) = town(make.submission(**SAID))

    assert has(found, "合う 求めるもの「宿題を見守る人」に、ここで合います：元教員が宿題を見ます")
    assert has(found, "合う 「学習支援」の活動をしています。提案の「宿題」と同じ分野です。")
    assert has(found, "合う 活動の曜日（火・木の夕方）が、提案の曜日と重なります：火・木")
    assert '<b class="z-hit">宿題</b>を見守る人' in told(found)[0]


def test_one_who_did_not_say_yes_asked_to_leave_or_was_put_aside_is_not_among_them(desk):
    case = make.submission(**SAID)
    make_town.resource(by=desk, consent="not_asked", **HELPS)
    make_town.resource(by=desk, consent="no", **HELPS)
    gone = make_town.resource(by=desk, **HELPS)
    unfit = make_town.resource(by=desk, **HELPS)

    resources.remove(gone, by=desk, reason="本人の申し出")

    assert [one.subject for one in town(case)] == [unfit]
    assert town(case, without={unfit.pk}) == []


def test_a_yes_brings_it_in_and_a_no_takes_it_out_again(desk):
    case, one = make.submission(**SAID), make_town.resource(by=desk, consent="not_asked", **HELPS)

    seen = []
    for consent in ("yes", "no"):
        resources.say_consent(Resource.objects.get(pk=one.pk), by=desk, consent=consent)
        seen.append(len(town(case)))

    assert seen == [1, 0]


def test_what_is_old_or_beyond_the_border_is_said_before_people_meet(desk):
    long_ago = timezone.localdate() - timedelta(500)
    old = {"verified_on": long_ago, "consent_on": long_ago, "capacity": "5人", "capacity_on": long_ago}
    make_town.resource(by=desk, **HELPS | old | {"areas": ["海老名市"]})

    (found,) = town(make.submission(**SAID))

    unsure = [line for line in told(found) if line.startswith("未確認")]
    assert [line.split("。")[0].split("（")[0] for line in unsure] == [
        "未確認 登録の内容",
        "未確認 受けられる数",
        "未確認 紹介してよいか",
        "未確認 座間市で活動できるか",
    ]


def test_an_introduction_that_goes_on_is_told_with_its_case(desk):
    one = make_town.resource(by=desk, **HELPS)
    earlier = make_matching.case(by=desk)
    make_matching.held(earlier, desk, resources=[one])

    (found,) = [two for two in town(make.submission(**SAID)) if two.subject == one]

    link = f'<a href="/admin/proposals/proposal/{earlier.number}/change/">{earlier.number}</a>'
    assert f"記録 前の引き合わせが続いています：{link}" in told(found)


# --- sections ---------------------------------------------------------------


def test_a_section_with_an_open_trouble_of_the_same_words_fits():
    section = make.department("架空こども課")
    make_town.trouble(section, "放課後の宿題を見る人が足りない", expected="夕方に開く部屋。")
    make_town.trouble(make.department("架空道路課"), "側溝の清掃", expected="清掃の機械。")

    found = inside(make.submission(**SAID))

    assert list(found) == ["架空こども課"]
    assert has(found["架空こども課"], "「放課後の宿題を見る人が足りない」と、ことばが重なります")
    assert has(found["架空こども課"], "この困りごとが期待する「部屋」を、提案が持ち寄ります（場所）。")


def test_the_section_whose_trouble_is_answered_comes_first():
    asked = make_town.trouble(make.department("架空の尋ねた課"), "架空の別の困りごと")
    make_town.trouble(make.department("架空こども課"), "放課後の宿題")

    found = inside(make.submission(**SAID, theme=asked))

    assert list(found) == ["架空の尋ねた課", "架空こども課"]


def test_answers_in_the_same_field_are_counted_with_their_cases_and_at_once(desk):
    section = make.department("架空の返事課")
    before = inside(make.submission(**SAID))

    past = make.proposal(Step.MATCHING, by=desk, section=section, fields=["こども・教育"], title="架空の前例")

    found = inside(make.submission(**SAID))
    assert before == {}
    assert has(found["架空の返事課"], "今年度と昨年度に、同じ分野のつなぐシートに1件答えました")
    assert past.number in " ".join(told(found["架空の返事課"]))


def test_an_answered_case_that_became_a_project_says_so(desk):
    section = make.department("架空の返事課")
    past = make.proposal(Step.MATCHING, by=desk, section=section, fields=["こども・教育"], title="架空の前例")
    posting = desk.postings.get()
    matching.report_project(past, actor=posting, number="TRIP-R8-01")

    found = inside(make.submission(**SAID))

    assert has(found["架空の返事課"], "1件答え、うち1件が共創プロジェクト（TRIP）になりました")


def test_a_section_inherits_what_the_one_before_it_answered(desk):
    old, new = make.department("架空の旧課"), make.department("架空の新課")
    make.proposal(Step.MATCHING, by=desk, section=old, fields=["こども・教育"], title="架空の前例")
    Department.objects.filter(pk=old.pk).update(valid_to=timezone.localdate() - timedelta(1), successor=new)

    found = inside(make.submission(**SAID))

    assert list(found) == ["架空の新課"]


def test_what_a_section_said_to_this_very_case_counts_most(desk):
    section = make.department("架空の返事課")
    case = make.proposal(Step.HEARING, by=desk, section=section, **SAID)
    waiting = inside(case)
    sheet = case.hearings.get()
    hearings.answer(sheet, by=make.head(section), answer="yes", text="一緒に考えます。")

    found = inside(make.reload(case))

    assert has(waiting["架空の返事課"], "記録 この案件のつなぐシートの返事を待っています。")
    assert has(found["架空の返事課"], "記録 この案件のつなぐシートに「前向きに受ける」と答えました。")
    assert not has(found["架空の返事課"], "未確認")


def test_a_section_that_took_part_in_a_case_like_this_one_fits(desk):
    section = make.department("架空の返事課")
    other = SAID | {"fields": ["その他"]}
    past = make.proposal(Step.MATCHING, by=desk, section=section, **other)

    found = inside(make.submission(**SAID))

    line = next(line for line in told(found["架空の返事課"]) if "似た案件" in line)
    assert past.number in line and "「前向きに受ける」と答えました" in line


# --- cost -------------------------------------------------------------------


def statements(client, case):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/admin/proposals/proposal/{case.number}/candidates/")
    assert page.status_code == 200
    return len(asked)


def test_the_page_asks_ten_statements_at_most_however_much_there_is(client, desk):
    client.force_login(desk)
    case = make.submission(**SAID)
    few = statements(client, case), statements(client, case)

    for n in range(30):
        make_town.resource(by=desk, **HELPS)
        make_town.trouble(make.department(f"架空課{n}"), f"宿題の困りごと{n}")
    for _ in range(6):
        make.proposal(Step.MATCHING, by=desk, **SAID)
    statements(client, case)

    many = statements(client, case)
    assert few[0] <= 10
    assert few[1] <= many <= 8


def test_a_case_with_meetings_a_match_conflicting_answers_and_dismissals_asks_no_more(client, desk):
    client.force_login(desk)
    case = make_matching.case(by=desk, **SAID)
    other = make.department("架空の難しい課")
    sheet = hearings.ask(make.reload(case), other, by=desk, reason="架空")
    said = {"answer": "hard", "text": "難しいです。", "possible_when": "来年度"}
    hearings.answer(sheet, by=make.head(other), **said)
    make_matching.match(make.reload(case), desk)
    helpers = [make_town.resource(by=desk, **HELPS) for _ in range(3)]
    make_matching.held(case, desk, resources=helpers[:2])
    make_matching.introduction(case, desk, resources=helpers[1:])
    dismissals.dismiss(case, helpers[0], by=desk, reason="架空のわけ")
    dismissals.dismiss(case, other, by=desk, reason="架空のわけ")
    statements(client, make.proposal(Step.MATCHING, by=desk, **SAID))
    cache.clear()

    cold = statements(client, case)

    assert cold <= 10
