"""CSV in the dialects that programs write: delimiters, quotation marks, encodings."""

from __future__ import annotations

import pytest

from ingest import BlockKind, DamagedDocument, read

ROWS = "Action{0}Lead{0}Cost\nDredge{0}Council{0}4\nPlant{0}Parks{0}2\n"
EXPECTED = ["Action: Dredge | Lead: Council | Cost: 4", "Action: Plant | Lead: Parks | Cost: 2"]


def texts(content: str | bytes, name: str = "plan.csv") -> list[str]:
    document = read(name, content if isinstance(content, bytes) else content.encode())
    assert {block.kind for block in document.blocks} <= {BlockKind.TABLE_ROW, BlockKind.PARAGRAPH}
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["plan.csv", "plan.tsv"])
def test_the_delimiter_is_found(delimiter: str, name: str) -> None:
    assert texts(ROWS.format(delimiter), name) == EXPECTED


def test_a_comma_in_the_figures_is_no_delimiter() -> None:
    assert texts("Action;Cost\nDredge, deepen;4,5\nPlant;2,5\n") == [
        "Action: Dredge, deepen | Cost: 4,5",
        "Action: Plant | Cost: 2,5",
    ]


def test_the_delimiter_may_be_stated() -> None:
    assert texts("sep=;\r\n" + ROWS.format(";")) == EXPECTED


def test_quoted_values_keep_their_delimiters_and_lines() -> None:
    assert texts('Action,Lead\n"Dredge, then\ndeepen","the ""old"" council"\n') == [
        'Action: Dredge, then deepen | Lead: the "old" council'
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
def test_any_encoding_is_read(encoding: str) -> None:
    rows = "Stratégie,Année\nÉcole à créer dès l’été,2031\nForêt protégée,2032\n"
    assert texts(rows.encode(encoding))[0] == ("Stratégie: École à créer dès l’été | Année: 2031")


def test_rows_of_numbers_have_no_head() -> None:
    assert texts("2030,1\n2031,2\n") == ["2030 | 1", "2031 | 2"]


def test_a_quotation_mark_that_nothing_closes_does_not_swallow_the_rest() -> None:
    rows = "\n".join(f"Plant {number},Parks" for number in range(20_000))
    read_texts = texts(f'Action,Lead\n"Dredge,Council\n{rows}\n')
    assert "Action: Plant 5 | Lead: Parks" in read_texts


def test_another_kind_of_file_is_told_so() -> None:
    with pytest.raises(DamagedDocument, match=r"under the name \.csv"):
        texts(b"PK\x03\x04" + bytes(range(256)))
