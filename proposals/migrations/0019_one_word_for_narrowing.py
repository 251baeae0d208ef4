"""絞り込み is written one way everywhere."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0018_deciding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="savedfilter",
            options={"ordering": ["name"], "verbose_name": "絞り込み", "verbose_name_plural": "絞り込み"},
        ),
        migrations.AlterConstraint(
            model_name="savedfilter",
            name="filter_name_once_an_owner",
            constraint=models.UniqueConstraint(
                fields=("owner", "name"),
                name="filter_name_once_an_owner",
                violation_error_message="同じ名前の絞り込みが、もうあります。",
            ),
        ),
    ]
