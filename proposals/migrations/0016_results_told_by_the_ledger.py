"""What the old ledger decided counts as told on its own day; what a person decides here waits to be told."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

TO_ANNOUNCE = ["adopted", "conditional", "continued", "declined", "in_principle"]


def tell(apps, schema_editor):
    records = apps.get_model("proposals", "ProposalRecord").objects.filter(
        subject=OuterRef("pk"), kind__in=["verdict", "conditions_met"]
    )
    cases = apps.get_model("proposals", "Proposal").objects.filter(
        origin="ledger", verdict__in=TO_ANNOUNCE, announced_on__isnull=True
    )
    by_hand = records.exclude(acted_as="ledger")
    cases.exclude(Exists(by_hand)).update(announced_on=Coalesce("conditions_met_on", "verdict_on"))


class Migration(migrations.Migration):
    dependencies = [("proposals", "0015_themes_of_sections")]

    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="proposal", name="proposal_to_announce"),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["verdict", "announced_on"], name="proposal_to_announce"),
        ),
    ]
