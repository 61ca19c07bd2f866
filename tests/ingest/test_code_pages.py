"""Of the one-byte encodings the one is found in which a text is one of its language."""

from __future__ import annotations

import pytest

from ingest.readers.code_pages import latin_code_page

TEXTS = {
    "French": "Les régions réduiront leurs dépenses, grâce à l’école où l’été dure.",
    "German": "Die Behörden prüfen die Größe der Häfen; für die Länder gilt Änderung.",
    "Spanish": "¿Quién decidirá? Según el artículo 1º, la población española tendrá más energía.",
    "Portuguese": "A estratégia será aplicada às regiões; não há exceções à coordenação.",
    "Danish": "Rådet vil inden 2030 gøre byen grønnere; æbletræer på øen.",
    "Polish": "Rada zmniejszy zużycie energii o jedną trzecią i poprawi jakość życia mieszkańców.",
    "Czech": "Město sníží spotřebu energie o třetinu a zlepší kvalitu života; žádný občan nechybí.",
    "Hungarian": "A város csökkenti a felhasználást, tekintettel az időskorúakra, ősszel.",
    "Turkish": "Belediye tüketimini azaltacak, yaşam kalitesini artıracaktır. Işıklar değişecek.",
    "Lithuanian": "Miestas sumažins suvartojimą trečdaliu ir pagerins gyvenimo kokybę, šilumą.",
}
WESTERN = ("French", "German", "Spanish", "Portuguese", "Danish")
PAGES = [
    *((name, page) for name in WESTERN for page in ("cp1252", "mac_roman", "cp850")),
    *((name, page) for name in ("Polish", "Czech") for page in ("cp1250", "iso8859_2", "cp852")),
    ("Hungarian", "cp1250"),
    ("Turkish", "cp1254"),
    ("Lithuanian", "cp1257"),
]


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_the_letters_of_a_language_tell(language: str, page: str) -> None:
    written = TEXTS[language].encode(page, errors="ignore")
    assert written.decode(latin_code_page(written)) == written.decode(page)


def test_without_letters_that_tell_it_is_western_windows() -> None:
    assert latin_code_page("“So” – it’s £5.".encode("cp1252")) == "cp1252"
    assert latin_code_page(b"\x81\x8d\x8f") in {"cp1252", "mac_roman", "cp850", "cp852"}
