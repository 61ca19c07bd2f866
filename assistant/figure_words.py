"""The words by which numbers, sums, dates and spans of time are written, for patterns."""

from __future__ import annotations

# Questions and documents in six languages: English, French, German, Spanish, Italian, Dutch.
NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand"
    "|million|billion|dozen|half|third|quarter|annual|annually|yearly|monthly|quarterly|weekly"
    "|daily|every|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|zwei|drei|vier|fünf"
)
CURRENCIES = "euros?|eur|usd|dollars?|pounds?|francs?|crowns?|chf|yen|marks?|rupees?"
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|januar|februar|märz|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio"
    "|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio"
    "|giugno|luglio|settembre|ottobre|novembre|dicembre|januari|februari|maart|mei|augustus"
)
SPANS = (
    "seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|annual(?:ly)?|yearly|monthly"
    "|weekly|daily|quarterly|heures?|jours?|semaines?|mois|an(?:née)?s?|stunden?|tage?n?|wochen?"
    "|monate?n?|jahre?n?|días?|semanas?|mes(?:es)?|años?|giorni|settimane|mesi|anni|dagen|weken"
    "|maanden|jaar"
)
