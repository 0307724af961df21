"""Measure the verifier: altered and unaltered claims in and across three languages, and labelled claims.

    python tests/benchmarks/verification.py [--data ../shared/data] [--split test] [--local] [--answers FILE …]

Altered claims are built from parallel news stories (NTREX), parallel paragraphs (XQuAD) and human summaries
(GUM); stories whose digest is even are for tuning (dev), the others for measuring (test). `--local` adds
the local embedding model. `--answers` measures the sentences of models' answers that people labelled, each file
JSON lines {"language", "text", "claims": [{"id": "ANSWER:PLACE", "claim", "unsupported"}]}.
The generator knows nothing of the verifier's word tables.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt

from assistant.verify import Similarity, verify_claim
from ingest.sentences import split_sentences

SEED = 7
LANGUAGES = ("sv", "de", "en")


@dataclass(frozen=True, slots=True)
class Case:
    """One claim, its evidence, and which fact of it was altered ("none" for an untouched one)."""

    source: str
    story: str
    claim: str
    claim_language: str
    evidence: str
    evidence_language: str
    alteration: str
    original: str
    gold: tuple[int, int] | None = None


def is_dev(story: str) -> bool:
    """Whether a story is for tuning."""
    return hashlib.sha256(story.encode()).digest()[0] % 2 == 0


# --- alterations -----------------------------------------------------------------------------------------


def _words(lines: dict[str, str]) -> dict[str, list[str]]:
    return {language: line.split() for language, line in lines.items()}


MONTHS = _words(
    {
        "en": "January February March April May June July August September October November December",
        "sv": "januari februari mars april maj juni juli augusti september oktober november december",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    }
)
DAYS = _words(
    {
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
        "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    }
)
NUMBER_WORDS = _words(
    {
        "en": "two three four five six seven eight nine ten eleven twelve",
        "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
        "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    }
)
SWAPS = {
    "en": "increased/decreased rose/fell rise/fall raised/lowered raise/lower higher/lower won/lost "
    "win/lose more/fewer "
    "before/after gained/lost supported/opposed support/oppose accepted/rejected opened/closed began/ended "
    "largest/smallest larger/smaller highest/lowest best/worst allowed/banned increase/decrease up/down "
    "started/stopped strong/weak first/last bought/sold positive/negative success/failure victory/defeat",
    "sv": "ökade/minskade ökat/minskat öka/minska ökar/minskar steg/föll höjde/sänkte höja/sänka "
    "höjer/sänker "
    "högre/lägre vann/förlorade vinna/förlora vinner/förlorar fler/färre före/efter började/slutade "
    "största/minsta större/mindre högsta/lägsta bästa/sämsta ökning/minskning stark/svag första/sista "
    "köpte/sålde positiv/negativ seger/förlust tillät/förbjöd godkände/avslog stödde/motsatte",
    "de": "erhöhte/senkte erhöht/gesenkt erhöhen/senken stieg/fiel steigen/sinken gestiegen/gesunken "
    "höher/niedriger "
    "gewann/verlor gewonnen/verloren gewinnen/verlieren mehr/weniger vor/nach begann/endete "
    "größte/kleinste größten/kleinsten größer/kleiner höchste/niedrigste besten/schlechtesten "
    "beste/schlechteste "
    "stark/schwach ersten/letzten erste/letzte kaufte/verkaufte positiv/negativ Sieg/Niederlage "
    "Anstieg/Rückgang "
    "erlaubt/verboten erlaubte/verbot unterstützte/bekämpfte Erfolg/Misserfolg",
}
DENY = {
    "en": (
        re.compile(r"\b(is|are|was|were|will|would|has|have|had|can|could|should)\b(?! not|n't| never| no)"),
        r"\1 not",
    ),
    "sv": (
        re.compile(
            r"\b(är|var|har|hade|ska|skulle|kan|kunde|kommer|blev|fick|måste|vill|ville)\b(?! inte| aldrig)"
        ),
        r"\1 inte",
    ),
    "de": (
        re.compile(
            r"\b(ist|sind|war|waren|wird|werden|hat|haben|hatte|hatten|kann|konnte|soll|wurde|wurden)\b"
            r"(?! nicht| kein| nie)"
        ),
        r"\1 nicht",
    ),
}
UNDENY = {
    "en": (r" not\b|n't\b", r"\bnever "),
    "sv": (r" inte\b", r"\baldrig "),
    "de": (r" nicht\b", r"\bniemals "),
}


def alter_number(text: str, language: str, rng: random.Random, names: Sequence[str]) -> str | None:
    """Another number for one that is no date or part of a name."""
    months = "|".join(MONTHS[language])
    found = [
        m
        for m in re.finditer(r"(?<![\w.,/:-])\d[\d.,]*(?<![.,])", text)
        if not re.fullmatch(r"(1[5-9]|20)\d\d", m[0])
        and not re.match(rf"\.? ?(?:{months})", text[m.end() :], re.IGNORECASE)
        and not re.search(rf"(?:{months}) $", text[: m.start()], re.IGNORECASE)
    ]
    words = list(re.finditer(rf"\b(?:{'|'.join(NUMBER_WORDS[language])})\b", text))
    if not found and not words:
        return None
    match = rng.choice(found or words)
    if match[0][0].isdigit():
        digits = [i for i, char in enumerate(match[0]) if char.isdigit()]
        place = rng.choice(digits)
        low = 1 if place == 0 else 0
        new = str(rng.choice([d for d in range(low, 10) if str(d) != match[0][place]]))
        other = match[0][:place] + new + match[0][place + 1 :]
    else:
        other = rng.choice([w for w in NUMBER_WORDS[language] if w != match[0]])
    if re.search(rf"(?<!\d){re.escape(other)}(?!\d)", text):
        return None
    return text[: match.start()] + other + text[match.end() :]


def alter_date(text: str, language: str, rng: random.Random, names: Sequence[str]) -> str | None:
    """Another month, weekday, day of the month or year."""
    choices: list[tuple[int, int, str]] = []
    for table in (MONTHS[language], DAYS[language]):
        for m in re.finditer(rf"\b({'|'.join(table)})(?=\b|en\b|s\b|abend|nacht|morgen|nachmittag)", text):
            if (
                language == "en"
                and m[0] in ("May", "March")
                and not re.search(r"(?:in|on|of|\d) $", text[: m.start()])
            ):
                continue
            choices += [(m.start(), m.end(), w) for w in rng.sample(table, 3) if w not in text]
            if table is MONTHS[language] and (day := re.search(r"\b(\d{1,2})\.? $", text[: m.start()])):
                choices.append((day.start(1), day.end(1), str(int(day[1]) % 28 + 1)))
    for m in re.finditer(r"(?<![\d.,-])(?:1[5-9]|20)\d\d(?![\d.,-]\d|\d)", text):
        choices.append((m.start(), m.end(), str(int(m[0]) + rng.choice([-3, -2, -1, 1, 2, 3]))))
    if not choices:
        return None
    start, end, other = rng.choice(choices)
    return text[:start] + other + text[end:] if not re.search(rf"\b{other}\b", text) else None


NAME = re.compile(r"(?<=[a-zåäöüß,] )[A-ZÅÄÖÜ][a-zåäöüßé]+(?: [A-ZÅÄÖÜ][a-zåäöüßé]+)+")
SINGLE = re.compile(r"(?<=[a-zåäöüß,] )[A-ZÅÄÖÜ][a-zåäöüßé]{3,}(?![\w-])(?! [A-ZÅÄÖÜ])")


def names_of(text: str, english: str) -> list[str]:
    """Names that stand the same in the English parallel text, so that German nouns are none."""
    found = [m[0] for m in NAME.finditer(text)] + [m[0] for m in SINGLE.finditer(text)]
    return [
        name for name in found if all(re.search(rf"\b{re.escape(word)}", english) for word in name.split())
    ]


def alter_name(text: str, language: str, rng: random.Random, names: Sequence[str]) -> str | None:
    """A name of another story for one of this."""
    pattern = [name for name in names if name in text]
    own = [name for name in pattern if re.search(rf"\b{re.escape(name)}\b", text)]
    pool = [name for name in names if name not in text]
    if not own or not pool:
        return None
    old = rng.choice(own)
    same_size = [
        name
        for name in pool
        if len(name.split()) == len(old.split()) and not set(name.split()) & set(text.split())
    ]
    return text.replace(old, rng.choice(same_size), 1) if same_size else None


def alter_polarity(text: str, language: str, rng: random.Random, names: Sequence[str]) -> str | None:
    """A direction turned round, or a denial added or taken away."""
    options: list[str] = []
    for pair in SWAPS[language].split():
        one, other = pair.split("/")
        for old, new in ((one, other), (other, one)):
            changed = re.sub(rf"\b{old}\b", new, text, count=1)
            if changed != text:
                options.append(changed)
    pattern, replacement = DENY[language]
    denied = pattern.sub(replacement, text, count=1)
    undenied = [changed for p in UNDENY[language] if (changed := re.sub(p, "", text, count=1)) != text]
    if undenied:
        options = undenied if rng.random() < 0.5 or not options else options
    elif denied != text and (not options or rng.random() < 0.4):
        options = [denied]
    return rng.choice(options) if options else None


ALTERATIONS = {"number": alter_number, "date": alter_date, "name": alter_name, "polarity": alter_polarity}


# --- cases -----------------------------------------------------------------------------------------------


def read_lines(path: Path) -> list[dict[str, object]]:
    """The records of a JSONL file; a missing one ends the run with advice."""
    if not path.is_file():
        sys.exit(f"{path} is missing: pass the data folder with --data")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ntrex_cases(data: Path, rng: random.Random) -> Iterator[Case]:
    """Each sentence of a story against the story in each language, untouched and altered."""
    stories: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in read_lines(data / "ntrex/articles.jsonl"):
        stories[str(row["story"])][str(row["language"])] = str(row["text"]).split("\n")
    pools = {
        dev: {
            lang: sorted(
                {
                    n
                    for s, t in stories.items()
                    if is_dev(s) == dev
                    for i, line in enumerate(t[lang])
                    for n in names_of(line, t["en"][i])
                }
            )
            for lang in LANGUAGES
        }
        for dev in (True, False)
    }
    for story, texts in stories.items():
        for i in range(len(texts["en"])):
            for language in LANGUAGES:
                claim = texts[language][i]
                if len(claim.split()) < 6:
                    continue
                versions = [("none", claim)]
                own = names_of(claim, texts["en"][i])
                pool = [n for n in pools[is_dev(story)][language] if n not in "\n".join(texts[language])]
                for kind, alter in ALTERATIONS.items():
                    altered = alter(claim, language, rng, own + rng.sample(pool, 40))
                    if altered and altered != claim:
                        versions.append((kind, altered))
                for other in LANGUAGES:
                    evidence = "\n".join(texts[other])
                    start = sum(len(line) + 1 for line in texts[other][:i])
                    gold = (start, start + len(texts[other][i]))
                    for kind, version in versions:
                        yield Case("ntrex", story, version, language, evidence, other, kind, claim, gold)


def xling_cases(data: Path, rng: random.Random) -> Iterator[Case]:
    """Each sentence of a paragraph against the paragraph in each language."""
    paragraphs: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_lines(data / "xling/articles.jsonl"):
        paragraphs[str(row["para"])][str(row["language"])] = str(row["text"])
    pool = {
        lang: sorted(
            {n for t in paragraphs.values() if lang in t and "en" in t for n in names_of(t[lang], t["en"])}
        )
        for lang in LANGUAGES
    }
    for para, texts in paragraphs.items():
        for language in LANGUAGES:
            if language not in texts or "en" not in texts:
                continue
            own = names_of(texts[language], texts["en"])
            for start, end in split_sentences(texts[language], language):
                claim = texts[language][start:end]
                if len(claim.split()) < 6:
                    continue
                versions = [("none", claim)]
                far = [n for n in rng.sample(pool[language], 60) if n not in texts[language]]
                for kind, alter in ALTERATIONS.items():
                    altered = alter(claim, language, rng, own + far)
                    if altered and altered != claim:
                        versions.append((kind, altered))
                for other, evidence in texts.items():
                    for kind, version in versions:
                        yield Case("xling", para, version, language, evidence, other, kind, claim)


def gum_cases(data: Path, rng: random.Random) -> Iterator[Case]:
    """Summaries of English articles (taken as supported) against the article, untouched and altered."""
    rows = read_lines(data / "gum_wikinews/articles.jsonl")
    pool = sorted({m[0] for row in rows for m in NAME.finditer(str(row["summaries"]))})
    for row in rows:
        sentences = row["sentences_tokenised"]
        assert isinstance(sentences, list)
        evidence = "\n".join(untokenise(sentence) for sentence in sentences)
        summaries = row["summaries"]
        assert isinstance(summaries, list)
        for summary in summaries:
            claim = re.sub(r"^\([^)]*\) ", "", summary)
            own = [m[0] for m in NAME.finditer(claim)]
            far = [n for n in rng.sample(pool, 60) if n not in evidence]
            versions = [("none", claim)]
            for kind, alter in ALTERATIONS.items():
                altered = alter(claim, "en", rng, own + far)
                if altered and altered != claim:
                    versions.append((kind, altered))
            for kind, version in versions:
                yield Case("gum", str(row["id"]), version, "en", evidence, "en", kind, claim)


def untokenise(sentence: str) -> str:
    """Undo the spaces a tokeniser put around punctuation."""
    text = re.sub(r" ([.,;:!?%)\]’”]|n't|'s)", r"\1", sentence)
    text = re.sub(r"([(\[“$£€]) ", r"\1", text)
    return re.sub(r"(\w) - (\w)", r"\1-\2", text)


# --- measuring -------------------------------------------------------------------------------------------


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a supported claim scores above an unsupported one."""
    values, truth = np.asarray(scores), np.asarray(labels)
    gaps = values[truth][:, None] - values[~truth][None, :]
    return float(((gaps > 0) + 0.5 * (gaps == 0)).mean())


def word_overlap(claim: str, evidence: str) -> float:
    """The baseline: the share of the claim's words that stand in the evidence."""
    words = set(re.findall(r"\w+", claim.lower()))
    return len(words & set(re.findall(r"\w+", evidence.lower()))) / (len(words) or 1)


def measure_flags(cases: Sequence[Case], similarity: Similarity | None, show: int) -> None:
    """Print, by source and language relation, the share of claims flagged for each alteration."""
    flagged: dict[tuple[str, str], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    shown: dict[tuple[str, str], int] = defaultdict(int)
    started = perf_counter()
    for case in cases:
        judgement = verify_claim(
            case.claim,
            case.evidence,
            claim_language=case.claim_language,
            evidence_language=case.evidence_language,
            similarity=similarity,
        )
        relation = "same" if case.claim_language == case.evidence_language else "cross"
        bad = judgement.verdict != "supported"
        for key in (
            (case.source, relation),
            (case.source, f"{case.claim_language}-{case.evidence_language}"),
        ):
            flagged[key][case.alteration].append(bad)
        if case.gold and case.alteration == "none":
            overlap = min(judgement.end, case.gold[1]) - max(judgement.start, case.gold[0])
            found[case.source, relation].append(overlap > 0)
        if bad == (case.alteration == "none") and shown[relation, case.alteration] < show:
            shown[relation, case.alteration] += 1
            print(
                f"MISS {relation} {case.claim_language}-{case.evidence_language} {case.alteration}: "
                f"{case.claim}\n"
                f"     was: {case.original}\n     {judgement}\n"
                f"     ev: {case.evidence[judgement.start : judgement.end]}\n"
                f"     gold: {case.evidence[slice(*case.gold)] if case.gold else ''}"
            )
    spent = (perf_counter() - started) / max(len(cases), 1) * 1e3
    kinds = ("none", *ALTERATIONS)
    print(
        f"| {len(cases)} claims, {spent:.1f} ms each | "
        + " | ".join(kinds)
        + " | right sentence |\n|"
        + "---|" * 7
    )
    for key in sorted(flagged, key=lambda k: (k[0], len(k[1]), k[1])):
        cells = [
            f"{np.mean(flagged[key][k]):.3f} ({len(flagged[key][k])})" if flagged[key][k] else ""
            for k in kinds
        ]
        print(
            f"| {key[0]} {key[1]} | "
            + " | ".join(cells)
            + f" | {np.mean(found[key]) if found[key] else 0:.3f} |"
        )


def measure_wice(data: Path, split: str, similarity: Similarity | None) -> None:
    """Print AUROC of the score and of word overlap on labelled claims, and the share of right sentences."""
    rows = [
        row
        for row in read_lines(data / "wice/claim.dev.jsonl")
        if split == "all" or is_dev(str(row["claim"])) == (split == "dev")
    ]
    scores, base, labels, hits = [], [], [], []
    for row in rows:
        sentences, gold = row["evidence"], row["supporting_sentences"]
        assert isinstance(sentences, list) and isinstance(gold, list)
        evidence = "\n".join(s.replace("\n", " ") for s in sentences)
        starts = np.cumsum([0, *(len(s) + 1 for s in sentences)])
        judgement = verify_claim(
            str(row["claim"]), evidence, claim_language="en", evidence_language="en", similarity=similarity
        )
        scores.append(judgement.score)
        base.append(word_overlap(str(row["claim"]), evidence))
        labels.append(str(row["label"]))
        support = {i for group in gold for i in group}
        if support:
            first = int(np.searchsorted(starts, judgement.start, side="right")) - 1
            last = int(np.searchsorted(starts, max(judgement.end - 1, judgement.start), side="right")) - 1
            hits.append(bool(support & set(range(first, last + 1))))
    for name, truth in (
        ("supported / rest", [la == "supported" for la in labels]),
        ("not supported / rest", [la != "not_supported" for la in labels]),
    ):
        print(
            f"| WiCE {name} ({len(rows)}) | {auroc(scores, truth):.3f} | overlap {auroc(base, truth):.3f} |"
        )
    print(f"| WiCE right sentence | {np.mean(hits):.3f} ({len(hits)}) |")


def measure_answers(paths: Sequence[Path], similarity: Similarity | None) -> None:
    """Supported sentences, and answers without an unsupported one, against the rest: AUROC, also of shared words."""
    rows: dict[str, list[tuple[bool, float, float]]] = {"sentences": [], "answers": []}
    for told in (json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
        answers: dict[str, list[dict[str, object]]] = defaultdict(list)
        for claim in told["claims"]:
            answers[claim["id"].split(":")[0]].append(claim)
        claims = [(claim["claim"], not claim["unsupported"], "sentences") for claim in told["claims"]]
        for each in answers.values():
            text = " ".join(str(one["claim"]) for one in each)
            claims.append((text, not any(one["unsupported"] for one in each), "answers"))
        for text, good, kind in claims:
            judgement = verify_claim(
                text, told["text"], claim_language=told["language"], evidence_language=told["language"],
                similarity=similarity,
            )
            rows[kind].append((good, judgement.score, word_overlap(text, told["text"])))
    for kind, judged in rows.items():
        good, score, overlap = zip(*judged, strict=True)
        print(f"| {kind}: {sum(good)} supported, {len(good) - sum(good)} not | {auroc(score, good):.3f} "
              f"| overlap {auroc(overlap, good):.3f} |")


def local_similarity() -> Similarity:
    """The local embedding model, remembering what it has embedded."""
    from ingest.embed import open_embedder

    embedder = open_embedder("local")
    known: dict[str, npt.NDArray[np.float32]] = {}

    def vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, embedder.embed_queries(new), strict=True))
        return np.stack([known[text] for text in texts])

    return vectors


def main() -> None:
    """Read the arguments, build the cases, print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--split", choices=("dev", "test", "all"), default="test")
    parser.add_argument("--source", default="ntrex,xling,gum,wice")
    parser.add_argument("--limit", type=int, default=4000, help="claims per source at most")
    parser.add_argument("--show", type=int, default=0, help="print this many misses of each kind")
    parser.add_argument("--local", action="store_true", help="with the local embedding model")
    parser.add_argument("--answers", type=Path, nargs="+", help="only these, instead of the data")
    options = parser.parse_args()
    similarity = local_similarity() if options.local else None
    if options.answers:
        measure_answers(options.answers, similarity)
        return
    for source, build in (("ntrex", ntrex_cases), ("xling", xling_cases), ("gum", gum_cases)):
        if source in options.source:
            rng = random.Random(SEED)
            cases = [
                c
                for c in build(options.data, rng)
                if options.split == "all" or is_dev(c.story) == (options.split == "dev")
            ]
            rng.shuffle(cases)
            measure_flags(cases[: options.limit], similarity, options.show)
    if "wice" in options.source:
        measure_wice(options.data, options.split, similarity)


if __name__ == "__main__":
    main()
