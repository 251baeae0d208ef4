"""What may be stored, what is searched, and the codes of forms."""

import unicodedata

import pytest

from cityhall import text

AS_TYPED = [
    "①㈱㎡",
    "髙﨑",
    "𠮷野家",
    "葛󠄀飾",
    "〜−‖—",
    "café",
    "神戸の福塚",
    "👨‍👩‍👧と🇯🇵",
    "ﾊﾟﾝﾀﾞ",
    "＝ＳＵＭ",
    " 前後の空白　",
]


@pytest.mark.parametrize("typed", AS_TYPED)
def test_text_is_stored_as_typed(typed):
    assert text.clean(typed) == typed


def test_kana_and_their_marks_are_composed():
    assert text.clean("か\u3099く") == "がく"


def test_lines_and_tabs_stay_in_long_text_only():
    assert text.clean("一\r\n二\t三", multiline=True) == "一\n二\t三"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("文字化け\ufffd", "読めない文字"),
        ("\ud800", "読めない文字"),
        ("一\n二", "改行"),
        ("一\r二", "改行"),
        ("一\t二", "タブ"),
        ("一\x00二", "U\\+0000"),
        ("一\x1b二", "U\\+001B"),
        ("一\x7f二", "U\\+007F"),
        ("一\x85二", "U\\+0085"),
    ],
)
def test_broken_and_control_characters_are_refused_in_japanese(typed, said):
    with pytest.raises(ValueError, match=said):
        text.clean(typed)


def test_long_text_refuses_other_control_characters():
    with pytest.raises(ValueError, match="制御文字"):
        text.clean("一\n\x08", multiline=True)


@pytest.mark.parametrize(
    ("typed", "blank"),
    [("", True), (" 　\n", True), ("\u200b\ufeff", True), ("\u200bあ", False), ("0", False)],
)
def test_blank_is_what_nobody_sees(typed, blank):
    assert text.is_blank(typed) is blank


@pytest.mark.parametrize(
    ("typed", "seen"), [("提案", 2), ("𠮷野", 2), ("葛󠄀飾", 2), ("か\u3099", 1), ("e\u0301x\u0323\u0302", 2)]
)
def test_length_counts_what_a_person_sees(typed, seen):
    assert text.length(typed) == seen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｺｳｴﾝ", "こうえん"),
        ("パーク", "ぱーく"),
        ("ＺＡＭＡ ｶﾌｪ", "zama カフェ"),
        ("㈱座間", "(株)座間"),
        ("①", "1"),
        ("神", unicodedata.normalize("NFKC", "神")),
        ("葛󠄀飾", "葛飾"),
        ("防災 訓練", "防災　訓練"),
    ],
)
def test_one_search_key_for_two_ways_of_writing(one, other):
    assert text.search_key(one) == text.search_key(other)


def test_different_kanji_stay_different_in_a_search_key():
    assert text.search_key("髙橋") != text.search_key("高橋")


@pytest.mark.parametrize(
    "name",
    [
        "株式会社架空ひまわり",
        "架空ひまわり株式会社",
        "㈱架空ひまわり",
        "架空 ヒマワリ(株)",
        "ＮＰＯ法人 架空・ひまわり",
    ],
)
def test_one_name_key_whatever_the_legal_form(name):
    assert text.name_key(name) == text.name_key("架空ひまわり")


def test_a_name_that_is_only_a_legal_form_keeps_its_key():
    assert text.name_key("協同組合") == "協同組合"


@pytest.mark.parametrize(
    ("typed", "digits"), [("０４６-252", "046252"), ("①号", "1"), ("なし", ""), ("٣", "")]
)
def test_digits(typed, digits):
    assert text.digits(typed) == digits


def test_half_width_katakana_become_full_and_letters_stay():
    assert text.full_katakana("ﾊﾟﾝ abc 12") == "パン abc 12"


@pytest.mark.parametrize(
    ("typed", "is_so"),
    [("ざま たろう", True), ("ざまー", True), ("ザマ", False), ("座間", False), (" ", False)],
)
def test_hiragana(typed, is_so):
    assert text.is_hiragana(typed) is is_so


@pytest.mark.parametrize(
    "typed",
    ["4011001098993", "7123456789012", "2120901007402", "3000020141003", "３０００－０２０１－４１００３"],
)
def test_corporate_numbers_with_their_check_digit(typed):
    assert text.corporate_number(typed) == text.digits(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1234567890123", "検査用数字"),
        ("123", "13桁"),
        ("", "13桁"),
        ("30000201410O3", "13桁"),
        ("T3000020141003", "13桁"),
    ],
)
def test_a_wrong_corporate_number_is_refused(typed, said):
    with pytest.raises(ValueError, match=said):
        text.corporate_number(typed)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0462527966", "046-252-7966"),
        ("０４６（２５２）７９６６", "046-252-7966"),
        ("+81 46 252 7966", "046-252-7966"),
        ("０９０１２３４５６７８", "090-1234-5678"),
        ("0120123456", "0120-123-456"),
    ],
)
def test_phone_numbers(typed, written):
    assert text.phone(typed) == written


@pytest.mark.parametrize("typed", ["", "252-7966", "電話なし", "0" * 30])
def test_what_is_no_phone_number_is_refused(typed):
    with pytest.raises(ValueError, match="電話番号"):
        text.phone(typed)


@pytest.mark.parametrize("typed", ["2528566", "252-8566", "〒２５２－８５６６", "252ー8566"])
def test_postal_codes(typed):
    assert text.postal_code(typed) == "252-8566"


def test_a_wrong_postal_code_is_refused():
    with pytest.raises(ValueError, match="7桁"):
        text.postal_code("25-8566")
