"""Photos and papers of a TRIP, and the pages of its reports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cityhall.refusal import NotAllowed
from cityhall.uploads import store
from proposals.services import attachments
from tests import make, make_files, make_trips
from trips.models import Report, TripFile
from trips.services import accept_report, advance, attach, hand_in, remove_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_trips.report()


def member_of(report):
    return make.member(report.trip.department)


def written(report, **more):
    told = {"by": member_of(report), "done": "2回届けた。", "version": report.version}
    return hand_in(report, **{**told, **more})


# --- photos and files ------------------------------------------------------------


def test_a_report_comes_with_its_photos(report):
    report = written(report, files=[make_files.upload("写真.png")])

    file = report.files.get()
    assert (file.original_name, file.trip) == ("写真.png", report.trip)
    assert store.place_of(file.name).is_file()


def test_a_file_the_gate_refuses_refuses_the_report_whole(report):
    bad = SimpleUploadedFile("会計.xlsm", b"PK\x03\x04")

    with pytest.raises(NotAllowed, match="会計"):
        written(report, files=[bad])

    assert make_trips.reload(report).state == Report.State.AWAITED


def test_six_files_at_once_are_refused():
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="一度に5つまで"):
        attach(trip, by=make.desk(), files=[make_files.upload() for _ in range(6)])


def test_a_trips_files_are_known_to_the_sweep_and_the_scanner():
    trip = make_trips.started()
    attach(trip, by=make.desk(), files=[make_files.upload()])

    assert TripFile in attachments.kinds()
    assert attachments.sweep_files() == []


def test_a_photo_is_taken_off_but_not_from_a_report_that_was_taken(report):
    loose = attach(report.trip, by=make.desk(), files=[make_files.upload()])[0]
    remove_file(loose, by=make.desk())
    report = written(report, files=[make_files.upload()])
    accept_report(report, by=make.desk(), version=report.version)

    with pytest.raises(NotAllowed, match="受け取り済み"):
        remove_file(report.files.get(), by=make.desk())

    assert TripFile.objects.count() == 1


def test_a_photo_leaves_for_those_who_work_with_the_trip_alone(client):
    trip = make_trips.started()
    name = attach(trip, by=make.desk(), files=[make_files.upload()])[0].name
    stranger = make.member(make.department("架空のほかの課"))
    path = reverse("files", args=["trip-file", name])
    seen = {}

    for who in (stranger, make.desk(), make.member(trip.department)):
        client.force_login(who)
        seen[who] = client.post(path).status_code

    assert list(seen.values()) == [404, 200, 200]


# --- pages ------------------------------------------------------------------------


def test_the_section_writes_a_report_on_its_page_and_the_desk_takes_it(as_, report):
    trip = report.trip
    to_write = reverse("trips:write_one", args=[trip.number, "report", report.pk])
    sent = {"done": "2回届けた。", "version": report.version, "files": [make_files.upload()]}
    answer = as_(member_of(report)).post(to_write, sent)
    assert answer.url == trip.get_absolute_url()
    desk = as_(make.desk())
    assert "受け取りを待つ定期報告" in desk.get(reverse("admin:index")).text
    page = desk.get(reverse("trips:report", args=[trip.number, 1]))
    assert "2回届けた。" in page.text
    assert "図.png" in page.text

    taking = reverse("trips:write_one", args=[trip.number, "report-accept", report.pk])
    desk.post(taking, {"version": report.version + 1})

    assert make_trips.reload(report).is_accepted


def test_a_section_has_no_page_to_take_its_own_report(as_, report):
    taking = reverse("trips:write_one", args=[report.trip.number, "report-accept", report.pk])

    assert as_(member_of(report)).get(taking).status_code == 404


def test_an_outdated_page_of_a_report_keeps_its_words(as_, report):
    path = reverse("trips:write_one", args=[report.trip.number, "report", report.pk])

    page = as_(member_of(report)).post(path, {"done": "私の文", "version": report.version + 5})

    assert "変わりました" in page.text
    assert "私の文" in page.text


def test_what_is_not_of_this_trip_is_not_there(as_, report):
    other = make_trips.started()
    for args in ([other.number, "report", report.pk], [report.trip.number, "event", report.pk]):
        assert as_(make.desk()).get(reverse("trips:write_one", args=args)).status_code == 404
    assert as_(make.desk()).get(reverse("trips:write", args=[other.number, "report"])).status_code == 404


def test_the_section_home_says_what_its_trips_ask_for(as_, report):
    home = as_(member_of(report)).get(reverse("section:home")).text

    assert "第1回 定期報告" in home
    assert report.trip.title in home


def test_the_end_names_the_report_that_is_out(report):
    trip = make_trips.ready_to_close(report.trip)

    with pytest.raises(NotAllowed, match="第1回 定期報告を受け取るか"):
        advance(trip, "end", by=make.head(trip.department), note="役目を終えた")
