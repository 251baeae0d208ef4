"""The trail of a TRIP in sentences."""

from datetime import date

from cityhall.models import ActedAs
from cityhall.templatetags.zama import short_date
from trips.models import Result, TripRecord
from trips.workflow import Kind

SENTENCES = {
    Kind.OPENED: "共創プロジェクトを開きました",
    Kind.JOINED: "案件 {case} が加わりました",
    Kind.LEFT: "案件 {case} が離れました",
    Kind.LEAD: "主に担当する課を{department}に決めました",
    Kind.MOVE: "{source} から {target} へ",
    Kind.CANCELLED: "始める前に中止しました",
    Kind.REVIVED: "中止を取り消しました",
    Kind.STOPPED: "始めたあとに中止しました",
    Kind.ENDED: "終了しました",
    Kind.REVIEW_DAY: "次のふり返りを{on}に決めました",
    Kind.EVENT: "出来事を書きました",
    Kind.RESULT: "生まれたもの（{kind}）を書きました",
    Kind.PARTNER: "一緒に旅をする団体を加えました",
    Kind.LINK: "{parent} から {child} へ、旅をつなぎました",
    Kind.EVENT_LINK: "出来事のつながりを書きました",
    Kind.RESTED: "休止しました",
    Kind.RESUMED: "再開しました",
    Kind.TOLD: "終わりを知らせました",
    Kind.RECONTACT: "また会う日を{on}に決めました",
    Kind.MET_AGAIN: "また会えました",
}
DEEDS = {  # of kinds that tell of several deeds
    (Kind.MILESTONE, "planned"): "節目を{on}に決めました",
    (Kind.MILESTONE, "done"): "節目を終えました",
    (Kind.MILESTONE, "dropped"): "節目を取りやめました",
    (Kind.REPORT, "planned"): "定期報告を{times}回、最初は{on}までと決めました",
    (Kind.REPORT, "handed_in"): "第{number}回の定期報告を出しました",
    (Kind.REPORT, "returned"): "第{number}回の定期報告の書き直しをお願いしました",
    (Kind.REPORT, "accepted"): "第{number}回の定期報告を受け取りました",
    (Kind.REPORT, "dropped"): "第{number}回の定期報告を取りやめました",
    (Kind.FILE, "added"): "写真・書類を{count}つ加えました",
    (Kind.FILE, "removed"): "写真・書類を外しました",
    (Kind.DUTY, "written"): "残る務めを書きました",
    (Kind.DUTY, "given"): "残る務めの担い手を{owner}に決めました",
    (Kind.DUTY, "done"): "残る務めを終えました",
}
SHAPES = {ActedAs.DESK: "desk", ActedAs.MEMBER: "section", ActedAs.HEAD: "section"}
NAMES = ("case", "department", "parent", "child", "number", "times", "count", "owner")


def line(record: TripRecord) -> dict:
    """One record for `parts/_trail.html`."""
    told = getattr(record, "text", None)
    words = sentence(record)
    by_section = record.acted_as in (ActedAs.MEMBER, ActedAs.HEAD) and record.posting
    return {
        "on": record.on,
        "holder": SHAPES.get(record.acted_as, ""),
        "name": str(record.posting.department) if by_section else record.get_acted_as_display(),
        "words": f"{words}　{told.text}" if told else words,
        "quiet": record.acted_as in (ActedAs.SYSTEM, ActedAs.LEDGER),
    }


def sentence(record: TripRecord) -> str:
    """The record in words, without its free text."""
    planned = record.data.get("on")
    words = DEEDS.get((record.kind, record.data.get("did"))) or SENTENCES.get(record.kind)
    return (words or record.get_kind_display()).format(
        source=record.get_source_display(),
        target=record.get_target_display(),
        on=short_date(date.fromisoformat(planned)) if planned else "",
        kind=dict(Result.Kind.choices).get(record.data.get("kind"), ""),
        **{name: record.data.get(name, "") for name in NAMES},
    )
