"""The retriever fuses both searches into one ranking of evidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import (
    EncoderMismatch,
    Hit,
    LocalStore,
    Retriever,
    SentenceTransformerEncoder,
    StrategyRetriever,
    UnknownDocument,
    sync,
)
from index.retriever import fuse

rankings = st.lists(
    st.lists(st.integers(1, 30), unique=True, max_size=20).map(
        lambda ids: [Hit(id, 1.0 - rank / 100) for rank, id in enumerate(ids)]
    ),
    max_size=3,
)


@settings(deadline=None)
@given(rankings)
def test_fusion_holds_every_hit_once_and_is_ordered(lists):
    fused = fuse(lists)
    assert sorted(hit.passage_id for hit in fused) == sorted(
        {hit.passage_id for ranking in lists for hit in ranking}
    )
    assert fused == sorted(fused, key=lambda hit: (-hit.score, hit.passage_id))


@settings(deadline=None)
@given(rankings)
def test_fusion_does_not_depend_on_the_order_of_the_searches(lists):
    def rounded(hits):
        return {hit.passage_id: round(hit.score, 9) for hit in hits}

    assert rounded(fuse(lists)) == rounded(fuse(lists[::-1]))


def test_what_both_searches_find_comes_before_what_one_finds():
    fused = fuse([[Hit(1, 0.9), Hit(2, 0.8)], [Hit(3, 12.0), Hit(2, 11.0)]])
    assert [hit.passage_id for hit in fused] == [2, 1, 3]


@pytest.fixture
def retriever(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        yield Retriever(store, encoder)


def test_evidence_says_where_it_comes_from_and_how_well_each_search_liked_it(retriever):
    evidence = retriever.search("Until when will the quays be electrified?")
    best = evidence[0]
    assert best.passage.document == "harbour.md"
    assert 0 < best.dense <= 1
    assert best.lexical > 0
    assert best.score >= evidence[-1].score
    assert any(item.lexical is None for item in evidence)  # found by its meaning alone


def test_the_search_can_be_limited_to_documents(retriever):
    evidence = retriever.search("quays", documents=["forest.md", "library.txt"])
    assert {item.passage.document for item in evidence} == {"forest.md", "library.txt"}


def test_an_empty_question_finds_nothing(retriever):
    assert retriever.search("  ") == []


def test_the_same_question_gets_the_same_evidence(retriever):
    assert retriever.search("a permit for felling") == retriever.search("a permit for felling")


def test_an_encoder_that_did_not_make_the_index_is_refused(retriever):
    with pytest.raises(EncoderMismatch, match="some/other-model"):
        Retriever(retriever.store, SentenceTransformerEncoder("some/other-model"))


def test_no_more_is_found_than_asked_for(retriever):
    assert len(retriever.search("quays", k=1)) == 1
    assert retriever.search("quays", k=0) == []


def test_a_search_of_no_documents_finds_nothing(retriever):
    assert retriever.search("quays", documents=[]) == []


def test_a_document_that_is_not_there_is_an_error_that_names_it(retriever):
    with pytest.raises(UnknownDocument, match=r"nowhere\.md"):
        retriever.search("quays", documents=["nowhere.md"])


def test_the_passages_of_a_document_that_the_question_names_count_more(retriever):
    def score(evidence):
        return {item.passage.document: item.score for item in evidence}

    named = retriever.search("Who gives a permit, by the forest charter?")
    assert {item.passage.document: item.named > 0 for item in named}["forest.md"]
    assert next(item for item in named if item.passage.document == "harbour.md").named == 0
    unnamed = retriever.search("Who gives a permit?")
    assert all(item.named == 0 for item in unnamed)
    assert score(named)["forest.md"] > score(unnamed)["forest.md"]


def test_documents_named_side_by_side_are_compared(retriever):
    assert set(retriever.compared("Compare the Harbour plan and the Forest charter.", 2)) == {
        "harbour.md",
        "forest.md",
    }
    assert retriever.compared("Who gives a permit, by the Forest charter?", 2) == []
    assert retriever.compared("Who gives a permit?", 2) == []


def test_a_snapshot_is_searched_as_it_was(retriever, folder, index_dir, encoder):
    before = retriever.store.snapshot()
    (folder / "harbour.md").unlink()
    sync(folder, index_dir, encoder=encoder)
    old = retriever.search("electrified quays", snapshot=before)
    assert "harbour.md" in {item.passage.document for item in old}
    new = retriever.search("electrified quays")
    assert "harbour.md" not in {item.passage.document for item in new}


def test_the_names_of_new_documents_are_learned(retriever, folder, index_dir, encoder):
    question = "What does the Saltmarsh ordinance say of curlews?"
    assert all(item.named == 0 for item in retriever.search(question))
    (folder / "saltmarsh.md").write_text("# Saltmarsh ordinance\n\nCurlews nest in the marsh.\n")
    sync(folder, index_dir, encoder=encoder)
    best = retriever.search(question)[0]
    assert (best.passage.document, best.named) == ("saltmarsh.md", 1.0)


def test_langchain_gets_documents_with_their_place(retriever):
    documents = StrategyRetriever(retriever=retriever, k=2).invoke("Who needs a permit to hunt?")
    assert len(documents) == 2
    metadata = documents[0].metadata
    assert metadata.keys() == {"document", "title", "page", "section", "start", "end", "score"}
    assert metadata["document"] == "forest.md"
    text = retriever.store.document("forest.md").text
    assert text[metadata["start"] : metadata["end"]] == documents[0].page_content


def test_equals_stand_in_the_order_of_the_documents_not_of_their_coming(
    retriever, folder, index_dir, encoder
):
    # The same words under the same name in two folders: nothing else tells them apart.
    for place in ("b", "a"):
        (folder / place).mkdir()
        (folder / place / "tide.md").write_text("# Tide table\n\nThe tide is read at noon.\n")
        sync(folder, index_dir, encoder=encoder)
    best = retriever.search("When is the tide read?", k=2)
    assert [item.passage.document for item in best] == ["a/tide.md", "b/tide.md"]
    assert best[0].dense == best[1].dense
