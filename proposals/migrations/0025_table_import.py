from django.db import migrations, models


class Migration(migrations.Migration):
    """One machine takes in all tables of the desk: what was brought so far are ledgers."""

    dependencies = [("proposals", "0024_meet")]

    operations = [
        migrations.RenameModel("LedgerImport", "TableImport"),
        migrations.AlterModelOptions(
            "tableimport",
            {
                "ordering": ["-uploaded_at"],
                "verbose_name": "表の取込み",
                "verbose_name_plural": "表の取込み",
            },
        ),
        migrations.AddField(
            "tableimport",
            "kind",
            models.CharField(
                choices=[("ledger", "受付台帳"), ("resources", "地域資源"), ("supports", "地域活動支援")],
                default="ledger",
                max_length=10,
                verbose_name="何の表か",
            ),
            preserve_default=False,
        ),
    ]
