"""What desk and fictional proposers wrote to each other, and how the verdicts were told."""

from proposals.services import announcing, conversation
from zamagate.demo_city import papers
from zamagate.demo_city.walks import Tale

CLOSING = "ご提案をありがとうございました。"
# open days before today, who asks, tells or replies, the words, the section whose question it is
TALK = [
    (
        7,
        "tell",
        "ご提案をありがとうございます。関係する課に同じ説明を繰り返さなくて済むよう、先に要点を整えます。",
    ),
    (7, "ask", "実験に使う部屋の広さと、一度に入れる人数を教えてください。"),
    (6, "reply", "部屋は60平方メートルほどで、こども10人と大人4人まで入れます。入口は通り側の1か所です。"),
    (2, "ask", "第何土曜日の何時からを考えていますか。", "こども家庭課"),
    (
        1,
        "ask",
        "材料の費用は、参加する方の負担ですか。決まっていなければ「未定」で構いません。",
    ),
]


def talk(tale: Tale) -> None:
    """Questions answered, and two that wait: the proposer's turn."""
    for number, (ago, verb, text, *section) in enumerate(TALK):
        said = {"text": text, "key": f"demo-{tale.walk.slug}-{number}"}
        said |= {"papers": papers.plan()} if verb == "reply" else {"by": tale.city.desk}
        if section:
            said["department"] = tale.city.sections[section[0]]
        with tale.city.ago(ago):
            getattr(conversation, verb)(tale.case, **said)
    tale.case = tale.fresh()


def announce(tale: Tale, ago: int, text: str) -> None:
    """The verdict reaches the proposer."""
    with tale.city.ago(ago):
        announcing.announce(tale.fresh(), by=tale.city.desk, text=f"{text}\n\n{CLOSING}")
    tale.case = tale.fresh()
