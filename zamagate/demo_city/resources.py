"""The town's register, all fictional: who may be named, who was not asked yet, whose entry grew old."""

from datetime import timedelta

from proposals.models import Resource
from proposals.services import resources
from zamagate.demo_city.city import City

OLDER = timedelta(days=500)
# organisation, its kind, activity, fields, forms of help, areas, days, what it has, what it wishes for
# fmt: off
ROWS = [
    ("架空こども食堂Y", "市民活動団体", "",
     "食の支援 居場所づくり", "場を開く 人が手伝う",
     "座間市",
     "第2・第4土曜の11時から14時", "食卓20席、調理室", "食材、運ぶ人"),
    ("架空自治会Z", "市民活動団体", "",
     "防災・見守り 居場所づくり", "場所を貸す 知らせを広める",
     "座間市",
     "平日の昼", "集会所、回覧板、防災倉庫", "機材の貸し出し"),
    ("架空学習支援の会かくう", "市民活動団体", "",
     "学習支援 子育て", "人が手伝う 技術・講師",
     "座間市 海老名市",
     "火・木の16時から18時", "登録ボランティア12人", "駅に近い部屋"),
    ("NPO法人架空みどりの会", "NPO法人", "落ち葉の堆肥づくり", "環境・みどり", "技術・講師 人が手伝う",
     "座間市 綾瀬市", "日曜の午前", "堆肥づくりの手ほどき", "落ち葉の置き場"),
    ("社会福祉法人架空ひだまり", "社会福祉法人等", "",
     "高齢・介護 生活サポート", "相談を受ける 場所を貸す",
     "座間市",
     "平日の9時から17時", "相談員3人、送迎車1台", "若い人の手伝い"),
    ("架空生活協同組合", "企業", "",
     "食の支援 高齢・介護", "物を出す 人が手伝う",
     "座間市 綾瀬市 大和市 海老名市",
     "毎日", "配達の人、規格外の食材", "届け先の団体"),
    ("架空かながわ学園大学", "大学・研究機関", "",
     "学習支援 文化・スポーツ", "人が手伝う 技術・講師",
     "大和市 座間市",
     "授業のある期間", "学生サークル8つ、講堂", "活動する場"),
    ("NPO法人架空はたらく支度", "NPO法人", "", "就労支援 ひきこもり・不登校", "相談を受ける 働く場を出す",
     "座間市 大和市", "平日の午後", "職場体験の段取り", "受け入れる職場"),
    ("架空にぎわい商店会", "市民活動団体", "夕方の朝市",
     "商い・にぎわい", "場を開く 知らせを広める",
     "座間市",
     "毎月第1日曜", "店先12軒、放送", "出店する人"),
    ("架空住まいの相談室", "NPO法人", "", "住まいの支援 生活サポート", "相談を受ける 団体どうしをつなぐ",
     "綾瀬市 海老名市", "月・水・金", "空き家の相談員", "不動産の専門家"),
    ("架空ことばの広場", "市民活動団体", "",
     "多文化 学習支援", "場を開く 人が手伝う",
     "大和市 綾瀬市",
     "土曜の午後", "通訳のできる人6人", "教材"),
    ("架空スポーツクラブ座", "企業", "",
     "文化・スポーツ 障がい", "場所を貸す 技術・講師",
     "座間市",
     "平日の昼", "体育室の空き時間", "介助のできる人"),
]
# fmt: on
NOT_ASKED, OLD = {"架空スポーツクラブ座", "架空ことばの広場"}, {"架空住まいの相談室", "架空自治会Z"}
KINDS = {
    "市民活動団体": "civic",
    "NPO法人": "npo",
    "社会福祉法人等": "welfare",
    "企業": "company",
    "大学・研究機関": "university",
}


def load(city: City) -> None:
    """Entered once by the desk; an earlier load stays as it was."""
    if Resource.objects.exists():
        return
    with city.ago(40):
        for row in ROWS:
            _add(city, *row)


def _add(city: City, name, kind, activity, fields, forms, areas, days, offers, wants) -> None:
    heard = city.day(40)
    resources.add(
        {"name": name, "kind": KINDS[kind]},
        by=city.desk,
        kind=Resource.Kind.ACTIVITY if activity else Resource.Kind.ORGANIZATION,
        name=activity,
        activities=fields.split(),
        forms=forms.split(),
        areas=areas.split(),
        days=days,
        offers=offers,
        wants=wants,
        consent="not_asked" if name in NOT_ASKED else "yes",
        consent_on=None if name in NOT_ASKED else heard,
        verified_on=None if name in NOT_ASKED else heard - OLDER if name in OLD else heard,
        is_fictional=True,
    )
