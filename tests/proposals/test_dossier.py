"""案件のひとまとめ: everything in order of time, what is blacked out stands nowhere, and time ends it."""

import hashlib
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.files import download
from cityhall.models import Reading
from cityhall.refusal import NotAllowed
from cityhall.uploads import store
from proposals import tasks
from proposals.dossier import content, ink, pack
from proposals.files import find_dossier
from proposals.models import Attachment, Dossier
from proposals.services import asking_for, attachments, dossiers, hearings
from proposals.workflow import Kind, Step
from tests import make, make_files
from tests.make_dossier import ALL, made, read_back, unpacked, words
from tests.make_talk import ask, reply
from tests.services import private

pytestmark = pytest.mark.django_db
NAME, PHONE, SECRET = "架空秘太郎", "046-252-7966", "秘伝のつけだれの配合はこちら"


@pytest.fixture
def can_print():
    private.need("pango")


@pytest.fixture
def desk(client):
    person = make.desk(name="架空窓口花子")
    client.force_login(person)
    return person


@pytest.fixture
def case(desk):
    told = make.proposal(Step.HEARING, by=desk, activity=SECRET, nondisclosure=["取組の内容"])
    told.contact.__class__.objects.filter(proposal=told).update(name=NAME, phone=PHONE)
    ask(told, desk, text=f"{NAME}さんに伺います。0462527966 でよいですか。{SECRET}")
    reply(told, "架空 秘太郎です。はい。")
    return make.reload(told)


def attach(case, name, data):
    message = case.messages.first()
    return attachments.attach_to_message(message, [make_files.upload(name, data)])[0]


def test_everything_stands_in_it_in_order_of_time(can_print, case, desk, tmp_path):
    said = words(unpacked(made(case, desk))["case.pdf"], tmp_path)

    parts = [
        case.number,
        "案件のひとまとめ",
        "令和",
        NAME,
        PHONE,
        SECRET,
        "つなぐシート",
        "受付の確かめ",
        "お尋ね",
    ]
    assert [part for part in parts if part not in said] == []
    assert said.index("初回相談") < said.index("受付の確かめ") < said.index("対象になることを確かめました")


def test_what_is_blacked_out_stands_nowhere_in_the_file(can_print, case, desk, tmp_path):
    files = unpacked(made(case, desk, **ALL))

    said = words(files["case.pdf"], tmp_path)
    hidden = [NAME, PHONE, "0462527966", "kaku@example.com", SECRET, "架空窓口花子"]
    assert [word for word in hidden if word in said] == []
    assert [word for word in hidden for data in files.values() if word.encode() in data] == []
    assert all(
        f"伏せました（{why}）" in said
        for why in ("連絡先", "個人の氏名", "提案者が非公開を希望", "職員の氏名")
    )


def test_chosen_messages_records_and_papers_are_gone(can_print, case, desk, tmp_path):
    paper = attach(case, "秘密の図.png", make_files.png())
    message = case.messages.order_by("pk").last()
    record = case.records.filter(kind=Kind.GATE).get()
    chosen = {"messages": [message.pk], "records": [record.pk], "papers": [paper.pk]}

    files = unpacked(made(case, desk, **chosen))

    said = words(files["case.pdf"], tmp_path)
    assert "架空秘太郎です" not in said
    assert record.text.text not in said
    assert "秘密の図" not in said + "".join(files)
    assert sorted(files) == ["SHA256SUMS.txt", "case.pdf"]


def test_files_go_along_with_their_hashes_and_dangerous_ones_never(can_print, case, desk):
    good, bad = attach(case, "図.png", make_files.png()), attach(case, "図2.png", make_files.png())
    Attachment.objects.filter(pk=bad.pk).update(scan="infected")

    files = unpacked(made(case, desk))

    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS.txt"].decode().splitlines())
    assert set(sums) == {"case.pdf", "files/01_図.png"}
    assert all(hashlib.sha256(files[place]).hexdigest() == digest for place, digest in sums.items())
    assert sums["files/01_図.png"] == good.sha256
    assert store.place_of(good.name).is_file()


def test_every_font_is_embedded_and_the_pdf_is_tagged(can_print, case, desk, tmp_path):
    pdf = unpacked(made(case, desk))["case.pdf"]

    listed = read_back(pdf, tmp_path, "pdffonts").splitlines()[2:]
    assert listed
    assert all(re.search(r"yes yes (yes|no)\s+\d+\s+0$", line) for line in listed)
    assert "Tagged:          yes" in read_back(pdf, tmp_path, "pdfinfo")


def test_the_fingerprint_is_that_of_the_file(can_print, case, desk):
    dossier = made(case, desk)

    assert hashlib.sha256(pack.place_of(dossier).read_bytes()).hexdigest() == dossier.sha256


# --- ordered ------------------------------------------------------------------


def test_who_when_and_why_is_recorded_once(case, desk):
    first = dossiers.order_dossier(case, by=desk, reason="監査", redactions=ALL)
    second = dossiers.order_dossier(case, by=desk, reason="監査", redactions=ALL)

    record = case.records.order_by("sequence").last()
    assert first == second
    assert (record.by, "監査" in record.text.text, "連絡先" in record.text.text) == (desk, True, True)
    assert case.records.filter(data__dossier=first.pk).count() == 1


def test_without_a_reason_or_the_desk_none_is_made(case):
    with pytest.raises(NotAllowed, match="作るわけ"):
        dossiers.order_dossier(case, by=make.desk(), reason=" ", redactions={})
    with pytest.raises(NotAllowed, match="窓口だけ"):
        dossiers.order_dossier(case, by=make.manager(), reason="監査", redactions={})


def test_the_sweep_makes_what_no_worker_was_asked_for_once(can_print, case, desk):
    dossiers.order_dossier(case, by=desk, reason="監査", redactions={})

    assert [tasks.make_waiting_dossiers(), tasks.make_waiting_dossiers()] == [1, 0]


def test_one_that_stops_three_times_says_so(case, desk):
    order = dossiers.order_dossier(case, by=desk, reason="監査", redactions={})
    long_ago = timezone.now() - timedelta(hours=1)
    Dossier.objects.update(state="making", started_at=long_ago, attempts=3)

    tasks.make_waiting_dossiers()

    order.refresh_from_db()
    assert (order.state, "3回" in order.error) == ("failed", True)


# --- handed out and forgotten ----------------------------------------------------


def test_the_desk_alone_takes_it_and_that_is_noted(can_print, case, desk, rf):
    dossier = made(case, desk)
    others = [make.manager(), make.admin(), make.head(make.department()), make.member(make.department())]
    request = rf.get("/")
    request.user = desk

    answer = download(request, "dossier", dossier.name)

    assert io.BytesIO(b"".join(answer.streaming_content)).read(2) == b"PK"
    assert [find_dossier(person, dossier.name) for person in others] == [None] * 4
    assert Reading.objects.filter(by=desk).exists() or Reading.objects.exists()


def test_after_its_days_it_is_gone_and_that_it_was_made_stays(can_print, case, desk):
    dossier = made(case, desk)
    place = pack.place_of(dossier)

    before = dossiers.forget_old(timezone.localdate())
    after = dossiers.forget_old(dossier.forget_on)

    dossier.refresh_from_db()
    assert (before, after, place.is_file()) == (0, 1, False)
    assert (dossier.state, dossier.reason, find_dossier(desk, dossier.name)) == (
        "forgotten",
        "情報公開請求 第1号",
        None,
    )


def test_the_page_orders_one_and_shows_what_is_blacked_out_by_itself(client, case, desk):
    address = f"/admin/proposals/proposal/{case.number}/dossier/"
    page = client.get(address)

    empty = client.post(address, {"version": case.version, "reason": ""})
    client.post(address, {"version": case.version, "reason": "監査", "contact": "on", "names": "on"})

    assert [
        page.context["form"].initial.get(n, page.context["form"][n].initial) for n in ("contact", "names")
    ] == [True] * 2
    assert empty.context["form"].errors["reason"]
    assert Dossier.objects.get().redactions == {"contact": True, "names": True}
    assert "順番を待っています" in client.get(address).text


# --- what sections said -------------------------------------------------------


def test_a_sheet_is_told_whole_and_its_people_are_blacked_out(case, desk):
    sheet = case.hearings.get()
    member, head = (
        make.member(sheet.department, name="架空下書子"),
        make.head(sheet.department, name="架空課長夫"),
    )
    asking_for.wish(sheet, by=member, text="曜日はいつですか。")
    hearings.answer(sheet, by=head, drafted_by=member, answer="yes", next_step="見に行く", tellable="unnamed")

    told = str(content.Telling(case, {ink.STAFF: True}).entries())

    assert all(
        words in told for words in ("曜日はいつですか。", "見に行く", "内容だけ（課の名前は出さない）")
    )
    assert [name for name in (member.name, head.name) if name in told] == []
