"""案件のひとまとめ: how a case is told on it, in whose words, and how its pages break."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.dossier import ink
from proposals.dossier.content import Telling
from proposals.services import (
    advance,
    answering,
    assessing,
    decision_drafts,
    handover,
    hearings,
    hints,
    triage,
    undoing,
)
from proposals.viewpoints import BY_NUMBER
from proposals.workflow import Step
from tests import make, make_deciding, make_matching, make_section, make_talk
from tests.make_dossier import made, pages, unpacked, words
from tests.services import private

pytestmark = pytest.mark.django_db
HEARD = {
    "how": "visit",
    "organization_name": "架空商店",
    "person": "架空 話子",
    "reach": "090-0000-0000",
    "text": "宿題の場所の話",
    "consent": "yes",
}


@pytest.fixture
def can_print():
    private.need("pango")


@pytest.fixture
def desk():
    return make.desk()


def told(case, **redactions):
    return Telling(make.reload(case), redactions).entries()


def one(case, words, **redactions):
    (found,) = [entry for entry in told(case, **redactions) if words in f"{entry.kind}{entry.title}"]
    return found


def test_a_reading_is_told_by_the_viewpoint_and_its_sentence(desk):
    case = make.proposal(Step.SORTING, by=desk)
    assessing.assess(case, by=desk, marks={4: (1, "まだ聞いていない。"), 5: (2, "")})

    rows = one(case, "9つの観点").rows

    four, five = BY_NUMBER[4], BY_NUMBER[5]
    assert rows == [
        (f"4　{four.name}", f"［1］{four.anchors[1]}\nまだ聞いていない。"),
        (f"5　{five.name}", f"［2］{five.anchors[2]}"),
    ]


def test_what_a_record_is_about_is_told_under_it_and_once(desk):
    section = make.department("福祉の課")
    case = make_section.asked(section)
    hearings.answer(case.hearings.get(), by=make.head(section), answer="yes", text="一緒に行きます。")

    entries = told(case)

    answers = [entry for entry in entries if "一緒に行きます。" in str(entry.rows)]
    assert [(entry.kind, str(entry.rows).count("一緒に行きます。")) for entry in answers] == [
        ("関係課の返事", 1)
    ]
    assert sorted(entry.order for entry in entries if entry.mark) == list(range(1, case.records.count() + 1))


def test_a_section_asked_twice_answers_under_the_right_record(desk):
    section = make.department("福祉の課")
    case = make_section.asked(section)
    head = make.head(section)
    hearings.answer(case.hearings.get(), by=head, answer="hard", text="人手がない。", possible_when="来年")
    again = hearings.ask(make.reload(case), section, by=desk, reason="人が増えたと聞いたため")
    hearings.answer(again, by=head, answer="yes", text="いまならできる。")

    first, second = [dict(e.rows)["返事の中身"] for e in told(case) if e.kind == "関係課の返事"]
    reasons = [dict(e.rows)["つなぐ理由"] for e in told(case) if e.kind == "つなぐシート"]

    assert (first, second) == ("人手がない。", "いまならできる。")
    assert reasons[1] == "人が増えたと聞いたため"


def test_an_answer_taken_back_keeps_its_words(desk):
    section = make.department("福祉の課")
    case = make_section.asked(section)
    head, sheet = make.head(section), case.hearings.get()
    hearings.answer(sheet, by=head, answer="hard", text="はじめの返事。", possible_when="来年")
    sheet.refresh_from_db()
    hearings.take_back(sheet, by=head)

    said = str(told(case))

    assert "はじめの返事。" in said


def test_what_the_desk_changed_is_told_from_what_to_what(desk):
    case = make.proposal(Step.SORTING, by=desk)
    triage.summarise(case, by=desk, summary="3行の要約", officer=desk)

    rows = dict(one(case, "要約").rows)

    assert rows == {"窓口の要約": "3行の要約", "担当": f"なし → {desk}"}


def test_a_move_taken_back_says_so(desk):
    case = make.proposal(Step.INTAKE, by=desk)
    advance(case, "accept", by=desk)
    undoing.undo(make.reload(case), by=desk)

    entry = one(case, "①受付 → ②内容整理")

    assert "で取消し" in entry.mark


def test_what_a_section_heard_stands_on_the_day_it_was_heard_and_hides_its_person(desk):
    case = make.proposal(Step.SORTING, by=desk)
    section = make.department("福祉の課")
    heard_on = timezone.localdate() - timedelta(9)
    hint = hints.connect(section, by=make.member(section), key="h", heard_on=heard_on, **HEARD)
    hints.join(hint, make.reload(case), by=desk)

    entry = one(case, "福祉の課が聞き", names=True, contact=True)

    rows = dict(entry.rows)
    assert (entry.on, rows["聞いたこと"]) == (heard_on, "宿題の場所の話")
    assert (rows["だれから"], rows["連絡先"]) == ("■■■■（個人の氏名）", "■■■■（連絡先）")


# --- drafts ---------------------------------------------------------------------


def test_a_draft_put_before_a_head_is_told_as_a_draft_and_one_of_its_writer_alone_is_not(desk):
    section = make.department("こども家庭課")
    case, member = make_section.to_decide(section), make.member(section)
    said = {
        "verdict": "go_if",
        "code_go_if": "safety",
        "reason": "途中の理由",
        "condition1_text": "安全の確認",
    }
    decision_drafts.save(case, by=member, said=said, draft_version=0)
    alone = str(told(case))
    decision_drafts.save(case, by=member, said=said, draft_version=1, hands_up=True)

    entry = one(case, "判断の下書き")

    assert "途中の理由" not in alone
    assert entry.title == "判断の下書き（確かめていない文）"
    assert entry.rows == [
        ("結論", "条件付採用"),
        ("理由の区分", "安全・個人情報の取決めが要るため"),
        ("理由", "途中の理由"),
        ("条件", "安全の確認"),
    ]


def test_an_answer_drafted_for_the_head_is_told_and_the_same_before_that_is_not(desk):
    section = make.department("福祉の課")
    case, member = make_section.asked(section), make.member(section)
    sheet = case.hearings.get()
    answering.save(sheet, by=member, said={"answer": "yes", "yes_text": "下書きの返事"}, version=0)
    alone = str(told(case))
    answering.hand_up(sheet, by=member, said={"answer": "yes", "yes_text": "下書きの返事"}, version=1)

    entry = one(case, "返事の下書き")

    assert "下書きの返事" not in alone
    assert entry.rows == [("返事", "前向きに受ける"), ("返事の中身", "下書きの返事")]


def test_who_wrote_a_draft_is_under_the_ink(desk):
    section = make.department("こども家庭課")
    case, member = make_section.to_decide(section), make.member(section, name="架空下書子")
    decision_drafts.save(case, by=member, said={"reason": "途中"}, draft_version=0, hands_up=True)

    entry = one(case, "判断の下書き", **{ink.STAFF: True})

    assert entry.who == "■■■■（職員の氏名）"


def test_who_was_handed_a_case_and_did_nothing_is_under_the_ink_too(desk):
    case = make.proposal(Step.SORTING, by=desk)
    first, second = make.desk(name="架空一子"), make.desk(name="架空二男")
    triage.summarise(case, by=desk, summary="要約", officer=first)
    handover.hand_over(first, to=second, by=desk, reason="異動のため")
    handover.hand_over(second, to=desk, by=desk, reason="また異動のため")

    said = str(told(case, **{ink.STAFF: True}))

    assert "異動のため" in said
    assert [name for name in ("架空一子", "架空二男") if name in said] == []


def test_that_one_was_met_at_an_introduction_hides_nobody_and_no_word(desk):
    case = make_matching.case()
    make_matching.held(case, desk, met_how="visit")

    entry = one(case, "提案者と話しました", **{ink.NAMES: True})

    assert ("引き合わせ：置き場所を一緒に見ました。" in str(entry), "■" in str(entry)) == (True, False)


# --- on paper ---------------------------------------------------------------------


def test_the_front_names_the_case_and_what_is_hidden(can_print, desk, tmp_path):
    case = make_deciding.referred(make.department("こども家庭課"))

    front, *_ = pages(unpacked(made(case, desk, names=True, staff=True))["case.pdf"], tmp_path)

    said = "\n".join(front).replace(" ", "")
    assert all(
        words in said
        for words in (case.number, case.title, str(case.organization), "⑥案件化判断", "目次", "令和")
    )
    assert "伏せた欄個人の氏名、職員の氏名" in said


def test_every_page_names_the_case_and_its_place(can_print, desk, tmp_path):
    case = make_deciding.referred(make.department("こども家庭課"))

    found = pages(unpacked(made(case, desk))["case.pdf"], tmp_path)

    assert all(f"受付番号 {case.number}" in page[0] for page in found)
    assert [page[-1].replace("/", " / ") for page in found] == [
        f"{n} / {len(found)}" for n in range(1, len(found) + 1)
    ]


def test_an_entry_is_kept_on_one_page(can_print, desk, tmp_path):
    case = make.proposal(Step.HEARING, by=desk)
    for n in range(16):
        make_talk.ask(case, desk, text="長い文です。" * (n * 7 % 30) + f"おわり{n}。")
    numbers = {record.data["message"]: record.sequence for record in case.records.filter(kind="question")}

    found = pages(unpacked(made(case, desk))["case.pdf"], tmp_path)

    said = [tight("".join(page)) for page in found]
    ends = [(f"記録{numbers[one.pk]}番", one.text[-6:].strip("。")) for one in case.messages.all()]
    parted = [end for end in ends if not any(all(f"{part}" in page for part in end) for page in said)]
    assert (len(ends), parted) == (16, [])


def tight(line):
    return re.sub(r"\s", "", line)


def test_the_longest_words_are_printed_whole(can_print, desk, tmp_path):
    case = make.proposal(Step.HEARING, by=desk, activity="あ" * 4000 + "おわり", title="長" * 500)
    make_talk.ask(case, desk, text="い" * 3990 + "しまい")

    pdf = unpacked(made(case, desk))["case.pdf"]

    said, found = words(pdf, tmp_path), pages(pdf, tmp_path)
    assert [page for page in found if len(page) < 8] == []  # no head alone on its page
    assert (said.count("あ") >= 4000, said.count("い") >= 3990) == (True, True)
    assert "おわり" in said and "しまい" in said and said.count("長") >= 1000
