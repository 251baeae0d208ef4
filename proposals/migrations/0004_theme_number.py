"""Each trouble of the sections gets a number, which names its public page."""

from django.db import migrations, models
from django.utils import timezone

from cityhall import calendar


def give_numbers(apps, schema_editor):
    """Those there already, in the order they were written, and the counter told of it."""
    year = calendar.fiscal_year(timezone.localdate())
    themes = list(apps.get_model("proposals", "Theme").objects.order_by("pk"))
    for place, theme in enumerate(themes, start=1):
        theme.number = f"T-{calendar.era_year(year)}-{place:02}"
        theme.save(update_fields=["number"])
    if themes:
        counters = apps.get_model("cityhall", "Counter").objects
        counters.update_or_create(series="theme", year=year, defaults={"last": len(themes)})


class Migration(migrations.Migration):
    dependencies = [
        ("cityhall", "0002_letters_and_readings"),
        ("proposals", "0003_gate"),
    ]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="number",
            field=models.CharField(default="", editable=False, max_length=12, verbose_name="番号"),
            preserve_default=False,
        ),
        migrations.RunPython(give_numbers, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="theme",
            name="number",
            field=models.CharField(editable=False, max_length=12, unique=True, verbose_name="番号"),
        ),
    ]
