"""Papers: ordered once, made in the worker, read back from the PDF, and open to whom the model is open."""

import re
import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from cityhall.files import download
from cityhall.refusal import NotAllowed
from logicmodels import pdf, services, tasks
from logicmodels.chain import Chain
from logicmodels.files import find_paper
from logicmodels.models import Edition, Paper
from logicmodels.paper import paper_html
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm
from tests.services import private

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def can_print():
    private.need("pango")


def read_back(tool, *options, pdf_bytes, folder):
    file = folder / "paper.pdf"
    file.write_bytes(pdf_bytes)
    private.need("poppler")
    command = [tool, *options, str(file), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def squashed(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("name", "size", "page"), [("trip00", "A3", "1190.55 x 841.89"), ("desk", "A4", "841.89 x 595.276")]
)
def test_the_pdf_says_every_word_on_two_tagged_pages(can_print, tmp_path, name, size, page):
    edition = lm.edition(lm.demo(name))

    made = pdf.pdf_of(edition, size)

    told = read_back("pdfinfo", pdf_bytes=made, folder=tmp_path)
    said = re.sub(r"\s", "", read_back("pdftotext", "-raw", pdf_bytes=made, folder=tmp_path))
    assert re.search(r"Pages:\s+2\n", told)
    assert re.search(r"Tagged:\s+yes", told)
    assert page in told
    assert f"{edition.model.number} {edition.content['title']} 第1版（試行版）" in told
    assert all(re.sub(r"\s", "", node["text"]) in said for node in edition.content["nodes"])
    assert "共創プロジェクト（TRIP）" in said


@given(lm.any_content(most_boxes=10, most_arrows=12))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_box_and_no_arrow_is_lost_from_the_saving_to_the_text_of_the_pdf(can_print, tmp_path, content):
    draft = Edition.of_draft(lm.model(content | {"title": content["title"] or "題"}))

    made = pdf.pdf_of(draft, "A3")

    said = squashed(read_back("pdftotext", "-raw", pdf_bytes=made, folder=tmp_path))
    chain = Chain(content)
    assert [node["text"] for node in chain.nodes if squashed(node["text"]) not in said] == []
    assert [chain.way(arrow) for arrow in chain.arrows if squashed(chain.way(arrow)) not in said] == []


def test_the_structure_is_read_back_from_the_tags(can_print):
    edition = lm.edition(lm.trip00())

    paper = PdfReader(BytesIO(pdf.pdf_of(edition, "A3")))

    root, tags = paper.trailer["/Root"], dict(structure(paper))
    assert root["/Lang"] == "ja"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert f"箱{len(edition.content['nodes'])}" in tags["/Figure"]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= set(tags)


def structure(paper):
    """Each tag of the tree with its alternative text."""
    waiting = [paper.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        found = waiting.pop().get_object()
        if isinstance(found, list):
            waiting.extend(found)
        elif isinstance(found, dict):
            if found.get("/S") != "/Figure" or "箱" in found["/Alt"]:
                yield found.get("/S"), found.get("/Alt", "")
            waiting.append(found.get("/K", []))


def test_every_font_of_the_pdf_is_embedded(can_print, tmp_path):
    rare = lm.edition(lm.sound(title="髙﨑𠮷辻󠄀さんの食堂（架空）"))

    listed = read_back("pdffonts", pdf_bytes=pdf.pdf_of(rare, "A3"), folder=tmp_path).splitlines()[2:]

    assert listed
    assert all(re.search(r"yes yes (yes|no)\s+\d+\s+0$", line) for line in listed)


def test_the_two_page_paper_weighs_at_most_130_kb(can_print):
    assert len(pdf.pdf_of(lm.edition(lm.trip00()), "A3")) <= 130_000


def test_hostile_text_stays_text(can_print, tmp_path):
    bad = '"><img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd">'
    edition = lm.edition(lm.sound(core=bad, external_factors=[bad]))

    made = pdf.pdf_of(edition, "A3")

    assert b"EmbeddedFile" not in made
    assert "root:" not in read_back("pdftotext", pdf_bytes=made, folder=tmp_path)
    assert "/etc/passwd" in read_back("pdftotext", pdf_bytes=made, folder=tmp_path)


def test_the_longest_words_flow_on_and_are_never_cut(can_print, tmp_path):
    long = lm.sound(
        core="核" * 300,
        external_factors=["影" * 299 + "終"] * 40,
        negative_effects=["悪" * 299 + "了"] * 40,
        assumptions=["前" * 299 + "提"] * 40,
    )

    said = read_back("pdftotext", pdf_bytes=pdf.pdf_of(lm.edition(long), "A4"), folder=tmp_path)

    assert (said.count("終"), said.count("了")) == (40, 40)
    assert said.count("提") >= 40
    assert said.count("核") >= 300


def test_many_boxes_are_said_to_be_too_many_for_a4():
    crowded = lm.edition(lm.random_model(30, 40, is_long=False))

    assert "A3で刷ってください" in paper_html(crowded, "A4")
    assert "A3で刷ってください" not in paper_html(crowded, "A3")


def test_an_ordered_paper_is_made_once(can_print, django_capture_on_commit_callbacks):
    edition, head = lm.edition(), make.head(make.department())

    with django_capture_on_commit_callbacks(execute=False):
        first, second = (services.order_paper(edition, by=head, size="A3") for _ in range(2))

    assert first.pk == second.pk
    assert [tasks.render_paper(first.pk), tasks.render_paper(first.pk)] == [True, False]
    paper = Paper.objects.get()
    assert (paper.state, paper.attempts) == ("ready", 1)
    assert pdf.place_of(paper).read_bytes().startswith(b"%PDF")


def test_the_sweep_makes_what_no_worker_was_asked_for(can_print):
    paper = Paper.objects.create(edition=lm.edition(), size="A4")

    assert tasks.render_waiting_papers() == 1

    paper.refresh_from_db()
    assert paper.state == "ready"


def test_a_paper_whose_worker_went_away_is_taken_up_again_and_at_last_given_up(can_print):
    edition, long_ago = lm.edition(), timezone.now() - timedelta(minutes=10)
    lost = Paper.objects.create(
        edition=edition, size="A3", state="rendering", attempts=1, started_at=long_ago
    )
    hopeless = Paper.objects.create(
        edition=edition, size="A4", state="rendering", attempts=3, started_at=long_ago
    )

    tasks.render_waiting_papers()

    lost.refresh_from_db()
    hopeless.refresh_from_db()
    assert lost.state == "ready"
    assert (hopeless.state, hopeless.error) == ("failed", "3回試しましたが、途中で止まりました。")


def test_a_paper_another_worker_is_at_is_left_alone():
    paper = Paper.objects.create(
        edition=lm.edition(), size="A3", state="rendering", started_at=timezone.now()
    )

    assert not tasks.render_paper(paper.pk)


def test_without_pango_the_paper_says_why_and_may_be_ordered_again(settings):
    settings.HIDDEN_PACKAGES = frozenset({"pango"})
    edition, desk = lm.edition(), make.desk()
    paper = services.order_paper(edition, by=desk, size="A3")

    tasks.render_paper(paper.pk)
    failed = Paper.objects.get()
    again = services.order_paper(edition, by=desk, size="A3")

    assert (failed.state, failed.error) == ("failed", "この機械にはpangoがないため、PDFを作れません。")
    assert (again.pk, again.state, again.error) == (paper.pk, "waiting", "")


def test_a_made_paper_whose_file_is_lost_is_made_again():
    paper = Paper.objects.create(edition=lm.edition(), size="A3", state="ready", name="gone.pdf")

    assert services.order_paper(paper.edition, by=make.desk(), size="A3").state == "waiting"


def test_who_may_not_see_the_model_orders_and_opens_nothing(rf, can_print):
    edition = lm.edition(proposal=make.proposal(Step.SORTING))
    stranger, desk = make.member(make.department("よその課")), make.desk()
    paper = services.order_paper(edition, by=desk, size="A3")
    tasks.render_paper(paper.pk)
    name = Paper.objects.get().name

    with pytest.raises(NotAllowed, match="見られません"):
        services.order_paper(edition, by=stranger, size="A4")

    assert find_paper(stranger, name) is None
    assert find_paper(desk, "") is None
    request = rf.get(f"/files/logic-models/{name}")
    request.user = desk
    answer = download(request, "logic-models", name)
    assert answer["Content-Type"] == "application/pdf"
    assert "LM-" in answer["Content-Disposition"]
