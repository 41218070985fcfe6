"""Every rule of the lexicon and of factuality on sentences about invented people; none is the seed's alone.

`rules.yaml` holds one sentence a rule, `paraphrases.yaml` what the seed article tells in two other wordings.
"""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.corpus import articles
from graph.extraction.pipeline import Pipeline
from graph.lexicon.tables import DATA, rows

HERE = Path(__file__).parent
EXTRACTION = Path(__file__).parents[3] / "graph" / "extraction"
SEED = DATA / "articles" / "000_e474d6073c75c2ee.txt"
RULES: list[dict[str, Any]] = yaml.safe_load((HERE / "rules.yaml").read_text(encoding="utf-8"))
PARAPHRASES: list[dict[str, Any]] = yaml.safe_load((HERE / "paraphrases.yaml").read_text(encoding="utf-8"))

# What the pipeline finds in the seed article (E11, E13 and E21 to E24 are claims added by hand).
FOUND = {f"E{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 17, 18, 19, 20)}

# The claim of a verb of discussing, which adds topics to a talk; it is shown in test_discussions. How agents
# were found when not by the frame stands in test_salience and test_dependencies.
SHOWN_ELSEWHERE = {"talk.discussed", "clause", "parse"}

# A first name and a surname.
PERSON = re.compile(r"\b[A-Z][a-zà-ù]+ [A-Z][a-zà-ù]+\b")


def judgements() -> set[str]:
    """The rules of factuality that the code names, as the second argument of a Judgement."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in EXTRACTION.glob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [call.args[1] for call in calls if getattr(call.func, "id", "") == "Judgement"]
    return {str(rule.value) for rule in made if isinstance(rule, ast.Constant)}


def _named(rule: str) -> tuple[str, ...]:
    """The frame and the judgement in the name of a rule."""
    return tuple(rule.split("+")[:2])


@pytest.mark.parametrize("row", RULES, ids=[f"{row['rule']}+{row['judgement']}" for row in RULES])
def test_a_rule_finds_its_event(row: dict[str, Any], read: Callable[..., Any]) -> None:
    text = read(row["text"], language=row.get("language", "it"))
    told = [one for one in text.claims() if _named(one.rule) == (row["rule"], row["judgement"])]
    assert [(one.type, one.modality, one.roles, one.place) for one in told] == [
        (row["type"], row["modality"], row["roles"], row.get("place"))
    ]


def test_every_row_of_the_frames_is_shown() -> None:
    named = {row["rule"] for row in rows(DATA / "lexicon" / "it" / "frames.tsv")}
    assert named <= {row["rule"] for row in RULES}


def test_every_judgement_of_factuality_is_shown() -> None:
    assert len(judgements()) > 20
    assert judgements() <= {row["judgement"] for row in RULES}


def test_every_rule_that_fires_on_the_seed_is_shown_on_invented_people() -> None:
    extraction = Pipeline().extract(articles.decode(SEED.read_bytes(), SEED.name))
    fired = {part for claim in extraction.claims for part in claim.rule.split("+")}
    assert len(fired) > 20
    assert fired <= {row[key] for row in RULES for key in ("rule", "judgement")} | SHOWN_ELSEWHERE


def test_no_sentence_and_no_person_of_the_tables_is_the_seeds() -> None:
    seed = SEED.read_text(encoding="utf-8")
    for row in (*RULES, *PARAPHRASES):
        assert row["text"].rstrip(".") not in seed
        assert not [name for name in PERSON.findall(row["text"]) if name in seed]


@pytest.mark.parametrize("row", PARAPHRASES, ids=[f"{row['event']}-{row['type']}" for row in PARAPHRASES])
def test_what_the_seed_tells_is_found_in_other_words(row: dict[str, Any], read: Callable[..., Any]) -> None:
    told = [one for one in read(row["text"]).claims(row["type"]) if not one.rule.startswith("claim.")]
    (one,) = told
    assert (one.modality, one.roles, one.place) == (row["modality"], row["roles"], row.get("place"))
    assert (one.time, one.minutes) == (row.get("time"), row.get("minutes"))
    assert list(one.speakers) == row.get("speakers", [])


def test_each_event_of_the_seed_has_two_paraphrases() -> None:
    counts = {event: len([row for row in PARAPHRASES if row["event"] == event]) for event in FOUND}
    assert min(counts.values()) >= 2
