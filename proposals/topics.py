"""④ 該当するテーマ: the fifteen topics of a つなぐシート, and those a case's fields speak of."""

from collections.abc import Iterable

TOPICS = [
    "健康・障がい",
    "高齢・介護",
    "こども・子育て",
    "学び・学校",
    "ひきこもり・不登校",
    "収入・生活",
    "仕事・働くこと",
    "住まい",
    "居場所・つながり",
    "防災・安全",
    "環境・みどり",
    "産業・にぎわい",
    "文化・スポーツ",
    "まちの場所・施設",
    "手続き・デジタル",
]
# the fields of the public form, in the sheet's finer words: where one begins, the desk adds and takes away
OF_FIELD = {
    "福祉・健康": ["健康・障がい"],
    "こども・教育": ["こども・子育て"],
    "防災・安全": ["防災・安全"],
    "環境": ["環境・みどり"],
    "産業・にぎわい": ["産業・にぎわい"],
    "文化・スポーツ": ["文化・スポーツ"],
    "地域コミュニティ": ["居場所・つながり"],
    "まちづくり・住まい": ["住まい", "まちの場所・施設"],
    "行政DX": ["手続き・デジタル"],
}


def topics_of(fields: Iterable[str]) -> list[str]:
    """The topics a case's fields speak of, in the sheet's order."""
    spoken_of = {topic for field in fields for topic in OF_FIELD.get(field, ())}
    return [topic for topic in TOPICS if topic in spoken_of]
