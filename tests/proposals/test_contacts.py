"""連絡先: the desk puts it right; who changed which lines and who opened them is kept, the words are not."""

import pytest

from cityhall.models import OutgoingMail, Reading
from cityhall.refusal import NotAllowed, Stale
from proposals.models import ProposalRecord
from proposals.services import contacts
from proposals.services.revising import revise
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NEW = "atarashii@example.com"


def url(case, deed="contact/edit"):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


def organization_page(client, case):
    return client.get(f"/admin/proposals/organization/{case.organization_id}/")


def test_what_changed_is_recorded_by_its_lines_and_never_by_its_words(desk):
    case = make.submission()

    contacts.change_contact(case, by=desk, email=NEW, phone="046-000-0000")

    last = case.records.order_by("sequence").last()
    assert make.reload(case).contact.email == NEW
    assert last.data == {"contact": ["email", "phone"]} and last.by == desk
    assert NEW not in str(last.data) and not hasattr(last, "text")


def test_whoever_had_the_letters_before_is_told_that_they_go_elsewhere(desk):
    case = make.submission()
    before = case.contact.email

    contacts.change_contact(case, by=desk, email=NEW)

    letter = OutgoingMail.objects.get(key__contains=":address:")
    assert letter.to == before and NEW not in letter.body


def test_the_same_again_records_nothing(desk):
    case = make.submission()

    assert contacts.change_contact(case, by=desk, email=case.contact.email) == []
    assert not case.records.filter(data__has_key="contact").exists()


def test_nobody_but_the_desk_and_nobody_on_a_stale_page_changes_it(desk):
    case = make.submission()

    with pytest.raises(NotAllowed):
        contacts.change_contact(case, by=make.head(make.department("架空課")), email=NEW)
    with pytest.raises(Stale):
        contacts.change_contact(case, by=desk, email=NEW, version=case.version - 1)
    assert make.reload(case).contact.email != NEW


def test_the_desk_changes_it_on_a_page_whose_opening_is_noted(client, desk):
    case = make.submission()
    page = client.get(url(case))
    typed = {name: page.context["form"][name].value() for name in page.context["form"].fields}

    done = client.post(url(case), typed | {"email": NEW})

    assert done.url == f"{url(case, 'change')}#contact"
    assert make.reload(case).contact.email == NEW
    assert Reading.objects.get().detail == "直すため"
    words = client.get(url(case, "change")).context["trail"][0]["words"]
    assert words.startswith("連絡先（メールアドレス") and words.endswith("）を直しました。")


def test_a_wrong_address_is_refused_and_what_was_typed_stays(client, desk):
    case = make.submission()

    page = client.post(url(case), {"version": case.version, "email": "これはちがう"})

    assert "これはちがう" in page.text and make.reload(case).contact.email != ""


def test_the_organisations_page_says_who_changed_what_and_who_opened_it(client, desk):
    case = make.submission()
    client.post(url(case, "contact"))
    contacts.change_contact(make.reload(case), by=desk, phone="046-000-0000")
    revise(make.reload(case), words={"title": "書き直した題"}, contact={"email": NEW}, key="k", seen=1)

    lines = organization_page(client, case).context["contact_history"]

    assert [(line["who"].split("　")[-1], line["words"]) for line in lines] == [
        ("提案者", "メールアドレスを直しました"),
        (desk.name, "電話番号を直しました"),
        (desk.name, "ひらきました"),
    ]
    assert NEW not in organization_page(client, case).text
    assert ProposalRecord.objects.filter(data__has_key="contact").count() == 2
