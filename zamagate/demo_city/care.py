"""What the desk keeps at hand, the 文例, and what it adds to a case."""

from proposals.models import Measure, Proposal, ReplyText
from proposals.services import assessing, encounters, todos
from zamagate.demo_city.city import City
from zamagate.demo_city.walks import cases

TEXTS = (
    (
        "お礼と次の予定",
        "ご提案をありがとうございます。内容を確かめ、5開庁日のうちに窓口からご連絡します。",
    ),
    (
        "面談の日のご相談",
        "詳しくお話をうかがいたく、ご都合のよい日を3つほどお知らせください。オンラインでも構いません。",
    ),
    (
        "関係課に尋ねています",
        "いま、関係する課に尋ねています。返事がそろいましたら、窓口からお知らせします。",
    ),
)
MARKS = {
    1: (2, ""),
    2: (3, "外出をためらう人が、行ける道を選べるようになる。"),
    3: (2, ""),
    4: (1, ""),
    9: (2, ""),
}
SECOND_TODO = "見学に来る人の名簿の扱いを、課と決める"
OF_SECOND = {1: (2, ""), 2: (1, ""), 3: (2, ""), 4: (3, "部屋は無料で使え、持ち出しがない。"), 9: (2, "")}


def load(city: City) -> None:
    """Masters, and on a few cases what an officer adds; what is there already stays."""
    for order, (title, text) in enumerate(TEXTS, start=1):
        ReplyText.objects.get_or_create(title=title, defaults={"text": text, "order": order})
    _contacts(city)
    _reading(city)


def _case(slug: str) -> Proposal:
    return Proposal.objects.get(title=cases()[slug]["title"], is_fictional=True)


def _contacts(city: City) -> None:
    case, day = _case("campus"), city.day(20)
    if case.encounters.exists():
        return
    text = "会場になる部屋を見せていただきました。土曜の午後なら使えるそうです。"
    with city.ago(20):
        encounters.note_encounter(case, by=city.desk, kind="call", on=day, text=text, key="demo-campus")
    with city.ago(2):
        what = "部屋を使える曜日を、電話で確かめる"
        todos.add(case, by=city.desk, text=what, key="demo-campus", owner=city.desk, due_on=city.today)
        todos.add(case, by=city.desk, text=SECOND_TODO, key="demo-campus-2", owner=city.second)


def _reading(city: City) -> None:
    case = _case("campus")
    if not case.is_open:
        return
    with city.ago(2):
        if not case.assessments.filter(reader=city.desk).exists():
            first = Measure.objects.filter(kind=Measure.Kind.STANCE)[:1]  # they come with the tables
            assessing.assess(case, by=city.desk, marks=MARKS, measures=first)
        if not case.assessments.filter(reader=city.second).exists():
            assessing.assess(case, by=city.second, marks=OF_SECOND)
