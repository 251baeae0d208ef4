"""The two commands: a model from a file, and a model on paper."""

import json
import subprocess

import pytest
from django.core.management import CommandError, call_command

from logicmodels import services
from logicmodels.models import LogicModel
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm
from tests.services import private

pytestmark = pytest.mark.django_db


def file_of(tmp_path, content):
    file = tmp_path / "model.json"
    told = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    file.write_bytes(told)
    return str(file)


def brought(tmp_path, content, capsys, **options):
    call_command("import_logic_model", file_of(tmp_path, content), **options)
    return LogicModel.objects.get(number=capsys.readouterr().out.splitlines()[-1])


def refused(tmp_path, content, **options):
    with pytest.raises(CommandError) as refusal:
        call_command("import_logic_model", file_of(tmp_path, content), **options)
    return str(refusal.value), refusal.value.returncode


@pytest.mark.parametrize("name", ["trip00", "desk"])
def test_a_file_becomes_a_draft_of_the_same_content(tmp_path, capsys, name):
    model = brought(tmp_path, lm.demo(name), capsys)

    assert model.as_content() == lm.demo(name)


def test_a_model_is_brought_to_its_case(tmp_path, capsys):
    case = make.proposal(Step.LOGIC_MODEL)

    assert brought(tmp_path, lm.sound(), capsys, case=case.number).proposal == case


def test_a_case_has_one_model_alone(tmp_path):
    case = make.proposal(Step.LOGIC_MODEL)
    lm.model(proposal=case)

    assert refused(tmp_path, lm.sound(), case=case.number) == (
        "この案件には、もうロジックモデルがあります。",
        1,
    )


def test_numbers_of_a_file_stay_as_they_are_written(tmp_path, capsys):
    content = lm.sound()
    content["nodes"][3]["indicators"][0] |= {"baseline": 12, "target": 0.5}

    indicator = brought(tmp_path, content, capsys).nodes.get(key="short").indicators[0]

    assert (indicator["baseline"], indicator["target"]) == ("12", "0.5")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": ""}, "title: 空です"),
        ({"nodes": [{"id": "a", "column": "middle"}]}, "nodes[0].column"),
        ({"nodes": [{"id": "箱", "column": "mid"}]}, "nodes[0].id"),
        ({"arrows": [{"from": "cook", "to": "nobody"}]}, "arrows[0].to"),
        ({"arrows": [{"from": "cook", "to": "activity", "evidence": "E"}]}, "arrows[0].evidence"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_file_is_refused_with_the_place_named_and_nothing_stored(tmp_path, change, place):
    words, code = refused(tmp_path, lm.sound() | change)

    assert place in words
    assert code == 1
    assert not LogicModel.objects.exists()


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe", b"[" * 100_000, "題".encode("cp932")])
def test_what_is_no_json_is_told(tmp_path, data):
    words, code = refused(tmp_path, data)

    assert "model.json" in words
    assert code == 2


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="開けません"):
        call_command("import_logic_model", str(tmp_path / "gone.json"))


def printed(number, tmp_path):
    private.need("pango")
    private.need("poppler")
    file = tmp_path / "out" / "a.pdf"
    call_command("render_logic_model", number, paper="A4", out=str(file))
    return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout


def test_a_draft_is_printed_and_says_so(tmp_path):
    assert "下書き" in printed(lm.model().number, tmp_path)


def test_an_edition_is_printed_as_it_was_fixed(tmp_path):
    assert "第1版（試行版）" in printed(lm.edition().model.number, tmp_path)


def test_what_changed_after_the_edition_is_printed_as_a_draft(tmp_path):
    model = lm.edition().model
    services.edit_words(model, by=make.desk(), title="直した題")

    assert "下書き" in printed(model.number, tmp_path)


def test_a_number_nobody_has_is_told(tmp_path):
    with pytest.raises(CommandError, match="LM-R8-999 はありません"):
        call_command("render_logic_model", "LM-R8-999", out=str(tmp_path / "a.pdf"))
