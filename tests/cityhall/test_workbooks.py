"""XLSX in and out."""

import io
import random
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from cityhall.tables import UnreadableTable, read_table, write_xlsx

COLUMNS = ["番号", "件名", "受付日", "法人番号", "日数"]
ROW = ["R8-0001", "架空の提案①髙﨑", date(2026, 4, 20), "4011001098993", 7]


def book(*rows, columns=COLUMNS):
    return write_xlsx(columns, rows, title="案件の一覧")


def test_what_is_written_is_read_back_as_it_was():
    table = read_table(book(ROW))

    assert (table.encoding, table.columns) == ("xlsx", COLUMNS)
    assert table.rows == [dict(zip(COLUMNS, map(str, ROW), strict=True))]


def test_numbers_and_days_of_a_spreadsheet_are_read_as_people_write_them():
    table = read_table(book([4011001098993, 1.5, date(2026, 4, 1), True, None]))

    assert list(table.rows[0].values()) == ["4011001098993", "1.5", "2026-04-01", "はい", ""]


def test_text_that_looks_like_a_formula_stays_text():
    texts = ["=1+1", '=HYPERLINK("http://example.com")', "+1", "-1", "@x"]

    written = book(texts)

    cells = next(load_workbook(io.BytesIO(written)).active.iter_rows(min_row=2))
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        (text, "s", True) for text in texts
    ]
    xml = zipfile.ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml


def test_lines_are_numbered_as_the_spreadsheet_numbers_them():
    table = read_table(book(["P01"], [], ["P02"], columns=["番号"]))

    assert table.lines == [2, 4]


def test_a_locked_or_old_workbook_says_what_to_do():
    with pytest.raises(UnreadableTable, match="パスワードを外し"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_a_zip_that_is_no_workbook_says_what_to_do():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("memo.txt", "架空")

    with pytest.raises(UnreadableTable, match=r"\.xlsx で保存し直して"):
        read_table(out.getvalue())


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(210_000_000))

    with pytest.raises(UnreadableTable, match="大きくなりすぎる"):
        read_table(out.getvalue())


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_workbook_is_read_or_refused_in_words(seed):
    dice, data = random.Random(seed), bytearray(book(ROW, ROW))
    for _ in range(dice.randint(1, 40)):
        data[dice.randrange(4, len(data))] = dice.randrange(256)

    try:
        table = read_table(bytes(data))
    except UnreadableTable as refusal:
        assert str(refusal).endswith("。")
    else:
        assert table.columns


def test_a_lone_cell_far_away_is_refused_and_nothing_falls_over():
    out, far = io.BytesIO(), Workbook()
    far.active["A1"], far.active["A2"], far.active["A900000"] = "番号", "P01", "x"
    far.save(out)

    with pytest.raises(UnreadableTable, match="離れたところ"):
        read_table(out.getvalue())


def test_cells_far_to_the_right_are_not_read():
    out, far = io.BytesIO(), Workbook()
    far.active["A1"], far.active["A2"], far.active["XFD1"] = "番号", "P01", "x"
    far.save(out)

    assert read_table(out.getvalue()).columns == ["番号"]


NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("defghijk", "cdefghij", strict=True))
LAUGHS = f'<!DOCTYPE x [<!ENTITY k "{"ha" * 9}">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>'


def with_sheet(rows, before=""):
    """A workbook whose only sheet was written by hand."""
    whole, out = zipfile.ZipFile(io.BytesIO(book(ROW))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in whole.namelist():
            sheet = f"{before}<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"
            package.writestr(name, sheet if name.endswith("sheet1.xml") else whole.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (with_sheet(CELL.format("番号") + "<row/>" * 1_000_000), "大きくなりすぎる"),
        (with_sheet(CELL.format("番号") + "<row/>" * 210_000), "200,000行より長い"),
        (with_sheet(CELL.format("&c;" * 9), before=LAUGHS), "Excelの表として読めません"),
        (with_sheet(CELL.format("&c;"), before=OUTSIDE), "Excelの表として読めません"),
    ],
    ids=["a million rows in a few bytes", "rows without end", "words that multiply", "a file of the server"],
)
def test_a_workbook_made_to_harm_is_refused_in_words(data, why):
    with pytest.raises(UnreadableTable, match=why):
        read_table(data)


def test_joined_cells_say_their_words_once_and_a_formula_never_asked_says_nothing():
    out, joined = io.BytesIO(), Workbook()
    for row in (["番号", "件名"], ["P01", "=1+1"], ["P02", "架空"]):
        joined.active.append(row)
    joined.active.merge_cells("A2:A3")
    joined.save(out)

    table = read_table(out.getvalue())

    assert [list(row.values()) for row in table.rows] == [["P01", ""], ["", "架空"]]
