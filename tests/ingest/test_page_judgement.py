"""Judging pages: honest text in any language, garbage, images, nothing."""

import random
import string

import pytest

from ingest.page_judgement import PageKind, PageLayer, is_garbage, judge, judge_pages

ENGLISH = (
    "The lighthouse authority keeps forty lamps along a coast of nine hundred miles. Each of them "
    "is inspected twice in every year, in spring and again in late autumn, when the nights grow "
    "long. Where a lamp has failed, the keeper writes the hour into the book and sends word to the "
    "harbour office, which warns every ship that is expected within the following three days. "
    "The authority publishes the number of failures before the end of February, together with what "
    "the repairs have cost and which harbours have contributed to them. "
)
# One sentence of the same kind in other tongues, said often enough to be judged.
TONGUES = {
    "german": "Die Behörde unterhält vierzig Leuchtfeuer entlang der Küste und prüft jedes zweimal",
    "french": "L'autorité entretient quarante phares le long de la côte et les inspecte deux fois",
    "polish": "Urząd utrzymuje czterdzieści latarni wzdłuż wybrzeża i sprawdza każdą dwa razy",
    "czech": "Úřad udržuje čtyřicet majáků podél pobřeží a každý z nich kontroluje dvakrát ročně",
    "finnish": "Viranomainen ylläpitää neljääkymmentä majakkaa rannikolla ja tarkastaa ne kahdesti",
    "turkish": "Kurum kıyı boyunca kırk feneri işletiyor ve her birini yılda iki kez denetliyor",
    "vietnamese": "Cơ quan này duy trì bốn mươi ngọn hải đăng dọc bờ biển và kiểm tra hai lần",
    "swahili": "Mamlaka inatunza minara arobaini kando ya pwani na kuikagua mara mbili kila mwaka",
    "russian": "Управление содержит сорок маяков вдоль побережья и проверяет каждый дважды в год",
    "greek": "Η αρχή συντηρεί σαράντα φάρους κατά μήκος της ακτής και τους ελέγχει δύο φορές",
    "arabic": "تحافظ الهيئة على أربعين منارة على طول الساحل وتفحص كل واحدة منها مرتين في السنة",
    "hindi": "प्राधिकरण तट के साथ चालीस प्रकाशस्तंभों का रखरखाव करता है और हर साल दो बार जाँच करता है",
    "chinese": "管理局在沿海维护四十座灯塔,每年检查两次,并在秋末再次检查。",
    "japanese": "当局は海岸に沿って四十の灯台を維持し、毎年二回、春と晩秋に点検する。",
}


def shifted(text, step):
    """As a font without a map gives it: every sign another one's."""
    return "".join(
        chr(33 + (ord(char) - 33 + step) % 94) if "!" <= char <= "~" else char for char in text
    )


ODD = {
    "figures": "\n".join(
        f"{year} {year * 7 % 991}.{year % 10} {year % 13} –" for year in range(1990, 2030)
    ),
    "ticks": "\n".join(f"{n} x - 3 • 7 x x - 2" for n in range(20)),
    "abbreviations": "\n".join(
        f"{code} MSC IMO VTS AIS GMDSS EPIRB ISPS SOLAS" for code in ("DSC", "SAR") * 8
    ),
    "contents": "\n".join(f"Chapter {n} {'. ' * 40}{n}" for n in range(1, 20)),
    "leaders": "\n".join(f"Lamp {n} {'.' * 60} {n}" for n in range(1, 20)),
    "spaced": " ".join("THE LIGHTHOUSE AUTHORITY " * 3),
    "addresses": "\n".join(
        f"keeper{n}@harbour.example www.harbour.example/lamps?n={n}" for n in range(12)
    ),
    "bullets": "\uf0b7 " * 20 + ENGLISH,
    "nothing": "",
}
GARBAGE = {
    "symbols": shifted(ENGLISH, 65),
    "letters": shifted(ENGLISH, 3),
    "capitals": shifted(ENGLISH, 1).upper(),
    "signs": shifted(ENGLISH, 31),
    "private": "".join(chr(0xE000 + ord(char)) if char != " " else char for char in ENGLISH),
    "control": "".join(chr(1 + ord(char) % 30) if char != " " else char for char in ENGLISH),
    "lone": " ".join(shifted(ENGLISH, 40).replace(" ", "")),
    "replaced": "\ufffd" * 30 + ENGLISH[:60],
    "mojibake": (TONGUES["russian"] * 6).encode("cp1251").decode("latin-1"),
}


@pytest.mark.parametrize("text", TONGUES.values(), ids=TONGUES)
def test_honest_text_in_any_language_is_no_garbage(text):
    assert not is_garbage(" ".join([text] * 6))
    assert not is_garbage(" ".join([text.upper()] * 6))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_only_looks_odd_is_no_garbage(text):
    assert not is_garbage(text)


@pytest.mark.parametrize("text", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_told(text):
    assert is_garbage(text)


def test_a_shuffled_alphabet_is_nearly_always_told():
    told = 0
    for seed in range(200):
        letters = list(string.ascii_lowercase)
        random.Random(seed).shuffle(letters)
        told += is_garbage(
            ENGLISH.translate(str.maketrans(string.ascii_lowercase, "".join(letters)))
        )
    assert told >= 180


def test_too_little_to_judge_is_honest():
    assert not is_garbage(shifted(ENGLISH, 65)[:50])


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (PageLayer(ENGLISH), PageKind.TEXT),
        (PageLayer(ENGLISH, image_share=1.0), PageKind.TEXT),
        (PageLayer("Lamp Plan", image_share=1.0), PageKind.TEXT),  # a title over a photograph
        (PageLayer(shifted(ENGLISH, 65)), PageKind.GARBAGE),
        (PageLayer(shifted(ENGLISH, 65), image_share=1.0), PageKind.GARBAGE),
        (PageLayer("", image_share=0.9), PageKind.IMAGE),
        (PageLayer("- 14 -", image_share=0.9), PageKind.IMAGE),
        (PageLayer("", image_share=0.02), PageKind.BLANK),  # a logo
        (PageLayer("", outlines=3000), PageKind.IMAGE),  # letters turned into curves
        (PageLayer("", outlines=2), PageKind.BLANK),  # a rule above and below
        (PageLayer(" \n\x0c"), PageKind.BLANK),
        (PageLayer("2026 117 48"), PageKind.TEXT),
    ],
)
def test_a_page_is_what_it_holds(page, kind):
    assert judge(page) is kind


def test_what_is_stamped_on_every_page_of_a_scan_is_not_its_text():
    scan = [PageLayer(f"Harbour archive, sheet {n}", image_share=1.0) for n in range(1, 5)]
    assert judge_pages(scan) == [PageKind.IMAGE] * 4


def test_few_words_over_photographs_here_and_there_are_text():
    pages = [PageLayer("Lamp Plan", 1.0), PageLayer(ENGLISH), PageLayer("Lamp Plan", 1.0)]
    pages += [PageLayer(ENGLISH)] * 2
    assert judge_pages(pages) == [PageKind.TEXT] * 5
    assert judge_pages([PageLayer("Lamp Plan", 1.0)]) == [PageKind.TEXT]
