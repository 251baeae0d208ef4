"""定期報告: due, chased, handed in, returned, taken, with photos and files."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cityhall.models import OutgoingMail, Role
from cityhall.refusal import NotAllowed, Stale
from proposals.services import chasing
from tests import make, make_trips
from trips.models import Report
from trips.services import (
    accept_report,
    drop_report,
    hand_in,
    plan_reports,
    return_report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_trips.report()


def member_of(report):
    return make.member(report.trip.department)


def written(report, **more):
    told = {"by": member_of(report), "done": "2回届けた。", "version": report.version}
    return hand_in(report, **{**told, **more})


def test_reports_are_planned_month_by_month_to_the_months_end(time_machine):
    time_machine.move_to(timezone.now().replace(year=2026, month=5, day=12, hour=3))
    trip = make_trips.started()

    plan_reports(trip, by=make.desk(), first_on=date(2026, 8, 31), every=1, times=3)

    assert [report.due_on for report in trip.reports.all()] == [
        date(2026, 8, 31),
        date(2026, 9, 30),
        date(2026, 10, 31),
    ]


def test_more_reports_go_on_counting(report):
    plan_reports(report.trip, by=make.desk(), first_on=timezone.localdate(), times=2)

    assert [str(one) for one in report.trip.reports.all()][-1] == "第3回 定期報告"


def test_reports_are_not_planned_before_the_start_nor_for_a_day_gone_by():
    today = timezone.localdate()

    with pytest.raises(NotAllowed, match="②TRIP 1に入ってから"):
        plan_reports(make_trips.trip(), by=make.desk(), first_on=today)
    with pytest.raises(NotAllowed, match="今日からの日"):
        plan_reports(make_trips.started(), by=make.desk(), first_on=today - timedelta(1))
    with pytest.raises(NotAllowed, match="36回まで"):
        plan_reports(make_trips.started(), by=make.desk(), first_on=today, times=37)


@pytest.mark.both
def test_a_report_goes_to_the_desk_comes_back_and_is_taken(report):
    report = written(report)
    report = return_report(report, by=make.desk(), why="何世帯かも書いてください。", version=report.version)
    assert (report.state, report.is_to_write) == (Report.State.RETURNED, True)
    report = written(report, done="2回、12世帯に届けた。")

    report = accept_report(report, by=make.desk(), version=report.version)

    assert (report.state, report.returned_why) == (Report.State.ACCEPTED, "")
    told = [record.data["did"] for record in report.trip.records.filter(kind="report")]
    assert told == ["planned", "handed_in", "returned", "handed_in", "accepted"]


def test_only_the_section_hands_in_and_only_the_desk_takes(report):
    with pytest.raises(NotAllowed, match="主に担当する課だけ"):
        written(report, by=make.desk())
    report = written(report)
    for deed in (accept_report, lambda *a, **k: return_report(*a, why="書き直し", **k)):
        with pytest.raises(NotAllowed):
            deed(report, by=member_of(report), version=report.version)


def test_nobody_takes_their_own_report(report):
    both = member_of(report)
    make.posting(both, Role.DESK)
    report = written(report, by=both)

    with pytest.raises(NotAllowed, match="ほかの人が受け取ります"):
        accept_report(report, by=both, version=report.version)


def test_a_report_rewritten_meanwhile_is_not_taken_unread(report):
    report = written(report)
    seen = report.version
    report = return_report(report, by=make.desk(), why="数も", version=seen)
    written(report, done="書き直した。")

    with pytest.raises(Stale, match="変わりました"):
        accept_report(report, by=make.desk(), version=seen)


def test_a_report_needs_words_and_a_return_a_reason(report):
    with pytest.raises(NotAllowed, match="したことを"):
        written(report, done="　")
    report = written(report)
    with pytest.raises(NotAllowed, match="もう出されています"):
        written(report)
    with pytest.raises(NotAllowed, match="理由を"):
        return_report(report, by=make.desk(), why="　", version=report.version)


def test_a_report_nobody_wrote_can_be_taken_off_the_plan(report):
    drop_report(report, by=make.desk(), reason="休止のため")

    assert not report.trip.reports.exists()


def test_a_report_handed_in_stays_on_the_plan(report):
    with pytest.raises(NotAllowed, match="出された報告は"):
        drop_report(written(report), by=make.desk(), reason="要らない")


# --- letters --------------------------------------------------------------------


@pytest.mark.both
def test_a_report_is_reminded_of_before_its_day_and_chased_after_it(time_machine):
    time_machine.move_to(timezone.now().replace(year=2026, month=6, day=1, hour=1))
    section = make.department("架空の所管課", email="section@example.com")
    trip = make_trips.started(section=section)
    plan_reports(trip, by=make.desk(), first_on=date(2026, 6, 12))
    days = (date(2026, 6, day) for day in (5, 10, 11, 12, 15, 16))

    queued = [chasing.chase(day) for day in days]

    assert queued == [0, 1, 0, 0, 1, 0]
    letter = OutgoingMail.objects.filter(about=trip.number).order_by("pk").last()
    assert "第1回 定期報告の期限が過ぎています" in letter.subject
    assert f"共創プロジェクト　{trip.number}" in letter.body
    assert "受付番号" not in letter.body


def test_a_report_handed_in_is_chased_no_more(time_machine):
    time_machine.move_to(timezone.now().replace(year=2026, month=6, day=1, hour=1))
    section = make.department("架空の所管課", email="section@example.com")
    report = make_trips.report(make_trips.started(section=section), on=date(2026, 6, 12))
    assert chasing.chase(date(2026, 6, 10)) == 1
    written(report)

    assert chasing.chase(date(2026, 6, 15)) == 0
    assert not OutgoingMail.objects.filter(about=report.trip.number, state="queued").exists()


def test_a_section_hears_by_letter_that_a_report_is_to_be_written_anew():
    section = make.department("架空の所管課", email="section@example.com")
    report = written(make_trips.report(make_trips.started(section=section)))

    report = return_report(report, by=make.desk(), why="何世帯かも。", version=report.version)

    letter = OutgoingMail.objects.get(about=report.trip.number)
    assert "第1回 定期報告の書き直し" in letter.subject
    assert "何世帯かも" not in letter.body
    assert reverse("trips:write_one", args=[report.trip.number, "report", report.pk]) in letter.body


def test_a_resting_trip_is_not_chased(time_machine):
    time_machine.move_to(timezone.now().replace(year=2026, month=6, day=1, hour=1))
    section = make.department("架空の所管課", email="section@example.com")
    trip = make_trips.resting(
        make_trips.report(make_trips.started(section=section), on=date(2026, 6, 12)).trip
    )

    assert chasing.chase(date(2026, 6, 15)) == 0
    assert make_trips.reload(trip).resting_since == date(2026, 6, 1)
