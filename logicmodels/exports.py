"""A model as a file: JSON that comes back the same, the picture as SVG or PNG, the indicators as a table."""

import json

from cityhall.measure import faces
from cityhall.tables import write_xlsx
from logicmodels.chain import Chain
from logicmodels.content import INDICATOR_KEYS
from logicmodels.diagram import draw, fitted
from logicmodels.models import Edition
from logicmodels.vocabulary import OUTCOMES, Column

MOST_POINTS = 16_000_000  # 64 MB while it is drawn
COLUMNS = ["列", "箱", "言葉", "種類", *INDICATOR_KEYS.values()]


def as_json(edition: Edition) -> bytes:
    """The content as it is stored; `import_logic_model` takes it back without a change."""
    return json.dumps(edition.content, ensure_ascii=False, indent=1).encode()


def as_svg(edition: Edition) -> bytes:
    """The picture as it stands on the page, with no link in it."""
    return draw(fitted(edition.content)).encode()


def as_png(edition: Edition) -> bytes:
    """The same picture as points on white, twice as fine as a screen where it is not too large for that."""
    import resvg_py  # late: it brings its drawing engine along

    picture = fitted(edition.content)
    finest = (MOST_POINTS / (picture.width * picture.height)) ** 0.5
    drawn = resvg_py.svg_to_bytes(
        svg_string=draw(picture),
        zoom=min(2.0, finest),
        background="white",
        skip_system_fonts=True,
        font_files=[str(face) for face in faces()],
    )
    return bytes(drawn)


def as_xlsx(edition: Edition) -> bytes:
    """One row an indicator, in the order of the chain; 活動 and 成果 are told apart."""
    chain = Chain(edition.content)
    rows = [
        [Column(node["column"]).label, node["number"], node["text"], _kind(node), *told.values()]
        for node in chain.nodes
        for told in node["indicators"]
    ]
    return write_xlsx(COLUMNS, rows, title="指標")


def _kind(node: dict) -> str:
    return "成果" if node["column"] in (*OUTCOMES, Column.IMPACT) else "活動"


# what one may take out: the ending → its maker, its type, its name on the page
KINDS = {
    "json": (as_json, "application/json", "JSON（取り込み直せる形）"),
    "svg": (as_svg, "image/svg+xml", "図（SVG）"),
    "png": (as_png, "image/png", "図（PNG）"),
    "xlsx": (
        as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "指標の表（Excel）",
    ),
}
