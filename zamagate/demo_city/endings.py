"""What became of the fictional cases: verdicts, conditions, journeys, and other ways out."""

from datetime import date, timedelta

from proposals.services import advance, answering, asking_for, decisions, seeds
from proposals.services.moves import leave
from trips import services
from trips.models import Trip
from zamagate.demo_city import journeys, trip00
from zamagate.demo_city.talks import announce, talk
from zamagate.demo_city.walks import Tale, answer_from

HALF_WAY = {  # what a member has written for the head to confirm
    "own_trouble": "避難所まで歩けない方への届け方が、決まっていません。",
    "answer": "if",
    "if_text": "夜と休みの日の連絡先が決まっていること。",
    "tellable": "named",
    "next_step": "担当係が、自治会の方と倉庫を見に行く",
    "next_when": "来月の初め",
}


def _decide(tale: Tale, name: str, ago: int, **told) -> None:
    with tale.city.ago(ago):
        head, day = tale.city.head(tale.lead), tale.city.day(ago)
        decisions.decide(tale.case, name, by=head, decided_on=day, draft_number=f"架空第{ago}号", **told)
    tale.case = tale.fresh()


def _plant(tale: Tale, ago: int, **told) -> None:
    with tale.city.ago(ago):
        seeds.plant(tale.fresh(), by=tale.city.desk, **told)


def _next_april(tale: Tale) -> date:
    return date(tale.city.today.year + 1, 4, 1)


def _open_trip(tale: Tale, ago: int, **told) -> Trip:
    with tale.city.ago(ago):
        return services.open_trip(tale.case, by=tale.city.desk, **told)


def _move(tale: Tale, trip: Trip, name: str, ago: int, **told) -> None:
    with tale.city.ago(ago):
        services.advance(trip, name, by=tale.city.head(tale.lead), **told)


def food(tale: Tale) -> None:
    """採用, and a journey that has come to ③."""
    _decide(tale, "go", 97, reason_code="effect")
    announce(tale, 96, "「採用」と決まりました。食材便のはじめ方を、こども家庭課と一緒に決めていきましょう。")
    parent = Trip.objects.get(number=trip00.NUMBER)
    reason = "フードバンクの「ダメ元で」の一言と、終わりを共有する約束の学びから"
    trip = _open_trip(tale, 95, title="空き便でつなぐ、こども食堂の食材便", parent=parent, reason=reason)
    writer = tale.city.member(tale.lead)
    with tale.city.ago(94):
        services.add_partner(trip, by=writer, name="架空こども食堂Y", role="受け取り、配る")
    _move(tale, trip, "start", 93)
    journeys.plan_food(tale, trip)
    for ago, deed, words in FOOD:
        with tale.city.ago(ago):
            told = dict(zip(WORDS.get(deed, ("text", "source")), words, strict=True))
            deed(Trip.objects.get(pk=trip.pk), by=writer, on=tale.city.day(ago), **told)
    with tale.city.ago(59):
        services.add_partner(trip, by=writer, name="架空自治会Z", role="配る日の声かけ")
    _move(tale, trip, "bear", 28)
    journeys.report_food(tale, trip)


FOOD = [  # open days before today, the deed, its words
    (90, services.add_event, ("はじめての食材便。こども食堂Yに12箱", "受取簿")),
    (72, services.add_result, ("direct", "月2回の食材便が定着", "受取簿", "架空こども食堂Y")),
    (60, services.add_event, ("自治会Zと打合せ。配る日に声をかけることに", "会議録")),
    (58, services.add_result, ("indirect", "2つの課が月1回集まる", "会議録", "こども家庭課")),
    (45, services.add_result, ("latent", "宿題の場所がない子への気づき", "発言", "架空運輸株式会社")),
    (32, services.add_review, ("便は続けられる。受け取る人手が足りない週は自治会に助けてもらった", "会議録")),
    (30, services.add_result, ("indirect", "自治会Zへも運ぶことに", "会議録", "架空自治会Z")),
]
WORDS = {services.add_result: ("kind", "text", "evidence", "said_by")}


def yard(tale: Tale) -> None:
    """採用, then cancelled before it started."""
    _decide(tale, "go", 100, reason_code="effect")
    announce(tale, 99, "「採用」と決まりました。始める日を、こども家庭課と一緒に決めていきましょう。")
    trip = _open_trip(tale, 98)
    _move(tale, trip, "cancel", 85, note="校庭の工事が決まり、使える見込みがなくなったため")


def homework(tale: Tale) -> None:
    """採用, a child of the food journey, in ②."""
    _decide(tale, "go", 38, reason_code="effect")
    announce(tale, 37, "「採用」と決まりました。まず5人から、こども家庭課と一緒に始めましょう。")
    parent = Trip.objects.get(title="空き便でつなぐ、こども食堂の食材便")
    trip = _open_trip(tale, 36, parent=parent, reason="食材便の運転手の気づきから")
    _move(tale, trip, "start", 25)
    journeys.plan_homework(tale, trip)
    with tale.city.ago(18):
        told = {"text": "はじめの5人で開室", "source": "見守りの日誌", "on": tale.city.day(18)}
        services.add_event(trip, by=tale.city.member(tale.lead), **told)
    with tale.city.ago(6):
        told = {"text": "週3日の開室", "evidence": "見守りの日誌", "said_by": "架空印刷株式会社"}
        writer, day = tale.city.member(tale.lead), tale.city.day(6)
        services.add_result(trip, by=writer, kind="direct", on=day, **told)


def compost(tale: Tale) -> None:
    """採用, not yet a journey."""
    _decide(tale, "go", 6, reason_code="policy", reason="ごみの減量と畑の土づくりに合うため、取り組みます。")


def watch(tale: Tale) -> None:
    """条件付採用: one condition met, one open."""
    due = tale.city.today + timedelta(14)
    conditions = [
        {"text": "知らせる先を決め、連絡先の表をつくる", "owner": "地域福祉課", "due_on": due},
        {"text": "本人の同意の取り方を決める", "owner": "架空宅配サービス株式会社", "due_on": due},
    ]
    reason = "見守りの効果が見込めるため、2つの条件を付けます。"
    _decide(tale, "go_if", 20, reason_code="consent", reason=reason, conditions=conditions)
    promise = "「条件付採用」と決まりました。次の2つがそろうと採用になります。"
    announce(tale, 19, "\n".join([promise, *(f"・{c['text']}（{c['owner']}）" for c in conditions)]))
    with tale.city.ago(8):
        head = tale.city.head(tale.lead)
        decisions.settle_condition(tale.case.conditions.first(), by=head, on=tale.city.day(8))


def garden(tale: Tale) -> None:
    reason = "土地の持ち主の同意がそろわないため、趣旨に賛成し、次の機会を待ちます。"
    _decide(tale, "in_principle", 61, reason_code="consent", reason=reason)
    _plant(tale, 61, kind="theme", field="休める場所、畑", text="畑のある、歩いて行ける場所が求められたら")
    _plant(tale, 61, kind="budget", text="畑を借りる費用の見込みが立ったら")
    announce(tale, 60, "「趣旨採用」と決まりました。使える畑が見つかったときに、窓口からお声がけします。")
    with tale.city.ago(44):
        seeds.wake(tale.city.day(44))


def billboard(tale: Tale) -> None:
    reason = "広場の使い方の決まりに合わず、広告が主になるため見送ります。"
    _decide(tale, "no_go", 48, reason_code="law", reason=reason)
    _plant(tale, 48, kind="day", on=_next_april(tale), text="駅前広場の使い方の決まりが見直されたら")
    announce(tale, 47, "「見送り」と決まりました。駅前の広場は、いまの決まりでは広告に使えないためです。")


def lunch(tale: Tale) -> None:
    """継続協議: back to ④."""
    _decide(
        tale, "continue", 6, reason_code="capacity", reason="送り迎えの方法を、自治会ともう少し相談します。"
    )


def tablet(tale: Tale) -> None:
    with tale.city.ago(70):
        note = "社内の計画が変わったとのお申し出がありました。"
        advance(tale.case, "withdraw", by=tale.city.desk, note=note)


def copier(tale: Tale) -> None:
    with tale.city.ago(48):
        note, place = "物品の販売が目的で、競争で相手を決めるものにあたるため。", "入札・契約の窓口"
        leave(tale.case, "out_of_scope", by=tale.city.desk, note=note, next_place=place)


def road(tale: Tale) -> None:
    with tale.city.ago(33):
        note, place = "一緒に行う提案ではなく、市への要望にあたるため。", "市民の声（市民広聴課）"
        leave(tale.case, "hand_on", by=tale.city.desk, note=note, next_place=place)


def science(tale: Tale) -> None:
    """The proposer's turn: two questions wait for an answer."""
    talk(tale)


def depot(tale: Tale) -> None:
    """One section has answered; of the other, which is late, a member waits for the head, with a question."""
    with tale.city.ago(0):
        answer_from(tale, tale.lead)
        sheet = tale.case.hearings.open().get()
        member = tale.city.member(sheet.department)
        asking_for.wish(sheet, by=member, text="夜に持ち出すときの鍵は、だれが預かりますか。", may_name=True)
        answering.hand_up(sheet, by=member, said=HALF_WAY, version=0)
