"""Every triple that a claim states has its words, by one query: words-of-a-triple, of all properties."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph import settings
from ontology import terms as pg
from ontology.prefixes import PREFIXES

LONGEST = 200
"""Characters of a minimal mention at most, quotations apart."""

QUERY = (
    (settings.ROOT / "graph" / "store" / "examples" / "24-words-of-a-triple.rq")
    .read_text(encoding="utf-8")
    .replace("VALUES ?property { pg:duration }", "")
)
BY_HAND = yaml.safe_load((Path(__file__).parent / "seed.words.yaml").read_text(encoding="utf-8"))
TYPE = NamedNode(PREFIXES["rdf"] + "type")
LABEL = NamedNode(PREFIXES["rdfs"] + "label")

Words = dict[tuple[Any, Any, Any, Any], set[tuple[int, str]]]


@pytest.fixture(scope="module")
def words(seed: Store) -> Words:
    """Per claim, subject, property and value the words: where they start, and what they are."""
    assert "VALUES" not in QUERY
    found: Words = defaultdict(set)
    solutions = seed.query(QUERY)
    assert isinstance(solutions, QuerySolutions)
    for row in solutions:
        start = row["span"].value.partition("#char=")[2].partition(",")[0]
        key = (row["claim"], row["subject"], row["property"], row["value"])
        found[key].add((int(start), row["words"].value))
    return found


def test_each_triple_that_a_claim_states_has_its_words(seed: Store, words: Words) -> None:
    stated = {
        (claim.subject, quad.subject, quad.predicate, quad.object)
        for claim in seed.quads_for_pattern(None, TYPE, pg.Claim, None)
        if isinstance(claim.subject, NamedNode)
        for quad in seed.quads_for_pattern(None, None, None, claim.subject)
    }
    assert len(stated) > 200
    assert stated - set(words) == set()


def test_the_words_are_the_minimal_mention(words: Words) -> None:
    assert max(len(said) for found in words.values() for _, said in found) <= LONGEST
    assert {key: found for key, found in words.items() if len(found) != 1} == {}


def named(term: object, store: Store) -> str:
    """The English label of a thing, else any, else its local name; a literal's value."""
    if isinstance(term, Literal):
        return term.value
    assert isinstance(term, NamedNode)
    if not term.value.startswith(PREFIXES["pg"]) or "topic-" in term.value:
        labels = [quad.object for quad in store.quads_for_pattern(term, LABEL, None, None)]
        english = [each.value for each in labels if isinstance(each, Literal) and each.language == "en"]
        others = sorted(each.value for each in labels if isinstance(each, Literal))
        if english or others:
            return (english or others)[0]
    return term.value.rpartition("#")[2]


@pytest.mark.parametrize("expected", BY_HAND, ids=lambda each: f"{each['claim'][0]}-{each['claim'][1]}")
def test_the_words_are_those_that_a_reader_finds(expected: dict[str, Any], words: Words, seed: Store) -> None:
    kind, at = expected["claim"]
    claims = {
        claim
        for (claim, _, prop, value), found in words.items()
        if prop == TYPE and named(value, seed) == kind and at in {start for start, _ in found}
    }
    assert len(claims) == 1
    given = {
        (prop.value.rpartition("#")[2], named(value, seed), start, said)
        for (claim, _, prop, value), found in words.items()
        if claim in claims
        for start, said in found
    }
    listed = {tuple(each) for each in expected["words"]}
    assert listed <= given
    about = {(prop, value) for prop, value, _, _ in listed if prop != "role"}
    assert {row for row in given if row[:2] in about} <= listed


def test_ten_events_are_listed_by_hand() -> None:
    assert len({tuple(each["claim"]) for each in BY_HAND}) >= 10
