"""The draft of a decision: kept as typed, prepared by the desk from paper, nothing until confirmed."""

import pytest

from cityhall.models import OutgoingMail
from cityhall.workflow import NotAllowed, Stale
from proposals.dossier import ink
from proposals.dossier.content import Telling
from proposals.models import Decision, DecisionDraft, DecisionPaper
from proposals.services import decision_drafts
from tests import make, make_deciding, make_files, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def section():
    return make.department("こども家庭課", email="kodomo@example.com")


@pytest.fixture
def head(section):
    return make.head(section)


@pytest.fixture
def case(section):
    return make_section.to_decide(section)


def url(case):
    return f"/section/cases/{case.number}/decide/"


def save(case, by, version=0, **said):
    return decision_drafts.save(case, by=by, said=said, draft_version=version)


def test_a_member_keeps_what_is_typed_and_finds_it_again(section, case):
    member = make_section.visit(make.member(section))
    typed = {"go": "save", "draft": 0, "version": case.version, "reason": "途中の理由", "verdict": "go_if"}
    member.post(url(case), typed | {"condition1_text": "途中の条件", "condition1_due": "いつか"})

    page = member.get(url(case)).content.decode()

    assert "途中の理由" in page and "途中の条件" in page
    assert not Decision.objects.exists()


@pytest.mark.both
def test_signs_no_database_keeps_are_marked_and_too_much_is_refused(section, case):
    member = make_section.visit(make.member(section))
    typed = {"go": "save", "draft": 0, "version": case.version}

    answer = member.post(url(case), typed | {"reason": "途中\x00の理由", "n\x00": "x"})
    refused = member.post(url(case), typed | {"draft": 1, "reason": "長" * 30_000})

    assert answer.status_code == 302
    assert make.reload(case).decision_draft.said["reason"] == "途中\ufffdの理由"
    assert "文が長すぎて" in refused.content.decode() and "長長長" in refused.content.decode()


def test_a_member_is_led_to_the_draft_from_the_case_and_a_head_to_the_decision(section, head, case):
    pages = [make_section.visit(p).get(case.get_absolute_url()) for p in (make.member(section), head)]

    member, chief = (page.content.decode() for page in pages)
    assert "判断の下書きを書く" in member and url(case) in member
    assert "判断する" in chief and "判断の下書きを書く" not in chief


def test_a_draft_handed_up_is_told_to_the_section(section, case):
    make_section.visit(make.member(section)).post(url(case), make_section.verdict(case, go="hand"))

    letter = OutgoingMail.objects.filter(to="kodomo@example.com").latest("pk")
    assert "判断の下書きの確認をお願いします" in letter.subject
    assert case.title not in letter.body
    assert case.decision_draft.handed_at


def test_a_password_is_never_kept_in_a_draft(head, case):
    make_section.visit(head).post(url(case), make_section.verdict(case, go="save"))

    assert make.PASSWORD not in str(DecisionDraft.objects.get().said)
    assert "password" not in DecisionDraft.objects.get().said


def test_a_head_confirms_the_draft_and_it_is_told_who_wrote_it(section, head, case):
    writer = make.member(section)
    save(case, writer, reason="下書きの理由")

    make_section.visit(head).post(url(case), make_section.verdict(case, draft=1))

    decision = Decision.objects.get()
    assert (decision.decided_by, decision.prepared_by, decision.is_by_proxy) == (head, writer, False)
    assert not DecisionDraft.objects.exists()


def test_a_draft_rewritten_meanwhile_voids_the_confirmation_and_both_texts_are_shown(section, head, case):
    save(case, make.member(section), reason="前の下書き")
    save(case, make.member(section), version=1, reason="書き直した下書き", verdict="go", code_go="effect")

    page = make_section.visit(head).post(url(case), make_section.verdict(case, draft=1, reason="確かめた文"))

    words = page.content.decode()
    assert (page.status_code, make.reload(case).step) == (409, "decision")
    assert "書き直した下書き" in words and "確かめた文" in words
    assert page.context["latest"]["words"] == "判断の下書きを保存しました"
    drafted = [said["value"] for said in page.context["draft_said"] if said["term"] == "理由の区分"]
    assert drafted == ["市民・地域への効果が見込まれるため"]


def test_two_members_on_one_draft_do_not_overwrite_each_other(section, case):
    save(case, make.member(section), reason="先の文")
    second = make_section.visit(make.member(section))

    page = second.post(url(case), make_section.verdict(case, go="save", draft=0, reason="後の文"))

    assert page.status_code == 409
    assert "先の文" in page.content.decode() and "後の文" in page.content.decode()
    assert DecisionDraft.objects.get().said["reason"] == "先の文"


def test_a_head_asks_for_another_draft_in_words(section, head, case):
    save(case, make.member(section), reason="下書き")
    form = {"version": case.version, "draft": 1, "text": "条件の期限を書いてください"}
    make_section.visit(head).post(f"{url(case)}rewrite/", form)

    page = make_section.visit(make.member(section)).get(url(case)).content.decode()

    assert "条件の期限を書いてください" in page


@pytest.mark.parametrize("who", ["other", "desk", "manager"])
def test_nobody_else_keeps_a_draft(who, case):
    person = make.member(make.department("架空のほか")) if who == "other" else getattr(make, who)()

    with pytest.raises(NotAllowed):
        save(case, person, reason="文")


def test_a_case_not_before_step_six_has_no_draft(section, head):
    case = make.proposal("logic_model", section=section)

    with pytest.raises(NotAllowed, match="⑥"):
        save(case, head, reason="文")


# 代理入力


def test_what_the_desk_prepared_is_nothing_until_a_head_confirms_and_is_shown_as_such(head, case):
    desk = make.desk()
    make_deciding.prepared(case, desk)
    assert (make.reload(case).step, Decision.objects.count()) == ("decision", 0)
    case = make.reload(case)

    make_section.visit(head).post(url(case), make_section.verdict(case, draft=1))

    decision = Decision.objects.get()
    assert (decision.is_by_proxy, decision.prepared_by, decision.decided_by) == (True, desk, head)
    assert [str(paper) for paper in decision.papers.all()] == ["決裁.pdf"]
    assert decision.record.data["proxy"] is True
    page = make_section.visit(head).get(case.get_absolute_url()).content.decode()
    assert "代理入力：窓口が紙の決裁から準備し、所属長が確かめました" in page


def test_the_dossier_tells_who_prepared_and_who_confirmed(head, case):
    desk = make.desk()
    make_deciding.prepared(case, desk)
    make_deciding.decide(case, head)

    entries = {entry.kind: entry for entry in Telling(make.reload(case), {}).entries()}

    told = entries["判断"]
    assert "判断：採用（代理入力" in told.title and told.who.endswith(head.name)
    assert dict(told.rows)["代理入力"] == f"窓口（{desk.name}）が紙の決裁から準備"
    assert dict(told.rows)["決裁の写し"] == "決裁.pdf"


def test_staff_names_are_under_the_ink_in_it(head, case):
    desk = make.desk()
    make_deciding.prepared(case, desk)
    make_deciding.decide(case, head)

    entries = Telling(make.reload(case), {ink.STAFF: True}).entries()

    assert not any(desk.name in str(entry) or head.name in str(entry) for entry in entries)


def test_the_desk_needs_the_paper(case):
    with pytest.raises(NotAllowed, match="決裁の写し"):
        decision_drafts.prepare(case, by=make.desk(), said={}, draft_version=0)


def test_the_desk_does_not_write_over_the_sections_own_draft(section, case):
    save(case, make.member(section), reason="課の文")

    with pytest.raises(NotAllowed, match="所管課が自分の下書き"):
        decision_drafts.prepare(case, by=make.desk(), said={}, draft_version=1)


def test_a_prepared_draft_thrown_away_takes_its_papers_along(case):
    desk = make.desk()
    make_deciding.prepared(case, desk)

    decision_drafts.discard(case, by=desk, draft_version=1)

    assert (DecisionDraft.objects.count(), DecisionPaper.objects.count()) == (0, 0)


def test_preparing_from_an_old_page_is_refused(case):
    make_deciding.prepared(case)

    with pytest.raises(Stale):
        make_deciding.prepared(case)


def test_the_copy_of_the_paper_is_opened_by_whoever_sees_the_case_and_nobody_else(section, head, case):
    make_deciding.prepared(case)
    name = DecisionPaper.objects.get().name
    others = [make.head(make.department("架空のほか")), make.admin()]

    codes = [make_section.visit(p).get(f"/files/decision-paper/{name}").status_code for p in [head, *others]]

    assert codes == [200, 404, 404]


@pytest.mark.parametrize("name", ["macro.docm", "x.exe"])
def test_a_dangerous_paper_is_refused_and_nothing_is_kept(name, case):
    with pytest.raises(NotAllowed, match="受け取れませんでした"):
        decision_drafts.prepare(
            case, by=make.desk(), said={}, draft_version=0, uploads=[make_files.upload(name)]
        )

    assert not DecisionDraft.objects.exists()


# conditions


def test_there_is_room_for_as_many_conditions_as_it_takes_without_script(head, case):
    browser = make_section.visit(head)
    typed = make_section.verdict(case, go="row", verdict="go_if", rows=3, condition1_text="一つめ")
    page = browser.post(url(case), typed).content.decode()
    assert "condition4_text" in page and "一つめ" in page and "エラー" not in page
    rows = {f"condition{n}_{part}": text for n in range(1, 5) for part, text in CONDITION.items()}

    browser.post(url(case), make_section.verdict(case, verdict="go_if", rows=4, **rows))

    assert Decision.objects.get().conditions.count() == 4


CONDITION = {"text": "架空の条件", "owner": "提案者", "due": "2027-03-31"}
