"""地域資源: told, put right, confirmed, named only with a yes, and gone at once on request."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall import records
from cityhall.models import Reading
from cityhall.refusal import NotAllowed, Stale
from cityhall.tables import read_table
from proposals.models import OrganizationRecord, Resource
from proposals.services import organizations, resource_rows, resources
from tests import make, make_town

pytestmark = pytest.mark.django_db
ADMIN = "/admin/proposals/resource/"
WHOM = {"contact_name": "架空の世話人", "email": "sewa@example.com", "phone": "046-888-7777"}


@pytest.fixture
def desk(client):
    officer = make.desk()
    client.force_login(officer)
    return officer


def reload(resource):
    return Resource.objects.select_related("organization").get(pk=resource.pk)


def url(resource, deed=""):
    return f"{ADMIN}{resource.pk}/{deed}"


def typed(**more):
    told = {"kind": "organization", "activities": ["食の支援", "居場所づくり"], "areas": ["大和市", "座間市"]}
    named = {"organization": "架空こども食堂K", "organization_kind": "civic", "consent": "not_asked"}
    return told | named | more


# --- told -------------------------------------------------------------------


@pytest.mark.both
def test_an_entry_keeps_its_words_in_the_survey_s_order_and_its_organisation_s_trail(desk):
    one = make_town.resource(by=desk, activities=["食の支援", "居場所づくり"], areas=["大和市", "座間市"])

    assert (one.activities, one.areas) == (["居場所づくり", "食の支援"], ["座間市", "大和市"])
    record = OrganizationRecord.objects.get(subject=one.organization)
    assert (record.kind, record.data["resource"]) == ("resource", one.pk)
    assert records.first_bad(OrganizationRecord) is None


@pytest.mark.both
def test_the_same_entry_twice_is_refused_in_words(desk):
    one = make_town.resource(by=desk)

    with pytest.raises(NotAllowed, match="もう登録されています"):
        make_town.resource(one.organization, by=desk)

    assert Resource.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"activities": []}, "1つ以上"),
        ({"areas": ["架空市"]}, "使えない言葉"),
        ({"verified_on": timezone.localdate() + timedelta(2)}, "今日までの日"),
        ({"kind": "activity"}, "活動名が必要"),
    ],
)
def test_what_cannot_be_so_is_refused(desk, wrong, said):
    with pytest.raises(NotAllowed, match=said):
        make_town.resource(by=desk, **wrong)

    assert not Resource.objects.exists()


def test_only_the_desk_writes(client):
    with pytest.raises(NotAllowed):
        make_town.resource(by=make.manager())


def test_a_page_adds_one_and_keeps_what_was_typed_where_it_cannot(client, desk):
    client.post(f"{ADMIN}add/", typed(consent="yes"))
    assert not Resource.objects.exists()

    answer = client.post(f"{ADMIN}add/", typed())

    one = Resource.objects.get()
    assert answer.url == url(one)
    assert (one.organization.name, one.consent) == ("架空こども食堂K", "not_asked")
    again = client.post(f"{ADMIN}add/", typed(told="二度めの登録"))
    assert "もう登録されています" in again.content.decode()
    assert "二度めの登録" in again.content.decode()


def test_the_form_begins_with_the_organisation_it_was_opened_from(client, desk):
    one = make_town.resource(by=desk)

    answer = client.get(f"{ADMIN}add/?organization={one.organization.pk}")

    assert f'value="{one.organization.name}"' in answer.content.decode()


# --- put right and confirmed ------------------------------------------------


def test_a_change_is_recorded_but_never_the_words_of_whom_to_call(desk):
    one = make_town.resource(by=desk, **WHOM)

    resources.change(one, by=desk, phone="046-888-6666", capacity="1回20人")

    said = OrganizationRecord.objects.order_by("-sequence").first().text.text
    assert "受けられる数：（なし） → 1回20人" in said
    assert "電話番号を書き直しました" in said
    assert not any("046-888" in record.text.text for record in OrganizationRecord.objects.all())


@pytest.mark.both
def test_a_page_overtaken_by_another_is_answered_409_with_both(client, desk):
    one = make_town.resource(by=desk)
    resources.change(one, by=desk, told="同僚が書いたこと")
    mine = typed(told="わたしが書いたこと", version=one.version)

    answer = client.post(url(one, "edit/"), mine)

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "同僚が書いたこと" in body and "わたしが書いたこと" in body
    with pytest.raises(Stale):
        resources.verify(one, by=desk, version=one.version)


def test_what_nobody_confirmed_for_a_year_is_stale_until_it_is(client, desk):
    one = make_town.resource(by=desk, verified_on=timezone.localdate() - timedelta(366))
    assert one.is_stale and list(Resource.objects.stale()) == [one]
    assert "未確認" in client.get(url(one)).content.decode()

    client.post(url(one, "verify/"), {"version": one.version, "on": str(timezone.localdate())})

    assert not reload(one).is_stale and not Resource.objects.stale().exists()


def test_whom_to_call_is_opened_by_a_press_that_is_noted(client, desk):
    one = make_town.resource(by=desk, **WHOM)
    assert WHOM["phone"] not in client.get(url(one)).content.decode()

    opened = client.post(url(one, "contact/"))

    assert WHOM["phone"] in opened.content.decode()
    assert Reading.objects.get().detail == f"地域資源：{one}"
    client.post(url(one, "contact/"), WHOM | {"version": one.version, "contact_name": "架空の別の人"})
    assert reload(one).contact_name == "架空の別の人"


# --- consent and leaving ----------------------------------------------------


def test_without_a_yes_it_is_kept_but_not_shown(client, desk):
    one = make_town.resource(by=desk, consent="not_asked")
    assert list(Resource.objects.kept()) == [one] and not Resource.objects.shown().exists()
    assert "まだ聞いていません" in client.get(url(one)).content.decode()

    told = {"version": one.version, "consent": "yes", "on": str(timezone.localdate())}
    client.post(url(one, "consent/"), told | {"heard": "代表の方から電話で"})

    assert list(Resource.objects.shown()) == [one]
    assert "紹介してよい（代表の方から電話で）" in OrganizationRecord.objects.order_by("-pk")[0].text.text


@pytest.mark.both
def test_one_that_leaves_is_gone_at_once_and_whom_to_call_with_it(client, desk):
    one = make_town.resource(by=desk, **WHOM)
    other = make_town.resource(one.organization, by=desk, kind="activity", name="架空の朝市")
    assert "元に戻せません" in client.get(url(one, "remove/")).content.decode()

    client.post(url(one, "remove/"), {"version": 0, "reason": "外してほしいと連絡", "everything": "on"})

    assert not Resource.objects.kept().exists()
    assert (reload(one).phone, reload(other).removed_on) == ("", timezone.localdate())
    assert client.get(url(one)).status_code == 404
    with pytest.raises(NotAllowed, match="もう外されています"):
        resources.remove(one, by=desk, reason="もう一度")
    assert records.first_bad(OrganizationRecord) is None


def test_one_that_left_returns_only_with_a_yes_said_since(desk):
    one = make_town.resource(by=desk)
    resources.remove(one, by=desk, reason="外してほしいと連絡")

    with pytest.raises(NotAllowed, match="外しています"):
        make_town.resource(one.organization, by=desk, consent="not_asked")

    assert make_town.resource(one.organization, by=desk) != one


# --- the list ---------------------------------------------------------------


@pytest.mark.both
def test_the_list_is_narrowed_by_words_area_field_form_and_standing(client, desk):
    one = make_town.resource(by=desk, offers="調理室", areas=["綾瀬市"], forms=["場所を貸す"])
    make_town.resource(by=desk, activities=["食の支援"], consent="not_asked")

    for asked in (
        {"q": "調理"},
        {"q": one.organization.name},
        {"area": "綾瀬市"},
        {"activity": "居場所づくり"},
        {"form": "場所を貸す"},
        {"state": "shown"},
    ):
        assert client.get(ADMIN, asked).context["found"] == [one], asked


def test_pages_of_the_list_hold_each_entry_once(client, desk, monkeypatch):
    monkeypatch.setattr("proposals.desk.resources.PAGE", 2)
    made = [make_town.resource(by=desk) for _ in range(5)]

    seen, address = [], ADMIN
    while address:
        context = client.get(address).context
        seen += context["found"]
        address = context["next_url"]

    assert sorted(one.pk for one in seen) == [one.pk for one in made]


@pytest.mark.parametrize("asked", ["area=架空市", "q=a&q=b", "page=2", "after=x"])
def test_a_list_narrowed_to_nonsense_is_a_bad_request(client, desk, asked):
    assert client.get(f"{ADMIN}?{asked}").status_code == 400


def test_the_list_asks_a_bounded_number_of_statements(client, desk, django_assert_max_num_queries):
    for _ in range(12):
        make_town.resource(by=desk)

    with django_assert_max_num_queries(8):
        client.get(ADMIN)


def test_an_organisation_s_page_leads_to_what_it_offers(client, desk):
    one = make_town.resource(by=desk, activities=["就労支援"])

    body = client.get(f"/admin/proposals/organization/{one.organization.pk}/").content.decode()

    assert url(one) in body and "就労支援" in body


def test_what_an_organisation_page_saves_is_refused_by_no_entry(desk):
    one = make_town.resource(by=desk)

    organizations.change(one.organization, by=desk, name="架空の会の新しい名")

    assert str(reload(one)) == "架空の会の新しい名"


@pytest.mark.both
def test_two_organisations_made_one_have_each_entry_once_and_a_no_stands(desk):
    one = make_town.resource(by=desk, activities=["就労支援"], offers="作業場")
    other = make_town.resource(by=desk, consent="no", **WHOM)
    fair = make_town.resource(other.organization, by=desk, kind="activity", name="架空の朝市")

    organizations.merge(other.organization, one.organization, by=desk)

    one = reload(one)
    assert (one.activities, one.offers) == (["就労支援", "居場所づくり"], "作業場")
    assert (one.consent, one.phone) == ("no", WHOM["phone"])
    assert set(Resource.objects.kept()) == {one, fair}


# --- files ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_register_as_a_file_names_those_with_consent_and_reads_back_unchanged(client, desk, kind):
    one = make_town.resource(by=desk, offers="調理室", **WHOM)
    silent = make_town.resource(by=desk, consent="not_asked")

    data = client.get(f"{ADMIN}export/", {"format": kind}).content

    table = read_table(data)
    assert [row["団体名"] for row in table.rows] == [one.organization.name]
    assert silent.organization.name not in str(table.rows) and WHOM["email"] not in str(table.rows)
    assert resource_rows.preview(table).summary == "取り込み 0・変更 0・変更なし 1・拒否 0"


def test_a_file_is_narrowed_as_the_list_and_refuses_nonsense(client, desk):
    make_town.resource(by=desk)

    empty = client.get(f"{ADMIN}export/", {"format": "csv", "area": "綾瀬市"}).content

    assert not read_table(empty).rows
    assert client.get(f"{ADMIN}export/", {"format": "pdf"}).status_code == 400
