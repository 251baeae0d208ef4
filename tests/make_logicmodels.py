"""Logic models for tests: the demo models, a small sound one, and any model hypothesis can think of."""

import json
import random
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st

from logicmodels import content, services
from logicmodels.diagram import layout
from logicmodels.models import LogicModel
from logicmodels.vocabulary import Column, Evidence, Side
from tests import make

DEMO = Path(__file__).parent.parent / "zamagate/demo_data"
INDICATOR = {
    "name": "相談した人のうち、入居先が決まった割合",
    "unit": "％",
    "baseline": "未計測",
    "target": "80",
    "due": "令和8年度末",
    "source": "相談の記録",
    "owner": "生活支援課",
    "frequency": "半年",
}


def demo(name):
    return content.clean(json.loads((DEMO / f"logic_model_{name}.json").read_text()))


def trip00():
    return demo("trip00")


def desk_model():
    return demo("desk")


def sound(**changes):
    """Six boxes in a row, with everything the checks ask for."""
    texts = {
        "input": "集まれる場所",
        "activity": "毎月の食事会",
        "output": "食事会に来た世帯",
        "short": "ひとり親の家庭が、頼れる人を得る",
        "mid": "困りごとを早く話せる家庭が増える",
        "impact": "だれもが安心して子どもを育てられるまちになる",
    }
    nodes = [
        {
            "id": column,
            "column": column,
            "text": text,
            "indicators": [INDICATOR] if column in ("short", "mid") else [],
        }
        for column, text in texts.items()
    ]
    nodes[0]["side"] = "city"
    nodes.append({"id": "cook", "column": "input", "text": "料理をつくる人", "side": "proposer"})
    chain = list(texts)
    arrows = [{"from": a, "to": b, "evidence": "B", "reason": "ほかの市の例"} for a, b in pairwise(chain)]
    arrows.append({"from": "cook", "to": "activity", "evidence": "C", "reason": "現場の声"})
    raw = {
        "title": "みんなの食堂（架空）",
        "core": "集まる → 知り合う → 頼れる",
        "nodes": nodes,
        "arrows": arrows,
        "assumptions": ["毎月ひらける"],
        "external_factors": ["物価"],
        "negative_effects": ["来られない家庭が取り残される"],
    }
    return content.clean(raw | changes)


def crossings(given):
    return layout.crossings(given)


def random_model(boxes, arrows, seed=0, is_long=True):
    """A random model of that size, arrows to the right only."""
    dice = random.Random(seed)
    nodes = [
        {
            "id": f"n{i}",
            "column": Column.values[i % 6],
            "text": "地域の人が、互いに知り合う" * dice.randint(1, 2),
        }
        for i in range(boxes)
    ]
    pairs = [
        (a["id"], b["id"])
        for a in nodes
        for b in nodes
        if 0 < Column(b["column"]).place - Column(a["column"]).place <= (5 if is_long else 1)
    ]
    chosen = dice.sample(pairs, min(arrows, len(pairs)))
    ways = [{"from": a, "to": b, "evidence": dice.choice("ABCD")} for a, b in chosen]
    return content.clean({"title": f"{seed}番の試し", "nodes": nodes, "arrows": ways})


def shuffled(given, seed):
    """The same model with its boxes in the order somebody happened to type them."""
    order = [node["id"] for node in given["nodes"]]
    random.Random(seed).shuffle(order)
    return content.reordered(given, order)


TEXTS = st.text("市民が互いに知り合う・、。「」（）ー増える地域ABC1 髙𠮷<&>\"'", max_size=60).map(str.strip)


@st.composite
def any_content(draw, most_boxes=14, most_arrows=20):
    """Any content there can be: empty columns, long and backward arrows, loops, hostile text."""
    count = draw(st.integers(0, most_boxes))
    nodes = [
        {
            "id": f"n{i}",
            "column": draw(st.sampled_from(Column.values)),
            "text": draw(TEXTS),
            "side": draw(st.sampled_from(["", *Side.values])),
            "indicators": [{"name": "割合"}] * draw(st.integers(0, 2)),
        }
        for i in range(count)
    ]
    ids = [node["id"] for node in nodes]
    pairs = [(a, b) for a in ids for b in ids if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=most_arrows)) if pairs else []
    arrows = [
        {"from": a, "to": b, "evidence": draw(st.sampled_from(["", *Evidence.values]))} for a, b in chosen
    ]
    told = [{"text": "前提", "from": a, "to": b} for a, b in chosen[:1]]
    return content.clean({"title": draw(TEXTS), "nodes": nodes, "arrows": arrows, "assumptions": told})


def model(content=None, *, proposal=None, by=None):
    """A draft with that content (a sound one), through the services."""
    by = by or make.desk()
    draft = services.start(proposal, by=by, title=f"みんなの食堂（架空）{LogicModel.objects.count()}")
    return services.import_content(draft, content or sound(), by=by)


def edition(content=None, **options):
    """The first 試行版 of a draft with that content."""
    by = options.pop("by", None) or make.desk()
    return fix(model(content, by=by, **options), by=by)


def fix(draft, *, by):
    """The next 試行版 of a draft, every open finding answered."""
    return services.fix_trial(
        draft, by=by, answers={f"E{n}": "年度の末までに決めます。" for n in range(1, 9)}
    )


def node(draft, key):
    return draft.nodes.get(key=key)


def arrow(draft, source, target):
    return draft.arrows.get(source__key=source, target__key=target)
