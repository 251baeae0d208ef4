"""The search: keys of the newest words of each case, indexed by their pairs of signs.

SQLite's full-text table follows its rows by triggers, which are lost when a later migration rebuilds
proposals_submission: call `follow` again then (a test of the search would tell).
"""

from django.db import migrations, models
from django.db.models import F, Max

from proposals import search

TABLE, PAIRS = "proposals_submission", search.TABLE
POSTGRESQL = f"CREATE INDEX {PAIRS} ON {TABLE} USING gin (string_to_array(search_pairs, ' '))"
TAKE_OFF = f"INSERT INTO {PAIRS} ({PAIRS}, rowid, search_pairs) VALUES ('delete', old.id, old.search_pairs);"
PUT_IN = f"INSERT INTO {PAIRS} (rowid, search_pairs) VALUES (new.id, new.search_pairs);"
SQLITE = [
    f"CREATE VIRTUAL TABLE {PAIRS} USING fts5 (search_pairs, content='{TABLE}', content_rowid='id', "
    "tokenize='ascii', detail=none, columnsize=0)",
]
TRIGGERS = {
    "insert": ("INSERT", PUT_IN),
    "delete": ("DELETE", TAKE_OFF),
    "update": ("UPDATE OF search_pairs", TAKE_OFF + PUT_IN),
}


def build(apps, editor):
    """The index of what there is already; from here on it follows the rows."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL)
        return
    for statement in SQLITE:
        editor.execute(statement)
    editor.execute(f"INSERT INTO {PAIRS} ({PAIRS}) VALUES ('rebuild')")  # what stands there already
    follow(editor)


def follow(editor):
    """SQLite alone: from here on the full-text table follows each row."""
    for name, (event, deed) in TRIGGERS.items():
        editor.execute(f"CREATE TRIGGER {PAIRS}_{name} AFTER {event} ON {TABLE} BEGIN {deed} END")


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX {PAIRS}")
        return
    for name in TRIGGERS:
        editor.execute(f"DROP TRIGGER {PAIRS}_{name}")
    editor.execute(f"DROP TABLE {PAIRS}")


def fill(apps, editor):
    """The keys of what there is already."""
    submissions = apps.get_model("proposals", "Submission").objects
    newest = submissions.annotate(newest=Max("proposal__submissions__version")).filter(version=F("newest"))
    for row in newest.select_related("proposal__organization").iterator(chunk_size=500):
        submissions.filter(pk=row.pk).update(**search.entry(row))


class Migration(migrations.Migration):
    dependencies = [("proposals", "0007_care")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="search_pairs",
            field=search.PairsField(blank=True, default="", editable=False, verbose_name="検索の印"),
        ),
        migrations.AddField(
            model_name="submission",
            name="search_text",
            field=models.TextField(blank=True, editable=False, verbose_name="検索の鍵"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(build, drop),
    ]
