"""地域活動支援 at the desk: promised, delivered, taken back, and what KPI 5 makes of it."""

import datetime
from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.calendar import fiscal_year
from cityhall.workflow import NotAllowed
from kpi.queries import activities
from kpi.snapshot import Snapshot
from proposals.models import Delivery, OrganizationRecord, Support
from proposals.services import supports
from tests import make, make_matching

pytestmark = [pytest.mark.django_db, pytest.mark.both]
COMPANY = {"name": "架空企業X", "kind": "company"}
DINER = {"name": "架空こども食堂Y", "kind": "civic"}


@pytest.fixture
def desk():
    return make.desk()


def today():
    return timezone.localdate()


def promise(desk, **said):
    told = {"provider": COMPANY, "recipient": DINER, "purpose": "食材の提供", "promised_on": today()}
    return supports.promise(by=desk, **told | said)


def deliver(support, desk, *, ago=0, **said):
    return supports.deliver(support, by=desk, on=today() - timedelta(ago), **said)


def counted(year):
    """What KPI 5 says today: how many supports, how many times."""
    found = activities(Snapshot(today()), year).times_of
    return len(found), sum(found.values())


def test_a_promise_is_kept_on_both_trails_and_counts_nothing(desk):
    support = promise(desk, promise="毎月第2土曜に20人分")

    assert [one.kind for one in OrganizationRecord.objects.all()] == ["support", "support"]
    assert (
        support.provider.records.get().text.text == "架空こども食堂Yへ：約束：食材の提供。毎月第2土曜に20人分"
    )
    assert not Delivery.objects.exists()


def test_three_deliveries_move_the_figure_by_one_support_and_three_times(desk):
    support, year = promise(desk), fiscal_year(today())
    before = counted(year)

    for ago in (2, 1, 0):
        deliver(support, desk, ago=ago)

    assert (before, counted(year)) == ((0, 0), (1, 3))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"provider": {"name": "架空NPO法人U", "kind": "npo"}}, "数えません：提供者がNPO法人"),
        ({"provider": {"name": "架空の会", "kind": "civic"}}, "数えません：提供者が市民活動団体"),
        ({"recipient": {"name": "座間市", "kind": "city"}}, "数えません：受け手が市"),
        ({"recipient": {"name": "架空企業Z", "kind": "company"}}, "数えません：受け手が企業"),
    ],
)
def test_what_does_not_count_is_told_first_and_stored_when_meant(desk, said, words):
    with pytest.raises(supports.NotCounted, match=words):
        promise(desk, **said)
    assert not Support.objects.exists()

    support = promise(desk, **said, is_sure=True)

    deliver(support, desk)
    assert support.not_counted.startswith(words)
    assert counted(today().year)[0] == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"purpose": " "}, "目的"),
        ({"promised_on": datetime.date(2030, 1, 1)}, "今日まで"),
        ({"recipient": COMPANY, "is_sure": True}, "同じ団体"),
    ],
)
def test_what_cannot_be_is_refused(desk, said, words):
    with pytest.raises(NotAllowed, match=words):
        promise(desk, **said)


def test_the_same_press_twice_is_one_and_a_second_support_alike_is_refused(desk):
    first = promise(desk)

    assert promise(desk) == first
    with pytest.raises(NotAllowed, match="もうあります"):
        promise(desk, promise="ほかの中身")
    assert OrganizationRecord.objects.count() == 2


def test_a_day_to_come_is_a_promise(desk):
    with pytest.raises(NotAllowed, match="約束"):
        deliver(promise(desk), desk, ago=-1)


def test_a_day_counts_once(desk):
    support = promise(desk)
    first = deliver(support, desk, note="20人分")

    assert deliver(support, desk, note="20人分") == first
    with pytest.raises(NotAllowed, match="1日に1回"):
        deliver(support, desk, note="ほかの中身")


def test_a_wrong_day_is_taken_back_with_a_reason_on_both_trails(desk):
    support = promise(desk)
    wrong = deliver(support, desk)
    with pytest.raises(NotAllowed, match="わけ"):
        supports.take_back(wrong, by=desk, reason=" ")

    supports.take_back(wrong, by=desk, reason="別の団体の日だったため")

    assert not support.deliveries.exists()
    for one in (support.provider, support.recipient):
        assert "実施の取消し" in one.records.order_by("sequence").last().text.text


def test_a_promise_is_given_up_but_not_what_was_delivered(desk):
    kept, broken = promise(desk), promise(desk, purpose="場所の提供")
    deliver(kept, desk)

    supports.give_up(broken, by=desk, reason="場所がなくなったため")

    assert list(Support.objects.all()) == [kept]
    with pytest.raises(NotAllowed, match="実施のある"):
        supports.give_up(kept, by=desk, reason="やめたいため")


def test_only_the_desk_writes_supports(desk):
    with pytest.raises(NotAllowed, match="窓口"):
        promise(make.manager())


# --- the pages ---


def page_of(client, path, data=None):
    return client.post(path, data) if data is not None else client.get(path)


def test_the_page_asks_once_more_for_what_does_not_count(client, desk):
    client.force_login(desk)
    said = {
        "provider": "架空NPO法人U",
        "provider_kind": "npo",
        "recipient": "架空の会",
        "recipient_kind": "civic",
    }
    said |= {"purpose": "講師派遣", "promised_on": today().isoformat()}

    first = page_of(client, "/admin/proposals/support/add/", said)
    second = page_of(client, "/admin/proposals/support/add/", said | {"is_sure": "on"})

    assert "数えません：提供者がNPO法人" in first.content.decode()
    assert 'name="is_sure"' in first.content.decode()
    assert second.status_code == 302
    assert Support.objects.get().purpose == "講師派遣"


def test_a_case_and_a_partner_begin_the_form(client, desk):
    client.force_login(desk)
    case, partner = make_matching.case(), make_matching.partner("架空の食堂")

    shown = client.get(f"/admin/proposals/support/add/?proposal={case.number}&resource={partner.pk}")

    for words in (case.number, case.organization.name, "架空の食堂"):
        assert f'value="{words}"' in shown.content.decode()


def test_the_list_says_what_counts_and_asks_no_more_for_more(client, desk, django_assert_max_num_queries):
    client.force_login(desk)
    for n in range(3):
        deliver(promise(desk, purpose=f"架空の目的{n}"), desk)
    promise(desk, purpose="架空の約束")
    client.get("/admin/proposals/support/")

    with django_assert_max_num_queries(8):
        shown = client.get("/admin/proposals/support/").content.decode()

    assert "3件・3回" in shown
    assert "架空の約束" in shown
