"""Anaphora: the words by which a question points back to what was said, in six languages."""

from __future__ import annotations

import re

YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?\b")  # 2014, 2014-2017


def _words(*lists: str) -> str:
    """A pattern of whole words: those of the lists, the longest first."""
    words = {word.replace("_", " ") for each in lists for word in each.split()}
    return rf"(?<![\w'’-])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![\w'’])"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# English, French, German, Spanish, Italian, Dutch, in this order, wherever words are listed.
# French says "en Norvège" and "y a-t-il", where "en" and "y" join nothing.
CONNECTIVE = _compiled(
    r"^[¿¡\s]*(?:and|but|so|then|also|et|mais|alors|und|aber|y(?!\s?a)|pero|e|ma|maar|dan"
    r"|en(?=\s(?:w|h|voor|in|de|dat|dit|onder|bij)))\b[,\s]*"
)
ABOUT = _compiled(
    r"^(?:(?:what|how) about|what of"
    r"|qu['’]en est-il(?: de| pour)?|quid(?: de)?|pour"
    r"|was ist mit|wie (?:ist|sieht) es (?:mit|in)|wie steht es (?:mit|um|in)"
    r"|qué (?:hay|pasa) (?:de|con|en)|che (?:dire|ne è) (?:di|del)|hoe zit het (?:met|in)"
    r"|wat met)\s+"
)
INTERROGATIVES = _compiled(
    _words(
        "who whom whose what which when where why how",
        "qui que quoi quel quelle quels quelles quand où pourquoi comment combien",
        "wer wem wen was welche welcher welches wann wo warum wieso weshalb wie wieviel",
        "quién quiénes qué cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas",
        "chi che cosa qual quale quali dove perché come quanto quanta quanti quante",
        "wat welk welke wanneer waar waarom hoe hoeveel",
    )
    + r"|\bwh(?:at|o|ere|en)['’]s\b"
)
VERB_FIRST = _compiled(
    r"^(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|must|should"
    r"|est-ce|est|sont|existe|y a-t-il|ist|sind|gibt|hat|haben|wird|werden|war|kann|darf"
    r"|hay|es|son|tiene|c['’]è|ci sono|è|sono|ha|is|zijn|heeft|wordt|kan|mag)\b"
)
IMPERATIVE = _compiled(
    r"^(?:list|name|give|tell|describe|explain|compare|show|summari[sz]e|please"
    r"|cite|citez|énumère|énumérez|décris|décrivez|explique|expliquez|compare[zr]?"
    r"|nenne|nennen|beschreibe|erkläre|vergleiche|enumera|describe|explica|elenca|spiega"
    r"|noem|beschrijf|leg)\b"
)
ARTICLES = (
    r"(?:the|an?|le|la|les|l['’]|une?|des|der|die|das|dem|den|ein|eine|einen|einem|einer"
    r"|el|los|las|un|una|il|lo|gli|i|de|het|een)"
)
PREPOSITIONS = (
    r"(?:in|for|under|on|at|by|of|from|to|with|within|en|au|aux|à|dans|pour|sous|chez|de|du|d['’]"
    r"|im|für|bei|nach|aus|von|vom|unter|para|por|bajo|con|del|nel|nella|per|di|della|voor|bij"
    r"|van|onder)"
)
# What stands for a thing or a person named before. What one language points with is another's
# article or verb ("il", "es"); a clitic that is an article in its own language is left out.
PRONOUNS = {
    "en": _compiled(_words("it its they them their he him his she her there")),
    "fr": _compiled(
        _words("il elle ils elles lui leur leurs cela ça celui-ci celle-ci ceux-ci celles-ci y")
        + r"|(?<=-t-)(?:ils?|elles?)\b"
    ),
    "de": _compiled(
        _words(
            "er sie es ihn ihm ihr ihre ihren ihrer dies dessen deren dafür davon dazu dabei daran"
            " damit darin dort"
        )
        + r"|\bdas(?=\s*\?|\s(?:bezahlt|finanziert|gemacht|genau|konkret|geregelt|kontrolliert))"
    ),
    "es": _compiled(_words("él ella ellos ellas eso esto allí su sus")),
    "it": _compiled(_words("lui lei essi esse ciò lì suo sua suoi sue")),
    "nl": _compiled(_words("hij zij ze hem haar hun daar ervan ervoor erin daarvoor")),
}
DEMONSTRATIVES = {
    "en": _compiled(_words("this that these those one ones other others same")),
    "fr": _compiled(_words("ce cet cette ces")),
    "de": _compiled(_words("dieser diese dieses diesem diesen jener jene jenes jenem jenen das")),
    "es": _compiled(_words("este esta estos estas ese esa esos esas aquel aquella")),
    "it": _compiled(
        _words("questo questa questi queste quel quello quella quegli quei quelle")
        + r"|\bque(?:ll|st)['’]"
    ),
    "nl": _compiled(_words("deze die dat dit")),
}
_COMMON = {  # words that hardly a question of the language goes without
    "en": "the of is are was does do did has have what which who whose how when where why to for"
    " and it its if isn that they you by with",
    "fr": "le la les l du des d est sont quel quelle quels quelles qui que combien pourquoi comment"
    " quand où et pour dans au aux une il elle en",
    "de": "der die das dem den und ist sind wie wer welche welcher welches wird werden für von vom"
    " im warum wann was hat ein eine zu",
    "es": "el los las la del qué cuál cuáles quién cómo cuánto cuándo por y en es para se",
    "it": "il lo gli la di del della dei che qual quale quali chi è e per perché quanto nel in",
    "nl": "de het een van en wie wat welke hoe hoeveel waarom wanneer voor is zijn dat op met",
}
_COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def language(question: str) -> str:
    """The language that most words of a question are of; English where none is ahead."""
    words = re.findall(r"[^\W\d_]+", question.lower())
    counts = {name: sum(word in known for word in words) for name, known in _COMMON_WORDS.items()}
    return max(counts, key=lambda name: counts[name])


# "it takes", "there are", "il y a", "es gibt": such a pronoun stands for nothing.
EXPLETIVE = _compiled(
    r"\b(?:(?:is|are|was|were|will|be) there|there (?:is|are|was|were|will)"
    r"|(?:is|was|does|did|will) it (?:take|possible|allowed|compulsory|necessary|legal|true"
    r"|planned|forbidden|required|mandatory)"
    r"|il y a|y a-t-il|existe-t-il|faut-il|est-il|qu['’]il|gibt es|es gibt|wird es|ist es"
    r"|das heißt|er (?:is|zijn)|(?:is|zijn) er|het is|is het)\b"
)
DETERMINED = _compiled(  # a document that is not named: the one that is spoken of
    r"\b(?:the|this|that|la|cette|le|ce|die|das|diese|dieses|el|esta|este|il|questa|questo|de|het"
    r"|deze|dit) (?:strategy|plan|programme|program|policy|document|report"
    r"|stratégie|programme|politique|rapport|strategie|dokument|programm|bericht|estrategia"
    r"|programa|documento|informe|strategia|programma|piano|beleid|rapport)(?![\w-])"
)
# A document that is told by what it is about: "the housing policy", but not "the second plan".
_KINDS_OF_DOCUMENT = "strategy|plan|programme|program|policy|act|law|strategie|programm|beleid"
QUALIFIED = re.compile(
    r"\b(?:the|die|das|der|den|dem|zur|zum|de|het)\s+"
    r"(?!(?:first|second|third|last|latest|new|newer|newest|old|older|oldest|current|previous"
    r"|earlier|other|same|whole|entire|present|ersten?|zweiten?|letzten?|neuen?|alten?|aktuellen?"
    r"|eerste|tweede|laatste|nieuwe|oude|huidige)\b)"
    rf"(?:(?!(?:the|a|an|{_KINDS_OF_DOCUMENT}|is|are|was|does|do|did|has|{PREPOSITIONS})\b)"
    rf"[^\W\d_][\w-]*\s+){{1,3}}(?:{_KINDS_OF_DOCUMENT})\b"
    r"|\b(?:die|das|der|den|dem|zur|zum)\s+[^\W\d_]{4,}(?:strategie|plan|programm|konzept|politik"
    r"|gesetz)\b"
    r"|\b(?:la|le|du|el|al|il|lo|l['’])\s*(?:stratégie|politique|plan|programme|loi|estrategia"
    r"|política|ley|programa|strategia|politica|programma|piano|legge)\s+(?!na[ctz]ional)"
    r"(?:(?:de la|de l['’]|de los|de las|du|des|de|d['’]|della|dello|dell['’]|del|dei|di)"
    r"\s*[^\W\d_]+"
    r"|[^\W\d_]+(?:al|ale|elle|ique|aire|ive|ico|ica|are|iva|ivo))\b",
    re.IGNORECASE,
)
OF_THOSE = _compiled(
    r"\b(?:of (?:those|these|them)|d['’]entre (?:eux|elles)|parmi (?:eux|elles|ceux-ci|celles-ci)"
    r"|de (?:ceux-ci|celles-ci)|davon|von (?:ihnen|diesen|denen)|de (?:ellos|ellas|estos|estas)"
    r"|di (?:questi|queste|essi|esse)|(?:daarvan|van (?:deze|die)))\b"
)
_ORDINALS = (
    "first premier première erste ersten erster erstes primero primera primo prima eerste",
    "second deuxième seconde zweite zweiten zweiter zweites segundo segunda secondo seconda tweede",
    "third troisième dritte dritten dritter drittes tercero tercera terzo terza derde",
    "fourth quatrième vierte vierten vierter viertes cuarto cuarta quarto quarta vierde",
    "fifth cinquième fünfte fünften fünfter fünftes quinto quinta vijfde",
    "sixth sixième sechste sechsten sechster sechstes sexto sexta sesto sesta zesde",
    "seventh septième siebte siebten siebter siebtes séptimo séptima settimo settima zevende",
    "eighth huitième achte achten achter achtes octavo octava ottavo ottava achtste",
)
_LAST = "last latter dernier dernière letzte letzten letzter letztes último última ultimo laatste"
ORDINAL_NUMBERS = (
    {word: place for place, words in enumerate(_ORDINALS) for word in words.split()}
    | dict.fromkeys(_LAST.split(), -1)
    | {"former": 0}
)
ORDINAL = _compiled(  # "the second one", "the second" before a verb, never "the second edition"
    r"\b(?:the|le|la|l['’]|der|die|das|den|dem|el|la|los|il|lo|de|het)\s*"
    rf"(?P<word>{'|'.join(sorted(ORDINAL_NUMBERS, key=len, reverse=True))})"
    r"(?:\s+one\b|(?=\s*[?.,!]|\s*$|\s+(?:to|be|been|is|are|was|were|do|does|did|has|have|will"
    r"|mean|cover|about|for|in|of"
    r"|est|sont|a|fait|prévoit|ist|hat|wird|soll|es|tiene|è|ha|is|heeft)\b))"
)
OF_A_BODY = _compiled(  # what is asked of an office rather than of a document
    r"\b(?:members?|chair(?:s|ed)?|heads?|headed|director|leads?|led|staff|employ|people|meet|sit"
    r"|seat|appoint(?:s|ed)?|elect(?:s|ed)?|send|reports?|submit|answer|belong|based|located"
    r"|founded|born|powers?|independent|independence)\b"
)
FIGURE_NOUNS = _compiled(
    r"\b(?:year|date|figure|number|amount|sum|target|limit|année|date|chiffre|montant|objectif"
    r"|jahr|datum|zahl|betrag|ziel|año|fecha|cifra|anno|data|jaar|getal|bedrag)\b"
)
