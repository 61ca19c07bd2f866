"""Lexical: BM25 over the words of the passages, stemmed by the language of each document."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index.postings import Postings
from index.question_words import QUESTION_WORDS
from index.records import StoredPassage
from index.spelling import other_spelling
from index.store import Hit

FOLDER = "lexical"
_HEAP = 50_000_000  # bytes for the writer, at least 15 million
_SENTENCE = 400  # characters; the terms of longer texts are not remembered
_LONGEST_TOKEN = 60  # bytes; longer ones are no words
_LONGEST_QUESTION = 256  # distinct words; the rest of a longer text is not searched

# Letters and marks belong together (the vowel signs of Hindi are marks); scripts without spaces
# are cut into single characters.
_NO_SPACES = r"\p{Han}\p{Hiragana}\p{Katakana}"
_WORDS = rf"[{_NO_SPACES}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{_NO_SPACES}]]+"

# ISO 639-1 -> the name that tantivy's stemmer knows.
_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_WITHOUT_STOP_WORDS = {"arabic", "greek", "romanian", "tamil", "turkish"}  # tantivy has none


class Lexical:
    """An open index; it keeps the state that it was opened with.

    Title, section and text stand in one field: three with weights of their own found less. All
    languages share it, so that a word weighs the same in all of them. A passage is analysed by
    the language of its document, a question by every language in the index.
    """

    def __init__(self, index: Any) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        languages = {language: language or "-" for language in [*sorted(_STEMMERS), ""]}
        self._postings = Postings(self._schema, self._searcher, languages.values())
        self.stale = self._postings.stale
        counts = {
            language: self._postings.frequency("language", name)
            for language, name in languages.items()
        }
        # The commonest first: it wins where a question does not show its language.
        self._languages = sorted(filter(counts.get, counts), key=lambda name: -counts[name])

    @classmethod
    def read(cls, folder: Path) -> Lexical:
        """Raises ValueError or OSError where the files are missing or are no such index."""
        import tantivy

        path = folder / FOLDER
        try:
            return cls(tantivy.Index.open(str(path)))
        except ValueError:
            if os.access(path, os.W_OK):
                raise
        # Even for reading, tantivy makes a lock file beside the others. Once they are open,
        # nobody asks for their names any more.
        with tempfile.TemporaryDirectory() as mirror:
            for file in path.iterdir():
                if not file.name.endswith(".lock"):
                    Path(mirror, file.name).symlink_to(file.resolve())
            return cls(tantivy.Index.open(mirror))

    @staticmethod
    def write(folder: Path, removed: Collection[str], added: Iterable[StoredPassage]) -> None:
        """Take the documents at ``removed`` out of the index in ``folder``, and put passages in.

        The index is made where there is none. Raises OSError.
        """
        import tantivy

        path = folder / FOLDER
        path.mkdir(exist_ok=True)
        schema = _schema()
        try:
            # A lock file that a dead writer left holds nobody back: the lock is the kernel's.
            writer = tantivy.Index(schema, path=str(path)).writer(heap_size=_HEAP, num_threads=1)
            for document in removed:
                writer.delete_documents_by_term("document", document)
            for stored in added:
                writer.add_document(_entry(stored))
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:  # of every kind: no room, no permission
            raise OSError(f"tantivy: {error}") from error

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def rarity(self, terms: Iterable[str], document: str | None = None) -> dict[str, float]:
        """How telling each of these ``terms`` is: BM25's inverse document frequency.

        Among all passages; or within one document, as far as it has passages enough to tell.
        """
        return {term: self._postings.rarity(term, document) for term in terms}

    def search(self, question: str, k: int, documents: Collection[str] | None = None) -> list[Hit]:
        """The ``k`` best passages, best first; any text will do as a question."""
        query = self._query(question, documents)
        if query is None:
            return []
        found = self._searcher.search(query, limit=max(k, 1), count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in found])
        hits = [Hit(int(id), float(score)) for id, (score, _) in zip(ids, found, strict=True)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))

    def _query(self, question: str, documents: Collection[str] | None) -> Any:
        """Terms only, never parsed: no character of a question has a meaning of its own."""
        from tantivy import Occur, Query

        words = self._words(question)
        if not words:
            return None
        wanted = []
        for stems in words:
            found = [Query.term_query(self._schema, "text", stem, "freq") for stem in stems]
            wanted.append((Occur.Should, Query.disjunction_max_query(found)))
        query = Query.boolean_query(wanted)
        if documents is None:
            return query
        allowed = Query.term_set_query(self._schema, "document", list(documents))
        return Query.boolean_query(
            [(Occur.Must, query), (Occur.Must, Query.const_score_query(allowed, 0.0))]
        )

    def _words(self, question: str) -> list[list[str]]:
        """The telling words of a question, each with its stems in the languages of the index."""
        analysed = _analyser("", stem=False).analyze(_normal(question))
        plain: list[str] = list(dict.fromkeys(analysed))[:_LONGEST_QUESTION]
        # The language of so short a text shows best in its small words.
        small = Counter(
            language
            for language in self._languages
            for word in plain
            if not _word_terms(word, language, stem=False)
        )
        own = max(self._languages, key=lambda language: small[language], default="")
        stems: dict[tuple[str, ...], None] = {}
        for word in plain:
            if word not in QUESTION_WORDS and _word_terms(word, own, stem=False):
                spelt = [word, other_spelling(word)] if "en" in self._languages else [word]
                variants = [
                    _word_terms(form, name, stem=True)
                    for form in filter(None, spelt)
                    for name in self._languages
                ]
                stems[tuple(dict.fromkeys(term for terms in variants for term in terms))] = None
        return [list(variants) for variants in stems if variants]


def terms(text: str, language: str | None) -> list[str]:
    """The words of ``text`` as the index holds them for documents of ``language`` (ISO 639-1)."""
    if len(text) > _SENTENCE:
        return _terms(text, language)
    return list(_sentence_terms(text, language))


def _terms(text: str, language: str | None) -> list[str]:
    analysed: list[str] = _analyser(_analysed_as(language), stem=True).analyze(_normal(text))
    return analysed


@lru_cache(maxsize=1 << 13)  # 16 MB at most; a sentence is rated again with the next question
def _sentence_terms(text: str, language: str | None) -> tuple[str, ...]:
    return tuple(_terms(text, language))


@lru_cache(maxsize=1 << 14)
def _word_terms(word: str, language: str, *, stem: bool) -> tuple[str, ...]:
    """A word of a question as the index holds it; nothing of a small word."""
    return tuple(_analyser(language, stem=stem).analyze(word))


def question_words(question: str) -> list[str]:
    """The words of a question as they stand there, without those that only make it a question."""
    return [
        word
        for word in dict.fromkeys(re.findall(r"[\w-]+", _normal(question)))
        if word.lower() not in QUESTION_WORDS
    ]


def names_in(question: str) -> list[str]:
    """The words of a question with a capital; all its words where nobody wrote any."""
    words = question_words(question)
    if question == question.lower():
        return words
    return [word for word in words if word[0].isupper()]


def question_terms(question: str, language: str | None) -> list[str]:
    """The same for a question, without the words that only make a question of it."""
    return list(_question_terms(question, language))


@lru_cache(maxsize=256)  # the same for each document that may answer
def _question_terms(question: str, language: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms(" ".join(question_words(question)), language)))


def _analysed_as(language: str | None) -> str:
    """English where the language is not known; "" for one without a stemmer."""
    return (language or "en") if (language or "en") in _STEMMERS else ""


@cache
def _analyser(language: str, *, stem: bool) -> Any:
    """Words in lower case without stop words, as they are or as stems without accents."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    name = _STEMMERS.get(language)
    builder = TextAnalyzerBuilder(Tokenizer.regex(_WORDS))
    builder = builder.filter(Filter.remove_long(_LONGEST_TOKEN)).filter(Filter.lowercase())
    if name is not None and name not in _WITHOUT_STOP_WORDS:
        builder = builder.filter(Filter.stopword(name))
    if stem and name is not None:
        builder = builder.filter(Filter.stemmer(name))  # before the accents go: it needs them
    if stem:
        builder = builder.filter(Filter.ascii_fold())
    return builder.build()


def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    for name in ("document", "language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    # What is written is analysed already: stems with spaces between.
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _entry(stored: StoredPassage) -> Any:
    from tantivy import Document

    passage = stored.passage
    language = _analysed_as(stored.language)
    entry = Document()
    # Document(id=1) would make a signed value of it, which kills the writer.
    entry.add_unsigned("id", stored.id)
    entry.add_text("document", passage.document)
    entry.add_text("language", language or "-")
    stems = terms(f"{passage.context}\n{passage.text}", stored.language)
    entry.add_text("text", " ".join(stems))
    return entry


def _normal(text: str) -> str:
    # Half a surrogate pair, which JSON can hold, is no text to the library.
    return unicodedata.normalize("NFC", text.encode(errors="replace").decode())
