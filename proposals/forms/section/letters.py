"""How a person of a section would hear of things."""

from django import forms

from cityhall.models import Letters
from proposals.forms.fields import MUST, Pick

HINTS = {
    Letters.SECTION: "課のアドレスに届くものを、課で読みます",
    Letters.EACH: "課のアドレスに届くのと同じものが、そのつど届きます",
    Letters.DIGEST: "開庁日の朝8時に、新しいことと待っていることが1通で届きます。何もない日は届きません",
}


class LettersForm(forms.Form):
    letters = Pick(MUST, "課に届く通知を", Letters.choices, HINTS)
