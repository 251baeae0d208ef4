"""さがす: two signs are enough, the hits are those of LIKE on the folded key, in both databases."""

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from proposals import finding, search
from proposals.finding import containing
from proposals.models import Organization, Proposal, Submission
from proposals.services import indexing
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SIGNS = "防災夕食見守りアあｱA1-ー・、。（株）％%_\\'\"*　 \n🏠\U00020bb7"


def found(words):
    return set(containing(Proposal.objects.all(), words))


def like(words):
    """The oracle: every word in the newest key, read one by one."""
    newest = Submission.objects.exclude(search_text="").values_list("proposal", "search_text")
    terms = search.terms(words)
    return {pk for pk, text in newest if terms and all(term in text for term in terms)}


@pytest.mark.parametrize("many", [finding.MANY, -1], ids=["by the index", "in order"])
@given(
    texts=st.lists(st.text(SIGNS, min_size=1, max_size=30), min_size=1, max_size=4),
    words=st.text(SIGNS, max_size=6),
)
@example(texts=["a％b", "aab"], words="a%b")
@example(texts=["a_b", "acb"], words="a_b")
@example(texts=["防災\n夕食"], words="災夕")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_hits_are_those_of_like(monkeypatch, texts, words, many):
    monkeypatch.setattr(finding, "MANY", many)
    Submission.objects.update(search_text="", search_pairs="")
    for text in texts:
        make.submission(title="題", overview=text)

    assert {case.pk for case in found(words)} == like(words)


@pytest.mark.parametrize(
    "words",
    [
        "夕食", "見守り", "みまもり隊", "ミマモリ隊", "ﾐﾏﾓﾘ", "（株）みほん配送", "株式会社みほん配送",
        "みほん　配送", "ミホンハイソウ", "7000012050002", "ｾﾞﾝｶｸ", "🏠", "夕", "配達員が手渡し",
    ],
)  # fmt: skip
def test_a_case_is_found_by(words):
    case = make.submission(title="夕食と見守り①🏠", overview="ミマモリ隊とぜんかく")
    Organization.objects.filter(pk=case.organization_id).update(
        name="株式会社みほん配送", kana="ミホンハイソウ", corporate_number="7000012050002"
    )
    indexing.renamed(Organization.objects.get(pk=case.organization_id))
    make.submission(title="別", overview="別", problem="別", activity="別")

    assert found(words) == {case}


def test_a_number_is_found_however_it_is_typed():
    case = make.submission()
    year, number = case.number.split("-")

    for words in (case.number, case.number.lower(), number, f"{year}－{number}", f"{year}ー{number}"):
        assert found(words) == {case}


def test_only_the_newest_words_count():
    case = make.submission(overview="古い言葉の案")
    Submission.objects.create(proposal=case, version=2, organization_name="架空団体", title="新しい題")

    assert found("古い言葉") == set()
    assert found("新しい題") == {case}


@pytest.mark.parametrize("words", ["", " ", "　", "\u200b"])
def test_nothing_is_found_by_nothing(words):
    make.submission()

    assert found(words) == set()


def test_the_index_is_made_anew(capsys):
    case = make.submission(title="架空の夕食会")
    Submission.objects.update(search_text="", search_pairs="")
    assert found("夕食会") == set()

    call_command("reindex_cases")

    assert found("夕食会") == {case}
    assert "1件" in capsys.readouterr().out


def test_a_search_never_reaches_the_database_as_a_statement(django_assert_num_queries):
    make.submission()

    for words in ("' OR 1=1 --", '" OR "', "NEAR(a b)", "a* OR b", "{}", "%(x)s", "%s"):
        assert found(words) == set()


def test_long_words_ask_for_a_dozen_pairs():
    assert len(search.pairs_of("".join(chr(0x4E00 + n) for n in range(100)))) <= search.MOST_PAIRS
    assert search.pairs_of("森") == search.marks_of("森").split()


def test_the_words_of_the_search_are_not_fetched_with_the_others():
    make.submission()

    assert Submission.objects.get().get_deferred_fields() == {"search_text", "search_pairs"}
    assert connection.vendor in ("sqlite", "postgresql")
