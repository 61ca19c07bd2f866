"""OverviewRequest: a question for what a whole document says, and which documents it may mean."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.question import DOCUMENT_NOUNS, Question
from index import PassageStore, Retriever
from index.lexical import terms
from index.name_words import folded, name_words
from index.question_words import QUESTION_WORDS

# "{}" is what the overview is asked of, up to the end of the question or to what follows it.
_ASKED = tuple(
    re.compile(pattern.replace("{}", "(?P<of>.+?)") + r"[\s?!.]*$", re.IGNORECASE)
    for pattern in (
        r"^what(?: is| are| was|[’']s) {} (?:(?:all|mainly|really|generally) )?about",
        r"^what (?:does|do|did) {} (?:say|contain|cover|set out|propose|deal with)",
        r"\b(?:summari[sz]e|sum up) {}",
        r"\b(?:overview|summary|gist|outline) of {}",
        r"\b(?:main|key|central|essential) (?:points?|messages?|ideas?|contents?) (?:of|in) {}",
        r"^(?:tell me about|describe) {}",
        r"\bde quoi (?:parle|traite|est-il question dans) {}",
        r"\b(?:résume[rz]?|résumé|synthèse|aperçu|grandes lignes)(?:-moi)? {}",
        r"^que (?:dit|contient|prévoit|propose) {}",
        r"\bworum geht(?: es|[’']s) (?:in|im|bei|beim) {}",
        r"\bwovon handelt {}",
        r"\bfass(?:e|en sie)?(?: mir)?(?: bitte)? {} zusammen",
        r"\b(?:zusammenfassung|überblick|übersicht) (?:über|von|zu[rm]?|de[rs]) {}",
        r"^was (?:steht (?:in|im)|sagt) {}",
        r"\bde qué (?:trata|habla|va) {}",
        r"\bresum(?:e|a|ir|en)(?:me)? {}",
        r"^¿?qué (?:dice|contiene) {}",
        r"\bdi (?:che )?cosa (?:parla|tratta) {}",
        r"\briassum(?:i|ere|imi) {}",
        r"\b(?:riassunto|sintesi|panoramica) d[a-z]{1,4}[’']? ?{}",
        r"^(?:che )?cosa dice {}",
        r"\bwaar gaat {} over",
        r"\bvat {} samen",
        r"\b(?:samenvatting|overzicht) van {}",
        r"^wat staat er in {}",
    )
)
_BRIEFLY = re.compile(
    r"[\s,]+(?:briefly|please|in short|(?:in|en|auf|con|met) [\w-]+(?: [\w-]+)? "
    r"(?:words?|sentences?|lines?|mots|phrases|worten|sätzen|palabras|frases|parole|frasi|zinnen))"
    r"(?=[\s?!.]*$)",
    re.IGNORECASE,
)
# What else a document is called, and what is said of any: it tells none from another.
_ANY = re.compile(
    r"(?:documents?|papers?|briefs?|files?|texts?|textes?|national\w*|nacional|nazionale"
    r"|nationa(?:a)?l|whole|entire|latest|current|entier|ganzen?|aktuellen?|dokuments?|documento)$",
    re.IGNORECASE,
)
# A greeting, and what a newcomer asks first: there is something to say to it.
_OF_ALL = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|help|bonjour|salut|aide|hallo|guten tag"
    r"|hilfe|hola|buenos días|ayuda|ciao|buongiorno|aiuto|goedendag|hoi)(?: there| all)?[\s!.,?]*$"
    r"|^(?:(?:what|which|how many) (?:documents?|files?|strateg(?:y|ies)|polic(?:y|ies)|plans?"
    r"|reports?)"
    r" (?:do you (?:have|know)|are (?:there|indexed|available)|have you (?:got|read)|can i ask"
    r"|is there)|what (?:can|could|may|should) i ask|what (?:can you do|do you know))\b.{0,30}$"
    r"|^quels documents (?:as-tu|avez-vous|y a-t-il|connaissez-vous)\b.{0,20}$"
    r"|^(?:welche dokumente (?:hast du|haben sie|gibt es|kennen sie)|was kann ich fragen)\b.{0,20}$"
    r"|^¿?qué documentos (?:tienes|tiene|hay)\b.{0,20}$"
    r"|^quali documenti (?:hai|ha|ci sono)\b.{0,20}$"
    r"|^welke documenten (?:heb je|heeft u|zijn er)\b.{0,20}$",
    re.IGNORECASE,
)
_LANGUAGES = ("en", "fr", "de", "es", "it", "nl")


@dataclass(frozen=True, slots=True)
class OverviewRequest:
    """The paths of the documents that may be meant: one, or several alike."""

    documents: tuple[str, ...]
    of_all: bool = False  # it asks which documents there are, and nothing of any of them

    @property
    def document(self) -> str | None:
        """The one that is meant; None where it is not clear."""
        return self.documents[0] if len(self.documents) == 1 and not self.of_all else None


def overview_request(
    question: Question,
    retriever: Retriever,
    store: PassageStore,
    within: Collection[str] | None = None,
) -> OverviewRequest | None:
    """What a question asks an overview of; None where it asks for something else.

    All that it says of the document must be in the document's name: "the Norvale plan" is one,
    "the fines in the Norvale plan" are something in it. ``within`` are the paths to choose from.
    """
    of_all = _OF_ALL.match(question.asked)
    own, subject = _subject(question.asked), _subject(question.standalone)
    if not (of_all or own or subject):
        return None  # like most questions: nothing is looked up for them
    paths = [
        info.path
        for info in store.documents()
        if info.status == "indexed" and (within is None or info.path in within)
    ]
    if of_all:
        return OverviewRequest(tuple(paths), of_all=True) if paths else None
    if question.asked != question.standalone and own and not _telling(own):
        # "Summarise the strategy": the one that the conversation is about.
        named = retriever.named(question.standalone, store)
        meant = tuple(path for path in paths if named.get(path, 0.0) >= 1.0)
        return OverviewRequest(meant) if meant and _of_document(own) else None
    if not subject:
        return None
    telling = _telling(subject)
    left = retriever.unnamed(subject, paths, store)
    fitting = tuple(path for path in paths if not telling & set(left[path]))
    one_named = any(char.isupper() for char in subject) and telling and len(fitting) == 1
    return OverviewRequest(fitting) if fitting and (_of_document(subject) or one_named) else None


def _subject(question: str) -> str:
    """What an overview is asked of, in the words of the question; empty where none is asked."""
    text = _BRIEFLY.sub("", question)
    asked = next(filter(None, (pattern.search(text) for pattern in _ASKED)), None)
    return asked["of"] if asked else ""


def _telling(subject: str) -> set[str]:
    """The words that tell a document from others."""
    return {
        word
        for word in name_words(subject)
        if folded(word) not in QUESTION_WORDS
        and not _names_document(word)
        and all(terms(word, language) for language in _LANGUAGES)
    }


def _of_document(subject: str) -> bool:
    return any(map(_names_document, name_words(subject)))


def _names_document(word: str) -> bool:
    return bool(_ANY.match(word) or DOCUMENT_NOUNS.fullmatch(word))
