"""案件のひとまとめ: which files go along and which do not; what is blacked out stands in none of them."""

import hashlib
import json

import pytest

from logicmodels import pdf
from logicmodels.models import Edition
from logicmodels.services.papers import make_paper, order_paper
from proposals import letters
from proposals.dossier import papers
from proposals.dossier.content import Telling
from proposals.dossier.papers import sorted_out
from proposals.models import Attachment, DecisionPaper
from proposals.services import announcing, attachments
from tests import make, make_deciding, make_files
from tests.make_dossier import ALL, made, read_back, unpacked, words
from tests.make_talk import reply
from tests.services import private

pytestmark = pytest.mark.django_db
BOSS, CALLER, CLERK = "架空 代表子", "架空 連絡男", "架空窓口花子"


@pytest.fixture
def can_print():
    private.need("pango")


@pytest.fixture
def desk():
    return make.desk(name=CLERK)


@pytest.fixture
def case(desk, can_print):
    """Decided from the paper 決裁 and told by letter, with a logic model drawn here."""
    section = make.department("こども家庭課")
    told = make_deciding.referred(section, representative=BOSS, activity=f"{CALLER}が週に1度うかがいます。")
    type(told.contact).objects.update(name=CALLER)
    make_deciding.prepared(told, desk)
    make_deciding.decide(told, make.head(section))
    told = make.reload(told)
    announcing.announce(told, by=desk, text=letters.draft(told), document_number="座市協第12号")
    assert announcing.print_waiting() == 1
    return make.reload(told)


def sums(files):
    return dict(line.split("  ")[::-1] for line in files["SHA256SUMS.txt"].decode().splitlines())


def going(case, **redactions):
    return [paper.place for paper in sorted_out(Telling(case, redactions))[0]]


def staying(case, **redactions):
    return dict(sorted_out(Telling(case, redactions))[1])


def test_nothing_a_reader_would_miss_is_missing(case, desk):
    files = unpacked(made(case, desk))

    assert sorted(files) == [
        "SHA256SUMS.txt",
        "case.pdf",
        "files/01_決裁.pdf",
        "files/02_結果のお知らせ.pdf",
        f"files/03_ロジックモデル_{model_of(case)}_第1版.pdf",
        "files/04_判断のときに見たもの.json",
    ]


def model_of(case):
    return case.decisions.get().seen["model"]["model"]


def test_the_list_of_hashes_is_the_list_of_files(case, desk, tmp_path):
    files = unpacked(made(case, desk))

    listed = sums(files)
    assert {**listed, "SHA256SUMS.txt": ""}.keys() == files.keys()
    assert all(hashlib.sha256(files[place]).hexdigest() == digest for place, digest in listed.items())
    said = words(files.pop("case.pdf"), tmp_path)
    assert [place for place in files if place != "SHA256SUMS.txt" and listed[place] not in said] == []


def test_the_copy_of_the_paper_decision_is_the_very_file(case, desk):
    paper = DecisionPaper.objects.get()

    files = unpacked(made(case, desk))

    assert sums(files)["files/01_決裁.pdf"] == paper.sha256


def test_what_the_head_had_before_them_has_the_fingerprint_of_the_record(case, desk):
    decision = case.decisions.get()

    files = unpacked(made(case, desk))

    place = "files/04_判断のときに見たもの.json"
    assert sums(files)[place] == decision.seen_hash == decision.record.data["seen"]
    assert json.loads(files[place]) == decision.seen


def test_the_paper_once_made_of_the_logic_model_is_the_one_that_goes_along(case, desk):
    paper = order_paper(Edition.objects.get(model__proposal=case), by=desk, size="A4")
    make_paper(paper.pk)
    paper.refresh_from_db()
    pdf.place_of(paper).write_bytes(b"as it was made")

    files = unpacked(made(case, desk))

    assert files[f"files/03_ロジックモデル_{model_of(case)}_第1版.pdf"] == b"as it was made"


def test_what_is_blacked_out_stands_in_no_file_no_name_and_no_mark_of_a_pdf(case, desk, tmp_path):
    reply(case, f"{CALLER.replace(' ', '')}です。")

    files = unpacked(made(case, desk, **ALL))

    pdfs = [data for name, data in files.items() if name.endswith(".pdf") and "決裁" not in name]
    told = [words(pdf, tmp_path) for pdf in pdfs] + [read_back(pdf, tmp_path, "pdfinfo") for pdf in pdfs]
    told += [*files, *(data.decode() for name, data in files.items() if name.endswith((".txt", ".json")))]
    hidden = [BOSS, CALLER, CLERK, "kaku@example.com"]
    assert len(pdfs) == 2
    assert [word for word in hidden for text in told if word.replace(" ", "") in text.replace(" ", "")] == []


def test_a_letter_with_a_name_to_hide_stays_out_and_why_is_said(case, desk, tmp_path):
    files = unpacked(made(case, desk, names=True))

    assert not [name for name in files if "お知らせ" in name]
    assert "伏せる言葉があるため" in words(files["case.pdf"], tmp_path)
    assert "座市協第12号" in words(files["case.pdf"], tmp_path)


@pytest.mark.parametrize("words", ["改行\nのある言葉", '"引用"のある言葉'])
def test_hidden_words_are_found_however_a_file_writes_them_down(case, desk, words):
    decision = case.decisions.get()
    type(decision).objects.update(
        seen=decision.seen | {"costs": [{"term": "費用", "value": f"これは{words}"}]}
    )
    message = reply(case, words)

    places = going(make.reload(case), messages=[message.pk])

    assert not [place for place in places if place.endswith(".json")]


def test_a_copy_the_desk_leaves_out_is_named_nowhere(case, desk):
    chosen = {"decision_papers": [DecisionPaper.objects.get().pk]}

    left = staying(case, **chosen)

    assert not [place for place in going(case, **chosen) if "決裁" in place]
    assert left["■■■■（窓口が選択）（紙の決裁の写し（採用））"] == papers.COVERED


def test_a_file_that_is_lost_is_told_and_stops_nothing(case, desk):
    attachments.attach_to_message(reply(case), [make_files.upload("図.png", make_files.png())])
    Attachment.objects.update(name="no-such-file")

    left = staying(make.reload(case))

    assert left["図.png（やりとりの添付資料）"] == papers.GONE
    assert made(case, desk).state == "ready"


def test_the_desk_is_offered_the_copies_to_leave_out(client, case, desk):
    client.force_login(desk)
    address = f"/admin/proposals/proposal/{case.number}/dossier/"
    kept = DecisionPaper.objects.get().pk

    client.post(address, {"version": case.version, "reason": "監査", "decision_papers": [kept]})

    assert case.dossiers.get().redactions == {"decision_papers": [kept]}
