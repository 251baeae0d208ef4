"""The file of the 受付台帳."""

from django import forms


class LedgerForm(forms.Form):
    """One spreadsheet; whether it is a ledger, the service says."""

    file = forms.FileField(
        label="台帳のファイル",
        help_text="CSV か XLSX。1行目は見出しにしてください。",
        error_messages={
            "required": "取り込む台帳のファイルを選んでください。",
            "empty": "ファイルが空です。台帳を保存し直してから、もう一度選んでください。",
        },
    )
