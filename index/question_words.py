"""QUESTION_WORDS: words that make a question of a sentence and say nothing of what is asked for.

They are rare in documents, and would weigh much in a search if they were left in.
"""

from __future__ import annotations

_BY_LANGUAGE = {
    "en": """
        what which who whom whose when where why how many much do does did done can could may
        might shall should would will must have has had was were been being be is are am me my
        we our us you your i please tell give name list say says said describe explain compare
        according there any some each every also about so its his her he she they them those
        these this that one ones going judging define defines defined definition mean means meant
        understand understood stand stands glossary it in on at to of the a an and or for by from
        with
    """,
    "fr": """
        quel quelle quels quelles qui que quoi dont où quand comment pourquoi combien est sont
        était étaient a ont fait faire doit doivent peut peuvent le la les un une des du de et en
        au aux il elle ils elles ce cette ces
        définit définir définition signifie glossaire
    """,
    "de": """
        was welche welcher welches wer wem wen wann wo warum wieso wie viele viel ist sind war hat
        haben der die das den dem des ein eine und
    """,
    "es": """
        qué cuál cuáles quién quiénes cuándo dónde cómo cuánto cuántos cuánta cuántas son el los
    """,
    "it": "che quale quali chi quando dove come perché quanto quanti quante è sono il lo gli",
    "nl": "wat welk welke wie wanneer waar waarom hoe hoeveel zijn het een",
}

QUESTION_WORDS = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())
