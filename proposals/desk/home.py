"""今日の窓口: what waits, on whom, since when; every count opens the list it counts."""

from datetime import datetime
from functools import lru_cache

from django.urls import reverse

from cityhall import calendar, post
from cityhall.templatetags.zama import short_date
from proposals import queries
from proposals.desk import care
from proposals.desk.links import list_url, page_url
from proposals.desk.next_deed import next_deed
from proposals.desk.rows import rows
from proposals.desk.talk import arrival
from proposals.introduced import next_meeting
from proposals.lines import lines
from proposals.models import Hearing, Hint, Introduction, Seed, Theme
from proposals.models.clocks import clocks
from proposals.similar import similar
from proposals.views.section.days import Today
from proposals.workflow import Holder, Step

KEPT = 64
MINE = 20
ARRIVALS = 6


def home(user) -> dict:
    """Everything the home of the desk shows."""
    today = Today()
    lists = queries.desk_lists(user, today.closed)
    first, *next_ones = _things(today) or [None]
    return {
        "tiles": _tiles(lists, today, first),
        "first": first,
        "alike": similar(first["row"].case) if first and first["row"].case.step == Step.INTAKE else [],
        "next_ones": next_ones,
        "turns": _turns(today),
        "news": [arrival(case) for case in lists["news"].order_by("-holder_since_on", "-pk")[:ARRIVALS]],
        "arrivals": _arrivals(today),
        "letter": post.undelivered().order_by("-created_at").first(),
        "letters_url": letters_url(),
        "mine": rows(lines(lists["mine"], MINE), today),
        "todos": care.todos_for(user, today),
        "mine_url": list_url(list="mine"),
        "soonest": None if first else lists["open"].filter(due_on__isnull=False).order_by("due_on").first(),
    }


def letters_url() -> str:
    """The letters that did not arrive."""
    return reverse("admin:cityhall_outgoingmail_changelist") + "?undelivered=yes"


def _things(today: Today) -> list[dict]:
    cases = queries.first_things().annotate(**next_meeting()).prefetch_related("hearings__department")
    found = rows(cases, today)
    overdue = [row.case for row in found if row.case.step == Step.HEARING and row.due.is_late]
    out = [sheet for case in overdue for sheet in case.hearings.all() if sheet.is_open]
    standing = clocks(out, today=today.day, closed=today.closed)
    return [{"row": row, "deed": next_deed(row.case, today, standing)} for row in found]


def _tiles(lists: dict, today: Today, first: dict | None) -> list[dict]:
    names = ["new", "late", "today", "news", "answered", "announce", "held"]
    found = _told(queries.counts(undelivered=post.undelivered(), **{name: lists[name] for name in names}))
    longest = f"最長 {-first['row'].due.left}開庁日" if found["late"] and first else ""
    since = short_date(queries.last_open_day(today.day, today.closed))
    tiles = [
        ("new", "新着", "受付を待つもの", list_url(list="new")),
        ("late", "期限を過ぎた", longest, list_url(list="late")),
        ("today", "今日が期限", "", list_url(list="today")),
        ("news", "提案者から届いた", "まだ読んでいないもの", list_url(list="news")),
        ("answered", "関係課の返事", f"{since}から", list_url(list="answered")),
        ("announce", "お知らせ待ち", "判断があったもの", list_url(list="announce")),
        ("held", "確かめ待ち", "迷惑投稿かもしれないもの", list_url(list="held")),
        ("undelivered", "届いていない通知", "", letters_url()),
    ]
    return [
        {
            "label": label,
            "count": found[name],
            "note": note,
            "url": url,
            "late": name in ("late", "undelivered"),
        }
        for name, label, note, url in tiles
    ]


def _kept(lines: str) -> list[dict]:
    """The narrowed lists somebody kept, or that all share, and where they are kept."""
    found = (line.split("\t") for line in sorted(lines.splitlines()))
    links = [{"name": name, "url": f"{list_url()}?{query}"} for name, query in found]
    return [*links, {"name": "絞り込みを直す", "url": page_url("proposal_kept")}]


def _told(counts: dict[str, int]) -> dict[str, int | str]:
    """The counts as they stand beside a link: 999+ where there are more."""
    most = queries.MOST
    return {name: n if n <= most else f"{most}+" for name, n in counts.items()}


def _turns(today: Today) -> list[dict]:
    found = queries.whose_turn()
    return [_turn(holder, found[holder], today) for holder in Holder]


def _turn(holder: Holder, turn: dict, today: Today) -> dict:
    line = {"holder": holder.value, "name": holder.label, "url": list_url(holder=holder.value), "cases": 0}
    if not turn["cases"]:
        return line
    days = calendar.count_open_days(turn["since"], today.day, today.closed)
    return line | _told({"cases": turn["cases"]}) | {"number": turn["number"], "days": days}


def _arrivals(today: Today) -> list[Hearing]:
    answered = queries.answered_since(queries.last_open_day(today.day, today.closed))
    return list(answered.select_related("proposal", "department").order_by("-answered_on", "-pk")[:ARRIVALS])


@lru_cache(KEPT)
def _left_statement(user: int, at: datetime) -> queries.Statement:
    """What the left column of every page asks of the database: for ten minutes the same, so worded once."""
    lists = queries.desk_lists(user)
    counted = ["open", "mine", "new", "late", "news", "asked", "announce", "held", "second"]
    others = {
        "seeds": Seed.objects.waiting(),
        "undelivered": post.undelivered(),
        "themes": Theme.objects.asked(),
    }
    others["hints"] = Hint.objects.open()
    others["meetings"] = Introduction.objects.to_come()
    asked = {name: lists[name] for name in counted} | others
    return queries.counting(beside={"kept": queries.kept_by(user)}, **asked).query.sql_with_params()


def left_column(user) -> list[dict]:
    """The lists of cases with their counts."""
    found = queries.answer(_left_statement(user.pk, post.full_ten_minutes()))
    kept = found.pop("kept") or ""
    found = _told(found)
    links = [
        {"name": "動いている案件", "url": list_url(), "count": found["open"]},
        {"name": "わたしの案件", "url": list_url(list="mine"), "count": found["mine"]},
        {"name": "新着", "url": list_url(list="new"), "count": found["new"]},
        {"name": "期限を過ぎた", "url": list_url(list="late"), "count": found["late"], "late": found["late"]},
        {"name": "提案者から届いた", "url": list_url(list="news"), "count": found["news"]},
        {"name": "提案者の返事待ち", "url": list_url(list="asked"), "count": found["asked"]},
        {"name": "お知らせ待ち", "url": list_url(list="announce"), "count": found["announce"]},
        {"name": "確かめ待ち", "url": list_url(list="held"), "count": found["held"]},
        {"name": "見立ての2人目を待つ", "url": list_url(list="second"), "count": found["second"]},
        {"name": "種の庫", "url": page_url("proposal_seeds"), "count": found["seeds"]},
        {"name": "次がまだの案件", "url": page_url("proposal_without_next")},
        {"name": "終わった案件", "url": list_url(list="ended")},
    ]
    letters = {"name": "届いていない通知", "url": letters_url(), "count": found["undelivered"]}
    export = {"name": "一覧の書き出し", "url": page_url("proposal_export")}
    return [
        {"title": "", "links": [{"name": "今日の窓口", "url": reverse("admin:index")}]},
        {"title": "案件の一覧", "links": links},
        {"title": "絞り込み", "links": _kept(kept)},
        {"title": "つなぐ", "links": _town(found)},
        {"title": "つくる・ひらく", "links": _makings(found)},
        {"title": "出し入れ", "links": [export, letters | {"late": found["undelivered"]}]},
    ]


def _town(found: dict) -> list[dict]:
    """What ④ brings together beside the cases."""
    met = {"name": "引き合わせ", "url": page_url("proposal_introductions")}
    return [
        met | {"count": found["meetings"]},
        {"name": "地域資源", "url": page_url("resource_changelist")},
        {"name": "地域活動支援", "url": page_url("support_changelist")},
        {"name": "はじめの1人", "url": page_url("proposal_first_ones")},
    ]


def _makings(found: dict) -> list[dict]:
    hints = {"name": "庁内からの知らせ", "url": page_url("proposal_hints")}
    return [
        hints | {"count": found["hints"]},
        {"name": "団体", "url": page_url("organization_changelist")},
        {"name": "紙・電話の受付を入れる", "url": page_url("proposal_add")},
        {"name": "困りごとの公開", "url": page_url("theme_asked"), "count": found["themes"]},
        {"name": "共創調整会議", "url": page_url("meeting_changelist")},
        {"name": "担当の引継ぎ", "url": page_url("proposal_handover")},
    ]
