"""From here on the database itself refuses to change or delete a fixed edition."""

from django.db import migrations

from cityhall.records import protect


class Migration(migrations.Migration):
    dependencies = [("logicmodels", "0001_initial")]
    operations = [protect("logicmodels_edition")]
