"""How the public form lies on the page: four parts, and what hides while a 相談 is chosen."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Fieldset, Layout

# fmt: off
PARTS = {
    "今回のご用件": ["track"],
    "1　団体と連絡先": [
        "organization_kind", "organization_name", "organization_kana", "corporate_number", "representative",
        "postal_code", "address", "local_base", "website", "section", "contact_name", "contact_kana",
        "email", "email_again", "phone", "ways", "consideration",
    ],
    "2　提案の内容": [
        "title", "answer_to", "theme", "overview", "problem", "fields", "sdgs", "activity", "benefit",
        "own_gain", "maturity", "wished_month", "capacity", "measures",
    ],
    "3　お願いと持ち寄り": [
        "requests", "requests_note", "brings", "brings_note", "cost", "cost_amount", "wished_partners",
    ],
    "4　確認と約束": [
        "sharing", "publicity", "nondisclosure", "nondisclosure_reason", "rights", "rights_note",
        "notices", "pledges", "privacy",
    ],
}
# fmt: on
ORDER = [name for names in PARTS.values() for name in names]
OF_A_PROPOSAL = "z-only-proposal"  # hidden by CSS until 提案 is chosen
FOLLOWS = {"theme": "z-when-theme", "cost_amount": "z-when-cost", "rights_note": "z-when-rights"}
TRAP = HTML('{% include "proposals/_trap.html" %}')
NOTICES = HTML('{% include "proposals/_notices.html" %}')


def helper(fields: dict) -> FormHelper:
    """The crispy helper; the page itself brings the <form>, the error summary and the button."""
    made = FormHelper()
    made.form_tag = made.form_show_errors = False
    made.disable_csrf = True
    parts = [_part(place, title, fields) for place, title in enumerate(PARTS)]
    made.layout = Layout(*parts, "stamp", TRAP)
    return made


def _part(place: int, title: str, fields: dict) -> Fieldset:
    names = PARTS[title]
    pieces = [_field(name, fields[name]) for name in names]
    if "notices" in names:
        pieces.insert(names.index("notices"), NOTICES)
    hides = all(fields[name].only_proposal for name in names)
    return Fieldset(title, *pieces, css_id=f"part-{place}", css_class=OF_A_PROPOSAL if hides else "")


def _field(name: str, field) -> Field:
    hides = OF_A_PROPOSAL if field.only_proposal else ""
    return Field(name, wrapper_class=f"{hides} {FOLLOWS.get(name, '')}".strip())
