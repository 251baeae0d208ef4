"""From here on the database itself refuses to change or delete a record of a case."""

from django.db import migrations

from cityhall.records import protect


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]
    operations = [protect("proposals_proposalrecord")]
