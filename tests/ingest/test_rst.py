"""reStructuredText is read as it is rendered; nothing is included, run or fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import DamagedDocument, read


def blocks(text: str) -> list[tuple[str, int, str]]:
    document = read("plan.rst", text.encode())
    return [
        (block.kind.value, block.level, document.text[block.start : block.end])
        for block in document.blocks
    ]


def texts(text: str) -> list[str]:
    return [text for _, _, text in blocks(text)]


def test_sections_lists_and_paragraphs() -> None:
    assert blocks(
        """The harbour of Norvale
======================

The council *decides*
on **all** of it.

Goals
-----

#. Dredge the basin

   - by 2031

#. Plant trees

Lead
  The harbour office.
"""
    ) == [
        ("heading", 1, "The harbour of Norvale"),
        ("paragraph", 0, "The council decides on all of it."),
        ("heading", 2, "Goals"),
        ("list_item", 0, "1. Dredge the basin"),
        ("list_item", 1, "by 2031"),
        ("list_item", 0, "2. Plant trees"),
        ("list_item", 0, "Lead: The harbour office."),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "======  ====\nAction  Year\n======  ====\nDredge  2031\nPlant   2032\n======  ====\n",
        "+--------+------+\n| Action | Year |\n+========+======+\n| Dredge | 2031 |\n"
        "+--------+------+\n| Plant  | 2032 |\n+--------+------+\n",
        '.. csv-table::\n   :header: "Action", "Year"\n\n   "Dredge", 2031\n   "Plant", 2032\n',
        ".. list-table::\n   :header-rows: 1\n\n   * - Action\n     - Year\n   * - Dredge\n"
        "     - 2031\n   * - Plant\n     - 2032\n",
    ],
    ids=["simple", "grid", "csv", "list"],
)
def test_rows_of_tables_carry_their_heads(table: str) -> None:
    assert texts(f"Before.\n\n{table}")[1:] == [
        "Action: Dredge | Year: 2031",
        "Action: Plant | Year: 2032",
    ]


def test_notes_are_read_and_their_marks_are_not() -> None:
    assert texts("Sixty trees [1]_ stand here.\n\n.. [1] Counted in May.\n") == [
        "Sixty trees stand here.",
        "Counted in May.",
    ]


def test_roles_and_directives_of_other_programs_leave_the_text_readable() -> None:
    text = """See :ref:`the goals <goals>` and :doc:`money`.

.. toctree::

   goals

.. contents::

.. unknown-thing:: x

The end.
"""
    assert texts(text) == ["See the goals and money.", "The end."]


def test_nothing_is_included_or_taken_as_it_is(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    text = f"""Before.

.. include:: {secret}

.. literalinclude:: {secret}

.. csv-table::
   :file: {secret}

.. raw:: html
   :file: {secret}

.. raw:: html

   <p>secret markup</p>

.. role:: raw-html(raw)
   :format: html

:raw-html:`secret role`

After.
"""
    read_texts = texts(text)
    assert read_texts[0] == "Before."
    assert read_texts[-1] == "After."
    assert "secret words" not in " ".join(read_texts)
    assert "secret markup" not in " ".join(read_texts)


def test_fields_at_the_top_tell_date_and_language() -> None:
    text = "Harbour plan\n============\n\n:Date: 2031-05-02\n:Language: en-GB\n\nTrees.\n"
    document = read("plan.rst", text.encode())
    assert (document.title, document.date, document.language) == (
        "Harbour plan",
        "2031-05-02",
        "en",
    )


def test_markup_that_is_wrong_is_read_as_far_as_it_goes() -> None:
    assert "Trees grow." in texts("Title\n==\n\n*unclosed\n\n.. image::\n\nTrees grow.\n")


@pytest.mark.timeout(60)
def test_what_is_nested_without_end_is_refused_in_words() -> None:
    deep = "".join("  " * level + "- x\n\n" for level in range(400))
    with pytest.raises(DamagedDocument, match="too deeply nested"):
        read("plan.rst", deep.encode())
