"""Names of months, weekdays, seasons and ordinals, by language."""

from __future__ import annotations

from functools import cache

_MONTHS: dict[str, str] = {
    "sv": "januari jan|februari feb febr|mars mar|april apr|maj|juni jun|juli jul|augusti aug|september sep"
    " sept|oktober okt|november nov|december dec",
    "de": "januar jänner jan jän|februar feber feb febr|märz mär mrz|april apr|mai|juni jun|juli jul"
    "|august aug|september sep sept|oktober okt|november nov|dezember dez",
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept"
    "|october oct|november nov|december dec",
    "da": "januar jan|februar feb|marts mar|april apr|maj|juni jun|juli jul|august aug|september sep"
    "|oktober okt|november nov|december dec",
    "no": "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug|september sep sept"
    "|oktober okt|november nov|desember des",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sep sept"
    "|oktober okt|november nov|december dec",
    "fr": "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre sept|octobre oct"
    "|novembre nov|décembre déc",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago"
    "|septiembre setiembre sep sept|octubre oct|noviembre nov|diciembre dic",
    "it": "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago"
    "|settembre set sett|ottobre ott|novembre nov|dicembre dic",
    "pt": "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set"
    "|outubro out|novembro nov|dezembro dez",
    "pl": "stycznia styczeń|lutego luty|marca marzec|kwietnia kwiecień|maja maj|czerwca czerwiec|lipca lipiec"
    "|sierpnia sierpień|września wrzesień|października październik|listopada listopad|grudnia grudzień",
    "fi": "tammikuuta tammikuu|helmikuuta helmikuu|maaliskuuta maaliskuu|huhtikuuta huhtikuu"
    "|toukokuuta toukokuu|kesäkuuta kesäkuu|heinäkuuta heinäkuu|elokuuta elokuu|syyskuuta syyskuu"
    "|lokakuuta lokakuu|marraskuuta marraskuu|joulukuuta joulukuu",
    "ru": "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
}

_WEEKDAYS: dict[str, str] = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "de": "montag dienstag mittwoch donnerstag freitag samstag,sonnabend sonntag",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
}
# Only with a capital and a full stop: "He sat".
WEEKDAY_ABBREVIATIONS: dict[str, str] = {
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "weds": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
}  # fmt: skip
# Endings that keep the meaning "on that day"; plural and habitual forms (måndagar, montags, Mondays) do not.
_WEEKDAY_ENDINGS: dict[str, str] = {
    "sv": ",en,ens,s,kväll,skväll,skvällen,morgon,smorgon,smorgonen,seftermiddag,seftermiddagen,sförmiddagen,"
    "snatt,snatten",
    "de": ",s,abend,morgen,mittag,nachmittag,vormittag,nacht,früh",
    "en": "",
}
DEFINITE_ENDINGS = ("en", "ens")
SEASONS: dict[str, dict[str, int]] = {
    "sv": {
        "vintern": 1, "vinter": 1, "våren": 2, "vår": 2, "sommaren": 3, "sommar": 3, "hösten": 4,
        "höst": 4, "försommaren": 3, "högsommaren": 3, "sensommaren": 3, "senhösten": 4,
    },
    "de": {
        "winter": 1, "winters": 1, "frühjahr": 2, "frühling": 2, "sommer": 3, "sommers": 3, "herbst": 4,
        "frühsommer": 3, "hochsommer": 3, "spätsommer": 3, "spätherbst": 4,
    },
    "en": {
        "winter": 1, "spring": 2, "summer": 3, "autumn": 4, "fall": 4,
    },
}  # fmt: skip
# Words that may open "the last week of May" or "the last Friday of the month".
LAST_WORDS = frozenset({"last", "sista", "siste", "letzte", "letzten", "letzter"})
ORDINALS: dict[str, int] = {
    "första": 1,
    "andra": 2,
    "tredje": 3,
    "fjärde": 4,
    "erste": 1,
    "ersten": 1,
    "erstes": 1,
    "zweite": 2,
    "zweiten": 2,
    "zweites": 2,
    "dritte": 3,
    "dritten": 3,
    "drittes": 3,
    "vierte": 4,
    "vierten": 4,
    "viertes": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
}


@cache
def months(language: str) -> dict[str, int]:
    """Lower-case month names and abbreviations → 1…12; of all languages when `language` is unknown."""
    rows = [_MONTHS[language]] if language in _MONTHS else list(_MONTHS.values())
    return {
        name: number
        for row in rows
        for number, names in enumerate(row.split("|"), start=1)
        for name in names.split()
    }


@cache
def weekdays(language: str) -> dict[str, int]:
    """Lower-case weekday forms that mean one day → 0 (Monday) … 6."""
    return {
        name + ending: number
        for number, names in enumerate(_WEEKDAYS.get(language, "").split())
        for name in names.split(",")
        for ending in _WEEKDAY_ENDINGS[language].split(",")
    }
