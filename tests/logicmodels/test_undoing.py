"""Back to what a draft was, and forward again: whoever did it, and nothing is lost on the way."""

import re

import pytest
from django.urls import reverse

from cityhall.refusal import NotAllowed, Stale
from logicmodels import services
from logicmodels.services import desk as steps
from tests import make
from tests import make_logicmodels as lm

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def desk():
    return make.desk()


@pytest.fixture
def draft(desk):
    return lm.model(by=desk)


def add(draft, desk, text):
    return services.add_node(draft, by=desk, column="activity", text=text)


def texts(draft):
    return [node["text"] for node in draft.as_content()["nodes"] if node["column"] == "activity"]


def test_a_deed_is_undone_and_done_again(draft, desk):
    before = draft.as_content()
    add(draft, desk, "電話での見守り")
    after = draft.as_content()

    services.go(draft, "back", by=desk)

    undone = draft.as_content()
    services.go(draft, "forward", by=desk)
    assert (undone, draft.as_content()) == (before, after)


def test_a_box_that_comes_back_brings_its_arrows_its_indicators_and_its_key(draft, desk):
    before = draft.as_content()
    services.remove_node(draft.nodes.get(key="short"), by=desk)

    services.go(draft, "back", by=desk)

    assert draft.as_content() == before


def test_several_deeds_are_undone_one_by_one(draft, desk):
    for text in ("一", "二", "三"):
        add(draft, desk, text)

    for _ in range(2):
        services.go(draft, "back", by=desk)

    assert texts(draft) == ["毎月の食事会", "一"]


def test_a_new_deed_ends_the_way_forward(draft, desk):
    add(draft, desk, "一")
    services.go(draft, "back", by=desk)
    add(draft, desk, "二")

    with pytest.raises(NotAllowed, match="やり直せることは、ありません"):
        services.go(draft, "forward", by=desk)


def test_where_nothing_was_before_it_is_said(desk):
    fresh = services.start(None, by=desk, title="架空の題")

    with pytest.raises(NotAllowed, match="これより前の下書きは、ありません"):
        services.go(fresh, "back", by=desk)


def test_a_page_overtaken_by_a_colleague_undoes_nothing(draft, desk):
    draft.refresh_from_db()
    seen = draft.version
    add(draft, make.desk(), "同僚の箱")

    with pytest.raises(Stale):
        services.go(draft, "back", by=desk, version=seen)

    assert texts(draft) == ["毎月の食事会", "同僚の箱"]


def test_only_so_many_steps_are_kept(draft, desk, monkeypatch):
    monkeypatch.setattr(steps, "STEPS", 2)
    for text in ("一", "二", "三"):
        add(draft, desk, text)

    assert draft.earlier.filter(way="back").count() == 2


def test_nobody_but_the_desk_goes_back(draft, desk):
    add(draft, desk, "一")

    with pytest.raises(NotAllowed):
        services.go(draft, "back", by=make.head(make.department()))


def test_the_page_says_what_came_back_and_whose_deed_it_was(client, draft, desk):
    colleague = make.desk(name="架空窓口次郎")
    services.remove_node(draft.nodes.get(key="cook"), by=colleague)
    client.force_login(desk)
    draft.refresh_from_db()

    page = client.post(
        reverse("logicmodels:back", args=[draft.number]), {"version": draft.version}, follow=True
    )

    told = page.content.decode()
    assert "元に戻しました：箱「1-2 料理をつくる人」が増えました（架空窓口次郎の操作）。" in told
    assert "やり直す" in told


def test_a_draft_nobody_changed_offers_no_way_back(client, desk):
    fresh = services.start(None, by=desk, title="架空の題")
    client.force_login(desk)

    page = client.get(fresh.get_absolute_url()).content.decode()

    assert re.findall(r'submit"( disabled)?>(元に戻す|やり直す)<', page) == [
        (" disabled", "元に戻す"),
        (" disabled", "やり直す"),
    ]
