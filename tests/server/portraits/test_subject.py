"""What is looked up of one thing is what a query would give: the rows of both, over generated graphs."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Variable

from ontology import terms as pg
from ontology.prefixes import PREFIXES
from server.portraits.lookups import LABEL, REMEMBERED, TYPE, Lookups, value
from server.portraits.names import shortened
from server.portraits.questions import Row, Value
from server.portraits.subject import Subject

QUERIES = Path(__file__).parent / "queries"
BASE = "http://data.example/id/"
THINGS = [NamedNode(f"{BASE}{name}") for name in ("event/a", "claim/b", "claim/c", "claim/d", "person/e")]
SPANS = [NamedNode(f"{BASE}article/x#char={start},{start + 2}") for start in (0, 5)]
NODES = [*THINGS, *SPANS, BlankNode("n")]
REPLACED = NamedNode(f"{PREFIXES['dct']}isReplacedBy")
LINKS = [pg.about, pg.relays, pg.evidence, pg.concerns, pg.attributedTo, pg.modality, REPLACED]
TEXTS = [Literal("one"), Literal("uno", language="it"), Literal(7), Literal("x" * 70 + " y", language="en")]
ONCE = [pg.exact, NamedNode(f"{PREFIXES['oa']}prefix"), NamedNode(f"{PREFIXES['oa']}suffix")]

graphs = st.sampled_from([DefaultGraph(), *THINGS[1:3]])
said = st.one_of(
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from(NODES), graphs),
    st.builds(Quad, st.sampled_from(NODES), st.just(LABEL), st.sampled_from(TEXTS)),
    st.builds(Quad, st.sampled_from(NODES), st.just(TYPE), st.sampled_from([pg.Claim, pg.Call])),
    st.builds(Quad, st.sampled_from(SPANS), st.just(pg.supports), st.sampled_from([TYPE, pg.edtf])),
)
words = st.builds(Quad, st.sampled_from(SPANS), st.sampled_from(ONCE), st.sampled_from(TEXTS))
quads = st.tuples(
    st.lists(said, max_size=30), st.lists(words, max_size=6, unique_by=lambda quad: (quad[0], quad[1]))
).map(lambda pair: pair[0] + pair[1])


def queried(store: Store, name: str, iri: str) -> list[dict[str, Value]]:
    """The rows of a query about a thing, without the thing itself."""
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    found = store.query(text, substitutions={Variable("this"): NamedNode(iri)})
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables if variable.value != "this"]
    return [{name: value(row[name]) for name in names if row[name] is not None} for row in found]


def alike(rows: Iterable[Row]) -> set[tuple[tuple[str, Value], ...]]:
    return {tuple(sorted(row.items())) for row in rows}


def part(rows: Iterable[Row], **names: str) -> set[tuple[tuple[str, Value], ...]]:
    """Some variables of rows under other names, of the rows that bind the first of them."""
    first = next(iter(names))
    return alike({new: row[old] for old, new in names.items() if old in row} for row in rows if first in row)


@given(quads, st.sampled_from(THINGS))
def test_what_is_looked_up_is_what_a_query_gives(said: list[Quad], thing: NamedNode) -> None:
    store, iri = Store(), thing.value
    store.extend(said)
    subject = Subject(Lookups(store), iri)
    for name in ("statements", "incoming", "evidence", "concerning"):
        assert alike(getattr(subject, name)) == alike(queried(store, name, iri)), name
    assert alike(subject.words) == alike(queried(store, "quotation", iri))
    claims = [
        {"claim": Value("bnode" if claim == "n" else "uri", claim), **row}
        for claim, rows in subject.claims.items()
        for row in rows
    ]
    assert alike(claims) == alike(queried(store, "claims", iri))
    contents = [
        {"claim": Value("uri", claim), **row}
        for claim in subject.claims
        if claim != "n"
        for row in subject.content(claim)
    ]
    assert alike(contents) == alike(queried(store, "contents", iri))
    sources = queried(store, "speakers", iri)
    assert part(subject.speakers, speaker="x", label="l") == part(sources, speaker="x", label="l")
    if sources:  # the query finds who passes on what is attributed to somebody, the look-up all who do
        assert part(subject.relays, relay="x", label="l") == part(sources, relay="x", relayLabel="l")
    assert subject.is_known == bool(queried(store, "exists", iri))
    successors = {row["successor"].text for row in queried(store, "successor", iri)}
    others = {value(quad.object).text for quad in store.quads_for_pattern(thing, REPLACED, None)}
    assert bool(subject.successor) == bool(successors)
    assert {subject.successor} <= {"", *others}


@given(quads, st.sampled_from(THINGS))
def test_everything_is_called_what_a_query_says(said: list[Quad], thing: NamedNode) -> None:
    store, iri = Store(), thing.value
    store.extend(said)
    subject = Subject(Lookups(store), iri)
    rows = [*queried(store, "names", iri), *queried(store, "claims_names", iri)]
    for text in {row["thing"].text for row in rows if row["thing"].is_iri}:
        about = [row for row in rows if row["thing"].text == text]
        labels = {row["label"] for row in about if "label" in row}
        quoted = [shortened(row["words"]) for row in about if "words" in row]
        assert set(subject.labels(text)) == (labels or set(quoted))


def test_labels_are_kept_and_not_without_end() -> None:
    store = Store()
    store.add(Quad(THINGS[0], LABEL, TEXTS[0]))
    lookups = Lookups(store)
    assert lookups.labels(THINGS[0].value) is lookups.labels(THINGS[0].value)
    for number in range(REMEMBERED + 1):
        lookups.labels(f"{BASE}nobody/{number}")
    assert [label.text for label in lookups.labels(THINGS[0].value)] == ["one"]


def test_what_is_no_iri_is_nobodys_name() -> None:
    with pytest.raises(ValueError, match="IRI"):
        Subject(Lookups(Store()), "no iri")
