"""The checks of one statement, in order, each with its reasons in a few words."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.verify.aligned import exchanged_denials, exchanged_names
from assistant.verify.attribution import misattributed
from assistant.verify.denial import denial_differs, denies_elsewhere
from assistant.verify.direction import opposite
from assistant.verify.facts import Case, date_reasons, number_reasons
from assistant.verify.grave import untold_graveness
from assistant.verify.name_check import missing_names
from assistant.verify.name_index import index_names
from assistant.verify.place_check import strange_places
from assistant.verify.quantities import overstated
from assistant.verify.quotes import missing_quotes

# A claim longer than its sentence by this factor sums up, and may draw on the whole text.
SUMS_UP = 1.3


def find_reasons(case: Case) -> Iterator[str]:
    """What speaks against the claim of a case; a reason may come twice."""
    yield from number_reasons(case)
    yield from date_reasons(case)
    yield from (f"name {name} not in evidence" for name in _strange_names(case))
    if not case.translates:
        told = f"{case.whole}\n{case.context}"
        grave = untold_graveness(case.claim, case.claim_language, told, case.zone_language)
        yield from (f"{word} not told" for word in grave)
    if case.close:
        if found := opposite(
            case.claim, case.claim_language, case.best, case.zone_language,
            worded=case.worded, similarity=case.similarity,
        ):
            yield f"direction differs: {found[0]} / {found[1]}"
        if all(
            denial_differs(case.claim, case.claim_language, told, case.zone_language, case.similarity)
            for told in dict.fromkeys((case.best, case.core))
        ) and not _denies_beside(case):
            yield "negation differs"
    if case.akin and (found := overstated(case.claim, case.claim_language, case.best, case.zone_language)):
        yield f"quantity differs: {found[0]} / {found[1]}"
    if not case.across:
        for asked, told in exchanged_denials(case.claim, case.best):
            yield f"negation differs: {asked} / {told}"
        for phrase in missing_quotes(case.claim, case.told):
            yield f"quotation not in evidence: {phrase[:40]}"
        others = misattributed(case.claim, case.zone, case.zone_language)
        if case.worded:
            others = others or misattributed(case.claim, case.core, case.zone_language)
        yield from (f"said by another: {who}" for who in others)


def _denies_beside(case: Case) -> bool:
    """Whether a claim that is more than its sentence in much the same words denies what a sentence beside it denies."""
    if case.across or (case.worded and len(case.claim) <= SUMS_UP * len(case.core)):
        return False
    return denies_elsewhere(case.claim, case.around, case.zone_language)


def _strange_names(case: Case) -> tuple[str, ...]:
    missing = missing_names(
        case.claim, case.claim_language, case.told, case.best, case.zone_language,
        close=case.close, translates=case.translates, worded=case.worded, whole=case.whole, similarity=case.similarity,
    )
    if case.close:
        known = " ".join(missing).split()
        places = strange_places(case.claim, case.told, case.best)
        missing += tuple(place for place in places if place not in known)
    if missing or case.across:
        return missing
    return exchanged_names(case.claim, case.best, index_names(case.told))
