"""Which year, as known on which day: what the address of the page may say, and nothing else."""

import re
from datetime import date

from django import forms
from django.utils import timezone

from cityhall import calendar

YEARS = range(calendar.FIRST.year + 1, calendar.LAST.year)


class AsOfForm(forms.Form):
    """The switch of 指標のまど; empty means today, and the fiscal year of that day."""

    year = forms.CharField(label="年度", required=False, max_length=20)
    as_of = forms.CharField(label="いつ現在か", required=False, max_length=20)

    def clean_year(self) -> int | None:
        return _read(parse_year, self.cleaned_data["year"])

    def clean_as_of(self) -> date:
        return _read(calendar.parse_day, self.cleaned_data["as_of"]) or timezone.localdate()

    @property
    def asked(self) -> tuple[int, date]:
        """The year and the day of a valid form."""
        on = self.cleaned_data["as_of"]
        return self.cleaned_data["year"] or calendar.fiscal_year(on), on


def parse_year(text: str) -> int:
    """The fiscal year written as 2026, R8 or 令和8年度; refuses all else in Japanese."""
    year = int(text) if re.fullmatch(r"[0-9]{4}", text) else calendar.year_of_era(text)
    if year not in YEARS:
        raise ValueError(f"年度は{YEARS.start}から{YEARS.stop - 1}までです。")
    return year


def _read(parse, text: str):
    try:
        return parse(text) if text else None
    except ValueError as problem:
        raise forms.ValidationError(str(problem)) from None
