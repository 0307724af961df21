"""The metrics: examples worked by hand, properties, and equality with `ir-measures`."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.compare import compare_runs
from assistant.evaluation.display import metric_rows, number
from assistant.evaluation.metrics import METRICS, find_metric, score_record
from assistant.evaluation.metrics.answers import common_subsequence
from assistant.evaluation.metrics.outcome import find_failure
from assistant.evaluation.metrics.ranking import holds_quote
from assistant.evaluation.records import CitedQuote, Evidence, Hit, JudgedSentence, Question, Record
from assistant.evaluation.report.page import render_page
from assistant.evaluation.run_file import Header, Run
from assistant.evaluation.summary import summarize_run
from assistant.evaluation.trec import write_trec
from assistant.evaluation.words import contains, fold, words

QUOTE = "The lighthouse on Holm Point was lit again on Friday."
GOLD = Question(
    "light", "When was the lighthouse lit?", "en", "single", "On Friday", (("Friday", "fredag"), ("Holm",)),
    ("Sunday",),
    (Evidence("a.txt", QUOTE), Evidence("b.txt", "A second lamp was carried up the stairs.")),
)
NONE = Question("none", "Who paid for it?", "en", "unanswerable")


def score(name: str, question: Question, record: Record) -> float | None:
    metric = find_metric(name)
    assert metric is not None
    return metric.score(question, record)


def found(*articles: str) -> Record:
    return Record("light", retrieved=tuple(Hit(article, f"Words of {article}.") for article in articles))


def answered(text: str, *sentences: JudgedSentence, citations: tuple[CitedQuote, ...] = ()) -> Record:
    return Record("light", text, sentences=sentences, citations=citations)


# retrieval

def test_retrieval_by_article_worked_by_hand() -> None:
    record = found("x.txt", "a.txt", "x.txt", "y.txt", "b.txt")  # distinct: x a y b; relevant: a, b
    assert score("recall@1", GOLD, record) == 0.0
    assert score("recall@3", GOLD, record) == 0.5
    assert score("recall@5", GOLD, record) == 1.0
    assert score("hit@1", GOLD, record) == 0.0
    assert score("hit@5", GOLD, record) == 1.0
    assert score("mrr@10", GOLD, record) == 0.5
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    assert score("ndcg@10", GOLD, record) == pytest.approx(gain / (1 + 1 / math.log2(3)))


def test_retrieval_by_quote_counts_a_quote_once_and_only_in_its_article() -> None:
    elsewhere, there, again = (Hit(name, f"Before. {QUOTE} After.") for name in ("x.txt", "a.txt", "a.txt"))
    record = Record("light", retrieved=(elsewhere, there, again))
    assert score("recall_quote@10", GOLD, record) == 0.5
    assert score("mrr_quote@10", GOLD, record) == 0.5
    assert score("hit_quote@1", GOLD, record) == 0.0


@pytest.mark.parametrize(("passage", "held"), [
    ("  It rained.\nThe lighthouse on Holm\u00a0Point was lit  again on Friday. It shone.", True),
    ("It rained. The lighthouse on Holm Point was lit aga", True),      # the longer half before a border
    ("Holm Point was lit again on Friday. It shone.", True),             # the longer half after one
    ("It rained. The lighthouse on", False),
    ("again on Friday. It shone.", False),
    ("The lighthouse on Holm Point was lit yesterday, said the keeper.", False),
    ("", False),
])
def test_a_passage_holds_a_quote_that_runs_over_its_border(passage: str, held: bool) -> None:
    assert holds_quote(passage, QUOTE) is held


def test_a_copy_counts_as_its_original() -> None:
    question = Question("c", "?", evidence=(Evidence("copy.txt", QUOTE, original="first.txt"),))
    assert score("hit@1", question, Record("c", retrieved=(Hit("first.txt", QUOTE),))) == 1.0
    assert score("hit_quote@1", question, Record("c", retrieved=(Hit("first.txt", QUOTE),))) == 1.0


def test_empty_results_score_nought_and_questions_without_evidence_are_left_out() -> None:
    retrieval = [metric for metric in METRICS if metric.group == "retrieval"]
    assert {metric.score(GOLD, Record("light")) for metric in retrieval} == {0.0}
    assert {metric.score(NONE, found("a.txt")) for metric in retrieval} == {None}


names = st.sampled_from([f"{letter}.txt" for letter in "abcdefgh"])
rankings = st.lists(names, max_size=12)
golds = st.sets(names, min_size=1, max_size=4)


def asking(relevant: set[str]) -> Question:
    return Question("q", "?", evidence=tuple(Evidence(name) for name in sorted(relevant)))


@given(rankings, golds)
def test_retrieval_metrics_are_between_0_and_1(ranking: list[str], relevant: set[str]) -> None:
    scores = score_record(asking(relevant), found(*ranking))
    assert all(0.0 <= value <= 1.0 for value in scores.values() if value is not None)


@given(rankings, golds, st.data())
def test_duplicates_never_help(ranking: list[str], relevant: set[str], data: st.DataObject) -> None:
    doubled = list(ranking)
    if ranking:
        repeated = data.draw(st.sampled_from(ranking))
        doubled.insert(data.draw(st.integers(ranking.index(repeated), len(ranking))), repeated)
    before, after = (score_record(asking(relevant), found(*names)) for names in (ranking, doubled))
    assert all((after[key] or 0.0) <= (before[key] or 0.0) for key in before)


@given(golds, rankings)
def test_a_perfect_ranking_scores_1(relevant: set[str], rest: list[str]) -> None:
    scores = score_record(asking(relevant), found(*sorted(relevant), *rest))
    assert {scores[key] for key in ("recall@5", "recall@10", "hit@1", "mrr@10", "ndcg@10")} == {1.0}


@given(st.lists(st.tuples(names, st.booleans()), max_size=10))
def test_repeating_a_passage_never_helps_a_quote(hits: list[tuple[str, bool]]) -> None:
    record = Record("light", retrieved=tuple(Hit(name, QUOTE if full else "Nothing.") for name, full in hits))
    twice = Record("light", retrieved=tuple(hit for hit in record.retrieved for _ in range(2)))
    before, after = score_record(GOLD, record), score_record(GOLD, twice)
    assert all((after[key] or 0.0) <= (before[key] or 0.0) for key in before)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(rankings, golds), min_size=1, max_size=5))
def test_our_retrieval_metrics_equal_those_of_ir_measures(
    tmp_path_factory: pytest.TempPathFactory, cases: list[tuple[list[str], set[str]]]
) -> None:
    ir_measures = pytest.importorskip("ir_measures")
    questions = tuple(
        Question(f"q {i}", "?", evidence=tuple(Evidence(f"{n} é", f"The very words of {n}.") for n in gold))
        for i, (_, gold) in enumerate(cases)
    )
    records = {
        f"q {i}": Record(f"q {i}", retrieved=tuple(
            Hit(f"{name} é", f"The very words of {name}." if n % 3 else "Other words.")
            for n, name in enumerate(ranking)))
        for i, (ranking, _) in enumerate(cases)
    }
    run = Run(Path("r.jsonl"), Header("retrieval", "", "", {}, {}, {}, questions), records)
    for unit, suffix in (("article", ""), ("quote", "_quote")):
        ranked, gold = write_trec(run, tmp_path_factory.mktemp("trec"), unit)
        theirs = {
            f"recall{suffix}@3": "R@3", f"recall{suffix}@10": "R@10", f"hit{suffix}@1": "Success@1",
            f"hit{suffix}@5": "Success@5", f"mrr{suffix}@10": "RR@10", f"ndcg{suffix}@10": "nDCG@10",
        }
        measures = {name: ir_measures.parse_measure(text) for name, text in theirs.items()}
        means = ir_measures.calc_aggregate(
            measures.values(), ir_measures.read_trec_qrels(str(gold)), ir_measures.read_trec_run(str(ranked)))
        for name, measure in measures.items():
            ours = [score(name, question, record) or 0.0 for question, record in run.pairs()]
            assert sum(ours) / len(ours) == pytest.approx(means[measure], abs=1e-9), name


# answers

def test_required_phrases_are_counted_by_group() -> None:
    assert score("must_include", GOLD, answered("Lit on FRIDAY at Holm Point [1].")) == 1.0
    assert score("must_include", GOLD, answered("Den tändes i fredags.")) == 0.5
    assert score("must_not_include", GOLD, answered("Lit on Sunday.")) == 0.0
    assert score("must_not_include", GOLD, answered("Lit on Friday.")) == 1.0


@pytest.mark.parametrize(("text", "phrase", "held"), [
    ("Es waren 1.150 Stellen", "1 150", True), ("1,150 jobs", "1150", True), ("1 150 jobb", "1,150", True),
    ("61 residents", "61", True), ("in 1961", "61", False), ("built 613", "61", False), 
    ("61.5 percent", "61", False),
    ("2,5 procent", "2.5", True), ("12.5 percent", "2.5", False), ("The end of 61.", "61", True),
    ("the “Ice Fishers”", 'the "ice fishers"', True), ("i 2024 350 personer", "350", True),
    ("developing countries", "developing countr", True), ("HJÄLMTUNA", "Hjälmtuna", True),
])
def test_phrases_are_folded_and_numbers_are_whole(text: str, phrase: str, held: bool) -> None:
    assert contains(fold(text), fold(phrase)) is held


def test_exact_match_and_token_f1_strip_articles_by_language() -> None:
    english = Question("q", "?", "en", "single", "The old ferry")
    assert score("exact_match", english, answered("old ferry! [1]")) == 1.0
    german = Question("q", "?", "de", "single", "Die alte Fähre")
    assert score("exact_match", german, answered("alte Fähre")) == 1.0
    swedish = Question("q", "?", "sv", "single", "den gamla färjan")
    assert score("exact_match", swedish, answered("En gamla färjan")) == 1.0
    # given: ferry sank near holm; gold: old ferry sank → 2 common, precision 2/4, recall 2/3
    gold = Question("q", "?", "en", "single", "the old ferry sank")
    assert score("token_f1", gold, answered("A ferry sank near Holm")) == pytest.approx(2 * 2 / (4 + 3))


def test_rouge_l_is_the_f1_of_the_longest_common_subsequence() -> None:
    # Lin 2004, section 3.1: "police killed the gunman", "police kill the gunman": 3 of 4 words in order
    gold = Question("q", "?", "en", "single", "police killed the gunman")
    assert score("rouge_l", gold, answered("police kill the gunman")) == 0.75
    assert score("rouge_l", gold, answered("the gunman kill police")) == 0.5


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_the_bit_vector_subsequence_equals_the_table(first: list[str], second: list[str]) -> None:
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, left in enumerate(first):
        for j, right in enumerate(second):
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else max(table[i][j + 1], table[i + 1][j])
    assert common_subsequence(first, second) == table[-1][-1]


@given(st.text(max_size=80), st.text(max_size=80))
def test_answer_metrics_take_any_text_and_stay_between_0_and_1(text: str, gold: str) -> None:
    question = Question("q", "?", "de", "single", gold, ((gold or "x",),), (text or "x",))
    values = [value for value in score_record(question, answered(text)).values() if value is not None]
    assert all(0.0 <= value <= 1.0 for value in values)
    assert score("token_f1", Question("q", "?", "en", answer=text or "x"), answered(text or "x")) == 1.0


def test_a_metric_that_does_not_apply_is_none_and_not_nought() -> None:
    scores = score_record(Question("q", "?"), answered("Something."))
    assert {key for key, value in scores.items() if value is not None} == set()
    only_found = score_record(GOLD, found("a.txt"))
    assert {m.group for m in METRICS if only_found[m.name] is not None} == {"retrieval"}


def test_an_error_counts_as_an_empty_answer() -> None:
    scores = score_record(GOLD, Record("light", "", error="EndpointError: no route"))
    assert scores["correct"] == scores["must_include"] == scores["token_f1"] == scores["recall@5"] == 0.0
    assert scores["answering_recall"] is None


def test_words_keep_numbers_together() -> None:
    assert words("Der Preis: 2,5 Mio. (1.150 Stück)", "de") == ["preis", "2.5", "mio", "1150", "stück"]


# citations, as in ALCE

def sentence(verdict: str, *markers: int) -> JudgedSentence:
    return JudgedSentence("A sentence.", markers, verdict)  # type: ignore[arg-type]


def cited(
    marker: int, verdict: str, article: str = "a.txt", quote: str = QUOTE, verbatim: bool = True
) -> CitedQuote:
    return CitedQuote(marker, article, quote, verdict, verbatim)  # type: ignore[arg-type]


def test_citation_metrics_worked_by_hand() -> None:
    record = answered(
        "…", sentence("supported", 1), sentence("supported", 1, 2), sentence("supported", 3, 4),
        sentence("unsupported", 5), sentence("unsupported"),
        citations=(cited(1, "supported"), cited(2, "partly"), cited(3, "partly"), cited(4, "partly"),
                   cited(5, "unsupported", verbatim=False)),
    )
    assert score("citation_recall", GOLD, record) == 3 / 5
    # pairs: 1 needed; 1 needed, 2 not (1 alone suffices); 3 and 4 both needed; 5 not
    assert score("citation_precision", GOLD, record) == 4 / 6
    assert score("unsupported_sentences", GOLD, record) == 2 / 5
    assert score("verbatim", GOLD, record) == 4 / 5


def test_an_uncited_answer_has_no_precision_and_an_abstention_none() -> None:
    assert score("citation_precision", GOLD, answered("…", sentence("unsupported"))) == 0.0
    assert score("citation_recall", GOLD, answered("…", sentence("supported"))) == 0.0
    abstention = Record("light", "The articles do not tell.", abstained=True)
    assert score("citation_recall", GOLD, abstention) is None
    assert score("citation_precision", GOLD, abstention) is None


@pytest.mark.parametrize(("article", "quote", "gold"), [
    ("a.txt", QUOTE, 1.0), ("a.txt", f"It rained. {QUOTE}", 1.0), ("z.txt", QUOTE, 0.0),
    ("a.txt", "lit again on Friday, in the rain.", 0.0),
    ("a.txt", "Holm Point was lit again on Friday.", 1.0),
])
def test_cites_gold_wants_the_article_and_the_words(article: str, quote: str, gold: float) -> None:
    record = answered("…", sentence("supported", 1), citations=(cited(1, "supported", article, quote),))
    assert score("cites_gold", GOLD, record) == gold


# abstention

def test_abstention_precision_and_recall_worked_by_hand() -> None:
    refused, told = Record("x", "No.", abstained=True), Record("x", "Yes.")
    # 3 answerable (1 abstained), 2 unanswerable (1 abstained)
    pairs = [(GOLD, refused), (GOLD, told), (GOLD, told), (NONE, refused), (NONE, told)]

    def mean(name: str) -> float:
        values = [value for pair in pairs if (value := score(name, *pair)) is not None]
        return sum(values) / len(values)

    assert mean("abstention_precision") == 1 / 2
    assert mean("abstention_recall") == 1 / 2
    assert mean("answering_precision") == 2 / 3
    assert mean("answering_recall") == 2 / 3


# why it failed

@pytest.mark.parametrize(("question", "record", "reason"), [
    (GOLD, Record("x", "", error="boom"), "failed"),
    (NONE, Record("x", "Someone."), "should have abstained"),
    (NONE, Record("x", "No.", abstained=True), None),
    (GOLD, found("z.txt"), "not retrieved"),
    (GOLD, Record("x", retrieved=(Hit("a.txt", QUOTE),)), None),
    (GOLD, Record("x", "No.", retrieved=(Hit("a.txt", QUOTE),), abstained=True), "abstained wrongly"),
    (GOLD, Record("x", "No.", abstained=True), "not retrieved"),
])
def test_the_first_stage_that_failed_is_named(question: Question, record: Record, reason: str | None) -> None:
    assert find_failure(question, record) == reason


def test_an_answer_that_misses_its_words_is_wrong_unused_or_unsupported() -> None:
    retrieved = (Hit("a.txt", QUOTE), Hit("z.txt", "Elsewhere."))
    gold, other = (cited(1, "supported"),), (cited(1, "supported", "z.txt", "Elsewhere."),)
    supported, unsupported = (sentence("supported", 1),), (sentence("unsupported", 1),)

    def reason(
        text: str, sentences: tuple[JudgedSentence, ...], citations: tuple[CitedQuote, ...]
    ) -> str | None:
        return find_failure(GOLD, Record("x", text, False, sentences, citations, retrieved))

    assert reason("Friday, at Holm Point.", supported, gold) is None
    assert reason("Friday, at Holm Point.", unsupported, gold) == "not supported"
    assert reason("On Monday.", unsupported, gold) == "not supported"
    assert reason("On Monday.", supported, other) == "retrieved, not used"
    assert reason("On Monday.", supported, gold) == "wrong"
    assert reason("Friday or Sunday, at Holm Point.", supported, gold) == "wrong"


def test_every_metric_has_a_name_of_its_own_and_says_what_it_means() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)
    assert all(metric.meaning.endswith(".") or metric.meaning for metric in METRICS)
    assert find_metric("no such metric") is None


# cost

USAGE = {"model": "small", "prompt_tokens": 1200, "completion_tokens": 90, "cost": 0.00021, "estimated": False}


def test_tokens_and_cost_are_those_of_the_answer_and_none_without_a_model() -> None:
    written = Record.from_json({"id": "light", "answer": "On Friday.", "milliseconds": 40.0, "usage": USAGE})
    names = ("latency_ms", "prompt_tokens", "completion_tokens", "cost")
    assert [score(name, GOLD, written) for name in names] == [40.0, 1200.0, 90.0, 0.00021]
    quoted = Record.from_json({"id": "light", "answer": "On Friday.", "usage": None})
    assert [score(name, GOLD, quoted) for name in names] == [None] * 4
    unpriced = Record.from_json({"id": "light", "answer": "On Friday.", "usage": USAGE | {"cost": None}})
    assert score("cost", GOLD, unpriced) is None and score("prompt_tokens", GOLD, unpriced) == 1200.0


def test_tokens_and_cost_stand_in_the_tables() -> None:
    record = Record.from_json({"id": "light", "answer": "On Friday.", "usage": USAGE})
    run = Run(Path("r.jsonl"), Header("answers", "", "", {}, {}, {}, (GOLD,)), {"light": record})
    shown = {name: number(e.mean, find_metric(name).unit)  # type: ignore[union-attr]
             for name, _, e in metric_rows(summarize_run(run)) if name in ("prompt_tokens", "cost")}
    assert shown == {"prompt_tokens": "1,200 tokens", "cost": "0.000210 ¤"}
    assert "0.000210 ¤" in render_page(run, summarize_run(run))
    compared = {difference.metric for difference in compare_runs(run, run).differences}
    assert {"prompt_tokens", "completion_tokens", "cost"} <= compared
