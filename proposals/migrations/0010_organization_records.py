"""Who changed what of an organisation, in records that nobody changes; its lists read from an index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cityhall.records import protect


class Migration(migrations.Migration):
    dependencies = [
        ("cityhall", "0004_letters_settled"),
        ("proposals", "0009_list_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganizationRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField(verbose_name="通し番号")),
                ("place", models.PositiveIntegerField(verbose_name="順序")),
                ("on", models.DateField(verbose_name="起きた日")),
                ("entered_at", models.DateTimeField(verbose_name="記録した時刻")),
                (
                    "acted_as",
                    models.CharField(
                        choices=[
                            ("desk", "窓口"),
                            ("member", "関係課"),
                            ("head", "所属長"),
                            ("manager", "閲覧"),
                            ("admin", "システム管理"),
                            ("proposer", "提案者"),
                            ("system", "自動"),
                            ("ledger", "台帳"),
                        ],
                        max_length=10,
                        verbose_name="立場",
                    ),
                ),
                ("data", models.JSONField(default=dict, verbose_name="細目")),
                ("text_hash", models.CharField(blank=True, max_length=64, verbose_name="文の指紋")),
                ("previous_hash", models.CharField(blank=True, max_length=64, verbose_name="前の記録の指紋")),
                ("hash", models.CharField(max_length=64, verbose_name="指紋")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("changed", "書き直し"),
                            ("absorbed", "ほかの団体をまとめた"),
                            ("merged", "ほかの団体にまとめた"),
                            ("quiet", "声をかけるのを待つ"),
                        ],
                        max_length=20,
                        verbose_name="種類",
                    ),
                ),
            ],
            options={
                "verbose_name": "団体の記録",
                "verbose_name_plural": "団体の記録",
                "ordering": ["sequence"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationRecordText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("salt", models.CharField(max_length=32, verbose_name="塩")),
                ("text", models.TextField(verbose_name="文")),
            ],
            options={
                "verbose_name": "団体の記録の文",
                "verbose_name_plural": "団体の記録の文",
            },
        ),
        migrations.AddField(
            model_name="organization",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="版"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(fields=["name_key", "id"], name="organization_in_lists"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                condition=models.Q(("kana", ""), _negated=True), fields=["kana"], name="organization_kana"
            ),
        ),
        migrations.AddField(
            model_name="organizationrecord",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="記録した人",
            ),
        ),
        migrations.AddField(
            model_name="organizationrecord",
            name="posting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cityhall.posting",
                verbose_name="配属",
            ),
        ),
        migrations.AddField(
            model_name="organizationrecord",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="proposals.organization",
                verbose_name="団体",
            ),
        ),
        migrations.AddField(
            model_name="organizationrecord",
            name="supersedes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="proposals.organizationrecord",
                verbose_name="訂正した記録",
            ),
        ),
        migrations.AddField(
            model_name="organizationrecordtext",
            name="record",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="text",
                to="proposals.organizationrecord",
                verbose_name="記録",
            ),
        ),
        migrations.AddConstraint(
            model_name="organizationrecord",
            constraint=models.UniqueConstraint(
                fields=("subject", "sequence"), name="organization_record_sequence_once"
            ),
        ),
        protect("proposals_organizationrecord"),
    ]
