"""Is a day of the past or the future, by the words around it; for days that do not tell themselves."""

from __future__ import annotations

import re

# Auxiliaries that put "on Thursday" ahead of the day of writing; looked for shortly before it.
_FUTURE = re.compile(
    r"\b(?:will|would|is to|are to|was to|were to|going to|plans? to|set to|due|scheduled|expected to|ska|skall"
    r"|kommer att|väntas|planerar|wird|werde|würden?|werden|soll|sollen|will|wollen|geplant|['’]ll)\b"
    r"(?:[^.!?\n]|(?<=[ap])\.(?=m)|(?<=[ap]\.m)\.)*$",
    re.IGNORECASE,
)
_FUTURE_WINDOW = 60
# The English present tells what is to come with some verbs only.
_SCHEDULED = re.compile(
    r"\b(?:takes effect|comes into force|begins|starts|opens|ends|expires|meets|kicks off|votes on)\b[^.!?\n]*$"
)
# So does the German with nearly all: "entscheidet am Freitag", "am Freitag tritt". Not participles, nor pasts in -t.
_PAST_IN_T = "ge(?!ht|winnt|lingt|nügt|hört)|hat|ist|trat|bat|bot|riet|geriet|litt|schritt|stritt"
# Nor adverbs: "erst am Freitag", "zuletzt im Mai".
_NO_VERB = "erst|nicht|meist|zumeist|zuletzt|dort|fast|jetzt|selbst|sonst|seit|weit|insgesamt|überhaupt"
_PRESENT = rf"(?!(?:{_NO_VERB})\b)(?!(?:{_PAST_IN_T})\w*\b)(?!\w*hielt\b)[a-zäöüß]{{3,}}t"
_PRESENT_BEFORE = re.compile(
    rf"(?<![^\W\d]){_PRESENT}[^\S\n](?:sich[^\S\n])?(?:(?:erst|noch)[^\S\n])?(?:[ai]m|in der Nacht zum)[^\S\n]$"
)
_PRESENT_AFTER = re.compile(rf"[^\S\n]{_PRESENT}(?!\w)")
_AM = re.compile(r"(?:^|[.!?“\n][^\S\n]?)[AI]m[^\S\n]$")
# In Swedish and German the finite verb follows an opening weekday, in English the subject does.
_FUTURE_VERB = re.compile(
    r"[^\S\n]{1,3}(?:ska|skall|kommer|väntas|planerar|wird|werden|soll|sollen|will|wollen|möchte)\b"
)
_FUTURE_CLAUSE = re.compile(
    r",?(?:[^\S\n][^\W\d]{1,20}){1,5}[^\S\n](?:will|is to|are to|plans? to|is expected to)\b"
)
# The same auxiliaries tell what is said to have happened: "ska ha rånat", "soll am Dienstag geflohen sein".
_HEARSAY = re.compile(
    r"\bska(?:ll)?(?:[^\S\n][^\W\d]{1,20}){0,3}[^\S\n]ha(?:[^\S\n][^\W\d]{1,20})?[^\S\n][^\W\d]{1,20}ts?\b"
    r"|\bsoll(?:en)?\b(?:[^.!?\n]|(?<=\d)\.){0,120}(?:t|en)[^\S\n](?:worden[^\S\n])?(?:haben|sein)\b",
    re.IGNORECASE,
)
_HEARSAY_WINDOW = 100


def lies_ahead(text: str, start: int, end: int) -> bool:
    """Is the sentence around a day about the future, by its auxiliary before or right after it?"""
    if _FUTURE.search(text, max(0, start - _FUTURE_WINDOW), start) or _FUTURE_VERB.match(text, end):
        return not _HEARSAY.search(text, max(0, start - _FUTURE_WINDOW), end + _HEARSAY_WINDOW)
    if _SCHEDULED.search(text, max(0, start - _FUTURE_WINDOW), start) or _german_present(text, start, end):
        return True
    opening = text[max(0, start - 5) : start].strip() in ("On", "") or start < 4
    return opening and bool(_FUTURE_CLAUSE.match(text, end))


def _german_present(text: str, start: int, end: int) -> bool:
    near = max(0, start - _FUTURE_WINDOW)
    return bool(_PRESENT_BEFORE.search(text, near, start)) or bool(
        _AM.search(text, near, start) and _PRESENT_AFTER.match(text, end)
    )


# Finite verbs of the past, strong ones by their frequency in news and weak ones by their ending; what somebody
# "said" tells nothing of the day they spoke of.
_PAST = re.compile(
    r"\b(?:var|blev|fick|kom|gick|hade|greps|dog|tog|gav|föll|började|[^\W\d]{3,}ades?|avled|brann|bröts?|drogs?"
    r"|fanns?|försvann|gjordes?|hölls?|hördes|kördes?|köptes|ledde|lämnade|låg|mötte|möttes|omkom|satt|sjönk|sköts?"
    r"|skrevs?|slogs?|släpptes|steg|stod|stals|stängdes?|såldes?|såg|sågs|valdes|vanns?|byggdes?|dömdes?|fördes?"
    r"|war|waren|wurden?|hatten?|kam|kamen|ging|gingen|gab|gaben|begann|begannen|fiel|fielen|starb|starben|brach"
    r"|brannten?|fanden?|fuhr|fuhren|gewann|gewannen|hielt|hielten|lag|lagen|ließ|musste[n]?|rief|sah|sahen|sank|schoss"
    r"|nahm|nahmen|schlug|griff|erhielt|bekam|sprach|sprachen|blieb|blieben|schloss|verschwand|floh|flohen|warf"
    r"|schrieb|stand|standen|stieg|stiegen|stürzten?|traf|trafen|trat|verlor|verloren|verließ|zog|zogen"
    r"|was|were|had|came|went|began|fell|died|took|won|lost|held|drew|made|found|broke|struck|met"
    r"|ran|led|saw|rose|sank|sold|sent|stood|gave|got|grew|flew|fought|burst|caught|brought|bought|built|became"
    r"|drove|fled|threw|tore|swept|(?!need)(?<!\bbe )[^\W\d]{3,}ed)\b"
)
_PAST_WINDOW = 70
_BOUNDARY = re.compile(r"(?<!\d)[.!?][\s”“\"]|\n")
_SUPERLATIVE = re.compile(r"\b(?:[^\W\d]{3,}est|worst|first|most|only|[^\W\d]{3,}ste[nrs]?)\b[^.!?\n]*$", re.IGNORECASE)


def lies_behind(text: str, start: int, end: int) -> bool:
    """Is the sentence around a day about the past, by a verb in the past tense near it?"""
    before = _BOUNDARY.split(text[max(0, start - _PAST_WINDOW) : start])[-1]
    clause = before + text[start:end] + _BOUNDARY.split(text[end : end + _PAST_WINDOW])[0]
    return bool(_PAST.search(clause)) and not lies_ahead(text, start, end)


def is_superlative(text: str, start: int) -> bool:
    """Does "in 30 years" count back, as in "the worst crash in 30 years"?"""
    return bool(_SUPERLATIVE.search(text, max(0, start - _PAST_WINDOW), start))
