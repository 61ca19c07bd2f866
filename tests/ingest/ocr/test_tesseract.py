"""Tesseract: what it reads where it is installed, and what is said where it fails."""

from pathlib import Path

import pytest

from ingest.errors import OcrFailed
from ingest.ocr.tesseract import Tesseract

INSTALLED = pytest.mark.skipif(not Tesseract().installed, reason="needs tesseract-ocr")
HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


@pytest.fixture
def program(tmp_path: Path):
    """A program that stands where Tesseract would: a shell script's lines -> its engine."""

    def write(script: str, languages: str = "eng fra osd", timeout: float = 20.0) -> Tesseract:
        path = tmp_path / "tesseract"
        listed = "\n".join(["List of available languages:", *languages.split()])
        path.write_text(
            f'#!/bin/sh\ncase "$1" in\n--version) echo "tesseract 9.1"; exit;;\n'
            f"--list-langs) echo '{listed}'; exit;;\nesac\ncat > /dev/null\n{script}\n"
        )
        path.chmod(0o755)
        return Tesseract(str(path), timeout)

    return write


@INSTALLED
def test_lines_come_with_their_place_and_confidence(printed) -> None:
    image = printed(["The harbour keeps two lamps.", "Both are lit at dusk."])
    first, second = Tesseract().recognise(image)
    assert (first.text, second.text) == ("The harbour keeps two lamps.", "Both are lit at dusk.")
    assert first.left == pytest.approx(30 * 200 / 72, abs=6)
    assert first.top < first.bottom < second.top < image.height
    assert first.confidence > 0.8


@INSTALLED
def test_the_name_says_which_version() -> None:
    assert Tesseract().name.split()[0] == "tesseract"
    assert Tesseract().name.split()[1][0].isdigit()


def test_words_of_one_line_are_joined_and_its_height_is_that_of_most_words(
    program, printed
) -> None:
    rows = [
        "5\t1\t1\t1\t1\t1\t10\t20\t40\t10\t90\tThe",
        "5\t1\t1\t1\t1\t2\t60\t20\t50\t14\t70\tport",
        "5\t1\t1\t1\t2\t1\t10\t50\t40\t10\t95\tcloses",
        "5\t1\t1\t1\t2\t2\t60\t50\t3\t3\t5\t|",
        "4\t1\t1\t1\t3\t0\t10\t90\t40\t10\t-1\t",
    ]
    engine = program("cat <<'END'\n" + "\n".join([HEAD, *rows]) + "\nEND")
    first, second = engine.recognise(printed(["x"]))
    assert (first.text, second.text) == ("The port", "closes")
    assert (first.left, first.right) == (10, 110)
    assert first.bottom - first.top == 14
    assert first.confidence == pytest.approx((3 * 0.9 + 4 * 0.7) / 7)


@pytest.mark.parametrize(
    ("sign", "left", "word", "text"),
    [
        ("e", 60, "lamps", "• lamps"),
        ("e", 30, "lampade", "e lampade"),  # an Italian word: as close as words are
        ("+", 30, "lamps", "• lamps"),
        ("+", 30, "12%", "+ 12%"),
        ("-", 60, "lamps", "- lamps"),
        ("7", 60, "lamps", "7 lamps"),
    ],
)
def test_a_sign_set_apart_before_a_word_is_a_bullet(program, printed, sign, left, word, text):
    rows = [
        f"5\t1\t1\t1\t1\t1\t10\t20\t10\t10\t60\t{sign}",
        f"5\t1\t1\t1\t1\t2\t{left}\t20\t90\t20\t90\t{word}",
    ]
    engine = program("cat <<'END'\n" + "\n".join([HEAD, *rows]) + "\nEND")
    assert [line.text for line in engine.recognise(printed(["x"]))] == [text]


@pytest.mark.parametrize(
    ("languages", "data"),
    [
        (["fr"], ["fra"]),
        (["fr", "en", "fr"], ["fra", "eng"]),
        (["de"], ["eng"]),  # not installed
        (["xx"], ["eng"]),  # not known
        ([], ["eng"]),
    ],
)
def test_only_languages_that_are_installed_are_asked_for(program, languages, data) -> None:
    assert program("").data_for(languages) == data


def test_without_english_another_language_serves(program) -> None:
    assert program("", languages="osd rus srp_latn srp").data_for(["fr"]) == ["rus"]
    assert program("", languages="osd rus srp_latn srp").data_for(["sr"]) == ["srp", "srp_latn"]


def test_one_thread_reads_one_image(program, printed) -> None:
    row = "5\t1\t1\t1\t1\t1\t10\t20\t40\t10\t90\t"
    engine = program(f"printf '{HEAD}\\n{row}%s\\n' \"$OMP_THREAD_LIMIT\"")
    assert [line.text for line in engine.recognise(printed(["x"]))] == ["1"]


def test_an_image_that_takes_too_long_is_given_up(program, printed) -> None:
    with pytest.raises(OcrFailed, match=r"longer than 0\.5 seconds"):
        program("exec sleep 60", timeout=0.5).recognise(printed(["x"]))


def test_a_failure_is_told_in_the_programs_words(program, printed) -> None:
    with pytest.raises(OcrFailed, match="Image too large"):
        program("echo 'Image too large' >&2; exit 1").recognise(printed(["x"]))


def test_a_missing_program_is_not_installed() -> None:
    absent = Tesseract("no-such-tesseract")
    assert not absent.installed
    with pytest.raises(OcrFailed, match="no-such-tesseract"):
        _ = absent.name


def test_a_program_without_languages_is_of_no_use(program) -> None:
    assert not program("", languages="osd").installed
