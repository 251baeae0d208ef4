"""団体: changed with a record, two made one with nothing lost, found by any of their names, not forgotten."""

from datetime import date

import pytest
from django.utils import timezone

from cityhall import records
from cityhall.models import Reading
from cityhall.refusal import NotAllowed, Stale
from proposals.desk import organizations as pages
from proposals.models import Delivery, Organization, OrganizationRecord, Proposal, Support, Todo
from proposals.services import encounters, intake, organizations
from tests import make

pytestmark = pytest.mark.django_db
NUMBER, OTHER_NUMBER = "7000012050002", "1000012050009"  # 国税庁 and another office: their check digits fit
ADMIN = "/admin/proposals/organization/"


def firm(name="架空見本配送株式会社", kind="company", **fields):
    return intake.find_organization(name=name, kind=kind, **fields)


def case_of(organization, **fields):
    case = make.submission(**fields)
    Proposal.objects.filter(pk=case.pk).update(organization=organization)
    return make.reload(case)


def reload(organization):
    return Organization.objects.select_related("merged_into").get(pk=organization.pk)


def url(organization, deed=""):
    return f"{ADMIN}{organization.pk}/{deed}"


# --- changed ----------------------------------------------------------------


@pytest.mark.both
def test_a_change_is_recorded_with_what_stood_there_before(desk):
    one = firm()

    organizations.change(one, by=desk, name="架空見本物流株式会社", kana="カクウミホンブツリュウ")

    one, record = reload(one), OrganizationRecord.objects.get()
    assert (one.name_key, one.version) == ("架空見本物流", 1)
    assert "団体名：架空見本配送株式会社 → 架空見本物流株式会社" in record.text.text
    assert (record.by, records.first_bad(OrganizationRecord)) == (desk, None)


def test_a_case_is_found_by_the_new_name_and_by_the_name_it_came_under(client, desk):
    case = make.submission()
    organizations.change(case.organization, by=desk, name="架空の新しい名")

    for words in ("新しい名", case.latest_submission.organization_name):
        found = client.get("/admin/proposals/proposal/", {"q": words}).context["rows"]
        assert [row.case.number for row in found] == [case.number]


def test_saying_the_same_again_records_nothing(desk):
    organizations.change(firm(), by=desk, name="架空見本配送株式会社")

    assert not OrganizationRecord.objects.exists()


def test_a_change_over_a_colleagues_or_without_a_name_or_with_anothers_number_is_refused(desk):
    one, other = firm(), firm("架空の別の会社", corporate_number=NUMBER)

    with pytest.raises(Stale):
        organizations.change(one, by=desk, name="新", version=7)
    with pytest.raises(NotAllowed, match="団体名を書いて"):
        organizations.change(one, by=desk, name="　")
    with pytest.raises(NotAllowed, match=f"もう「{other}」に登録"):
        organizations.change(one, by=desk, corporate_number=NUMBER)


@pytest.mark.parametrize("deed", ["change", "merge", "wait"])
def test_nobody_but_the_desk_writes_about_an_organisation(deed):
    told = {"merge": {"into": firm("架空の別の会社")}, "wait": {"until": date(2099, 1, 1), "reason": "理由"}}

    with pytest.raises(NotAllowed, match="窓口だけ"):
        getattr(organizations, deed)(firm(), by=make.manager(), **told.get(deed, {}))


def test_the_desk_changes_it_on_its_page_and_typed_words_stay_when_refused(client, desk):
    one, told = firm(), {"version": 0, "name": "架空の新しい名", "kind": "npo"}

    refused = client.post(url(one, "edit/"), told | {"corporate_number": "1234567890123"})
    done = client.post(url(one, "edit/"), told)
    stale = client.post(url(one, "edit/"), told | {"name": "ほかの名"})

    assert ("＊" in refused.text, "架空の新しい名" in refused.text) == (True, True)
    assert (done.url, reload(one).kind) == (url(one), "npo")
    assert (stale.status_code, reload(one).name) == (409, "架空の新しい名")


# --- two that are one ---------------------------------------------------------


@pytest.mark.both
def test_cases_supports_and_things_to_do_move_and_what_is_lacking_is_taken_over(desk):
    into, double = firm(), firm("ミホン配送㈱", corporate_number=NUMBER, kana="カクウ")
    case, friend = case_of(double), firm("架空こども食堂", kind="civic")
    todo = Todo.objects.create(organization=double, key="t", text="電話をかける")
    support = Support.objects.create(provider=double, recipient=friend, purpose="食材の提供")

    organizations.merge(double, into, by=desk, note="社名の書き方のちがい")

    into, double = reload(into), reload(double)
    assert (make.reload(case).organization, double.merged_into) == (into, into)
    assert (into.corporate_number, into.kana, double.corporate_number) == (NUMBER, "カクウ", "")
    assert Todo.objects.get(pk=todo.pk).organization == into
    assert Support.objects.get(pk=support.pk).provider == into
    assert {r.kind: r.data["cases"] for r in OrganizationRecord.objects.all()} == {
        "merged": [case.number],
        "absorbed": [case.number],
    }


@pytest.mark.both
def test_a_support_both_gave_is_one_with_the_days_of_both(desk):
    into, double, friend = firm(), firm("ミホン配送㈱"), firm("架空こども食堂", kind="civic")
    days = {into: ["2026-10-10", "2026-11-14"], double: ["2026-11-14", "2026-12-12"]}
    for provider, delivered in days.items():
        support = Support.objects.create(provider=provider, recipient=friend, purpose="食材の提供")
        for on in delivered:
            Delivery.objects.create(support=support, on=on)

    organizations.merge(double, into, by=desk)

    support = Support.objects.get()
    assert [str(d.on) for d in support.deliveries.all()] == ["2026-10-10", "2026-11-14", "2026-12-12"]


def test_two_numbers_two_that_help_each_other_and_one_merged_before_are_refused(desk):
    one, other, third = firm(corporate_number=NUMBER), firm("別", corporate_number=OTHER_NUMBER), firm("第三")
    Support.objects.create(provider=one, recipient=third, purpose="食材の提供")

    with pytest.raises(NotAllowed, match="法人番号がちがいます"):
        organizations.merge(one, other, by=desk)
    with pytest.raises(NotAllowed, match="地域活動支援の記録があります"):
        organizations.merge(one, third, by=desk)
    with pytest.raises(NotAllowed, match="同じ団体どうし"):
        organizations.merge(one, one, by=desk)
    organizations.merge(firm("第四"), one, by=desk)
    with pytest.raises(NotAllowed, match="まとめ先を開いて"):
        organizations.merge(firm("第五"), Organization.objects.get(name="第四"), by=desk)


@pytest.mark.both
def test_what_comes_under_the_old_name_is_the_others(desk):
    into, double = firm(corporate_number=NUMBER), firm("ミホン配送㈱")
    organizations.merge(double, into, by=desk)

    assert firm("株式会社ミホン配送") == into
    assert firm("ミホン配送", corporate_number=NUMBER) == into
    assert firm("ミホン配送", corporate_number=OTHER_NUMBER) not in (into, double)


def test_a_merging_of_the_merged_leads_all_the_way(desk):
    first, second, third = firm("第一"), firm("第二"), firm("第三")
    organizations.merge(first, second, by=desk)

    organizations.merge(reload(second), third, by=desk)

    assert reload(first).merged_into == third
    assert firm("第一") == third


def test_the_desk_looks_at_both_before_it_makes_them_one(client, desk):
    into, double = firm(), firm("架空見本配送", kind="npo")
    case_of(double)

    offered = client.get(url(double, "merge/")).text
    looked = client.get(url(double, "merge/"), {"into": into.pk})
    done = client.post(url(double, "merge/"), {"into": into.pk, "version": double.version})

    assert f"?into={into.pk}" in offered
    assert [head["name"] for head in looked.context["heads"]] == [double.name, into.name]
    assert done.url == url(into)
    assert client.get(url(double)).url == url(into)


@pytest.mark.parametrize("into", ["x", "0", "９", "-1", "9" * 30])
def test_an_organisation_there_is_not_is_not_merged_into(client, desk, into):
    one = firm()

    page = client.get(url(one, "merge/"), {"into": into})

    assert (page.status_code, page.context["into"]) == (200, None)


# --- the page ---------------------------------------------------------------


def test_the_page_says_who_they_are_and_what_came_of_it(client, desk):
    case = make.submission()
    encounters.note_encounter(case, by=desk, kind="phone", on=timezone.localdate(), text="曜日を確かめた。")

    page = client.get(url(case.organization))

    assert case.number in page.text
    assert "曜日を確かめた。" in page.text
    assert page.context["strip"][0]["value"] == "1件"
    assert case.contact.email not in page.text


def test_whom_to_call_is_shown_once_opened_and_that_is_written_down(client, desk):
    case = make.submission()

    page = client.post(url(case.organization, "people/"))

    assert case.contact.email in page.text
    assert [(r.by, r.about) for r in Reading.objects.all()] == [(desk, case.number)]


def test_the_page_asks_as_much_for_three_cases_as_for_one(client, desk, django_assert_num_queries):
    one = case_of(firm()).organization
    client.get(url(one))

    with django_assert_num_queries(21):
        client.get(url(one))
    for _ in range(2):
        case_of(one)
    with django_assert_num_queries(21):
        client.get(url(one))


# --- the list ---------------------------------------------------------------


def names(client, **asked):
    return [one.name for one in client.get(ADMIN, asked).context["found"]]


def test_any_way_to_write_a_name_finds_it(client, desk):
    firm(kana="カクウミホンハイソウ", corporate_number=NUMBER)
    firm("架空の別の会社")

    for words in ("㈱架空見本", "見本配送", "みほんはいそう", "ﾐﾎﾝ", NUMBER):
        assert names(client, q=words) == ["架空見本配送株式会社"]


def test_a_merged_name_is_found_and_leads_on(client, desk):
    organizations.merge(firm("ミホン配送㈱"), firm(), by=desk)

    page = client.get(ADMIN, {"q": "ミホン"})

    assert "→「架空見本配送株式会社」にまとめました" in page.text
    assert names(client) == ["架空見本配送株式会社"]


def test_the_list_is_narrowed_by_kind_and_goes_on_page_by_page(client, desk, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    for n in range(5):
        firm(f"団体{n}", kind="npo")
    firm("会社")

    first = client.get(ADMIN, {"kind": "npo"})
    second = client.get(first.context["next_url"])
    third = client.get(second.context["next_url"])

    assert [[one.name for one in page.context["found"]] for page in (first, second, third)] == [
        ["団体0", "団体1"],
        ["団体2", "団体3"],
        ["団体4"],
    ]
    assert third.context["next_url"] == ""


@pytest.mark.parametrize(
    "asked", [{"x": "1"}, {"kind": "x"}, {"after": "x"}, {"after": "9" * 30}, {"q": "x" * 101}]
)
def test_what_the_list_does_not_know_is_a_bad_request(client, desk, asked):
    assert client.get(ADMIN, asked).status_code == 400


def test_the_list_asks_as_much_for_three_as_for_one(client, desk, django_assert_num_queries):
    case_of(firm())
    client.get(ADMIN)

    with django_assert_num_queries(5):
        client.get(ADMIN)
    for n in range(2):
        case_of(firm(f"団体{n}"))
    with django_assert_num_queries(5):
        client.get(ADMIN)
