"""The file of a table the desk brings."""

from django import forms


class TableForm(forms.Form):
    """One spreadsheet; whether it is such a table, the service says."""

    file = forms.FileField(
        label="表のファイル",
        help_text="CSV か XLSX。1行目は見出しにしてください。",
        error_messages={
            "required": "取り込む表のファイルを選んでください。",
            "empty": "ファイルが空です。表を保存し直してから、もう一度選んでください。",
        },
    )
