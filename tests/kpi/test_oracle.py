"""Random ledgers against a reference written apart, straight from the words of ledger.md."""

import random
from datetime import date, timedelta
from statistics import mean, median

import pytest

from cityhall.calendar import is_open
from cityhall.tables import Table
from kpi.figures import figures_of
from proposals.ledger.columns import HEADINGS
from proposals.services import ledger
from trips.services.ledger import open_from_ledger

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FIRST = date(2026, 1, 5)
CLOSING = ("採用", "条件付採用", "趣旨採用", "見送り", "取下げ", "対象外")
SEEDS = [1]
EDGES = ["2026-03-31", "2026-04-01", "2026-05-06", "2026-09-22", "2027-03-22", "2027-03-31", "2027-04-01"]


def random_row(pick, key, originals):
    """A row that is not refused: each next day lies 0 to 60 days after the one it follows."""

    def later(day, most=60):
        return day + timedelta(pick.choice([0, 1, pick.randint(0, most)]))

    t0 = FIRST + timedelta(pick.randint(0, 500))
    row = {"番号": key, "区分": "提案", "件名": f"架空の提案{key}", "団体名": "架空団体", "初回相談日": t0}
    if pick.random() < 0.1:
        return row | {"区分": "相談"}
    t1 = row["受付日"] = later(t0)
    if pick.random() < 0.7:
        row["庁内調整開始日"] = later(t0)
    if pick.random() < 0.75:
        _decide(pick, row, "判断", later(t1), later)
    if row.get("判断") and (row["判断"] == "継続協議" or pick.random() < 0.4):
        day = row["判断日"]
        if row["判断"] != "継続協議" or pick.random() < 0.5:
            day = row["再開日"] = later(day)
        if pick.random() < 0.7:
            _decide(pick, row, "再判断", later(day), later)
    last, on = last_verdict(row)
    if last == "条件付採用" and pick.random() < 0.6:
        row["条件充足日"] = later(on)
    if last in ("採用", "条件付採用") and pick.random() < 0.25:
        row["開始前中止日"] = later(on)
    if {row.get("判断"), row.get("再判断")} & {"採用", "条件付採用"} and pick.random() < 0.5:
        row["TRIP番号"] = f"T{pick.randint(1, 6)}"
    if originals and pick.random() < 0.1:
        row["重複元"] = pick.choice(originals)
    elif pick.random() < 0.05:
        row["移送先"] = "市民の声"
    return row


def _decide(pick, row, column, day, later):
    verdicts = [*CLOSING, "継続協議", "採用", "採用", "条件付採用"]
    row[column], row[f"{column}日"] = pick.choice(verdicts), day


def last_verdict(row):
    if row.get("再判断"):
        return row["再判断"], row["再判断日"]
    return row.get("判断"), row.get("判断日")


def open_days(first, last):
    return sum(is_open(first + timedelta(n)) for n in range(1, (last - first).days + 1))


def fiscal(day):
    return day.year if day.month >= 4 else day.year - 1


class Known:
    """A row as known on a day."""

    def __init__(self, row, rows, on):
        self.row = row
        doubles = [r["初回相談日"] for r in rows if r.get("重複元") == row["番号"]]
        self.t0 = min([row["初回相談日"], *doubles])
        self.t1, self.t2 = (
            row[c] if row.get(c) and row[c] <= on else None for c in ("受付日", "庁内調整開始日")
        )
        self.verdict, self.verdict_on = None, None
        if row.get("判断") and row["判断日"] <= on:
            self.verdict, self.verdict_on = row["判断"], row["判断日"]
        if row.get("再開日") and row["再開日"] <= on:
            self.verdict = None
        if row.get("再判断") and row["再判断日"] <= on:
            self.verdict, self.verdict_on = row["再判断"], row["再判断日"]
        met = row.get("条件充足日") if row.get("条件充足日") and row["条件充足日"] <= on else None
        cancelled = row.get("開始前中止日") and row["開始前中止日"] <= on
        self.cancelled = bool(cancelled and self.verdict in ("採用", "条件付採用"))
        t5 = {"採用": self.verdict_on, "条件付採用": met}.get(self.verdict)
        self.t5 = None if self.cancelled else t5


def expected(rows, year, on):
    known = [Known(r, rows, on) for r in rows if not r.get("重複元") and not r.get("移送先")]
    cases = [k for k in known if k.t1]
    cohort = [k for k in cases if fiscal(k.t1) == year]
    begun = [k for k in cases if k.t2 and fiscal(k.t2) == year]
    days = sorted(open_days(k.t0, k.t2) for k in begun)
    adopted = [k for k in cohort if k.t5]
    decided = [k for k in cohort if k.t5 or k.cancelled or k.verdict in ("趣旨採用", "見送り")]
    earliest = {}
    for k in cases:
        if k.t5:
            name = k.row.get("TRIP番号") or k.row["番号"]
            earliest[name] = min(k.t5, earliest.get(name, k.t5))
    waiting = [open_days(k.t0, on) for k in cases if not k.t2 and k.verdict not in CLOSING]
    withdrew = [k for k in cases if k.verdict == "取下げ" and fiscal(k.verdict_on) == year and not k.t2]
    return {
        "received": len(cohort),
        "n": len(begun),
        "median_open": median(days) if days else None,
        "mean_open": pytest.approx(mean(days), abs=0.0051) if days else None,
        "p90_open": days[-(-9 * len(days) // 10) - 1] if days else None,
        "median_calendar": median((k.t2 - k.t0).days for k in begun) if days else None,
        "waiting": sorted(waiting, reverse=True),
        "withdrawn_before": len(withdrew),
        "adopted": len(adopted),
        "decided": len(decided),
        "projects": sum(fiscal(day) == year for day in earliest.values()),
    }


def counted(year, on):
    found = figures_of(year, on).as_dict()
    return {"received": found["received"], "projects": found["projects"]} | {
        name: {**found["days_to_coordination"], **found["adoption"]}[name]
        for name in (
            "n",
            "median_open",
            "mean_open",
            "p90_open",
            "median_calendar",
            "waiting",
            "withdrawn_before",
            "adopted",
            "decided",
        )
    }


def as_table(rows):
    cells = [{h: str(row.get(h, "")) for h in HEADINGS} for row in rows]
    return Table("utf-8", HEADINGS, cells, list(range(2, len(rows) + 2)))


def random_rows(pick, count):
    rows = []
    for n in range(count):
        originals = [r["番号"] for r in rows if not r.get("重複元")]
        rows.append(random_row(pick, f"P{n:03}", originals))
    return rows


def corrected(pick, rows):
    """The ledger some months later: about half of the rows tell something else."""
    changed = []
    for row in rows:
        originals = [r["番号"] for r in changed if not r.get("重複元")]
        changed.append(random_row(pick, row["番号"], originals) if pick.random() < 0.5 else row)
    standing = {r["番号"] for r in changed if not r.get("重複元")}
    return [r if r.get("重複元", "") in {*standing, ""} else {**r, "重複元": ""} for r in changed]


def compare(pick, rows):
    days = [*map(date.fromisoformat, EDGES), *(FIRST + timedelta(pick.randint(0, 700)) for _ in range(12))]
    for on in days:
        for year in (2025, 2026, 2027):
            assert (year, on, counted(year, on)) == (year, on, expected(rows, year, on))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_ledgers_give_the_figures_of_the_reference(seed):
    pick = random.Random(seed)
    rows = random_rows(pick, 60)

    report = ledger.take_in(as_table(rows), open_project=open_from_ledger)

    assert report.summary == "取り込み 60・変更 0・変更なし 0・拒否 0"
    compare(pick, rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_corrected_ledger_gives_the_figures_of_the_corrected_rows(seed):
    pick = random.Random(seed)
    rows = random_rows(pick, 30)
    ledger.take_in(as_table(rows), open_project=open_from_ledger)

    mended = corrected(pick, rows)
    report = ledger.take_in(as_table(mended), open_project=open_from_ledger)

    assert not report.refused
    compare(pick, mended)
    assert ledger.preview(as_table(mended)).summary == "取り込み 0・変更 0・変更なし 30・拒否 0"
