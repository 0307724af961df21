"""Tables of the expressions that count from the day of writing ("next week", "vor zwei Tagen"), by language.

A row names its first words, the rest as a pattern ({n} a number, {unit} a unit of time, a blank any white
space), the unit, and how many units from the reference; "n" stands for the number that was read.
"""

from __future__ import annotations

from typing import Literal

from ingest.dates.mention import Pick, Precision

# "exactly -n" is that many units ago to the day, "before n" and "after n" count from a date told before.
Amount = int | Literal["-n", "+n", "last n", "next n", "exactly -n", "before n", "after n"]
Row = tuple[str, str, Precision | None, Amount]

UNITS: dict[str, dict[str, Precision]] = {
    "sv": {
        "dagarna": "day", "dagar": "day", "dag": "day", "dygnen": "day", "dygn": "day", "veckorna": "week",
        "veckor": "week", "vecka": "week", "månaderna": "month", "månader": "month", "månad": "month",
        "åren": "year", "år": "year", "halvår": "month", "decennium": "year", "decennier": "year",
    },
    "de": {
        "tagen": "day", "tage": "day", "tag": "day", "wochen": "week", "woche": "week", "monaten": "month",
        "monate": "month", "monat": "month", "jahren": "year", "jahre": "year", "jahr": "year",
        "jahrzehnten": "year", "jahrzehnte": "year", "jahrzehnt": "year",
    },
    "en": {
        "days": "day", "day": "day", "weeks": "week", "week": "week", "months": "month", "month": "month",
        "years": "year", "year": "year", "fortnight": "week", "decades": "year", "decade": "year",
    },
}  # fmt: skip
# Units that are several of the unit they are counted in.
MULTIPLES = {
    "halvår": 6, "fortnight": 2, "decennium": 10, "decennier": 10, "jahrzehnten": 10, "jahrzehnte": 10,
    "jahrzehnt": 10, "decades": 10, "decade": 10,
}  # fmt: skip

ROWS: dict[str, tuple[Row, ...]] = {
    "sv": (
        ("igår|gårdagen|gårdagens", "", "day", -1), ("i", " går", "day", -1), ("i", " förrgår", "day", -2),
        ("förrgår", "", "day", -2), ("idag", "", "day", 0),
        ("i", " (?:dag|kväll|morse|natt|eftermiddag|förmiddag)", "day", 0),
        ("ikväll|imorse|inatt", "", "day", 0), ("imorgon", "", "day", 1), ("i", " morgon", "day", 1),
        ("övermorgon", "", "day", 2), ("i", " övermorgon", "day", 2),
        ("nästa|kommande", " veck(?:as?|an)", "week", 1),
        ("förra|föregående", " vecka(?:n|ns)?", "week", -1), ("denna|innevarande", " vecka", "week", 0),
        ("den", " här veckan", "week", 0), ("i", " veckan", "week", 0),
        ("förrförra", " veckan", "week", -2), ("förrförra", " året", "year", -2),
        ("nästa|kommande", " månad(?:s)?", "month", 1),
        ("förra|föregående", " månad(?:en|ens)?", "month", -1),
        ("denna|innevarande", " månad", "month", 0), ("den", " här månaden", "month", 0),
        ("början|mitten|slutet", " av veckan", "week", 0), ("början|mitten|slutet", " av månaden", "month", 0),
        ("början|mitten|slutet", " av året", "year", 0),
        ("nästa|kommande", " år(?:et)?s?", "year", 1), ("förra|föregående", " år(?:et|ets)?", "year", -1),
        ("i", " fjol", "year", -1), ("ifjol|fjolåret|fjolårets", "", "year", -1), ("i", " år", "year", 0),
        ("innevarande", " år", "year", 0), ("årets", "", "year", 0), ("det", " här året", "year", 0),
        ("nästa|kommande", " kvartal", "quarter", 1),
        ("förra|föregående", " kvartal(?:et)?", "quarter", -1), ("för", " {n} {unit} sedan", None, "-n"),
        ("{n}", " {unit} sedan", None, "-n"), ("för", " {n} {unit} sen", None, "-n"),
        ("om", " {n} {unit}", None, "+n"), ("senaste|gångna", " {n} {unit}", None, "last n"),
        ("{n}", " (?:senaste|gångna) {unit}", None, "last n"), ("senaste|gångna", " veckan", "week", "last n"),
        ("senaste|gångna", " månaden", "month", "last n"), ("senaste|gångna", " året", "year", "last n"),
        ("i", " månaden", "month", 0),
        ("närmaste|kommande", " {n} {unit}", None, "next n"), ("inom", " {n} {unit}", None, "next n"),
        ("på", " dagen(?: för)? {n} {unit} sedan", None, "exactly -n"),
        ("{n}", " {unit} sedan i ?dag", None, "exactly -n"), ("för", " {n} {unit} sedan i ?dag", None, "exactly -n"),
        ("i", " dag(?: är det)?(?: för)? {n} {unit} sedan", None, "exactly -n"),
        ("{n}", " {unit} (?:senare|därefter)", None, "after n"),
        ("{n}", " {unit} (?:tidigare|dessförinnan)", None, "before n"),
        ("dagen", " (?:därpå|därefter|efter{end})", "day", "after n"),
        ("dagen", " (?:dessförinnan|innan{end}|före{end})", "day", "before n"),
        ("följande|nästa", " dag", "day", "after n"),
    ),
    "de": (
        ("gestern", "(?: (?:abend|morgen|nacht|nachmittag|mittag|vormittag))?", "day", -1),
        ("gestrigen|gestrige", "", "day", -1), ("vorgestern", "", "day", -2),
        ("heute", "(?: (?:abend|morgen|nacht|nachmittag|mittag|vormittag|früh))?", "day", 0),
        ("heutigen|heutige", "", "day", 0), ("übermorgen", "", "day", 2),
        ("vergangene|vergangenen|vergangener|letzte|letzten|letzter", " nacht", "day", 0),
        ("anfang|mitte|ende", " der woche", "week", 0), ("anfang|mitte|ende", " des monats", "month", 0),
        ("anfang|mitte|ende", " des jahres", "year", 0), ("wochenbeginn|wochenanfang", "", "week", 0),
        ("morgen", "(?: (?:abend|früh|nacht|nachmittag|mittag|vormittag))?", "day", 1),
        ("nächste|nächsten|nächster|kommende|kommenden|kommender", " woche", "week", 1),
        ("letzte|letzten|letzter|vorige|vorigen|voriger", " woche", "week", -1),
        ("vergangene|vergangenen|vergangener", " woche", "week", -1),
        ("vorwoche", "", "week", -1),
        ("vorletzte|vorletzten|vorletzter|vorvergangene", " woche", "week", -2),
        ("übernächste|übernächsten", " woche", "week", 2),
        ("vorletztes|vorletzten|vorvergangenes", " jahre?s?", "year", -2), ("monatsende", "", "month", 0),
        ("jahresende", "", "year", 0), ("diese|dieser|laufende|laufenden", " woche", "week", 0),
        ("nächsten|nächster|kommenden|kommender", " monats?", "month", 1),
        ("letzten|letzter|vergangenen|vergangener|vorigen|voriger", " monats?", "month", -1),
        ("vormonat|vormonats", "", "month", -1),
        ("diesen|diesem|dieses|laufenden", " monats?", "month", 0),
        ("nächstes|nächsten|kommendes|kommenden", " jahre?s?", "year", 1),
        ("letztes|letzten|vergangenes|vergangenen|voriges|vorigen", " jahre?s?", "year", -1),
        ("vorjahr|vorjahres|vorjahrs", "", "year", -1),
        ("dieses|diesem|laufenden|laufendes", " jahre?s?", "year", 0), ("heuer", "", "year", 0),
        ("nächsten|kommenden|nächstes", " quartals?", "quarter", 1),
        ("letzten|vergangenen|vorigen|letztes", " quartals?", "quarter", -1),
        ("vorquartal", "", "quarter", -1), 
        ("vor", "(?: (?:etwa|rund|gut|knapp|fast|ungefähr|über|mehr als|weniger als))? {n} {unit}", None, "-n"),
        ("in", " {n} {unit}", None, "+n"), ("letzten|vergangenen", " {n} {unit}", None, "last n"),
        ("nächsten|kommenden", " {n} {unit}", None, "next n"),
        ("binnen", " {n} {unit}", None, "next n"), ("innerhalb", " von {n} {unit}", None, "next n"),
        ("vor", " einem halben jahr", "month", -6), ("heute", " vor {n} {unit}", None, "exactly -n"),
        ("{n}", " {unit} (?:später|darauf|danach)", None, "after n"),
        ("{n}", " {unit} (?:zuvor|vorher|früher)", None, "before n"),
        ("nächsten|folgenden", " tag", "day", "after n"), ("tag", " (?:danach|darauf)", "day", "after n"),
        ("tags", " darauf", "day", "after n"), ("tags", " zuvor", "day", "before n"),
        ("vortag", "", "day", "before n"), ("tag", " (?:zuvor|davor)", "day", "before n"),
    ),
    "en": (
        ("yesterday", "", "day", -1), ("the", " day before yesterday", "day", -2),
        ("last", " night", "day", -1), ("today|tonight", "", "day", 0),
        ("this", " (?:morning|afternoon|evening)", "day", 0), ("earlier", " today", "day", 0),
        ("tomorrow", "", "day", 1), ("the", " day after tomorrow", "day", 2), ("next", " week", "week", 1),
        ("the", " coming week", "week", 1), ("the", " week ahead", "week", 1),
        ("last|previous", " week(?! (?:of|in))", "week", -1), ("this", " week", "week", 0),
        ("the", " week before last", "week", -2), ("the", " week after next", "week", 2),
        ("a", " fortnight ago", "week", -2), ("the", " (?:start|beginning|middle|end) of the week", "week", 0),
        ("the", " (?:start|beginning|middle|end) of the month", "month", 0),
        ("the", " (?:start|beginning|middle|end) of the year", "year", 0), ("next", " month", "month", 1),
        ("last|previous", " month", "month", -1), ("this", " month", "month", 0),
        ("next", " year", "year", 1), ("last|previous", " year", "year", -1), ("this", " year", "year", 0),
        ("next", " quarter", "quarter", 1), ("last|previous", " quarter", "quarter", -1),
        ("this", " quarter", "quarter", 0), ("{n}", " {unit} ago", None, "-n"),
        ("in", " {n} {unit}(?! of)", None, "+n"), ("{n}", " {unit} from (?:now|today)", None, "+n"),
        ("last|past", " {n} {unit}", None, "last n"), ("next|coming", " {n} {unit}", None, "next n"),
        ("past", " week", "week", "last n"), ("past", " month", "month", "last n"),
        ("past", " year", "year", "last n"), ("within", "(?: the next)? {n} {unit}", None, "next n"),
        ("half", " a year ago", "month", -6), ("{n}", " {unit} ago today", None, "exactly -n"),
        ("{n}", " {unit} (?:later|afterwards)", None, "after n"),
        ("{n}", " {unit} (?:earlier|previously)", None, "before n"),
        ("following|next", " day", "day", "after n"), ("day", " after{end}", "day", "after n"),
        ("previous", " day", "day", "before n"), ("day", " before{end}", "day", "before n"),
    ),
}  # fmt: skip
# Words before a season or weekend that say which one: shift by language.
NEIGHBOURS: dict[str, dict[str, int]] = {
    "sv": {
        "förra": -1, "nästa": 1, "kommande": 1, "till": 1, "denna": 0,
    },
    "de": {
        "letzten": -1, "letztes": -1, "vergangenen": -1, "vergangenes": -1, "vorigen": -1, "voriges": -1,
        "nächsten": 1, "nächstes": 1, "kommenden": 1, "kommendes": 1, "diesen": 0, "dieses": 0,
        "diesem": 0,
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
        "senast": "today or next", "från": "today or next", "med": "today or next",
    },
    "de": {
        "letzten": "past", "letzter": "past", "vergangenen": "past", "vorigen": "past",
        "kommenden": "next", "nächsten": "next", "bis": "today or next", "ab": "today or next",
        "einschließlich": "today or next",
        "diesen": "same week", "diesem": "same week",
    },
    "en": {
        "last": "past", "past": "past", "next": "next", "coming": "next", "this": "same week",
        "until": "today or next", "till": "today or next", "by": "today or next",
    },
}  # fmt: skip
SINCE = frozenset({"since", "sedan", "sen", "seit"})
