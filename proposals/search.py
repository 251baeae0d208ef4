"""What a case is found by: its words folded to one key, and the key's single signs and pairs for the index.

Two signs are the usual length of a Japanese word, so pairs are what both databases index (`Holds`); what the
pairs let through is compared with the key itself. See `finding` for the search.
"""

import re
from collections.abc import Iterable

from django.db.models import Field, Lookup

from cityhall import text

BETWEEN = "\n"  # between two fields of a key: no word reaches over it, for a folded text has no white space
MOST_PAIRS = 12  # of a searched word; the rest is left to the comparison
TABLE = "proposals_submission_pairs"  # SQLite's full-text table over Submission.search_pairs
_DASH = re.compile("(?<=[0-9a-z])[\u2010-\u2015\u2212ー](?=[0-9])")
_SHORT = {"(株)": "株式会社", "(有)": "有限会社", "(同)": "合同会社", "(福)": "社会福祉法人"}
_SHORT_FORM = re.compile("|".join(map(re.escape, _SHORT)))


def key(words: str) -> str:
    """The words folded for comparison: one width, small letters, hiragana, no spaces, 株式会社 for （株）."""
    folded = _DASH.sub("-", text.search_key(words))
    return _SHORT_FORM.sub(lambda form: _SHORT[form[0]], folded)


def terms(words: str) -> list[str]:
    """The keys of what is looked for; spaces part words that must all be there."""
    return [folded for folded in map(key, words.split()) if folded]


def pairs_of(term: str) -> list[str]:
    """The marks of a searched word: its pairs, a single sign by itself; of a long one some from all over."""
    if len(term) == 1:
        return [_mark(term)]
    found = list(dict.fromkeys(_mark(term[n : n + 2]) for n in range(len(term) - 1)))
    return found[:: -(-len(found) // MOST_PAIRS)]


def marks_of(folded: str) -> str:
    """All marks of a key, each once, spaces between."""
    found: dict[str, None] = {}
    for part in folded.split(BETWEEN):
        found |= dict.fromkeys(map(_mark, part))
        found |= dict.fromkeys(_mark(part[n : n + 2]) for n in range(len(part) - 1))
    return " ".join(found)


def entry(submission) -> dict[str, str]:
    """The two columns by which the case of these words is found."""
    case = submission.proposal
    firm = case.organization
    told = (submission.title, submission.overview, submission.problem, submission.activity)
    names = dict.fromkeys([submission.organization_name, firm.name, firm.kana, firm.corporate_number])
    folded = BETWEEN.join(filter(None, map(key, [case.number, *told, *names])))
    return {"search_text": folded, "search_pairs": marks_of(folded)}


def match(marks: Iterable[str]) -> str:
    """What SQLite's full-text table is asked for rows that hold all of these marks."""
    return " AND ".join(f'"{mark}"' for mark in marks)


def _mark(signs: str) -> str:
    """Plain letters no tokenizer takes apart: the hexadecimal numbers of the signs."""
    return "x".join(f"{ord(sign):x}" for sign in signs)


class Holds(Lookup):
    """Whether `search_pairs` holds all of these marks, by the index of either database."""

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Iterable[str], connection):
        marks = list(value)
        return "%s", [marks if connection.vendor == "postgresql" else match(marks)]

    def as_sql(self, compiler, connection):
        column, _ = self.process_lhs(compiler, connection)
        marks, params = self.process_rhs(compiler, connection)
        return f"string_to_array({column}, ' ') @> {marks}", params

    def as_sqlite(self, compiler, connection):
        row = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.id"
        marks, params = self.process_rhs(compiler, connection)
        return f"{row} IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH {marks})", params


class HoldsOneOf(Holds):
    """Whether `search_pairs` holds all the marks of at least one of these groups.

    On SQLite, whose full-text table finds all before any is left out, the newest of them.
    """

    lookup_name = "holds_one_of"
    NEWEST = 400

    def as_sqlite(self, compiler, connection):
        found, params = super().as_sqlite(compiler, connection)
        return f"{found[:-1]} ORDER BY rowid DESC LIMIT {self.NEWEST})", params

    def get_db_prep_lookup(self, value: Iterable[Iterable[str]], connection):
        if connection.vendor == "postgresql":
            return "", [list(marks) for marks in value]
        return "%s", [" OR ".join(f"({match(marks)})" for marks in value)]

    def as_sql(self, compiler, connection):
        column, _ = self.process_lhs(compiler, connection)
        _, groups = self.process_rhs(compiler, connection)
        each = " OR ".join([f"string_to_array({column}, ' ') @> %s"] * len(groups))
        return f"({each})", groups


class PairsField(Field):
    """The marks of a key, as plain text that can be asked what it holds."""

    def get_internal_type(self):
        return "TextField"


PairsField.register_lookup(Holds)
PairsField.register_lookup(HoldsOneOf)
