"""紙・電話の受付を入れる: what is known is enough, the days must be possible."""

import pytest
from django.utils import timezone

from proposals.models import Origin, Proposal, Track
from proposals.services.receipts import open_receipt
from proposals.workflow import Kind
from tests import make

pytestmark = pytest.mark.django_db
ADD = "/admin/proposals/proposal/add/"


def typed(**fields):
    return {
        "track": "proposal",
        "first_contact_on": "2026-05-28",
        "received_on": "2026-06-01",
        "organization_name": "架空商店",
        "organization_kind": "sole_trader",
        "title": "架空の朝市で野菜を届けたい",
        "overview": "電話で聞きました。週に一度、野菜を届けたいそうです。",
        **fields,
    }


def test_a_telephone_call_becomes_a_case_with_its_two_days(client, desk):
    response = client.post(ADD, typed())

    case = Proposal.objects.get()
    assert response.url == f"/admin/proposals/proposal/{case.number}/code/"
    assert (str(case.first_contact_on), str(case.received_on)) == ("2026-05-28", "2026-06-01")
    assert (case.origin, case.officer, case.is_fictional) == (Origin.STAFF, desk, True)


def test_a_consultation_has_no_day_of_receipt(client, desk):
    client.post(ADD, typed(track="consultation"))

    case = Proposal.objects.get()
    assert (case.track, case.received_on) == (Track.CONSULTATION, None)
    assert list(case.records.values_list("kind", flat=True)) == [Kind.FIRST_CONTACT]


def test_impossible_days_are_told_and_what_was_typed_stays(client, desk):
    page = client.post(ADD, typed(first_contact_on="2026-06-02"))

    assert "初回相談日 ≦ 受付日 ≦ 今日" in page.text
    assert "架空の朝市で野菜を届けたい" in page.text
    assert not Proposal.objects.exists()


def test_a_day_may_be_written_as_the_city_writes_it(client, desk):
    client.post(ADD, typed(first_contact_on="令和8年5月28日", received_on=""))

    case = Proposal.objects.get()
    assert (str(case.first_contact_on), case.received_on) == ("2026-05-28", timezone.localdate())


def test_what_is_wrong_is_told_at_its_field(client, desk):
    page = client.post(
        ADD, typed(organization_name="", phone="12", corporate_number="1234567890123", track="")
    )

    assert set(page.context["form"].errors) == {"organization_name", "phone", "corporate_number", "track"}


@pytest.mark.parametrize("maker", ["manager", "admin"])
def test_nobody_but_the_desk_enters_cases(client, maker):
    client.force_login(getattr(make, maker)())

    assert client.post(ADD, typed()).status_code == 404
    assert not Proposal.objects.exists()


def test_two_presses_of_the_button_are_one_case(client, desk):
    key = client.get(ADD).context["form"]["key"].value()

    addresses = {client.post(ADD, typed(key=key)).url for _ in range(2)}

    assert (len(addresses), Proposal.objects.count()) == (1, 1)


def test_going_back_and_keying_in_another_call_asks_first(client, desk):
    key = client.get(ADD).context["form"]["key"].value()
    client.post(ADD, typed(key=key))

    page = client.post(ADD, typed(key=key, title="架空の別の電話"))

    assert "として受け付けています" in page.text
    assert "架空の別の電話" in page.text
    client.post(ADD, typed(key=page.context["form"]["key"].value(), title="架空の別の電話"))
    assert Proposal.objects.count() == 2


# --- how it came, and the slip -----------------------------------------------


def test_a_visit_is_the_first_contact_and_who_sent_them_is_kept(client, desk):
    client.post(ADD, typed(how="visit", route="section", route_note="架空課の架空さんから"))

    case = Proposal.objects.get()
    met = case.encounters.get()
    assert (met.kind, str(met.on), met.record.kind) == ("visit", "2026-05-28", Kind.FIRST_CONTACT)
    note = case.records.get(kind=Kind.NOTE)
    assert (note.data, note.text.text) == (
        {"came": {"how": "visit", "route": "section"}},
        "架空課の架空さんから",
    )
    page = client.get(f"/admin/proposals/proposal/{case.number}/change/").text
    assert "来庁で届きました（庁内の課から）" in page


def test_a_paper_form_is_keyed_in_with_all_it_says_and_nothing_more_is_asked(client, desk):
    told = {"benefit": "短い。", "cost": "none", "rights": "none", "requests": ["広報"], "sharing": "all"}

    client.post(ADD, typed(how="paper", contact_name="架空花子", ways=["電話"], **told))

    case = Proposal.objects.get()
    words = case.latest_submission
    assert (words.benefit, words.cost, words.requests, words.sharing) == ("短い。", "none", ["広報"], "all")
    assert (case.contact.name, case.contact.ways) == ("架空花子", ["電話"])
    assert not case.encounters.exists()


def test_without_mail_the_way_leads_to_the_slip(client, desk):
    response = client.post(ADD, typed())

    assert response.url == f"/admin/proposals/proposal/{Proposal.objects.get().number}/code/"


def test_the_slip_shows_number_and_code_once_and_two_presses_give_the_same(client, desk):
    client.post(ADD, typed())
    case = Proposal.objects.get()
    address = f"/admin/proposals/proposal/{case.number}/code/"
    form = client.get(address).context["form"]
    pressed = {name: form[name].value() for name in ("version", "stamp")}

    codes = [client.post(address, pressed).context["code"] for _ in range(2)]

    assert codes[0] == codes[1]
    assert open_receipt(case.number, codes[0]) == case
    assert codes[0] not in client.get(address).text
