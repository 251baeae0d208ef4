"""ロジックモデル: the chain from what is brought to what changes, drawn, checked, fixed and printed."""
