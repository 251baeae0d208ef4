"""Booklets: ordered by the desk, made in the worker with progress, and made again after a failure."""

import re
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cityhall import printing
from cityhall.refusal import NotAllowed
from logicmodels import booklet as book
from logicmodels import services, tasks
from logicmodels.files import find_booklet
from logicmodels.models import Booklet
from logicmodels.services import booklets
from tests import make
from tests import make_logicmodels as lm
from tests.services import private

pytestmark = pytest.mark.django_db
PAGE = reverse("logicmodels:booklets")


@pytest.fixture
def can_print():
    private.need("pango")


def ordered(*models, by=None, size="A3"):
    return services.order_booklet(list(models) or [lm.model()], by=by or make.desk(), size=size)


def text_of(booklet):
    private.need("poppler")
    place = str(book.place_of(booklet))
    return subprocess.run(["pdftotext", "-layout", place, "-"], capture_output=True, text=True).stdout


def test_a_booklet_lists_its_models_and_numbers_their_pages_through(can_print):
    fixed, draft = lm.edition().model, lm.model()
    booklet = ordered(draft, fixed)

    made = tasks.render_booklet(booklet.pk)

    booklet.refresh_from_db()
    contents, *pages = text_of(booklet).rstrip("\f").split("\f")
    rows = re.findall(r"(LM-R8-\d+).*?(第1版（試行版）|下書き)\s+(\d+)\n", contents)
    assert (made, booklet.state, booklet.done, booklet.count) == (True, "ready", 2, 2)
    assert rows == [(fixed.number, "第1版（試行版）", "1"), (draft.number, "下書き", "3")]
    assert [page.split()[-1] for page in pages] == ["1", "2", "3", "4"]


def test_how_far_a_booklet_is_can_be_seen_while_it_is_made(can_print, client):
    booklet, heard = ordered(lm.model(), lm.model()), []

    book.pdf_of(booklet, told=heard.append)

    booklets._tell(booklet, 1)
    client.force_login(booklet.by)
    page = client.get(PAGE)
    assert heard == [0, 1, 2]
    assert "2件のうち1件" in page.text
    assert page["Refresh"] == "3"


def test_a_booklet_that_takes_too_long_says_why_and_is_made_again_when_asked(can_print, monkeypatch, client):
    booklet = ordered()
    monkeypatch.setattr(printing, "SECONDS", 0.001)
    tasks.render_booklet(booklet.pk)
    monkeypatch.undo()
    booklet.refresh_from_db()
    client.force_login(booklet.by)
    page = client.get(PAGE)

    client.post(reverse("logicmodels:retry_booklet", args=[booklet.token]))

    assert (booklet.state, "秒では作れませんでした" in page.text) == ("failed", True)
    booklet.refresh_from_db()
    assert (booklet.state, booklet.error, booklet.attempts) == ("waiting", "", 0)
    assert tasks.render_waiting_booklets() == 1


def test_a_booklet_whose_worker_fell_silent_is_taken_up_again_and_at_last_given_up(can_print):
    silent = timezone.now() - timedelta(minutes=10)
    lost, hopeless = ordered(), ordered()
    Booklet.objects.filter(pk=lost.pk).update(state="rendering", told_at=silent, attempts=1)
    Booklet.objects.filter(pk=hopeless.pk).update(state="rendering", told_at=silent, attempts=3)

    tasks.render_waiting_booklets()

    lost.refresh_from_db()
    hopeless.refresh_from_db()
    assert (lost.state, hopeless.state) == ("ready", "failed")
    assert "3回試しました" in hopeless.error


def test_the_same_order_twice_is_one_and_others_than_the_desk_order_none():
    model, desk = lm.model(), make.desk()

    first, second = (ordered(model, by=desk) for _ in range(2))

    assert first == second
    with pytest.raises(NotAllowed):
        ordered(model, by=make.head(make.department()))


@pytest.mark.parametrize(("count", "size"), [(0, "A3"), (101, "A3"), (1, "A5")])
def test_none_too_many_and_an_unknown_size_are_refused(count, size):
    with pytest.raises(NotAllowed):
        services.order_booklet([lm.LogicModel(pk=n) for n in range(count)], by=make.desk(), size=size)


def test_the_desk_picks_models_on_a_page(client):
    model, desk = lm.model(), make.desk()
    client.force_login(desk)

    nothing = client.post(PAGE, {"size": "A3"})
    answer = client.post(PAGE, {"models": [model.number], "size": "A4"})

    assert "1つ以上選んでください" in nothing.text
    assert answer.url == PAGE
    assert [(one.size, one.count, one.by) for one in Booklet.objects.all()] == [("A4", 1, desk)]


def test_a_booklet_leaves_to_the_desk_alone_and_old_ones_leave_the_disk(can_print, monkeypatch):
    monkeypatch.setattr(booklets, "KEPT", 1)
    old, desk = ordered(), make.desk()
    tasks.render_booklet(old.pk)
    old.refresh_from_db()
    place = book.place_of(old)
    told = [find_booklet(user, old.name) for user in (desk, make.manager())]
    fresh = ordered()
    tasks.render_booklet(fresh.pk)

    newest = ordered()

    assert [bool(one) for one in told] == [True, False]
    assert place.exists()  # until the order is sure
    assert set(Booklet.objects.all()) == {fresh, newest}
