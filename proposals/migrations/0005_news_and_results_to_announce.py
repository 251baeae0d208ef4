from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_theme_number")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="news",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reply", "提案者からの返事"),
                    ("revised", "提案の書き直し"),
                    ("verdict", "判断"),
                ],
                default="",
                editable=False,
                max_length=20,
                verbose_name="提案者から届いた",
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(
                    ("announced_on__isnull", True),
                    ("cancelled_on__isnull", True),
                    ("verdict__in", ["adopted", "conditional", "continued", "declined", "in_principle"]),
                    models.Q(("origin", "ledger"), _negated=True),
                ),
                fields=["verdict"],
                name="proposal_to_announce",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("news", ""), _negated=True), fields=["news"], name="proposal_with_news"
            ),
        ),
    ]
