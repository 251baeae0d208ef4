"""引き合わせ and 組み合わせ of a case, fictional: led nowhere, goes on, waits for its result, is to come."""

from datetime import date

from cityhall.calendar import add_open_days
from proposals.models import Introduction, Proposal, Resource
from proposals.services import introductions, matches, outcomes
from zamagate.demo_city.city import City
from zamagate.demo_city.walks import cases

AGREED = "メールで、代表の方から"
# key, open days ago it was arranged, held; whom; why; result, what was said, next step
# fmt: off
MET = (
    ("demo-met-1", 34, 31, "社会福祉法人架空ひだまり", "送迎の道を、学生と一緒に歩けるか聞く",
     "not_now", "送迎の時刻と学生の時間が合いませんでした。来年度の実習の時期なら、合うかもしれません。", ""),
    ("demo-met-2", 15, 12, "架空自治会Z", "回覧板で、歩く人を募れるか相談する",
     "goes_on", "防災訓練の日に、集会所から一緒に歩くことになりました。",
     "訓練の日の道順を、学生が下書きする"),
    ("demo-met-4", 8, 3, "架空自治会Z", "訓練の日の道順を、下書きで一緒に見る",
     "", "", ""),
    ("demo-met-3", 2, None, "架空学習支援の会かくう", "こどもと一緒に、通学路の段差を調べられるか",
     "", "", ""),
)
# fmt: on
PURPOSE = "段差の地図を、歩く人とつくる人が一緒に育て、外出をためらう人を減らす"


def load(city: City) -> None:
    """Lived through once; an earlier load stays as it was."""
    case = Proposal.objects.filter(title=cases()["campus"]["title"], is_fictional=True).first()
    if case is None or not case.is_open or Introduction.objects.exists():
        return
    for row in MET:
        _meet(city, case, *row)
    _match(city, case)


def _meet(city: City, case: Proposal, key, arranged, held, name, aim, result, text, next_step) -> None:
    partner = Resource.objects.get(organization__name=name, name="")
    section = city.sections["地域福祉課"]
    with city.ago(arranged):
        met = introductions.arrange(
            case,
            by=city.desk,
            key=key,
            departments=[section],
            resources=[partner],
            aim=aim,
            on=city.day(held) if held else _next_week(city.today),
            hour="14時から1時間",
            place="市役所 5階 会議室",
            people="",
            initiative="desk",
            agreed=AGREED,
        )
    if result:
        with city.ago(held):
            told = {"text": text, "next_step": next_step, "met_how": "visit"}
            outcomes.tell_result(met, by=city.desk, version=met.version, result=result, **told)


def _next_week(today: date) -> date:
    return add_open_days(today, 4)


def _match(city: City, case: Proposal) -> None:
    """Agreed two open days ago, at ④ or ⑤."""
    case = Proposal.objects.get(pk=case.pk)
    if case.department is None or case.step not in matches.WRITTEN_AT:
        return
    with city.ago(5):
        parts = {"own_part": "学生が歩き、地図にまとめる", "lead_part": "道路と施設の担当につなぐ"}
        matches.write(case, by=city.desk, purpose=PURPOSE, **parts)
        partner = Resource.objects.get(organization__name="架空自治会Z", name="")
        side = matches.add_side(case, by=city.desk, resource=partner, part="回覧板で、歩く人を募る")
        lead, member = case.department, city.member(case.department)
        matches.write_section_gain(case, lead, by=member, gain="相談の多い道が、地図1枚で分かる")
        matches.write_own_gain(case, gain="授業の外で、まちの人と学べる")
        heard = {"gain": "防災訓練に、若い人が来てくれる", "heard_from": "会長から、訓練の打合せで"}
        matches.take_down_gain(side, by=city.desk, **heard)
    with city.ago(2):
        matches.agree(case, by=city.desk)
