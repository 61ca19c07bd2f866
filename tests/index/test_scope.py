"""A search keeps to its limits, and within them it is exact however few documents are left."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import LocalStore, Retriever, Scope, UnknownDocument, sync
from index.catalog import Catalog
from index.database import Database
from index.scope import ScopeRow

ROWS = [
    ScopeRow("norvale/harbour.pdf", "pdf", "en", "2021-05-01"),
    ScopeRow("norvale/annex/tides.md", "markdown", "en", "2024"),
    ScopeRow("valdraine/forêts.pdf", "pdf", "fr", "2024-11"),
    ScopeRow("osk [draft].txt", "text", None, None),
]
WORDS = [
    "quay",
    "tide",
    "oak",
    "lamp",
    "ferry",
    "pilot",
    "beacon",
    "reef",
    "salt",
    "grain",
    "rope",
    "mast",
]


@pytest.mark.parametrize(
    ("scope", "paths"),
    [
        (Scope(documents=["norvale/harbour.pdf"]), ["norvale/harbour.pdf"]),
        (Scope(documents=["*.pdf"]), ["norvale/harbour.pdf", "valdraine/forêts.pdf"]),
        (Scope(documents=["osk [draft].txt"]), ["osk [draft].txt"]),
        (Scope(documents=["norvale/*"], formats=["pdf"]), ["norvale/harbour.pdf"]),
        (Scope(folders=["norvale"]), ["norvale/annex/tides.md", "norvale/harbour.pdf"]),
        (Scope(folders=["./norvale/annex/"]), ["norvale/annex/tides.md"]),
        (Scope(languages=["FR"]), ["valdraine/forêts.pdf"]),
        (Scope(years=[2024]), ["norvale/annex/tides.md", "valdraine/forêts.pdf"]),
        (Scope(years=range(2019, 2023)), ["norvale/harbour.pdf"]),
        (Scope(formats=[".md", "text"]), ["norvale/annex/tides.md", "osk [draft].txt"]),
        (Scope(languages=["en"], years=[2024]), ["norvale/annex/tides.md"]),
    ],
)
def test_a_document_must_meet_one_value_of_each_limit(scope, paths):
    assert scope.paths(ROWS) == paths


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (Scope(documents=["norvale/harbor.pdf"]), "Did you mean norvale/harbour.pdf"),
        (Scope(documents=["*.docx"]), "no such document"),
        (Scope(folders=["norvale", "kenya"]), "folder kenya: .* norvale, norvale/annex, valdraine"),
        (Scope(folders=["norv"]), "folder norv"),
        (Scope(languages=["de"]), "There is en, fr"),
        (Scope(years=[1999]), "There is 2021, 2024"),
        (Scope(formats=["xlsx"]), "format xlsx"),
        (Scope(languages=["fr"], years=[2021]), "all of these limits together"),
    ],
)
def test_a_limit_that_no_document_meets_is_an_error_that_says_what_there_is(scope, said):
    with pytest.raises(UnknownDocument, match=said):
        scope.paths(ROWS)


@pytest.fixture(scope="module")
def store(tmp_path_factory, encoder):
    """Ninety documents of one passage each, in folders of 1, 9, 30 and 50."""
    place = tmp_path_factory.mktemp("scope")
    random = np.random.default_rng(11)
    number = 0
    for folder, count in (("one", 1), ("nine", 9), ("thirty", 30), ("fifty", 50)):
        (place / "documents" / folder).mkdir(parents=True)
        for _ in range(count):
            number += 1
            words = " ".join(random.choice(WORDS, size=12))
            file = place / "documents" / folder / f"{number:02}.txt"
            file.write_text(f"Paper number {number} of the lighthouse board speaks of {words}.\n")
    sync(place / "documents", place / "index", encoder=encoder)
    with LocalStore.open(place / "index") as store:
        yield store


def stored(store: LocalStore) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Paths, ids and vectors of all passages, as the catalog has them."""
    database = Database.reading(Path(store.index_dir))
    try:
        catalog = Catalog(database)
        ids, vectors = next(catalog.vectors.after(0))
        passages = catalog.passages([int(id) for id in ids])
        return [passages[int(id)].document for id in ids], ids, vectors
    finally:
        database.close()


@pytest.mark.parametrize(
    "folders", [["one"], ["nine"], ["thirty"], ["one", "fifty"], ["one", "nine", "thirty", "fifty"]]
)
def test_both_searches_are_exact_at_any_selectivity(store, encoder, folders):
    question = "Which ferry pilot saw the beacon on the reef?"
    within = store.within(Scope(folders=folders))
    paths, ids, vectors = stored(store)
    inside = np.array([path in set(within) for path in paths])
    assert inside.sum() == len(within)

    query = encoder.encode_queries([question])[0]
    cosines = vectors @ query
    dense = store.dense(query, 7, within)
    expected = sorted(cosines[inside], reverse=True)[:7]
    assert [hit.score for hit in dense] == pytest.approx(expected, abs=2e-3)
    assert {hit.passage_id for hit in dense} <= set(ids[inside].tolist())

    allowed = set(ids[inside].tolist())
    everything = store.lexical(question, len(ids))
    best = [(hit.passage_id, hit.score) for hit in everything if hit.passage_id in allowed][:7]
    lexical = store.lexical(question, 7, within)
    # Passages with the same words have the same score: which of them comes seventh is open.
    assert [hit.score for hit in lexical] == pytest.approx([score for _, score in best], rel=1e-5)
    assert {hit.passage_id for hit in lexical} <= allowed


def test_a_search_takes_patterns_and_scopes_as_it_takes_paths(store, encoder):
    retriever = Retriever(store, encoder)

    def searched(documents):
        found = retriever.search("a ferry and its pilot", 100, documents)
        return {item.passage.document for item in found}

    nine = searched(Scope(folders=["nine"]))
    assert len(nine) == 9
    assert nine == searched(["nine/*"]) == searched(sorted(nine))
    assert len(searched(Scope())) == len(searched(None)) == 90
    assert searched([]) == set()
