"""The words of the register of the town's strengths (地域資源): where, in which fields, and how one helps.

They follow the four cities' survey (seed 004: 活動内容 and 支援形態 of 157 asked, 63 answered) and join it to
the public form's words (分野, お願い).
"""

from collections.abc import Iterable

# people live without minding the city's border (seed 004): the four cities, and beyond
AREAS = ["座間市", "綾瀬市", "大和市", "海老名市", "そのほか"]
# fmt: off
ACTIVITIES = [
    "居場所づくり", "食の支援", "学習支援", "子育て", "就労支援", "生活サポート", "住まいの支援",
    "高齢・介護", "障がい", "ひきこもり・不登校", "防災・見守り", "環境・みどり",
    "文化・スポーツ", "商い・にぎわい", "多文化", "その他",
]
FORMS = [
    "相談を受ける", "場を開く", "人が手伝う", "物を出す", "場所を貸す",
    "働く場を出す", "技術・講師", "お金・寄附", "知らせを広める", "団体どうしをつなぐ",
]
# the public form's fields in the survey's finer words
OF_FIELD = {
    "福祉・健康": ["居場所づくり", "食の支援", "生活サポート", "高齢・介護", "障がい"],
    "こども・教育": ["学習支援", "子育て", "居場所づくり", "ひきこもり・不登校"],
    "防災・安全": ["防災・見守り"],
    "環境": ["環境・みどり"],
    "産業・にぎわい": ["商い・にぎわい", "就労支援"],
    "文化・スポーツ": ["文化・スポーツ"],
    "地域コミュニティ": ["居場所づくり", "多文化", "防災・見守り"],
    "まちづくり・住まい": ["住まいの支援"],
}
# what a proposer asks the city for, and which form of help answers it
OF_REQUEST = {
    "場所・フィールド": ["場所を貸す", "場を開く"],
    "広報": ["知らせを広める"],
    "庁内・地域団体とのつなぎ": ["団体どうしをつなぐ", "場を開く"],
    "職員の参加": ["人が手伝う"],
    "費用": ["お金・寄附"],
}
# what is hoped for, by the words of the public form's 持ち寄るもの, and the form of help that is
FORM_OF_KIND = {
    "人": "人が手伝う", "物": "物を出す", "資金": "お金・寄附", "場所": "場所を貸す",
    "技術・ノウハウ": "技術・講師", "ネットワーク": "団体どうしをつなぐ",
}
# by which words a text speaks of a field of activity
WORDS_OF_ACTIVITY = {
    "居場所づくり": ["居場所", "集い", "集まれる", "集まる場", "お茶", "一人で過ごす"],
    "食の支援": ["食材", "食堂", "夕食", "昼食", "昼ごはん", "弁当", "配食", "食品"],
    "学習支援": ["学習", "宿題", "勉強", "授業", "学び"],
    "子育て": ["子育て", "保護者", "親子", "育児", "学用品", "こども", "子ども"],
    "就労支援": ["就労", "働く場", "仕事につ", "就職", "職場体験"],
    "生活サポート": ["困窮", "生活の困りごと", "買い物", "家事", "見守り"],
    "住まいの支援": ["空き家", "住まい", "入居"],
    "高齢・介護": ["高齢", "介護", "認知症", "お年寄り", "外出のきっかけ", "外へ出る"],
    "障がい": ["障がい", "障害", "車いす", "段差", "手話"],
    "ひきこもり・不登校": ["ひきこもり", "不登校"],
    "防災・見守り": ["防災", "災害", "避難", "見守り", "備え"],
    "環境・みどり": ["環境", "落ち葉", "花壇", "花を", "花の", "緑", "ごみ", "リサイクル", "堆肥"],
    "文化・スポーツ": ["文化", "スポーツ", "音楽", "体操", "祭り"],
    "商い・にぎわい": ["商店", "にぎわい", "店先", "観光", "ひまわり"],
    "多文化": ["外国", "多文化", "日本語教室", "通訳"],
}
# fmt: on


def activities_of(fields: Iterable[str]) -> list[str]:
    """The survey's fields that the form's fields speak of, in the survey's order."""
    spoken_of = {activity for field in fields for activity in OF_FIELD.get(field, ())}
    return [activity for activity in ACTIVITIES if activity in spoken_of]


def forms_of(requests: Iterable[str]) -> list[str]:
    """The forms of help that answer a proposer's wishes, in the survey's order."""
    wished = {form for request in requests for form in OF_REQUEST.get(request, ())}
    return [form for form in FORMS if form in wished]
