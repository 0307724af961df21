"""Tables of units, seasons, weekends and the words before weekdays in expressions that count from the writing."""

from __future__ import annotations

from ingest.dates.mention import Pick, Precision

UNITS: dict[str, dict[str, Precision]] = {
    "sv": {
        "dagarna": "day", "dagar": "day", "dag": "day", "dygnen": "day", "dygn": "day", "veckorna": "week",
        "veckor": "week", "vecka": "week", "månaderna": "month", "månader": "month", "månad": "month",
        "åren": "year", "år": "year", "halvår": "month", "decennium": "year", "decennier": "year", "sekel": "year",
        "kvartssekel": "year", "halvsekel": "year", "timmarna": "day", "timmar": "day", "nätter": "day",
    },
    "de": {
        "tagen": "day", "tage": "day", "tag": "day", "wochen": "week", "woche": "week", "monaten": "month",
        "monate": "month", "monat": "month", "jahren": "year", "jahre": "year", "jahr": "year",
        "jahrzehnten": "year", "jahrzehnte": "year", "jahrzehnt": "year", "jahrhunderten": "year",
        "jahrhundert": "year", "vierteljahrhundert": "year", "vierteljahr": "month", "stunden": "day", "nächten": "day",
    },
    "en": {
        "days": "day", "day": "day", "weeks": "week", "week": "week", "months": "month", "month": "month",
        "years": "year", "year": "year", "fortnight": "week", "decades": "year", "decade": "year",
        "centuries": "year", "century": "year", "quarter-century": "year", "hours": "day", "nights": "day",
    },
}  # fmt: skip
# Counted in whole days of 24.
HOURS = frozenset({"timmarna", "timmar", "stunden", "hours"})
# Units that are several of the unit they are counted in.
MULTIPLES = {
    "halvår": 6, "fortnight": 2, "decennium": 10, "decennier": 10, "jahrzehnten": 10, "jahrzehnte": 10,
    "jahrzehnt": 10, "decades": 10, "decade": 10, "decenniet": 10, "årtiondet": 10, "sekel": 100, "kvartssekel": 25,
    "halvsekel": 50, "jahrhunderten": 100, "jahrhundert": 100, "vierteljahrhundert": 25, "vierteljahr": 3,
    "centuries": 100, "century": 100, "quarter-century": 25,
}  # fmt: skip

# Words before a season or weekend that say which one: shift by language.
NEIGHBOURS: dict[str, dict[str, int]] = {
    "sv": {
        "förra": -1, "nästa": 1, "kommande": 1, "till": 1, "denna": 0,
        "förrförra": -2,
    },
    "de": {
        "letzten": -1, "letztes": -1, "vergangenen": -1, "vergangenes": -1, "vorigen": -1, "voriges": -1,
        "nächsten": 1, "nächstes": 1, "kommenden": 1, "kommendes": 1, "diesen": 0, "dieses": 0,
        "diesem": 0, "vorletzten": -2, "vorletztes": -2, "vorvergangenen": -2, "vorvergangenes": -2,
        "übernächsten": 2, "übernächstes": 2,
    },
    "en": {
        "last": -1, "next": 1, "this": 0, "coming": 1,
    },
}  # fmt: skip
WEEKENDS = {"sv": ("helgen", "helg", "veckoslutet"), "de": ("wochenende", "wochenendes"), "en": ("weekend",)}
SV_SEASONS = {
    "vintras": (1, -1),
    "våras": (2, -1),
    "somras": (3, -1),
    "höstas": (4, -1),
    "vinter": (1, 0),
    "vår": (2, 0),
    "sommar": (3, 0),
    "höst": (4, 0),
}

# After a season, or in Swedish before one: whose year it is.
SEASON_YEARS: dict[str, dict[str, int]] = {
    "sv": {"i fjol": -1, "ifjol": -1, "förra året": -1, "i år": 0, "nästa år": 1},
    "de": {
        "vergangenen jahres": -1, "des vergangenen jahres": -1, "letzten jahres": -1, "des letzten jahres": -1,
        "des vorjahres": -1, "vorigen jahres": -1, "dieses jahres": 0, "kommenden jahres": 1,
        "des kommenden jahres": 1, "nächsten jahres": 1, "des nächsten jahres": 1,
    },
    "en": {"last year": -1, "of last year": -1, "this year": 0, "of this year": 0, "next year": 1, "of next year": 1},
}  # fmt: skip
# Words before a season without a year that make it a certain one.
SEASON_OPENERS = frozenset({"im", "seit", "under", "sedan", "in the", "over the", "during the", "since the"})

# Words directly before a weekday that say which one is meant.
WEEKDAY_PICKS: dict[str, dict[str, Pick]] = {
    "sv": {
        "förra": "past", "i": "past", "nästa": "next", "kommande": "next", "till": "today or next",
        "förrförra": "past", "senast": "today or next", "tidigast": "today or next",
        "från": "today or next", "med": "today or next",
    },
    "de": {
        "letzten": "past", "letzter": "past", "vergangenen": "past", "vorigen": "past",
        "kommenden": "next", "nächsten": "next",
        "vorletzten": "past", "vorvergangenen": "past", "übernächsten": "next",
        "bis": "today or next", "ab": "today or next",
        "einschließlich": "today or next", "frühestens": "today or next", "spätestens": "today or next",
        "diesen": "same week", "diesem": "same week",
    },
    "en": {
        "last": "past", "past": "past", "next": "next", "coming": "next", "this": "same week",
        "until": "today or next", "till": "today or next", "by": "today or next",
    },
}  # fmt: skip
# Of these not the first such weekday is meant but the second.
SECOND = {"förrförra": -1, "vorletzten": -1, "vorvergangenen": -1, "übernächsten": 1}
SINCE = frozenset({"since", "sedan", "sen", "seit"})
