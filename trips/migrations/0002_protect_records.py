"""From here on the database itself refuses to change or delete a record of a TRIP."""

from django.db import migrations

from cityhall.records import protect


class Migration(migrations.Migration):
    dependencies = [("trips", "0001_initial")]
    operations = [protect("trips_triprecord")]
