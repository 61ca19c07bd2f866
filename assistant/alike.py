"""Words alike: how strategies say who leads, what it costs, what it aims at, in six languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from index.lexical import terms

# Each sense: for each language the words that say it. A question has one, its answer another.
_SENSES: tuple[Mapping[str, str], ...] = (
    {  # to lead
        "en": "lead leader leads head heads run runs charge responsible responsibility coordinate"
        " coordinator oversee manage direct own owner accountable steer govern",
        "fr": "dirige dirigé directeur directrice pilote piloter coordonne responsable charge gère",
        "de": "leitet leitung geleitet koordiniert koordination verantwortlich verantwortung"
        " zuständig federführend führt steuert",
        "es": "dirige director coordina responsable encargado lidera gestiona",
        "it": "dirige direttore guida coordina responsabile incaricato gestisce",
        "nl": "leidt leiding coördineert verantwoordelijk beheert stuurt",
    },
    {  # to chair
        "en": "chair chairs chaired chairman chairwoman chairperson president preside head",
        "fr": "préside présidé présidence président présidente",
        "de": "vorsitz vorsitzende vorsitzender präsident präsidentin",
        "es": "preside presidido presidencia presidente presidenta",
        "it": "presiede presieduto presidenza presidente",
        "nl": "voorzitter voorzit voorgezeten",
    },
    {  # to cost, to pay
        "en": "cost costs budget money fund funds funding funded finance financed pay pays paid"
        " payment spend spending spent expenditure invest investment price",
        "fr": "coût coûte budget argent fonds finance financé financement paie payé dépense",
        "de": "kosten kostet budget geld gelder mittel finanziert finanzierung bezahlt zahlt"
        " ausgaben trägt haushalt",
        "es": "coste costo cuesta presupuesto dinero fondos financia financiación paga gasto",
        "it": "costo costa bilancio denaro fondi finanzia finanziamento paga spesa",
        "nl": "kosten kost begroting geld fonds financiert financiering betaalt uitgaven",
    },
    {  # to aim at
        "en": "goal goals aim aims aimed objective objectives target targets purpose ambition want",
        "fr": "but objectif objectifs cible cibles ambition vise veut",
        "de": "ziel ziele zielwert zweck absicht strebt will",
        "es": "objetivo objetivos meta metas fin propósito pretende",
        "it": "obiettivo obiettivi traguardo scopo mira",
        "nl": "doel doelen doelstelling streven beoogt",
    },
    {  # to adopt
        "en": "adopt adopted approve approved pass passed enact enacted endorse endorsed",
        "fr": "adopte adopté adoptée approuve approuvé voté",
        "de": "beschließt beschlossen verabschiedet genehmigt angenommen",
        "es": "adopta adoptado aprueba aprobado",
        "it": "adotta adottato approva approvato",
        "nl": "aangenomen goedgekeurd vastgesteld",
    },
    {  # to forbid
        "en": "ban bans banned forbid forbidden prohibit prohibited illegal",
        "fr": "interdit interdite interdiction prohibe",
        "de": "verbietet verboten verbot untersagt",
        "es": "prohíbe prohibido prohibición",
        "it": "vieta vietato divieto",
        "nl": "verbiedt verboden verbod",
    },
    {  # to lower
        "en": "reduce reduced reduction cut cuts lower lowered decrease halve fewer less fall",
        "fr": "réduire réduit réduction baisser baisse diminuer diminution",
        "de": "senken gesenkt senkung verringern verringert mindern reduzieren weniger halbieren",
        "es": "reducir reducido reducción disminuir rebajar",
        "it": "ridurre ridotto riduzione diminuire abbassare",
        "nl": "verminderen vermindering verlagen terugdringen",
    },
    {  # to raise
        "en": "increase increased raise raised grow growth rise expand more higher double",
        "fr": "augmenter augmentation accroître hausse élever doubler",
        "de": "erhöhen erhöht steigern steigerung ausbauen mehr verdoppeln",
        "es": "aumentar aumento incrementar subir duplicar",
        "it": "aumentare aumento incrementare accrescere raddoppiare",
        "nl": "verhogen verhoging vergroten toename verdubbelen",
    },
    {  # to review
        "en": "review reviewed evaluate evaluation assess assessment revise revised monitor update",
        "fr": "évaluer évaluation réviser révision réexamen bilan",
        "de": "überprüfen überprüft überprüfung evaluieren evaluation bewertung",
        "es": "revisar revisión evaluar evaluación",
        "it": "riesaminare revisione valutare valutazione",
        "nl": "herzien evalueren evaluatie beoordelen",
    },
)


def senses(found: Iterable[str], language: str | None) -> set[int]:
    """Which senses these terms have, as the index holds them for documents of ``language``."""
    known = _by_term(language)
    return {sense for term in known.keys() & found for sense in known[term]}


@cache
def _by_term(language: str | None) -> dict[str, tuple[int, ...]]:
    """Terms of all six languages, analysed as ``language``: a question may be in another."""
    by_term: dict[str, tuple[int, ...]] = {}
    for number, words in enumerate(_SENSES):
        for term in terms(" ".join(words.values()), language):
            by_term[term] = tuple(dict.fromkeys((*by_term.get(term, ()), number)))
    return by_term
