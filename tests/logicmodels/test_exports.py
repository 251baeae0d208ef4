"""A model as a file: what is taken out comes back the same."""

import json
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import given

from cityhall.tables import read_table
from logicmodels import content as shape
from logicmodels import exports
from logicmodels.models import Edition, LogicModel
from tests import make
from tests import make_logicmodels as lm


def state(content):
    return Edition(model=LogicModel(number="LM-R8-001"), number=1, content=content)


@given(lm.any_content())
def test_json_comes_back_the_same(content):
    assert shape.clean(json.loads(exports.as_json(state(content)))) == content


@given(lm.any_content())
def test_the_picture_is_sound_xml_that_asks_nothing_of_anybody(content):
    picture = ElementTree.fromstring(exports.as_svg(state(content)))

    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [part for part in picture.iter() if "href" in "".join(part.attrib)]


def test_the_table_tells_activity_from_outcome(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(exports.as_xlsx(state(lm.demo("desk"))))

    table = read_table(str(file))

    assert [(row["箱"], row["指標"], row["種類"]) for row in table.rows][:2] == [
        ("3-2", "提案受付件数", "活動"),
        ("4-1", "初回相談から庁内調整開始までの日数", "成果"),
    ]


def url(name, *args):
    return reverse(f"logicmodels:{name}", args=args)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", exports.KINDS)
def test_the_desk_takes_an_edition_and_the_draft_out(client, kind):
    edition = lm.edition()
    client.force_login(make.desk())

    answers = [client.get(url("export", edition.model.number, n, kind)) for n in (1, 0)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(answer["Content-Disposition"].startswith("attachment") for answer in answers)
    assert all(b"".join(answer.streaming_content) for answer in answers)


@pytest.mark.django_db
def test_a_manager_takes_out_what_was_fixed_but_no_draft(client):
    edition = lm.edition()
    client.force_login(make.manager())

    answers = [client.get(url("export", edition.model.number, n, "json")).status_code for n in (1, 0)]

    assert answers == [200, 404]


@pytest.mark.django_db
def test_a_kind_nobody_offers_is_not_there(client):
    edition = lm.edition()
    client.force_login(make.desk())

    assert client.get(url("export", edition.model.number, 1, "exe")).status_code == 404
