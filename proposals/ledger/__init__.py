"""受付台帳: the desk's spreadsheet, read and checked (ledger.md); `services.ledger` stores it."""
