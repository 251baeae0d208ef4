"""Tables in three encodings, in and out."""

from datetime import date
from decimal import Decimal

import pytest

from cityhall.tables import EXTRA, UnencodableText, UnreadableTable, read_table, write_csv

TEXT = "番号,件名\r\nP01,架空の提案①\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp932"), "cp932"),
    ],
)
def test_a_table_is_read_in_three_encodings(data, encoding):
    table = read_table(data)

    assert table.encoding == encoding
    assert table.columns == ["番号", "件名"]
    assert table.rows == [{"番号": "P01", "件名": "架空の提案①"}]


def test_a_table_is_read_from_a_path(tmp_path):
    path = tmp_path / "台帳.csv"
    path.write_bytes(TEXT.encode())

    table = read_table(path)

    assert len(table.rows) == 1


def test_short_rows_are_filled_and_empty_rows_left_out_with_lines_kept():
    table = read_table("番号,件名,備考,\nP01,一\n\n,,\nP02,二,三\n".encode())

    assert table.rows == [
        {"番号": "P01", "件名": "一", "備考": ""},
        {"番号": "P02", "件名": "二", "備考": "三"},
    ]
    assert table.lines == [2, 5]


def test_cells_beyond_the_headings_are_kept_for_the_reader_to_refuse():
    table = read_table("番号,件名\nP01,一,二,,三\n".encode())

    assert table.rows == [{"番号": "P01", "件名": "一", EXTRA: "二、三"}]


def test_line_breaks_inside_quotes_are_kept_and_do_not_move_the_lines():
    table = read_table('番号,備考\nP01,"一\n二"\nP02,三\n'.encode())

    assert [row["備考"] for row in table.rows] == ["一\n二", "三"]
    assert table.lines == [2, 3]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空です"),
        (b" \r\n ", "空です"),
        (b"\xff\xfe\xfd\xa0", "文字コード"),
        (b"PK\x03\x04\x00\x00", "表として読めません"),
        ("番号,件名\n".encode("utf-16"), "表として読めません"),
        (",,\nP01,一,二\n".encode(), "見出しがあるか"),
        ("番号,,件名\nP01,一,二\n".encode(), "2列目に見出し"),
        ("番号,件名,番号\nP01,一,二\n".encode(), "「番号」が2つ"),
        ('番号,件名\nP01,"一\n'.encode(), "CSVとして読めません"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_japanese(data, said):
    with pytest.raises(UnreadableTable, match=said):
        read_table(data)


def test_a_missing_file_is_refused_in_japanese(tmp_path):
    with pytest.raises(UnreadableTable, match=r"「ない\.csv」を開けません（見つかりません）"):
        read_table(tmp_path / "ない.csv")
    with pytest.raises(UnreadableTable, match="（フォルダーです）"):
        read_table(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_what_is_written_is_read_again(encoding):
    rows = [["P01", "髙﨑の①～②"], ["P02", '改行\nあり,引用"符'], ["P03", ""]]

    table = read_table(write_csv(["番号", "件名"], rows, encoding))

    assert table.encoding == encoding
    assert [list(row.values()) for row in table.rows] == rows


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"])
def test_text_that_looks_like_a_formula_is_guarded_and_comes_back_as_typed(text):
    written = write_csv(["件名"], [[text]])

    assert f"'{text}" in written.decode("utf-8-sig")
    assert read_table(written).rows == [{"件名": text}]


def test_numbers_and_days_are_written_plain():
    written = write_csv(["数", "率", "日", "空"], [[-5, Decimal("0.3333"), date(2026, 4, 1), None]])

    assert written.decode("utf-8-sig").splitlines()[1] == "-5,0.3333,2026-04-01,"


def test_characters_cp932_lacks_are_reported_by_row_and_nothing_is_written():
    with pytest.raises(UnencodableText) as caught:
        write_csv(["番号", "件名"], [["P01", "無事"], ["P02", "𠮷野家と café ♥♥"]], "cp932")

    assert caught.value.places == [(3, "件名", "𠮷é♥")]
    assert str(caught.value) == "CP932では書けない文字があります：3行目「件名」の𠮷é♥"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (",".join(f"列{n}" for n in range(100_000)).encode(), "見出しが200列より多い"),
        (b"a\n" + b"\n" * 300_000, "200,000行より長い"),
        (b'a\n"' + b"x" * 200_000 + b'"\n', "長すぎる欄"),
    ],
    ids=["100,000 headings", "300,000 lines", "a cell without end"],
)
def test_a_csv_made_to_harm_is_refused_in_words_at_once(data, why):
    with pytest.raises(UnreadableTable, match=why):
        read_table(data)
