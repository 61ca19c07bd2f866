"""Naming: a question names documents by the words of their titles, file names and years."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import DocumentInfo
from index.naming import Naming, _same_name


def info(path, title, date=None, status="indexed"):
    return DocumentInfo(path, title, date, "en", "pdf", 9, 30, status)


DOCUMENTS = [
    info("kenya_2022.pdf", "National Cyber Security Strategy", "2022"),
    info("estonia_2019.pdf", "Cyber Security Strategy", "2019-05-02"),
    info("mauritania.pdf", "Cyber Security Strategy of Mauritania", "2019"),
    info("port-merrow-2021.pdf", "Safe Harbour: Climate Strategy", "2021-03-18"),
    info("port-merrow-2025.pdf", "Safe Harbour: Climate Strategy", "2025"),
    info("eu-brief.md", "The EU strategy in brief", "2020-12-16"),
    info("cote-divoire.pdf", "Stratégie de la Côte d’Ivoire", None),
    info("peru.pdf", "Peru", None, "failed"),
]
PATHS = [document.path for document in DOCUMENTS]


@pytest.fixture(scope="module")
def naming():
    return Naming(DOCUMENTS)


def best(naming, question):
    named = naming.named(question)
    return {path for path, score in named.items() if score == 1.0}


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("Who leads Kenya's strategy?", "kenya_2022.pdf"),
        ("Who leads the Kenyan strategy?", "kenya_2022.pdf"),
        ("What is the Estonian budget?", "estonia_2019.pdf"),
        ("Que dit la stratégie mauritanienne ?", "mauritania.pdf"),
        ("What does the EU announce?", "eu-brief.md"),
        ("Quel est le budget de la Cote d'Ivoire ?", "cote-divoire.pdf"),
        ("What did Port Merrow decide in 2025?", "port-merrow-2025.pdf"),
    ],
)
def test_a_document_is_named_by_the_words_of_its_name(naming, question, path):
    assert best(naming, question) == {path}


def test_two_editions_are_named_alike_where_no_year_tells_them_apart(naming):
    assert best(naming, "Who leads Port Merrow?") == {
        "port-merrow-2021.pdf",
        "port-merrow-2025.pdf",
    }


def test_a_word_in_the_names_of_most_documents_names_none(naming):
    assert naming.named("What is the strategy?") == {}


@pytest.mark.parametrize(
    "question", ["", "Who pays for the trees?", "What about 1987?", "Who leads Peru?"]
)
def test_a_question_may_name_no_document(naming, question):
    assert naming.named(question) == {}


def test_words_that_only_make_a_question_name_nothing():
    naming = Naming([info("what-we-do.md", "What we do"), info("lamps.md", "Lamps")])
    assert naming.named("What do we pay?") == {}


def test_an_index_without_documents_has_no_names():
    assert Naming([]).named("Who leads Kenya's strategy?") == {}
    assert Naming([]).covering("Kenya and Estonia", [], 2) == []


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("Compare Kenya's and Estonia's strategies.", {"kenya_2022.pdf", "estonia_2019.pdf"}),
        (
            "Compare Port Merrow's 2021 and 2025 strategies.",
            {"port-merrow-2021.pdf", "port-merrow-2025.pdf"},
        ),
    ],
)
def test_documents_that_are_named_side_by_side(naming, question, paths):
    assert set(naming.covering(question, PATHS, 2)) == paths


def test_one_document_named_by_two_of_its_words_stays_one(naming):
    assert naming.covering("How safe is the harbour of Estonia?", ["estonia_2019.pdf"], 2) == [
        "estonia_2019.pdf"
    ]


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("What does the Kenyan one say?", "kenya_2022.pdf"),
        ("Was steht in der Strategie von Estland?", "estonia_2019.pdf"),
        ("Que prévoit la stratégie de l'Estonie ?", "estonia_2019.pdf"),
        ("What does the Ivorian strategy say?", "cote-divoire.pdf"),
    ],
)
def test_a_country_is_named_by_all_its_names(naming, question, path):
    assert best(naming, question) == {path}


def test_editions_are_told_apart_by_their_years_and_strangers_of_the_year_stay_out(naming):
    found = naming.covering("How did Port Merrow's climate strategy change 2021 to 2025?", PATHS, 2)
    assert set(found) == {"port-merrow-2021.pdf", "port-merrow-2025.pdf"}


def test_what_documents_are_about_counts_as_their_name(naming):
    about = {"eu-brief.md": {"Sudia": 1.0}}
    assert "eu-brief.md" not in naming.covering("Kenya and Sudia", PATHS, 2)
    found = naming.covering("Kenya and Sudia", PATHS, 2, about)
    assert set(found) == {"kenya_2022.pdf", "eu-brief.md"}


def test_the_names_of_the_others_leave_a_question(naming):
    asked = "Compare the pledges of Kenya and Estonia for 2030"
    kenyan = naming.without(asked, "kenya_2022.pdf", ["estonia_2019.pdf"])
    assert kenyan == "Compare the pledges of Kenya and for 2030"


def test_only_documents_that_are_offered_are_compared(naming):
    assert naming.covering("Kenya and Estonia", ["kenya_2022.pdf"], 2) == ["kenya_2022.pdf"]
    assert naming.covering("Kenya and Estonia", PATHS, 1) in (
        ["kenya_2022.pdf"],
        ["estonia_2019.pdf"],
    )


WORDS = st.text("abcdefgéß1", min_size=1, max_size=12)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_being_the_same_name_is_mutual(one, other):
    assert _same_name(one, one)
    assert _same_name(one, other) == _same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("kenya", "kenyan", True),
        ("estonia", "estonian", True),
        ("mauritania", "mauritanienne", True),
        ("norway", "norwegian", False),
        ("2021", "2025", False),
        ("202111", "202112", False),
        ("harbour", "harbourmasters", False),
        ("port", "ports", False),
        ("austria", "australia", False),
    ],
)
def test_two_forms_of_one_name(one, other, same):
    assert _same_name(one, other) is same


@settings(deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["A Plan", "Kenya", "2021 Fish"])), max_size=6),
    st.text(max_size=60),
)
def test_scores_are_above_zero_with_one_for_the_best(names, question):
    naming = Naming([info(f"{name}-{n}.pdf", title) for n, (name, title) in enumerate(names)])
    for asked in (question, " ".join(name for name, _ in names)):
        named = naming.named(asked)
        assert all(0 < score <= 1 for score in named.values())
        assert not named or max(named.values()) == 1.0
        chosen = naming.covering(asked, [f"{name}-{n}.pdf" for n, (name, _) in enumerate(names)], 3)
        assert len(chosen) == len(set(chosen)) <= 3
        assert set(chosen) <= set(named)


@pytest.mark.parametrize(
    ("text", "path", "left"),
    [
        ("Kenya's strategy", "kenya_2022.pdf", ["s"]),
        ("the Kenyan strategy of 2022", "kenya_2022.pdf", ["the", "of"]),
        ("fines in Kenya", "kenya_2022.pdf", ["fines", "in"]),
        ("Kenya 2019", "kenya_2022.pdf", ["2019"]),
        ("stratégie mauritanienne", "mauritania.pdf", []),
    ],
)
def test_the_words_that_are_not_of_a_name_are_left(naming, text, path, left):
    assert naming.unnamed(text, path) == left


def test_what_a_document_is_about_names_it_too(naming):
    assert naming.unnamed("Norvale strategy", "kenya_2022.pdf", ["Norvale"]) == []
