"""What a sentence holds: patterns for sums, shares, stretches of time, ages, counts, days, persons, causes and places.

Knows Swedish, German and English words only, and nothing of questions.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "money", "percent", "duration", "frequency", "extent", "length", "weight", "speed", "size", "age", "number", "date",
    "person", "called", "reason", "place",
]

_COUNTED = (
    r"\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|several|few"
    r"|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|ett dussin|halvt?|flera|några"
    r"|eine?[nmr]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|halbe[rns]?|mehrere[nr]?|einige[nr]?)\b"
)
_NUMBER = (
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|dozens?"
    r"|hundreds?|thousands?|millions?|half|third|quarter|none"
    r"|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\w+ton|tjugo|trettio|fyrtio|femtio|dussin|hundra|tusen\w*"
    r"|miljon\w*|hälften|tredjedel\w*|fjärdedel\w*|ingen|inga"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w+zehn|zwanzig|dreißig|vierzig|fünfzig"
    r"|dutzend\w*|hundert\w*|tausend\w*|million\w*|hälfte|drittel|viertel|keine[rn]?)\b"
)
_TIME_UNIT = (
    r"(?:sekund\w*|minut\w*|timm\w*|stunde\w*|dag|dagar\w*|dygn\w*|tage?n?|veckor\w*|vecka\w*|wochen?|månad\w*"
    r"|monate?n?|år|årig\w*|åren|jahre?n?|jährig\w*|decenni\w*|jahrzehnt\w*"
    r"|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur\w+|natt|nacht|night)"
)
_MONTHS = (
    r"jan(?:uar[iy]?|uary)?|feb(?:ruar[iy]?|ruary)?|mars|märz|march|april?|maj|mai|may|jun[ie]|jul[iy]|aug(?:ust[i]?)?"
    r"|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
# A count is no share, price, stretch of time, clock time, day or year.
_NO_COUNT = (
    r"(?!\s?(?:%|[€£$]|procent|prozent|per ?cent|am\b|pm\b|uhr\b|kronor|kr\b|euro|dollar|pound|pfund|miljoner kr"
    rf"|(?:{_MONTHS})\b|{_TIME_UNIT}\b))"
)
_COUNT = rf"(?<![\w.,:£$€])(?!(?:19|20)\d\d\b)\d[\d.,\u00a0\u202f]*+(?: \d\d\d)*+(?![:-]?\w){_NO_COUNT}"
_COUNT_WORDS = rf"(?:{_NUMBER.partition('|')[2]}){_NO_COUNT}"
# With the word before: a question's own "how many kronor" is not the "31 million kronor" of an answer.
_MONEY = (
    r"[$€£¥]|\b(?:[\w.,]+\s)?(?:kronor|kronen|kr|sek|eur|usd|gbp|euros?|dollars?n?|pounds?|pence|pfund"
    r"|(?<!per )cents?|öre|mkr|mdkr|franken|francs?|yen|yuan|rubel|rubles?|mark|gratis|kostenlos|free)\b"
)
_WEEKDAY = (
    r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
# "Within ten days", "seit 22 Jahren": when, told as a stretch of time.
_WITHIN = r"inom|within|innerhalb(?: von)?|binnen|seit"
_DATE = (
    rf"\b(?:1[0-9]|20)\d\d\b|\b\d{{1,2}}[.:]?(?:a|e|st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+\d"
    rf"|\b(?:i|im|in|since|sedan|seit|until|till|bis|from|från|early|late|last|förra|nästa)\s+(?:{_MONTHS})\b"
    rf"|\b\w*{_WEEKDAY}\w*|\b(?:{_WITHIN})\s(?:[\w.,]+\s){{0,2}}\w*{_TIME_UNIT}\b"
    r"|\b(?:igår|idag|imorgon|gestern|heute|morgen|yesterday|today|tomorrow|tonight)\b"
    r"|\b(?:förra|nästa|i fjol|last|next|nächste[nrs]?|vorige[nrs]?|vergangene[nrs]?|this)\s*(?:år|vecka|månad"
    r"|jahre?s?|woche|monats?|year|week|month|spring|summer|autumn|winter|vår|sommar|höst|vinter)?"
    r"|\b\d{1,2}[.:]\d\d\b|\b\d+\s?(?:am|pm|uhr)\b|\bklockan\b|-talet\b|\b(?:jahrhundert|århundrade|century|ago|sedan)\b"
)
# Words that stand for little else than a cause. "As", "after", "da", "um" and "då" do so too rarely, and a sentence
# with the noun ("the cause is known") only speaks of a cause.
_CAUSE = (
    r"\b(?:eftersom|därför att|därför|på grund av|till följd av|berodde|beror|orsakades|orsakats|utlöstes|för att"
    r"|så att|ledde till|tack vare|weil|denn|wegen|aufgrund|infolge|deshalb|ausgelöst|verursacht|damit|führte\w* zu"
    r"|dank|because|due to|owing to|so that|in order to|led to|caused by|triggered|blam\w+|thanks to|to avoid|to save"
    r"|as a result)\b|, da\b|, um (?!\d|\w+ uhr\b)"
)
# "The cause of the fire is known": what it is comes next.
ANNOUNCES: dict[Kind, re.Pattern[str]] = {
    "reason": re.compile(r"\b(?:\w*orsak(?:en|erna)?|\w*ursachen?|causes?|reasons?|anledning\w*|skäle[nt]|gründe?n?)\b",
                         re.IGNORECASE),
}
_PERSON = r"(?<![.!?:”“\"„»] )(?<!^)\b[A-ZÅÄÖÜÉ][\w’'-]+"
_PLACE = (
    r"\b(?:i|på|vid|från|till|in|im|am|an|auf|bei|beim|aus|nach|von|vom|at|near|on|from|to|off|behind|bakom|hinter"
    r"|under|unter|utanför|norr om|söder om|between|mellan|zwischen|inside|outside|across)\s+"
    r"(?:(?:den|det|der|dem|the|an?|ein\w*|en|ett)\s+)?[\w’'-]+"
)
# "31 years old", "21-årig", "45jährige", "aged 7", "född 1903", and the age after a name: "Kit Harington, 31, said".
# "3,000 years of history" and "four years in prison" are none.
_AGE = (
    r"(?<!\d[ .,\u00a0])\b\d{1,4}(?:[ -]?(?:årig\w*|åring\w*|jährig\w*)|[ -]år(?:s)? gam\w+|[ -]år(?=[.,;)]|$)"
    r"|[ -]jahre?n? alt\w*|[ -](?:years?|months?)[ -]old\b|[ -]month\w* old\b|[ -]månad\w* gam\w+|[ -]monate?n? alt\w*)"
    r"|\b(?:är|var) \d{1,3} år\b|\b(?:fyll\w+|turn(?:s|ed|ing)) \d{1,3}\b"
    r"|\b(?:aged?|åldern|alter) (?:\w+ ){0,2}\d|\b(?:född\w*|geboren\w*|born|founded|grundad\w*|gegründet|built|gebaut"
    r"|byggd\w*)\b[^.]{0,40}\d|\w,(?: \w+)? \d{1,3}(?=[,.)]|$)|\(\d{1,3}\)"
)
_LENGTH_UNIT = (
    r"(?:(?:kilo|centi|milli|deci)?met(?:er|re)s?n?|km|cm|mm|m|mil(?!j)|meilen?|miles?|seemeilen?|yards?|fe?et|foot"
    r"|inch(?:es)?|fot|tum|fuß)"
)
# "Three days after the vote" is no stretch of time that something lasts.
_NO_STRETCH = r"(?!\s(?:efter|senare|sedan|innan|före|nach|später|zuvor|vorher|bevor|after|later|ago|before|earlier)\b)"
_WEIGHT_UNIT = r"(?:(?:kilo|milli)?gramm?(?:e?s|me)?|kilos?|kg|g|mg|ton(?:s|nes?|nen|ne|)|hekto|pounds?|lbs?|zentner)"
_SPEED_UNIT = (
    r"(?:m/s|km/h|km/t|kph|mph|meter (?:i sekunden|per sekund)|sekundmeter\w*|meter pro sekunde"
    r"|met(?:er|re)s (?:a|per) second|kilomet(?:er|re)s? (?:i timmen|pro stunde|an hour|per hour)"
    r"|stundenkilometer\w*|miles (?:an|per) hour|knop|knoten|knots?)"
)
# "Var tjugonde minut", "alle zwei Stunden", "twice a week", "dagligen".
_FREQUENCY = (
    rf"\b(?:var(?:t|je|annan|annat)?|vartannat|jede[rnsm]?|alle|every|each)\s+(?:[\w,.]+\s+){{0,2}}{_TIME_UNIT}\b"
    r"|\b(?:gånger|gång|mal|times?|once|twice|en gång|turer|avgångar|fahrten|abfahrten|departures)\s+"
    rf"(?:(?:om|per|pro|i|im|in der|am|an?|every|each)\s+){_TIME_UNIT}\b|\w*mal\s+(?:täglich|wöchentlich|jährlich)"
    rf"|\w+mal\s+(?:pro|im|am|in der|die|je)\s+{_TIME_UNIT}\b"
    r"|\b(?:dagligen|veckovis|årligen|varje \w+|täglich|stündlich|wöchentlich|monatlich|jährlich|daily|hourly|weekly"
    r"|monthly|yearly|annually)\b"
)
HOLDS: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(_MONEY, re.IGNORECASE),
    "percent": re.compile(r"\d\s?%|\b[\w.,]+\s(?:procent\w*|per ?cent|prozent\w*)"
                          r"|\b(?:percentage|hälften|hälfte|half|third"
                          r"|tredjedel\w*|fjärdedel\w*|drittel|viertel|quarter)\b", re.IGNORECASE),
    "duration": re.compile(rf"(?:{_COUNTED})[\w ,.-]{{0,12}}?\b{_TIME_UNIT}\b{_NO_STRETCH}|\d{{4}}\s?[–-]\s?\d{{2,4}}"
                           rf"|\b(?:till|bis|until)\b[^.]{{0,20}}(?:\d|{_WEEKDAY})|\w+(?:års|jahr)"
                           r"|\b(?:halv(?:timm\w*|år\w*)|halbjahr\w*|(?:halbe|dreiviertel) ?stunde|half an hour)\b",
                           re.IGNORECASE),
    "frequency": re.compile(_FREQUENCY, re.IGNORECASE),
    "extent": re.compile(rf"(?:{_COUNTED})[\d\s.,\u00a0\u202f]*[ -]?{_LENGTH_UNIT}\b(?!/)", re.IGNORECASE),
    # A film, too, is asked how long it is: a stretch of time will do.
    "length": re.compile(rf"(?:{_COUNTED})[\d\s.,\u00a0\u202f]*[ -]?"
                         rf"(?:{_LENGTH_UNIT}\b(?!/)|{_TIME_UNIT}\b{_NO_STRETCH})",
                         re.IGNORECASE),
    "weight": re.compile(rf"(?:{_COUNTED})[\d\s.,\u00a0\u202f]*[ -]?{_WEIGHT_UNIT}\b", re.IGNORECASE),
    "speed": re.compile(rf"(?:{_COUNTED})[\d\s.,\u00a0\u202f]*[ -]?{_SPEED_UNIT}(?!\w)", re.IGNORECASE),
    "size": re.compile(_NUMBER, re.IGNORECASE),
    "age": re.compile(_AGE, re.IGNORECASE),
    "number": re.compile(rf"{_COUNT}|{_COUNT_WORDS}", re.IGNORECASE),
    "date": re.compile(_DATE, re.IGNORECASE),
    "person": re.compile(_PERSON),
    "called": re.compile(_PERSON),
    "reason": re.compile(_CAUSE, re.IGNORECASE),
    "place": re.compile(_PLACE, re.IGNORECASE),
}
