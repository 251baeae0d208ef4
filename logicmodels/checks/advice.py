"""W1–W14: what is worth a second thought; nothing here stops anybody."""

import re
from collections.abc import Iterator

from logicmodels.chain import Chain
from logicmodels.vocabulary import OUTCOMES, Column, Side

Found = Iterator[tuple[str, str | None, str]]

MOST_IN_A_COLUMN, MOST_SIGNS = 7, 40  # legible on A4

CHANGE = re.compile(
    "増え|増や|減|高ま|広が|育|深ま|続く|続け|できる|なる|得る|得て|知る|知って|つながる|生まれ|変わ|安心|短く|早く|"
    "向上|拡大|創出|確立|解決|短縮|標準化|充実|改善|促進|醸成|形成|定着|増加|減少|軽減|活性化|実現"
)
QUANTITY = re.compile("[回件]数|開催|配布|実施|作成|設置|発行|[0-9０-９]+[回件部冊]")
GROWTH = re.compile("増加|減少|向上|短縮|改善")
SURVEY = re.compile("アンケート|調査票|記入票|満足度調査")
OWN_GAIN = re.compile("自社|当社|弊社|御社|貴社|売上|受注|契約数|市場シェア|ブランド")
FOR_ALL = re.compile("市民|地域|まち|街|住民|住ま|暮ら|子ども|高齢|家庭|だれもが|誰もが")
JARGON = re.compile(
    "エビデンス|ステークホルダー|アセスメント|スキーム|アジェンダ|インクルージョン|レジリエンス|エンパワメント|"
    "アウトリーチ|コンソーシアム|ソリューション|シナジー|スキル|ナレッジ|ウェルビーイング|EBPM|KPI|PDCA|SROI|DX|PFS|SIB"
)


def w1(chain: Chain) -> Found:
    for node in chain.at(*OUTCOMES):
        if (quantity := QUANTITY.search(node["text"])) and not CHANGE.search(node["text"]):
            yield (
                "W1",
                node["id"],
                f"「{quantity[0]}」はやった量の言葉です。アウトプットの列でも考えられます。",
            )
    for node in chain.at(Column.OUTPUT):
        if growth := GROWTH.search(node["text"]):
            yield "W1", node["id"], f"「{growth[0]}」は変化の言葉です。アウトカムの列でも考えられます。"


def w2(chain: Chain) -> Found:
    for node in chain.at(*OUTCOMES):
        if node["text"] and not CHANGE.search(node["text"]):
            yield "W2", node["id"], "変化の言葉がありません（増える・できるようになる など）。"
        elif node["text"] and not re.search("[がはもの]", node["text"]):
            yield "W2", node["id"], "だれが・何が変わるかがありません。"


def w3(chain: Chain) -> Found:
    for node in chain.nodes:
        told = node["indicators"]
        if told and all(SURVEY.search(i["source"] + i["name"]) and not i["reason"] for i in told):
            yield (
                "W3",
                node["id"],
                "測り方が記入票・アンケートだけです。理由を書くか、別の見方を足してください。",
            )


def w4(chain: Chain) -> Found:
    for node in chain.nodes:
        far = [end for end in chain.after(node) if end["column"] == Column.IMPACT]
        if far and node["place"] < Column.MID.place:
            yield "W4", node["id"], f"{far[0]['number']} へ、中期のアウトカムを飛ばしています。"


def w5(chain: Chain) -> Found:
    for node in chain.nodes:
        bare = [arrow for arrow in chain.arrows_to(node) if not arrow["evidence"]]
        if bare:
            yield "W5", node["id"], f"入ってくる矢印{len(bare)}本に、根拠（A〜D）がありません。"
    guesses = [arrow for arrow in chain.arrows if arrow["evidence"] == "D"]
    if len(guesses) * 2 > len(chain.arrows):
        yield "W5", None, f"矢印{len(chain.arrows)}本のうち{len(guesses)}本が仮説（D）です。"
        return
    for node in chain.nodes:
        grades = {arrow["evidence"] for arrow in chain.arrows_to(node)}
        if grades == {"D"}:
            yield "W5", node["id"], "入ってくる矢印が仮説（D）だけです。"


def w6(chain: Chain) -> Found:
    if not chain.content["assumptions"]:
        yield "W6", None, "前提がまだありません。"
    if not chain.content["external_factors"]:
        yield "W6", None, "外からの影響がまだありません。"


def w7(chain: Chain) -> Found:
    sides = {node["side"] for node in chain.at(Column.INPUT)}
    missing = [side.label for side in (Side.CITY, Side.PROPOSER) if side not in sides]
    if chain.at(Column.INPUT) and missing:
        yield "W7", None, f"{'・'.join(missing)}の持ち寄るものがまだありません。"


def w8(chain: Chain) -> Found:
    for node in chain.at(Column.IMPACT):
        if OWN_GAIN.search(node["text"]) and not FOR_ALL.search(node["text"]):
            yield "W8", node["id"], "提案者だけの利益に読めます。市民・地域にとっての変化も書いてください。"


def w9(chain: Chain) -> Found:
    if not chain.content["negative_effects"]:
        yield "W9", None, "起きうる良くないことを、まだ考えていません。"


def w10(chain: Chain) -> Found:
    told = [indicator for node in chain.nodes for indicator in node["indicators"]]
    if told and not any(i["baseline"] and i["baseline"] != "未計測" for i in told):
        yield "W10", None, "「はじめ」の値が一つもありません。"


def w11(chain: Chain, year: int | None) -> Found:
    for node in chain.at(Column.SHORT) if year else ():
        late = [i["due"] for i in node["indicators"] if (due := _fiscal_year(i["due"])) and due > year]
        if late:
            yield "W11", node["id"], f"短期のめざす日（{late[0]}）が、年度をまたいでいます。"


def _fiscal_year(due: str) -> int | None:
    """The fiscal year of 「令和9年度」 or 「令和9年2月」; None when it cannot be read."""
    found = re.search(r"令和(元|\d+)年(?:度|(\d+)月)", due)
    if not found:
        return None
    year = 2018 + (1 if found[1] == "元" else int(found[1]))
    return year - 1 if found[2] and int(found[2]) < 4 else year


def w12(chain: Chain) -> Found:
    for column in Column:
        if len(chain.at(column)) > MOST_IN_A_COLUMN:
            yield (
                "W12",
                None,
                f"{column.label}に{len(chain.at(column))}個あります。7個までだとA4でも読めます。",
            )
    for node in chain.nodes:
        if len(node["text"]) > MOST_SIGNS:
            yield "W12", node["id"], f"{len(node['text'])}字あります。40字までだとA4でも読めます。"


def w14(chain: Chain) -> Found:
    for node in chain.nodes:
        word = JARGON.search(node["text"])
        if word and not re.search(r"[（(]", node["text"]):
            yield "W14", node["id"], f"「{word[0]}」に、やさしい言葉を添えてください。"


RULES = (w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w12, w14)
