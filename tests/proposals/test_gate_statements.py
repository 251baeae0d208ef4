"""How often the gate asks the database: the same few times whatever lies in it (performance.md §3)."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityhall.models import OutgoingMail
from proposals.models import Attachment, Submission, Theme
from proposals.services.intake import find_organization
from tests import make
from tests.load.visits import paper
from tests.make_public import PROPOSAL, begin, send, write, write_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

FORM, POST = 2, 15
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def statements(act):
    """What was asked, transaction control left out, as pg_stat_statements is read."""
    with CaptureQueriesContext(connection) as asked:
        assert act().status_code in (200, 302)
    return [query["sql"] for query in asked if not query["sql"].startswith(CONTROL)]


def upload(visitor, words):
    answer = write(visitor, 3, words, papers=SimpleUploadedFile(*paper(), "application/pdf"))
    assert Attachment.objects.filter(draft__isnull=False).exists()
    return answer


def counts(name, **answers):
    """For each page and each press of a whole proposal with a paper, of an organisation not known yet."""
    cache.clear()
    visitor, words = Client(), PROPOSAL | {"organization_name": name} | answers
    begin(visitor, words)
    told = {}
    for part in (1, 2, 3):
        told[f"page {part}"] = len(statements(lambda part=part: visitor.get(f"/propose/{part}/")))
        told[f"press {part}"] = len(statements(lambda part=part: write(visitor, part, words)))
    page = write_all(visitor, words)
    told["upload"] = len(statements(lambda: upload(visitor, words)))
    told["page 4"] = len(statements(lambda: visitor.get("/propose/confirm/")))
    told["send"] = len(statements(lambda: send(visitor, page, words, follow=False)))
    return told


def test_a_page_of_the_form_asks_twice_and_a_press_at_most_fifteen_times_whatever_the_table_holds():
    make.submission()
    few = counts("架空商会")
    for _ in range(20):
        make.submission()

    many = counts("架空物産")

    assert few == many
    assert all(few[f"page {part}"] <= FORM for part in (1, 2, 3)), few
    assert all(number <= POST for number in few.values()), few


def test_five_papers_in_one_press_are_asked_for_as_one_is():
    visitor, words = Client(), PROPOSAL | {"organization_name": "架空書類店"}
    begin(visitor, words)
    write_all(visitor, words)

    def upload_five():
        data = paper()[1]
        papers = [SimpleUploadedFile(f"図{n}.pdf", data, "application/pdf") for n in range(5)]
        return write(visitor, 3, words, papers=papers)

    asked = statements(upload_five)

    assert Attachment.objects.filter(draft__isnull=False).count() == 5
    assert len(asked) <= POST, asked


def test_a_trouble_answered_a_paper_and_a_letter_to_the_desk_make_it_no_more(settings):
    settings.DESK_EMAIL = "madoguchi@example.jp"
    theme = Theme.objects.create(
        department=make.department(), title="架空の困りごと", published_on=date(2026, 4, 1)
    )

    told = counts("架空工房", answer_to="theme", theme=theme.number)

    assert Submission.objects.get(organization_name="架空工房").theme == theme
    assert Attachment.objects.filter(proposal__isnull=False).exists()
    assert OutgoingMail.objects.filter(to=settings.DESK_EMAIL).exists()
    assert all(told[f"page {part}"] <= FORM for part in (1, 2, 3, 4)), told
    assert all(number <= POST for number in told.values()), told


def test_the_proposal_of_an_organisation_merged_into_another_asks_no_more_either(settings):
    settings.DESK_EMAIL = "madoguchi@example.jp"
    living = find_organization(**make.organization())
    find_organization(name="架空支店", kind="company", merged_into=living)

    told = counts("架空支店")

    assert living.proposals.exists()
    assert all(number <= POST for number in told.values()), told
