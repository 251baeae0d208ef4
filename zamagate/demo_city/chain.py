"""The logic model of a fictional case: one chain, from what is brought to the impact."""

WAY = [
    ("I1", "A1", "C", "持ち寄るものがあって、はじめてできる"),
    ("I2", "A1", "C", "市のつなぎがあると、必要な人に届く"),
    ("A1", "O1", "C", "行えば数えられる"),
    ("O1", "S1", "D", "届いた人に変化が起きると見込む"),
    ("S1", "M1", "D", "変化が続くと、しくみになると見込む"),
    ("M1", "L1", "D", "しくみが続くと、まちが変わると見込む"),
]


def content(title: str, words: dict, *, owner: str) -> dict:
    """Content in the shape of `logicmodels.content`, complete enough for a 試行版."""
    indicator = {
        "name": words["short"],
        "unit": words["unit"],
        "baseline": "未計測",
        "target": words["target"],
        "due": "年度末",
        "source": words["source"],
        "owner": owner,
        "frequency": "月1回",
    }
    kept = {"name": "続いているつながりの数", "unit": "組", "target": "3", "source": "ふり返りの記録"}
    return {
        "title": title,
        "nodes": [
            {"id": "I1", "column": "input", "text": words["input"], "side": "proposer"},
            {"id": "I2", "column": "input", "text": words["city"], "side": "city"},
            {"id": "A1", "column": "activity", "text": words["activity"]},
            {"id": "O1", "column": "output", "text": words["output"]},
            {"id": "S1", "column": "short", "text": words["short"], "indicators": [indicator]},
            {"id": "M1", "column": "mid", "text": words["mid"], "indicators": [indicator | kept]},
            {"id": "L1", "column": "impact", "text": words["impact"]},
        ],
        "arrows": [
            {"from": source, "to": target, "evidence": grade, "reason": reason}
            for source, target, grade, reason in WAY
        ],
        "assumptions": [{"text": "双方の担い手が、年度の終わりまで続けられる。"}],
        "external_factors": ["物価や天候の変化"],
        "negative_effects": ["担い手の負担が、一部の人に偏ること"],
    }
