import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import DataError
from graph.evaluation import report
from graph.evaluation.evaluation import ALL, Evaluation, bootstrap, evaluate, summarise
from graph.evaluation.matching import assign
from graph.evaluation.names import Named, same
from graph.evaluation.scores import Sheet, Tally, score
from graph.model import Article

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold" / "dev"


def person(name: str, *forms: str) -> Named:
    return Named(name, forms, "person")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Marc Fogel"), person("Mark Fogel")),
        (person("Volodymyr Zelensky"), person("Volodymyr Zelenskyy")),
        (person("Recep Tayyip Erdogan"), person("Recep Tayyip Erdoğan")),
        (person("Recep Tayyip Erdogan"), person("Tayyip Erdogan")),
        (person("Arsenij Jacenjuk"), person("Arseniy Yatsenyuk")),
        (person("Xi Jinping"), person("Xi")),
        (person("Ursula von der Leyen"), person("von der Leyen")),
        (person("J. Biden"), person("Joe Biden")),
        (Named("Kursk"), Named("regione di Kursk")),
        (Named("Russia", ("Mosca",), "state"), Named("Federazione Russa", ("Mosca",), "state")),
        (Named("palazzo di São Bento", (), "organization"), Named("palazzo Sao Bento", (), "organization")),
    ],
)
def test_spellings_of_one_name_are_the_same(one: Named, other: Named) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Emine Erdogan"), person("Recep Erdogan")),
        (person("Boubacar Diallo", "Diallo"), person("Aminata Diallo", "Diallo")),
        (person("Vladimir Putin"), person("Vladimir Medinsky")),
        (Named("Guinea"), Named("Guinea equatoriale del Nord")),
        (Named("Unione europea", (), "organization"), Named("Unione africana", (), "organization")),
    ],
)
def test_names_that_contradict_each_other_are_not_the_same(one: Named, other: Named) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_the_assignment_is_the_best_as_a_whole_not_the_greediest() -> None:
    weights = {("a", "x"): 3.0, ("a", "y"): 2.0, ("b", "x"): 2.0, ("b", "y"): 0.0}
    assert assign("ab", "xy", lambda one, other: weights[one, other]) == [(0, 1), (1, 0)]


def test_the_assignment_leaves_out_what_has_no_counterpart_on_either_side() -> None:
    assert assign("abc", "b", lambda one, other: float(one == other)) == [(1, 0)]
    assert assign("b", "abc", lambda one, other: float(one == other)) == [(0, 1)]
    assert assign("", "abc", lambda one, other: 1.0) == []


def event(type_: str, participants: list[str], start: int, **more: Any) -> dict[str, Any]:
    span = [{"start": start, "end": start + 5, "text": "words"}]
    plain: dict[str, Any] = {
        "initiator": None,
        "addressee": None,
        "negotiators": [],
        "place": None,
        "time": None,
    }
    rest: dict[str, Any] = {"duration_minutes": None, "modality": "occurred", "attributed_to": [], "via": []}
    return (
        {"type": type_, "participants": participants, "trigger": span, "evidence": span} | plain | rest | more
    )


def answers(*events: dict[str, Any], **more: Any) -> dict[str, Any]:
    names = sorted({name for one in events for name in one["participants"]})
    actors = [{"name": name, "kind": "person", "aliases": []} for name in names]
    return {"actors": actors, "locations": [], "events": list(events), "quotes": []} | more


CALL = event("call", ["Ann Lee", "Bo Ray"], 10)


def tallies(gold: dict[str, Any], found: dict[str, Any]) -> dict[str, Tally]:
    return score("a", "en", gold, found).tallies


def test_an_event_answers_by_trigger_even_with_other_participants() -> None:
    found = tallies(answers(CALL), answers(event("call", ["Cy Poe"], 12)))
    assert found["calls"] == (1, 1, 1)
    assert found["participants exact"] == (0, 1, 1)


def test_an_event_answers_by_half_of_its_participants_without_its_trigger() -> None:
    assert tallies(answers(CALL), answers(event("call", ["Ann Lee"], 90)))["calls"] == (1, 1, 1)
    third = event("call", ["Ann Lee", "Cy Poe", "Di Fox"], 90)
    assert tallies(answers(CALL), answers(third))["calls"] == (0, 1, 1)


def test_an_event_of_another_type_counts_only_where_the_type_is_free() -> None:
    found = tallies(answers(CALL), answers(event("meeting", ["Ann Lee", "Bo Ray"], 10)))
    assert found["events"] == (0, 1, 1)
    assert found["events, any type"] == (1, 1, 1)
    assert (found["calls"], found["type meeting"]) == ((0, 0, 1), (0, 1, 0))


def test_two_found_events_cannot_answer_one_gold_event() -> None:
    assert tallies(answers(CALL), answers(CALL, CALL))["events"] == (1, 2, 1)


def test_an_optional_event_is_neither_rewarded_nor_missed() -> None:
    optional = CALL | {"optional": True}
    assert tallies(answers(optional), answers(CALL))["events"] == (0, 0, 0)
    assert tallies(answers(optional), answers())["events"] == (0, 0, 0)
    assert tallies(answers(optional, CALL), answers(CALL))["calls"] == (1, 1, 1)


def test_the_modality_is_judged_over_matched_events_and_apart_for_what_did_not_occur() -> None:
    gold = answers(CALL, event("meeting", ["Ann Lee", "Cy Poe"], 50, modality="denied"))
    found = answers(CALL, event("meeting", ["Ann Lee", "Cy Poe"], 50, modality="occurred"))
    counted = tallies(gold, found)
    assert counted["modality"] == (1, 2, 2)
    assert counted["modality of what did not occur"] == (0, 1, 1)


def test_an_invented_caller_spoils_the_direction_of_a_call() -> None:
    invented = CALL | {"initiator": "Ann Lee", "addressee": "Bo Ray"}
    assert tallies(answers(CALL), answers(invented))["direction of calls"] == (0, 1, 1)
    assert tallies(answers(invented), answers(invented))["direction where stated"] == (1, 1, 1)
    turned = CALL | {"initiator": "Bo Ray", "addressee": "Ann Lee"}
    assert tallies(answers(invented), answers(turned))["direction where stated"] == (0, 1, 1)


def test_negotiators_of_a_missed_negotiation_are_missed_too() -> None:
    talks = event("negotiation", ["Ann Lee", "Bo Ray"], 10, negotiators=["Ann Lee", "Bo Ray"])
    assert tallies(answers(talks), answers())["negotiators"] == (0, 0, 2)
    one = talks | {"negotiators": ["Ann Lee", "Cy Poe"]}
    assert tallies(answers(talks), answers(one))["negotiators"] == (1, 2, 2)


def test_a_period_that_says_much_less_than_the_article_is_wrong() -> None:
    day = CALL | {"time": {"earliest": "2024-03-05", "latest": "2024-03-05"}}
    month = CALL | {"time": {"earliest": "2024-03-01", "latest": "2024-03-31"}}
    assert tallies(answers(day), answers(day))["time"] == (1, 1, 1)
    assert tallies(answers(day), answers(month))["time"] == (0, 1, 1)
    assert tallies(answers(day), answers(CALL))["time"] == (0, 1, 1)


def quote(speaker: str | None, start: int, end: int) -> dict[str, Any]:
    return {"speaker": speaker, "text": "x" * (end - start), "start": start, "end": end, "via": []}


def test_a_quotation_needs_half_its_words_and_the_right_speaker() -> None:
    people = answers(CALL)["actors"]
    gold = answers(quotes=[quote("Ann Lee", 0, 100), quote(None, 200, 220)], actors=people)
    found = answers(
        quotes=[quote("Bo Ray", 0, 90), quote(None, 200, 220), quote("Bo Ray", 101, 140)], actors=people
    )
    counted = tallies(gold, found)
    assert counted["quotations"] == (2, 3, 2)
    assert counted["quotations with speaker"] == (1, 3, 2)


def test_errors_name_the_rule_of_a_spurious_event() -> None:
    wrong = event("visit", ["Cy Poe"], 70, rule="verb-of-motion")
    faults = score("a", "en", answers(CALL), answers(wrong)).faults
    assert [(fault.kind, fault.rule) for fault in faults if fault.kind.startswith("events")] == [
        ("events: missed", ""),
        ("events: spurious", "verb-of-motion"),
    ]


def gold_answers(article: Article) -> dict[str, Any]:
    """An extractor that knows the answers, optional ones included."""
    path = Path(article.source).with_suffix(".json")
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for one in known["events"]:
        one["evidence"] = one["trigger"]
    return known


def silent(article: Article) -> dict[str, Any]:
    return {"actors": [], "locations": [], "events": [], "quotes": []}


@pytest.fixture(scope="module")
def perfect() -> Evaluation:
    return evaluate(GOLD, gold_answers)


def test_the_right_answers_score_one_in_every_measure_and_language(perfect: Evaluation) -> None:
    assert set(perfect.scores) == {ALL, "it", "en"}
    for scores in perfect.scores.values():
        assert {measure: one.tally.f1 for measure, one in scores.items() if one.tally.expected} == {
            measure: 1.0 for measure, one in scores.items() if one.tally.expected
        }
    assert perfect.faults == []


def test_every_modality_and_nearly_every_type_stands_in_the_gold() -> None:
    events = [one for path in GOLD.glob("*.json") for one in json.loads(path.read_text("utf-8"))["events"]]
    assert len({one["modality"] for one in events}) == 8
    assert len({one["type"] for one in events}) == 15  # all but the bare "event"


def test_an_extractor_that_finds_nothing_scores_nought_and_does_not_fail() -> None:
    nothing = evaluate(GOLD, silent)
    assert nothing.scores[ALL]["events"].tally.f1 == 0.0
    assert nothing.scores[ALL]["events"].tally.expected > 100
    assert "modality" not in nothing.scores[ALL]


def test_the_interval_is_the_same_every_time_and_holds_the_score() -> None:
    rows = [[Tally(1, 2, 2)], [Tally(3, 3, 4)], [Tally(0, 1, 1)], [Tally(2, 2, 2)]]
    (low, high), again = bootstrap(rows)[0], bootstrap(rows)[0]
    assert (low, high) == again
    assert low < 12 / 17 < high


def test_the_table_shows_each_language_and_measure(perfect: Evaluation) -> None:
    table = report.markdown(perfect)
    for heading in ("### All", "### en", "### it", "| calls | 1.000 | 1.000 | 1.000 |", "| modality |"):
        assert heading in table


def test_every_measure_has_its_place_in_the_table(perfect: Evaluation) -> None:
    known = {*report.RETRIEVED, *report.ACCURACIES}
    assert {name for name in perfect.scores[ALL] if not name.startswith("type ")} == known


def test_a_comparison_marks_what_certainly_got_better(tmp_path: Path, perfect: Evaluation) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(report.to_json(evaluate(GOLD, silent)), encoding="utf-8")
    after.write_text(report.to_json(perfect), encoding="utf-8")
    (calls,) = (line for line in report.compare(before, after).splitlines() if line.startswith("| calls "))
    assert calls == "| calls | 0.000 | 1.000 | +1.000 | +1.000 to +1.000 | better |"
    assert "better" not in report.compare(after, after)


def test_a_comparison_refuses_what_is_no_saved_evaluation(tmp_path: Path) -> None:
    stray = tmp_path / "stray.json"
    stray.write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(DataError, match="no saved evaluation"):
        report.compare(stray, stray)
    with pytest.raises(DataError, match="cannot be read"):
        report.compare(tmp_path / "none.json", stray)


def test_an_empty_folder_is_no_gold(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no gold article"):
        evaluate(tmp_path, silent)


def test_the_error_list_names_article_error_and_rule() -> None:
    sheet = Sheet("it-1", "it")
    sheet.fault("modality", "call “words”", expected="denied", found="occurred", rule="r7")
    text = report.errors(summarise([sheet]))
    assert text.splitlines() == [
        "it-1",
        "  modality · call “words”: expected denied, found occurred [r7]",
        "   1 errors by rule r7",
    ]
