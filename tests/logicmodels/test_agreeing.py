"""Two sides agree to an edition, and only then it is fixed for good."""

import pytest
from django.test import Client

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from logicmodels import services
from logicmodels.models import Agreement, Edition, Paper
from proposals.workflow import Kind, Step
from tests import make
from tests import make_logicmodels as lm
from tests.make_receipt import CODE, visit

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ROUTE, AGREE = "/receipt/route/", "/receipt/route/agree/"


@pytest.fixture
def section():
    return make.department("架空の所管課")


@pytest.fixture
def head(section):
    return make.head(section)


@pytest.fixture
def desk():
    return make.desk()


@pytest.fixture
def edition(section, desk):
    return lm.edition(by=desk, proposal=make.proposal(Step.LOGIC_MODEL, section=section, code=CODE))


def case_of(edition):
    return edition.model.proposal


def both_agree(edition, desk, head):
    services.ask(edition, by=desk)
    services.agree_as_head(edition, by=head)
    services.agree_as_proposer(edition)


def adopt(case):
    type(case).objects.filter(pk=case.pk).update(step=Step.ADOPTED)


def agreed_sides(edition):
    return sorted(
        Agreement.objects.filter(edition=edition, agreed_at__isnull=False).values_list("side", flat=True)
    )


# --- asking and saying yes ----------------------------------------------------


def test_the_desk_asks_both_sides_and_the_proposer_gets_one_letter(edition, desk):
    for _ in range(2):
        services.ask(edition, by=desk)

    assert edition.agreements.count() == 2
    letters = OutgoingMail.objects.filter(subject__contains="窓口からの連絡")
    assert [letter.to for letter in letters] == [case_of(edition).contact.email]


def test_both_say_yes_each_with_a_record(edition, desk, head):
    both_agree(edition, desk, head)

    told = case_of(edition).records.filter(kind=Kind.AGREED).values_list("acted_as", "data__side")
    assert agreed_sides(edition) == ["proposer", "section"]
    assert sorted(told) == [("head", "section"), ("proposer", "proposer")]


def test_a_second_yes_changes_nothing(edition, desk, head):
    both_agree(edition, desk, head)

    services.agree_as_proposer(edition)

    assert case_of(edition).records.filter(kind=Kind.AGREED).count() == 2


def test_nobody_agrees_before_being_asked(edition):
    with pytest.raises(NotAllowed, match="まだ求められていません"):
        services.agree_as_proposer(edition)


@pytest.mark.parametrize("who", ["desk", "member", "another head"])
def test_only_the_head_of_the_section_in_charge_agrees_for_it(edition, section, desk, who):
    services.ask(edition, by=desk)
    people = {
        "desk": desk,
        "member": make.member(section),
        "another head": make.head(make.department("架空のよその課")),
    }

    with pytest.raises(NotAllowed):
        services.agree_as_head(edition, by=people[who])


def test_an_older_edition_is_agreed_to_no_more(edition, desk, head):
    services.ask(edition, by=desk)
    services.edit_words(edition.model, by=desk, title="直した題")
    lm.fix(edition.model, by=desk)

    with pytest.raises(NotAllowed, match="新しい版があります"):
        services.agree_as_head(edition, by=head)


def test_a_final_edition_is_not_asked_about_again_and_says_who_agreed(client, edition, desk, head):
    both_agree(edition, desk, head)
    adopt(case_of(edition))
    final = services.fix_final(edition.model, by=desk)

    with pytest.raises(NotAllowed, match="もう合意されています"):
        services.ask(final, by=desk)

    client.force_login(desk)
    assert "まだ求めていません" not in client.get(final.get_absolute_url()).content.decode()


def test_a_model_without_a_case_needs_no_agreement(desk):
    with pytest.raises(NotAllowed, match="合意はいりません"):
        services.ask(lm.edition(by=desk), by=desk)


def test_a_paper_made_before_the_yes_is_made_anew(edition, desk):
    paper = Paper.objects.create(edition=edition, size="A3", state=Paper.State.READY, name="a.pdf")
    services.ask(edition, by=desk)

    services.agree_as_proposer(edition)

    paper.refresh_from_db()
    assert paper.state == Paper.State.WAITING


# --- for good -----------------------------------------------------------------


def test_what_both_agreed_to_is_fixed_for_good_once_the_case_is_adopted(edition, desk, head):
    both_agree(edition, desk, head)
    adopt(case_of(edition))

    final = services.fix_final(edition.model, by=desk)

    assert (final.label, final.content) == ("第2版（確定版）", edition.content)
    assert set(final.agreed) == {"section", "proposer"}


def test_a_final_edition_names_all_it_lacks(edition, desk):
    with pytest.raises(NotAllowed, match="案件が採用になる／所管課の合意／提案者の合意"):
        services.fix_final(edition.model, by=desk)

    assert not Edition.objects.filter(state=Edition.State.FINAL).exists()


def test_words_changed_since_are_fixed_for_a_trial_first(edition, desk, head):
    both_agree(edition, desk, head)
    adopt(case_of(edition))
    services.edit_words(edition.model, by=desk, title="直した題")

    with pytest.raises(NotAllowed, match="新しい試行版にする"):
        services.fix_final(edition.model, by=desk)


def test_an_open_finding_stops_the_final_edition_though_it_was_answered_for_the_trial(desk):
    trial = lm.edition(lm.demo("desk"), by=desk)

    with pytest.raises(NotAllowed, match="助言「指標がまだありません"):
        services.fix_final(trial.model, by=desk)


def test_the_history_of_a_journey_is_fixed_for_good_without_a_case(desk):
    trial = lm.edition(lm.trip00(), by=desk)

    assert services.fix_final(trial.model, by=desk).state == Edition.State.FINAL


# --- the pages ----------------------------------------------------------------


def test_the_proposer_reads_the_route_once_asked_and_agrees(edition, desk):
    guest = visit(case_of(edition))
    before = guest.get(ROUTE).status_code
    services.ask(edition, by=desk)

    page = guest.get(ROUTE).content.decode()
    answer = guest.post(AGREE, {"edition": edition.number}, follow=True).content.decode()

    assert before == 404
    assert edition.content["title"] in page
    assert "合意を受け取りました" in answer
    assert agreed_sides(edition) == ["proposer"]
    assert "道すじを見る" in guest.get("/receipt/").content.decode()


@pytest.mark.parametrize("read", [{"edition": "1"}, {}, {"edition": "２"}])
def test_the_proposer_agrees_to_nothing_the_page_did_not_show(edition, desk, read):
    guest = visit(case_of(edition))
    services.ask(edition, by=desk)
    services.edit_words(edition.model, by=desk, title="直した題")
    newer = lm.fix(edition.model, by=desk)
    services.ask(newer, by=desk)

    answer = guest.post(AGREE, read, follow=True).content.decode()

    assert "道すじが新しくなりました" in answer
    assert agreed_sides(edition) == agreed_sides(newer) == []


def test_what_can_be_agreed_to_no_more_waits_for_nobody(client, edition, desk, head):
    services.ask(edition, by=desk)
    client.force_login(head)
    guest = visit(case_of(edition))
    type(case_of(edition)).objects.update(step=Step.WITHDRAWN, holder="")

    home, route = (one.content.decode() for one in (client.get("/section/"), guest.get(ROUTE)))

    assert "合意を待つ道すじ" not in home
    assert "いまは受け付けていません" in route


def test_a_stranger_is_asked_for_number_and_code(edition, desk):
    services.ask(edition, by=desk)

    page = Client().get(ROUTE).content.decode()

    assert edition.content["title"] not in page
    assert "確認番号" in page


def test_the_head_finds_what_waits_on_the_sections_home_and_agrees(client, edition, desk, head):
    services.ask(edition, by=desk)
    client.force_login(head)
    home = client.get("/section/").content.decode()

    page = client.post(edition.get_absolute_url() + "agree/", follow=True).content.decode()

    assert "合意を待つ道すじ" in home
    assert "合意しました。" in page
    assert "合意を待つ道すじ" not in client.get("/section/").content.decode()


def test_the_desk_sees_what_the_final_edition_lacks(client, edition, desk):
    client.force_login(desk)

    page = client.get(edition.get_absolute_url()).content.decode()

    assert "確定版にするには" in page
    assert "所管課の合意" in page
    assert "合意を求める" in page
