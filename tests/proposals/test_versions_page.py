"""提案の版: who works on a case sees what the proposer rewrote, from one version to another."""

import pytest

from proposals.services import revising
from proposals.services.receipts import new_code
from proposals.workflow import Step
from tests import make, make_files

pytestmark = pytest.mark.django_db


def revised(case, *times, **more):
    for words in times:
        seen = case.submissions.count()
        revising.revise(case, words=words, contact={}, key=new_code(), seen=seen, **more)
    return case


def words_of(page):
    return page.content.decode()


def at_the_desk(client, case, **chosen):
    client.force_login(make.desk())
    return client.get(f"/admin/proposals/proposal/{case.number}/versions/", chosen)


def test_what_was_added_and_struck_out_is_marked(client):
    case = revised(make.submission(), {"title": "架空の朝食宅配で見守りを"})

    page = words_of(at_the_desk(client, case))

    assert "第1版から第2版へ" in page
    assert "<del>夕食宅配で</del>" in page and "<ins>朝食宅配で</ins>" in page


def test_fields_that_stayed_are_folded(client):
    case = revised(make.submission(), {"title": "架空の朝食宅配で見守りを"})

    page = at_the_desk(client, case)

    assert [row.term for row in page.context["changed"]] == ["件名"]
    assert "変わっていない項目" in words_of(page)


def test_any_two_versions_can_be_laid_side_by_side(client):
    case = revised(make.submission(), {"measures": "数えます。"}, {"measures": "尋ねます。"})

    page = at_the_desk(client, case, **{"from": "1", "to": "3"})

    assert page.context["changed"][0].words == [("gone", "声をかけた世帯の数"), ("added", "尋ねます。")]
    assert "第1版から第3版へ" in words_of(page)


def test_before_any_revision_the_page_says_so(client):
    assert "まだ書き直されていません" in words_of(at_the_desk(client, make.submission()))


@pytest.mark.parametrize(
    "chosen",
    [{"to": "9"}, {"from": "9"}, {"to": "x"}, {"to": "-1"}, {"from": "９"}, {"to": "9" * 400}, {"to": "1'"}],
)
def test_a_version_there_is_not_is_not_found(client, chosen):
    case = revised(make.submission(), {"measures": "数えます。"})

    assert at_the_desk(client, case, **chosen).status_code == 404


def test_what_changed_beside_the_words_is_told_without_naming_it(client):
    case = make.submission(track="consultation")
    paper = [make_files.upload("架空の図.png")]
    contact = {"email": "atarashii@example.com"}
    revising.revise(case, words={}, contact=contact, key=new_code(), seen=1, as_proposal=True, papers=paper)

    page = words_of(at_the_desk(client, case))

    for told in (
        "連絡先が変わりました",
        "相談から提案になりました",
        "書類が加わりました",
        "架空の図.png",
        "文は同じです",
    ):
        assert told in page
    assert "atarashii" not in page


def test_the_case_leads_there_only_when_there_is_something_to_see(client):
    case = make.submission()
    client.force_login(make.desk())
    address = f"/admin/proposals/proposal/{case.number}/"
    before = words_of(client.get(f"{address}change/"))

    revised(case, {"measures": "数えます。"})

    assert f"{address}versions/" not in before
    assert f"{address}versions/" in words_of(client.get(f"{address}change/"))


def test_a_section_sees_what_changed_but_nobodys_name(client):
    section = make.department("架空の所管課")
    case = make.proposal(Step.HEARING, section=section)
    revised(case, {"title": "架空の朝食宅配で見守りを", "representative": "代表 架空 秘密"})
    client.force_login(make.member(section))

    page = words_of(client.get(f"/section/cases/{case.number}/versions/"))

    assert "<ins>朝食宅配で</ins>" in page and "架空 秘密" not in page
    assert f"/section/cases/{case.number}/versions/" in words_of(client.get(f"/section/cases/{case.number}/"))


def test_a_section_without_a_part_in_the_case_finds_nothing(client):
    case = revised(make.proposal(Step.HEARING), {"measures": "数えます。"})
    client.force_login(make.member(make.department("架空のほかの課")))

    assert client.get(f"/section/cases/{case.number}/versions/").status_code == 404
