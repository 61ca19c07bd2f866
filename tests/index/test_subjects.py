"""Subjects: what documents are about, by how often they say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index import LocalStore, sync
from index.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index import Encoder

LONG = "The council wants light on all its roads, and bridges that last. " * 14


@pytest.fixture(scope="module")
def subjects(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Subjects]:
    folder: Path = tmp_path_factory.mktemp("subjects")
    for name, words in (("blue", "Dutch dikes"), ("green", "Norvale"), ("red", "no town")):
        parts = [f"## Part {n}\n\nOf {words} in part {n}. {LONG}\n" for n in range(6)]
        (folder / f"{name}.md").write_text("# Plan of works\n\n" + "\n".join(parts), "utf-8")
    (folder / "grey.md").write_text(
        "# Plan of works\n\n"
        + "\n".join(f"## Part {n}\n\n{LONG}\n" for n in range(9))
        + "\n## Neighbours\n\nNorvale has another plan.\n",
        "utf-8",
    )
    index_dir = folder.with_name("subjects-index")
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        yield Subjects(store.snapshot())


def test_a_document_is_about_what_it_says_again_and_again(subjects: Subjects) -> None:
    assert subjects.about("What does Norvale plan?") == {"green.md": {"Norvale": 1.0}}


def test_a_country_is_its_subject_under_each_of_its_names(subjects: Subjects) -> None:
    assert set(subjects.about("What do the Netherlands plan?")) == {"blue.md"}


def test_what_most_documents_say_tells_none_apart(subjects: Subjects) -> None:
    assert subjects.about("What does the Council say of Roads?") == {}


def test_words_without_a_capital_are_no_names_in_a_sentence_that_has_some(
    subjects: Subjects,
) -> None:
    assert subjects.about("What does it say of norvale?") == {}
    assert set(subjects.about("norvale plan")) == {"green.md"}


def test_where_nobody_wrote_capitals_a_country_is_the_name(subjects: Subjects) -> None:
    assert set(subjects.about("norvale part 3")) == {"green.md"}
    assert set(subjects.about("norvale and the netherlands")) == {"blue.md"}


def test_a_question_about_nobody_finds_nothing(subjects: Subjects) -> None:
    assert subjects.about("What does Westmark plan?") == {}
    assert subjects.about("") == {}
