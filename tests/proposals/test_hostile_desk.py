"""What nobody types, at the desk's addresses that read something: told in words (400), never a failure."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from proposals.models import DeskJob, Dossier, ProposalRecord, SavedFilter, TableImport
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

CASES, FIRMS = "/admin/proposals/proposal/", "/admin/proposals/organization/"
HUGE = "9" * 5000


@pytest.fixture
def desk():
    return make.desk()


@pytest.fixture
def typist(desk):
    client = Client(raise_request_exception=False)
    client.force_login(desk)
    return client


@pytest.fixture
def case():
    return make.submission()


NARROWED = [
    "q=%00", "q=a&q=b", "after=%00", "after=2026-01-01_2026-01-01", "after=2026-01-01_2026-01-01_R8_1",
    "after=0000-00-00_2026-01-01_R8-0001", f"department={HUGE}", f"theme={HUGE[:30]}", "officer=-1",
    "measure=1%20OR%201=1", "officer__password=x", "step__in=intake", "order_by=title", "list=mine&list=all",
    "list=%F0%9F", "list[]=mine", "category=%ED%A0%80", "overdue=%27;--", "page=2", "limit=1e309",
]  # fmt: skip


@pytest.mark.parametrize("asked", NARROWED)
def test_a_list_and_its_export_refuse_what_they_cannot_read(typist, asked):
    answer = typist.get(f"{CASES}?{asked}")

    assert asked.startswith("after") or typist.get(f"{CASES}export/?{asked}").status_code == 400

    assert answer.status_code == 400
    assert "読め" in answer.text


@pytest.mark.parametrize(
    "asked",
    ["q=%00", "q=a&q=b", "after=1&after=2", "after=0", f"after={HUGE}", "after=-1", "after=1e3", "kind=%00",
     "kind[]=npo", "merged_into=1", "after=999999"],
)  # fmt: skip
def test_the_list_of_organisations_refuses_what_it_cannot_read(typist, case, asked):
    answer = typist.get(f"{FIRMS}?{asked}")

    assert answer.status_code == 400
    assert "読め" in answer.text


@pytest.mark.parametrize("asked", ["from=-1", f"from={HUGE}", "from=１", "from=%00", "kind=x", "kind=%27"])
def test_the_record_of_a_case_refuses_what_it_cannot_read(typist, case, asked):
    assert typist.get(f"{CASES}{case.number}/history/?{asked}").status_code == 400


@pytest.mark.parametrize(
    "asked",
    ["merge/?into=%00", f"merge/?into={HUGE}", "merge/?q=%27", f"merge/?q={'あ' * 900}", "relate/?q=x",
     f"versions/?to={HUGE}", f"seeds/{'9' * 30}/drop/", f"waive/{'9' * 30}/", f"encounters/{HUGE}/",
     f"relate/{'R' * 900}/off/", "move/no-such-move/"],
)  # fmt: skip
def test_no_address_of_a_case_falls_over(typist, case, asked):
    assert typist.get(f"{CASES}{case.number}/{asked}").status_code in (200, 302, 400, 404)


# --- what is sent ---------------------------------------------------------------

JUNK = [
    "a\0b",
    HUGE,
    "-1",
    "' OR 1=1;--",
    "1e309",
    "１²",
    "９" * 30,
    "9999-99-99",
    "0001-01-01",
    "\ufffd[$ne](",
]
FIELDS = {
    "bulk/": ["kind", "case", "cases", "all", "query", "go", "token", "officer", "departments", "due_on"],
    "export/": ["format", "token"],
    "kept/": ["query", "name", "go", "is_shared"],
    "handover/": ["person", "to", "reason", "seen", "go"],
    "add/": [
        "track",
        "name",
        "first_contact_on",
        "received_on",
        "key",
        "corporate_number",
        "fields",
        "route",
    ],
    "{0}/dossier/": ["reason", "version", "names", "messages", "records", "papers", "decision_papers"],
    "{0}/merge/": ["other", "note", "version"],
    "{0}/relate/": ["other", "version"],
    "{0}/split/": ["title", "key", "version"],
    "{0}/read/": ["version"],
    "{0}/undo/": ["version"],
    "{0}/summary/": ["summary", "officer", "version", "was"],
    "{0}/summary/settle/": ["choice", "officer", "version", "was", "key"],
    "{0}/encounters/": ["kind", "on", "key", "is_sure"],
    "{0}/viewpoints/": ["level-1", "comment-1", "measures", "version"],
    "{0}/talk/texts/": ["choose", "text", "due_on"],
    "{0}/code/": ["code", "version"],
}


def world():
    rows = (ProposalRecord, DeskJob, Dossier, SavedFilter)
    return [model.objects.count() for model in rows]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_no_form_of_the_desk_falls_over_or_writes_what_nobody_types(typist, case, junk):
    before, wrong = world(), {}

    for address, names in FIELDS.items():
        sent = {name: [junk, junk] for name in names}
        code = typist.post(CASES + address.format(case.number), sent).status_code
        wrong |= {address: code} if code not in (200, 302, 400, 404, 409) else {}

    assert wrong == {}
    assert world() == before


@pytest.mark.parametrize(
    "choice", [{"all": "1", "query": "foo=1"}, {"all": "1", "query": "step=intake&step=x"}]
)
def test_a_deed_over_a_list_that_cannot_be_read_reaches_nobody(typist, case, choice):
    answer = typist.post(CASES + "bulk/", {"kind": "remind", "go": "do", "token": "t", **choice}, follow=True)

    assert "先に、案件を選んでください。" in answer.text
    assert not DeskJob.objects.exists()


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (f"{CASES}bulk/", {"kind": "remind", "cases": "R8\0001 R8-0002\0"}),
        (f"{CASES}bulk/", {"kind": "remind", "case": ["R8-0001\0", "\0"]}),
        (f"{CASES}kept/", {"go": "remove", "name": "a\0"}),
        (f"{CASES}{{0}}/merge/", {"other": "R8-0001\0"}),
        ("/logic-models/start/", {"case": "R8-0001\0"}),
    ],
)
def test_no_name_that_was_sent_is_looked_up_with_a_sign_a_database_refuses(typist, case, address, sent):
    assert typist.post(address.format(case.number), sent).status_code in (200, 302, 400, 404)


# --- the ledger -----------------------------------------------------------------


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(50_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("台帳.xlsx", bomb(), "広げると大きくなりすぎる表です。"),
        ("台帳.xlsx", b"PK\x03\x04" + b"x" * 99, "Excelの表として読めません。"),
        ("台帳.xls", b"\xd0\xcf\x11\xe0" + bytes(99), "パスワードを外し"),
        ("台帳.csv", "番号,区分\nK1,提案\n".encode("utf-16"), "表として読めません。"),
        ("台帳.csv", "番号,区分\nK1,提案\n".encode("euc-jp"), "文字コードがわかりません。"),
        ("台帳.csv", "番号,区分\nK1,提".encode()[:-1], "文字コードがわかりません。"),
        ("台帳.csv", b"\x00" * 99, "表として読めません。"),
        ("台帳.csv", ",".join(f"c{n}" for n in range(100_000)).encode(), "見出しが200列より多い"),
        ("\u202egpj.exe\0", b"%PDF-1.7", "見出し"),
        ("x" * 400, "番号,番号\n1,2\n".encode(), "見出し「番号」が2つあります。"),
    ],
)
def test_no_spreadsheet_made_to_harm_is_kept(typist, name, data, why):
    answer = typist.post("/admin/proposals/tableimport/ledger/", {"file": SimpleUploadedFile(name, data)})

    assert answer.status_code == 200
    assert why in answer.text
    assert not TableImport.objects.exists()
