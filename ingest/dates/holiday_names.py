"""What holidays are called, by language; every name is in lower case and stands beside others of the same days."""

from __future__ import annotations

_NAMES: dict[str, dict[str, str]] = {
    "sv": {
        "new year": "nyårsdagen", "epiphany eve": "trettondagsafton", "epiphany": "trettondagen|trettondedag jul",
        "saint knut": "tjugondag knut", "valentine": "alla hjärtans dag",
        "women": "internationella kvinnodagen|kvinnodagen",
        "shrove tuesday": "fettisdagen", "ash wednesday": "askonsdagen", "palm sunday": "palmsöndagen",
        "maundy thursday": "skärtorsdagen", "good friday": "långfredagen", "easter saturday": "påskafton",
        "easter sunday": "påskdagen", "easter monday": "annandag påsk", "easter": "påsk|påsken|påskhelgen|påskas",
        "walpurgis": "valborg|valborgsmässoafton", "ascension": "kristi himmelsfärdsdag|kristi himmelsfärd",
        "whit sunday": "pingstdagen", "whit monday": "annandag pingst", "whitsun": "pingst|pingsten|pingsthelgen",
        "mother sv": "mors dag", "swedish day": "nationaldagen", "midsummer eve": "midsommarafton|midsommaraftonen",
        "midsummer day": "midsommardagen", "midsummer": "midsommar|midsommarhelgen",
        "turn of the half-year": "halvårsskiftet", "halloween": "halloween", "all saints sv": "alla helgons dag",
        "father sv": "fars dag", "black friday": "black friday",
        "advent 1": "första advent", "advent 2": "andra advent",
        "advent 3": "tredje advent", "advent 4": "fjärde advent", "lucia": "luciadagen|lucia",
        "christmas eve": "julafton|julaftonen", "christmas day": "juldagen", "boxing day": "annandag jul|annandagen",
        "christmas": "jul|julen|julhelgen|julas", "between the years": "mellandagarna|mellan jul och nyår",
        "new year eve": "nyårsafton|nyårsaftonen", "turn of the year": "årsskiftet|nyårshelgen|nyårsnatten|nyår",
    },
    "de": {
        "new year": "neujahr|neujahrstag", "epiphany": "dreikönigstag|heilige drei könige", "valentine": "valentinstag",
        "women carnival": "weiberfastnacht|altweiber", "rose monday": "rosenmontag",
        "shrove tuesday": "faschingsdienstag|veilchendienstag", "ash wednesday": "aschermittwoch",
        "women": "weltfrauentag|internationalen frauentag|internationaler frauentag", "palm sunday": "palmsonntag",
        "maundy thursday": "gründonnerstag", "good friday": "karfreitag", "easter saturday": "karsamstag",
        "easter sunday": "ostersonntag", "easter monday": "ostermontag", "easter": "ostern|osterwochenende",
        "may day": "tag der arbeit|maifeiertag", "ascension": "christi himmelfahrt|himmelfahrtstag|vatertag",
        "mother de": "muttertag", "whit sunday": "pfingstsonntag", "whit monday": "pfingstmontag",
        "whitsun": "pfingsten|pfingstwochenende", "corpus christi": "fronleichnam", "assumption": "mariä himmelfahrt",
        "unity": "tag der deutschen einheit", "halloween": "halloween", "reformation": "reformationstag",
        "all saints": "allerheiligen", "martinmas": "martinstag", "volkstrauertag": "volkstrauertag",
        "repentance": "buß- und bettag", "totensonntag": "totensonntag", "black friday": "black friday",
        "advent 1": "ersten advent|ersten adventssonntag|erster advent",
        "advent 2": "zweiten advent|zweiten adventssonntag|zweiter advent",
        "advent 3": "dritten advent|dritten adventssonntag|dritter advent",
        "advent 4": "vierten advent|vierten adventssonntag|vierter advent", "saint nicholas": "nikolaustag",
        "christmas eve": "heiligabend|heiligen abend",
        "christmas day": "ersten weihnachtstag|ersten weihnachtsfeiertag|erster weihnachtstag",
        "boxing day": "zweiten weihnachtstag|zweiten weihnachtsfeiertag|zweiter weihnachtstag",
        "christmas": "weihnachten",
        "between the years": "zwischen den jahren|zwischen weihnachten und neujahr|zwischen weihnachten und silvester",
        "new year eve": "silvester|silvesterabend", "turn of the year": "jahreswechsel|silvesternacht|neujahrsnacht",
    },
    "en": {
        "new year": "new year's day", "epiphany": "twelfth night", "burns night": "burns night",
        "king": "martin luther king day|martin luther king jr. day", "holocaust": "holocaust memorial day",
        "presidents": "presidents' day", "valentine": "valentine's day", "women": "international women's day",
        "shrove tuesday": "shrove tuesday", "ash wednesday": "ash wednesday",
        "patrick": "st patrick's day|st. patrick's day",
        "palm sunday": "palm sunday", "maundy thursday": "maundy thursday", "good friday": "good friday",
        "easter saturday": "easter saturday", "easter sunday": "easter sunday", "easter monday": "easter monday",
        "easter": "easter|easter weekend", "may day": "may day", "ascension": "ascension day",
        "whit sunday": "whit sunday|pentecost", "whit monday": "whit monday", "memorial": "memorial day",
        "juneteenth": "juneteenth", "labor": "labor day", "columbus": "columbus day", "halloween": "halloween",
        "all saints": "all saints' day", "bonfire": "bonfire night", "remembrance": "remembrance sunday",
        "armistice": "armistice day|veterans day", "thanksgiving": "thanksgiving|thanksgiving day",
        "black friday": "black friday", "cyber monday": "cyber monday", "christmas eve": "christmas eve",
        "christmas day": "christmas day", "boxing day": "boxing day", "christmas": "christmas",
        "between the years": "between christmas and new year", "new year eve": "new year's eve|hogmanay",
        "turn of the year": "the turn of the year",
    },
}  # fmt: skip

NAMES: dict[str, dict[str, str]] = {
    language: {name: holiday for holiday, names in table.items() for name in names.split("|")}
    for language, table in _NAMES.items()
}
