"""What a model begins from: nothing, the proposer's words, a pattern, or a finished TRIP."""

import pytest
from django.urls import reverse

from logicmodels.beginnings import beginnings
from logicmodels.checks import check
from logicmodels.models import LogicModel
from logicmodels.patterns import lent, patterns
from proposals.workflow import Step
from tests import make, make_trips
from tests import make_logicmodels as lm

NEW = reverse("logicmodels:new")


@pytest.mark.parametrize("key", patterns())
def test_a_pattern_has_nothing_to_answer_and_claims_no_more_than_a_guess(key):
    content = patterns()[key]

    assert [finding for finding in check(content) if finding.is_error] == []
    assert {arrow["evidence"] for arrow in content["arrows"]} == {"D"}
    assert all(arrow["reason"] for arrow in content["arrows"])


def test_a_finished_model_lends_its_chain_but_not_its_figures_and_days():
    content = lm.sound(assumptions=[{"text": "毎月ひらける", "check_on": "2026-09-30"}])
    content["nodes"][3]["indicators"][0] |= {"baseline": "12", "target": "80"}

    told = lent(content)

    assert [node["text"] for node in told["nodes"]] == [node["text"] for node in content["nodes"]]
    assert told["arrows"] == content["arrows"]
    indicator = told["nodes"][3]["indicators"][0]
    assert {indicator[key] for key in ("target", "due", "owner")} == {""}
    assert (indicator["baseline"], indicator["source"]) == ("未計測", "相談の記録")
    assert told["assumptions"][0]["check_on"] == ""


@pytest.mark.django_db
def test_the_desk_begins_from_a_pattern_with_a_title_of_its_own(client):
    client.force_login(make.desk())

    client.post(NEW, {"title": "ひばりの居場所（架空）", "beginning": "1_ibasho"})

    model = LogicModel.objects.get()
    assert model.as_content() == patterns()["1_ibasho"] | {"title": "ひばりの居場所（架空）"}


@pytest.mark.django_db
def test_the_model_of_a_case_begins_from_a_pattern_too(client):
    case = make.proposal(Step.SORTING)
    client.force_login(make.desk())
    page = client.get(f"{NEW}?case={case.number}")

    client.post(f"{NEW}?case={case.number}", {"title": case.title, "beginning": "3_bousai"})

    assert "提案の言葉から" in page.text
    assert LogicModel.objects.get(proposal=case).nodes.count() == len(patterns()["3_bousai"]["nodes"])


@pytest.mark.django_db
def test_a_finished_journey_is_offered_with_the_model_it_travelled_by():
    desk, manager = make.desk(), make.manager()
    edition = lm.edition(by=desk)
    trip = make_trips.history(logic_model=edition.model)

    offered = beginnings(desk)["終わった共創プロジェクト（TRIP）"]

    assert [(one.key, one.content["nodes"]) for one in offered] == [
        (edition.model.number, lent(edition.content)["nodes"])
    ]
    assert str(trip) in offered[0].name
    assert len(beginnings(manager)["終わった共創プロジェクト（TRIP）"]) == 1
