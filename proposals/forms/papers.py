"""The field for papers: several files at once, each checked, each refusal told by name."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from cityhall.refusal import NotAllowed
from cityhall.uploads import checked, kinds
from proposals.forms.fields import ANYWAY, Needed
from proposals.services.attachments import MOST, TOO_MANY_AT_ONCE

HINT = f"{kinds.TAKEN}。1つ10MBまで、{MOST}つまで。マクロやパスワードの付いたものは受け取れません。"


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class Papers(Needed, forms.Field):
    """添付資料; gives a list of checked uploads. A form with it is sent as multipart/form-data."""

    widget = ManyFiles
    say_when_empty = "書類を選んでください。"

    def __init__(self, need: str = ANYWAY, label: str = "添付資料", **options):
        options.setdefault("help_text", HINT)
        super().__init__(need, label, **options)
        self.widget.attrs["accept"] = kinds.ENDINGS

    def to_python(self, value) -> list[UploadedFile]:
        return list(value or [])

    def validate(self, value):
        """Refuses too many, and names each file that is not taken and why."""
        super().validate(value)
        refusals = [TOO_MANY_AT_ONCE.format(f"{len(value)}つ")] if len(value) > MOST else []
        for upload in value[:MOST]:
            try:
                checked(upload)
            except NotAllowed as refusal:
                refusals.append(str(refusal))
        if refusals:
            raise ValidationError(refusals)
