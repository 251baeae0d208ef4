"""`make bench-pdf`: a logic model's paper against Typst and Chromium, a booklet of 100, a layout of 200.

Each engine runs in a process of its own, so that start and memory are its own; rounds are interleaved.
Typst is no part of the lock: `pip install typst` into .venv, or it is said to be missing.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
WARM = 5
ENGINES = ("ours", "typst", "chromium")
BOXES, ARROWS = 25, 44


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("what", nargs="?", choices=[*ENGINES, "booklet", "layout"])
    ask.add_argument("--rounds", type=int, default=3)
    said = ask.parse_args()
    if said.what:
        print(json.dumps(_alone(said.what)))
        return
    tell(
        {engine: [run(engine) for _ in range(said.rounds)] for engine in ENGINES},
        run("booklet"),
        run("layout"),
    )


def run(what: str) -> dict | None:
    """One measuring in a process of its own; None where the engine is not there."""
    command = [sys.executable, "-m", "tests.load.pdf", what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def tell(engines: dict, booklet: dict, layout: dict) -> None:
    found = {name: _middle(rounds) for name, rounds in engines.items() if rounds[0]}
    ours = found["ours"]
    for name, told in found.items():
        print(name.ljust(9), "  ".join(f"{key} {value:.0f}" for key, value in told.items()))
    if "typst" not in found:
        print("typst is not installed: no comparison")
    for other, bar in (("typst", 1.3), ("chromium", 0.1)):
        if other in found:
            print(
                f"one picture page warm: {ours['ms'] / found[other]['ms']:.2f} × {other}, {bar} is aimed at"
            )
    print(f"booklet: {booklet['ms']:.0f} ms and {booklet['kB']:.1f} kB a page, ", end="")
    print(f"{booklet['ms'] / ours['ms']:.2f} × one page alone")
    ratio = layout["ms"] / ours["ms"]
    print(f"layout of 200 boxes and 400 arrows: {layout['ms']:.0f} ms, {ratio:.2f} × one page")


def _middle(rounds: list[dict]) -> dict:
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


def _alone(what: str) -> dict | None:
    return {"booklet": booklet, "layout": layout}.get(what, lambda: _warm(what))()


def _warm(engine: str) -> dict | None:
    make = {"ours": ours, "typst": typst, "chromium": chromium}[engine]()
    if make is None:
        return None
    make(0)
    times, pdf = [], b""
    for seed in range(1, 1 + WARM):
        began = time.perf_counter()
        pdf = make(seed)
        times.append(time.perf_counter() - began)
    who = resource.RUSAGE_SELF if engine == "typst" else resource.RUSAGE_CHILDREN
    told = {"ms": statistics.median(times) * 1e3, "kB": len(pdf) / 1e3}
    if engine == "ours":
        told["two pages kB"] = len(_papers(2)(0)) / 1e3
        from cityhall import printing

        printing.stop()
    return told | {"peak MB": resource.getrusage(who).ru_maxrss / 1024}


# --- who prints -----------------------------------------------------------


def ours() -> Callable[[int], bytes]:
    """The picture page of a model as the site prints it, its HTML among it."""
    return _papers(1)


def _papers(pages: int) -> Callable[[int], bytes]:
    _set_up()
    from cityhall import papers

    return lambda seed: papers.pdf_of(_html(seed, pages), "logicmodel-paper")


def _set_up() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamagate.settings")
    django.setup()


def _content(seed: int, boxes: int = BOXES, arrows: int = ARROWS) -> dict:
    from tests import make_logicmodels as make

    return make.random_model(boxes, arrows, seed=seed, is_long=boxes > BOXES)


def _html(seed: int, pages: int) -> str:
    from django.utils import timezone

    from logicmodels.models import Edition, LogicModel
    from logicmodels.paper import paper_html

    model = LogicModel(number=f"LM-R8-{seed:03}")
    edition = Edition(model=model, number=0, content=_content(seed), fixed_at=timezone.now())
    html = paper_html(edition, "A3")
    second = html.index('<section class="lm-page">')
    return html if pages == 2 else html[:second] + "</main></body></html>"


def typst() -> Callable[[int], bytes] | None:
    """The same boxes and arrows set by Typst."""
    try:
        import typst as engine
    except ImportError:
        return None
    _set_up()
    from cityhall.pdf_fonts import font_folders

    return lambda seed: engine.compile(_typst(seed).encode(), font_paths=font_folders())


def chromium() -> Callable[[int], bytes]:
    """The same page printed by a browser started for it."""
    _set_up()
    from cityhall import papers

    folder = Path(tempfile.mkdtemp())

    def make(seed: int) -> bytes:
        page, pdf = folder / "a.html", folder / "a.pdf"
        page.write_text(papers._dressed(_html(seed, 1), "logicmodel-paper"))
        more = [f"--user-data-dir={folder}/u", f"--print-to-pdf={pdf}", "--no-pdf-header-footer"]
        subprocess.run([*CHROMIUM, *more, page.as_uri()], check=True, capture_output=True, timeout=120)
        return pdf.read_bytes()

    return make


def _typst(seed: int) -> str:
    """The laid-out picture as Typst places it: words line by line, frames, curves and heads."""
    from logicmodels.diagram import lay_out

    picture = lay_out(_content(seed))
    sheet, unit = picture.sheet, 0.75
    parts = [
        '#set page(paper:"a3",flipped:true,margin:12mm)\n'
        f'#set text(font:"BIZ UDPGothic",size:{sheet.size * unit}pt,lang:"ja")\n'
        f'#place(text(size:20pt,weight:"bold")[{picture.title}])\n'
    ]
    for track in picture.tracks:
        (x0, y0), (x1, y1) = track.start, track.tip
        half = (x0 + x1) / 2
        points = [(x0, y0), (half, y0), (half, y1), (x1 - 10, y1)]
        a, b, c, d = (f"({x * unit:.1f}pt,{(y + 60) * unit:.1f}pt)" for x, y in points)
        head = [(x1 - 10, y1 - 5), (x1, y1), (x1 - 10, y1 + 5)]
        corners = ",".join(f"({x * unit:.1f}pt,{(y + 60) * unit:.1f}pt)" for x, y in head)
        parts.append(f"#place(curve(stroke:1pt,curve.move({a}),curve.cubic({b},{c},{d})))\n")
        parts.append(f"#place(polygon(fill:black,{corners}))\n")
    for box in picture.boxes:
        x, y = sheet.left(box.column) * unit, (box.top + 60) * unit
        words = " \\ ".join(box.lines)
        frame = f"width:{sheet.column * unit:.1f}pt,height:{box.height * unit:.1f}pt,inset:7pt,radius:4pt"
        parts.append(
            f"#place(dx:{x:.1f}pt,dy:{y:.1f}pt,box({frame},stroke:1pt,fill:white)[{box.number} \\ {words}])\n"
        )
    return "".join(parts)


# --- a booklet, a layout --------------------------------------------------


def booklet() -> dict:
    """A hundred picture pages in one PDF, warm."""
    make = ours()
    from cityhall import papers

    make(0)
    began = time.perf_counter()
    pages = (_html(seed, 1) for seed in range(100))
    pdf = papers.pdf_of_many(pages, "logicmodel-paper", front=lambda sheets: _html(0, 1))
    return {"ms": (time.perf_counter() - began) * 1e3 / 101, "kB": len(pdf) / 1e3 / 101}


def layout() -> dict:
    """A model as large as there may be, laid out as for a page."""
    _set_up()
    from logicmodels.diagram import fitted

    content = _content(1, 200, 400)
    fitted(content)
    times = []
    for _ in range(WARM):
        began = time.perf_counter()
        fitted(content)
        times.append(time.perf_counter() - began)
    return {"ms": statistics.median(times) * 1e3}


if __name__ == "__main__":
    main()
