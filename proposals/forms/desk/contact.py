"""Whom to call about a case, as the desk heard it."""

from cityhall import text
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, Code, Hiragana, Line, Mail
from proposals.models import Contact, Proposal

NAMES = ("section", "name", "kana", "phone", "email", "consideration")


class ContactForm(CaseForm):
    """What is known of the person; a line left blank is forgotten."""

    slot = "contact"
    section = Line(FREE, "部署", 60)
    name = Line(FREE, "担当者の氏名", 60)
    kana = Hiragana(FREE, "担当者のふりがな", 60)
    phone = Code(FREE, "電話番号", text.phone)
    email = Mail(FREE, "メールアドレス", help_text="替えると、前のアドレスへもお知らせします。")
    consideration = Line(FREE, "配慮してほしいこと", 300)

    def __init__(self, data=None, *, proposal: Proposal, **options):
        known = getattr(proposal, "contact", None) or Contact()
        initial = {name: getattr(known, name) for name in NAMES}
        super().__init__(data, proposal=proposal, initial=initial, **options)
