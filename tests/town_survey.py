"""A survey's answers as a table: sixty fictional organisations of the four cities."""

from datetime import date

from cityhall.tables import write_csv, write_xlsx
from proposals import town

HEADINGS = (
    *(
        "団体名",
        "団体区分",
        "活動名",
        "活動の内容",
        "活動の分野",
        "支援の形",
        "区域",
        "曜日・時間",
        "出せるもの",
    ),
    *("求めるもの", "受けられる数", "連絡する人", "メールアドレス", "電話番号"),
    *("紹介してよいか", "それを聞いた日", "内容を確かめた日"),
)
KINDS = ("市民活動団体", "NPO法人", "社会福祉法人等", "企業", "大学・研究機関")
WHO = ("ひだまり", "ひまわり", "せせらぎ", "あおぞら", "こもれび", "そよかぜ")
DOES = {
    "居場所づくり": "居場所の会",
    "食の支援": "こども食堂",
    "学習支援": "学習支援の会",
    "子育て": "子育てひろば",
    "就労支援": "はたらく支度",
    "生活サポート": "くらしの手",
    "住まいの支援": "住まいの相談室",
    "高齢・介護": "見守りの会",
    "防災・見守り": "自主防災会",
    "環境・みどり": "みどりの会",
}
DAYS = ("平日の昼", "火・木の16時から18時", "土曜の午前", "第2日曜")


def rows(count: int = 60) -> list[list]:
    """The rows: every tenth was not asked whether it may be named, every fifteenth said no."""
    return [_row(n) for n in range(count)]


def as_csv(count: int = 60) -> bytes:
    """The table as CSV."""
    return write_csv(HEADINGS, rows(count))


def as_xlsx(count: int = 60) -> bytes:
    """The table as a workbook."""
    return write_xlsx(HEADINGS, rows(count), title="地域資源")


def name(n: int) -> str:
    """The name of the n-th organisation."""
    field = list(DOES)[n % len(DOES)]
    return f"架空{WHO[n // len(DOES) % len(WHO)]}{DOES[field]}"


def _row(n: int) -> list:
    field = list(DOES)[n % len(DOES)]
    second = town.ACTIVITIES[(n * 7 + 3) % len(town.ACTIVITIES)]
    forms = {town.FORMS[n % len(town.FORMS)], town.FORMS[(n * 3 + 1) % len(town.FORMS)]}
    areas = {town.AREAS[n % 4], town.AREAS[(n // 4) % 4]}
    said = "まだ聞いていない" if n % 10 == 9 else "紹介しない" if n % 15 == 14 else "紹介してよい"
    heard = "" if n % 10 == 9 else date(2026, 10, 1)
    return [
        *(name(n), KINDS[n % len(KINDS)], "", f"架空の活動{n + 1}です。"),
        *("、".join(sorted({field, second})), "、".join(sorted(forms)), "、".join(sorted(areas))),
        *(DAYS[n % len(DAYS)], f"手伝う人{n % 12 + 1}人", "活動する場所", f"1回{n % 20 + 5}人まで"),
        *(f"架空の世話人{n + 1}", f"town{n + 1}@example.com", f"046-252-{7000 + n}"),
        *(said, heard, heard),
    ]
