"""見立て: two readers, nine viewpoints, no total; nobody sees the other's before keeping the own."""

import pytest
from django.utils import timezone

from cityhall.workflow import NotAllowed
from proposals.models import Assessment
from proposals.queries import desk_lists
from proposals.services import assessing
from proposals.viewpoints import VIEWPOINTS
from proposals.workflow import Step
from tests import make, make_care

pytestmark = pytest.mark.django_db


def page_of(client, case, page="change"):
    return client.get(f"/admin/proposals/proposal/{case.number}/{page}/")


def lines(client, case):
    return page_of(client, case).context["readings"]["lines"]


def test_there_are_nine_viewpoints_with_four_anchor_sentences_each():
    assert [viewpoint.number for viewpoint in VIEWPOINTS] == list(range(1, 10))
    assert all(len(set(viewpoint.anchors)) == 4 for viewpoint in VIEWPOINTS)


def test_a_reader_has_one_mark_a_viewpoint_and_may_change_it(desk):
    case = make.submission()

    make_care.assess(case, desk, level=2)
    make_care.assess(case, desk, level=1, numbers=[4])

    assert Assessment.objects.count() == 9
    assert Assessment.objects.get(viewpoint=4).level == 1


@pytest.mark.parametrize("level", [0, 3])
def test_the_extremes_need_a_word(desk, level):
    with pytest.raises(NotAllowed, match="ひとこと"):
        make_care.assess(make.submission(), desk, level=level, comment=" ")


@pytest.mark.parametrize(("number", "level"), [(10, 1), (1, 4), (0, 1)])
def test_other_viewpoints_and_levels_are_refused(desk, number, level):
    with pytest.raises(NotAllowed, match="0から3"):
        make_care.assess(make.submission(), desk, level=level, numbers=[number])


def test_a_third_reader_is_refused(client, desk):
    case = make.submission()
    make_care.assess(case, make.desk())
    make_care.assess(case, make.desk(), level=1)

    with pytest.raises(NotAllowed, match="もう2人"):
        make_care.assess(case, desk)
    assert page_of(client, case, "viewpoints").status_code == 302


def test_the_second_reader_sees_the_first_only_after_keeping_the_own(client, desk):
    case = make.submission()
    make_care.assess(case, make.desk(), level=3, comment="架空の一人目のことば")

    before = page_of(client, case).text + page_of(client, case, "viewpoints").text
    make_care.assess(case, desk, level=1, numbers=[1])
    after = lines(client, case)

    assert "架空の一人目のことば" not in before
    assert [cell["level"] for cell in after[0]["cells"]] == [3, 1]
    assert [cell["level"] for cell in after[1]["cells"]] == [None, None]


def test_a_gap_of_two_is_marked_in_words_and_nothing_is_added_up(client, desk):
    case = make.submission()
    make_care.assess(case, make.desk(), level=3)
    make_care.assess(case, desk, level=1, numbers=[1])
    make_care.assess(case, desk, level=2, numbers=[2])

    shown = lines(client, case)

    assert [line["gap"] for line in shown[:3]] == ["2つの開き", "", ""]
    assert "合計は出しません。" in page_of(client, case).text


def test_the_list_of_those_waiting_for_a_second_reader(desk):
    first, second, nobody = make.submission(), make.submission(), make.submission()
    make_care.assess(first, desk)
    make_care.assess(second, desk)
    make_care.assess(second, make.desk())

    assert list(desk_lists(desk)["second"]) == [first]
    assert nobody not in desk_lists(desk)["second"]


def test_the_form_keeps_what_was_typed_and_asks_for_the_word(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    address = f"/admin/proposals/proposal/{case.number}/viewpoints/"
    typed = {"version": case.version, "level1": "3", "comment2": "架空の書きかけ"}

    page = client.post(address, typed)

    assert set(page.context["form"].errors) == {"comment1", "level2"}
    assert "架空の書きかけ" in page.text
    assert not Assessment.objects.exists()
    assert client.post(address, typed | {"comment1": "架空のわけ", "level2": "1"}).status_code == 302
    assert Assessment.objects.count() == 2


def test_viewpoint_one_names_measures_in_force(client, desk):
    case, measure = make.submission(), make_care.measure()
    gone = make_care.measure(valid_to=timezone.localdate().replace(year=2020))

    make_care.assess(case, desk, numbers=[1], measures=[measure])

    assert list(case.measures.all()) == [measure]
    assert str(measure) in page_of(client, case).text
    with pytest.raises(NotAllowed, match="いまは使っていない"):
        make_care.assess(case, desk, numbers=[1], measures=[gone])


def test_the_kind_of_a_case_is_saved_with_a_record_of_old_and_new(client, desk):
    case = make.submission()
    address = f"/admin/proposals/proposal/{case.number}/category/"

    client.post(address, {"version": case.version, "category": "civic"})

    assert make.reload(case).category == "civic"
    record = case.records.last()
    assert record.data["values"] == {"category": ["", "市民協働・コミュニティ・NPO支援"]}
    with pytest.raises(NotAllowed, match="一覧から"):
        assessing.categorise(case, by=desk, category="架空")
