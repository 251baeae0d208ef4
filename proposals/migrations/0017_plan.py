"""The three 基本姿勢 of ざま未来プラン (令和5〜12年度), in every city; its 重点施策 the desk adds by hand."""

from datetime import date

from django.db import migrations

PLAN, KIND = "ざま未来プラン", "stance"
STANCES = (
    "多様な主体と共に創る「共創」のまちづくり",
    "目標を意識したまちづくり",
    "新たな社会情勢と地域課題に対応した持続可能なまちづくり",
)
DAYS = {"valid_from": date(2023, 4, 1), "valid_to": date(2031, 3, 31)}


def bring(apps, editor):
    """Once, each where it is not there yet; what the desk rewrites or ends later stays as it wrote it."""
    measures = apps.get_model("proposals", "Measure").objects
    for order, name in enumerate(STANCES, start=1):
        stance, is_new = measures.get_or_create(
            plan=PLAN, kind=KIND, name=name, defaults={"order": order, **DAYS}
        )
        if not is_new and stance.valid_from is None and stance.valid_to is None:
            measures.filter(pk=stance.pk).update(**DAYS)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0016_results_told_by_the_ledger")]
    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
