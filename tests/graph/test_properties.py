"""Whatever the text, whatever the order of claims and articles, the graph keeps its promises."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.build import conforming
from graph.corpus import formats
from graph.corpus.dates import period
from graph.errors import ArticleError
from graph.mapping.conformance import gate
from graph.mapping.iris import Minter
from graph.model import (
    Article,
    Claim,
    Duration,
    Entity,
    EntityKind,
    Event,
    EventType,
    Grounded,
    Medium,
    Modality,
    Office,
    Participation,
    Quotation,
    Reading,
    Role,
    Source,
    Span,
)
from graph.store import articles, merge
from ontology import terms as pg
from ontology.rules import RULES

BASE = "http://127.0.0.1:8000/"
MINTER = Minter(BASE)
SHARED = articles.Shared(
    MINTER.graph("entities"), MINTER.graph("entailed"), [rule.construct for rule in RULES]
)
PEOPLE = ("person:Q1", "person:ann", "person:bob")
BODIES = ("organization:wire", "organization:Q2")
PLACES = ("place:Q3", "state:Q4")
LABELS = {"person:Q1": (("en", "One"), ("it", "Uno")), "place:Q3": (("en", "Three"),)}

# Any character but those that no text holds: surrogates have no encoding, and a NUL means a binary file.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=30, max_size=300)


@st.composite
def spans(draw: st.DrawFn, article: Article) -> Span:
    """Any stretch of the prose."""
    start = draw(st.integers(article.body.start, article.body.end - 1))
    return Span(start, draw(st.integers(start + 1, article.body.end)))


@st.composite
def sources(draw: st.DrawFn, article: Article) -> Source:
    return Source(
        speakers=tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True))),
        via=tuple(draw(st.lists(st.sampled_from(BODIES), max_size=2, unique=True))),
        medium=draw(st.none() | st.sampled_from(list(Medium))),
        platform=draw(st.none() | st.sampled_from(BODIES)),
        span=draw(st.none() | spans(article)),
    )


@st.composite
def participations(draw: st.DrawFn, article: Article) -> Participation:
    entity = draw(st.sampled_from([*PEOPLE, *BODIES, "state:Q4"]))
    office = "minister" if entity == "person:ann" and draw(st.booleans()) else None
    return Participation(entity, draw(st.sampled_from(list(Role))), draw(spans(article)), office)


@st.composite
def claims(draw: st.DrawFn, article: Article, key: str, kind: EventType, others: list[str]) -> Claim:
    def maybe(values: st.SearchStrategy[object]) -> Grounded[object] | None:
        return draw(st.none() | st.builds(Grounded, values, spans(article)))

    return Claim(
        event=key,
        type=kind,
        trigger=draw(spans(article)),
        modality=draw(st.sampled_from(list(Modality))),
        source=draw(sources(article)),
        participations=tuple(draw(st.lists(participations(article), max_size=3))),
        place=maybe(st.sampled_from(PLACES)),
        time=maybe(st.sampled_from(["2031", "2031-05", "2031-05-09"]).map(period)),
        duration=maybe(st.builds(Duration, st.integers(0, 9000), st.booleans())),
        topics=tuple(
            Grounded(topic, draw(spans(article)))
            for topic in draw(
                st.lists(st.sampled_from(["topic-energy", "state:Q4"]), max_size=2, unique=True)
            )
        ),
        concerns=draw(st.none() | st.sampled_from(others)) if others else None,
        modality_span=draw(st.none() | spans(article)),
        not_stated=tuple(draw(st.lists(st.sampled_from(["hasPlace", "hasCaller"]), max_size=2, unique=True))),
        rule=draw(st.sampled_from(["", "verb+subject"])),
        confidence=draw(st.floats(0, 1)),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading of any text: the pipeline's are among them, and many that make no sense."""
    text = draw(TEXTS)
    try:
        article = formats.article(text, "any.txt")
    except ArticleError:
        assume(False)
    keys = [f"e{number}" for number in range(draw(st.integers(0, 3)))]
    events = []
    for key in keys:
        kind = draw(st.sampled_from(list(EventType)))
        others = [other for other in keys if other != key]
        found = draw(st.lists(claims(article, key, kind, others), min_size=1, max_size=3))
        events.append(Event(key, kind, tuple(found)))
    quotations = draw(st.lists(st.builds(Quotation, spans(article), sources(article)), max_size=2))
    kinds = {"person": EntityKind.PERSON, "organization": EntityKind.ORGANIZATION}
    kinds |= {"place": EntityKind.PLACE, "state": EntityKind.STATE}
    entities = tuple(
        Entity(
            key,
            kinds[key.partition(":")[0]],
            name=draw(st.sampled_from(["Ann", "Bob", "Аня", "Zoë"])),
            aliases=tuple(draw(st.lists(st.sampled_from(["A.", "B."]), max_size=1))),
            labels=LABELS.get(key, ()),
            wikidata=key.partition(":Q")[2] and f"Q{key.partition(':Q')[2]}",
            latitude=1.5 if key == "place:Q3" else None,
            longitude=2.5 if key == "place:Q3" else None,
            located_in="state:Q4" if key == "place:Q3" else None,
        )
        for key in (*PEOPLE, *BODIES, *PLACES)
    )
    return Reading(
        article=article,
        language=draw(st.sampled_from(["it", "en"])),
        entities=entities,
        offices=(Office("person:ann", "minister", draw(spans(article))),),
        events=tuple(events),
        quotations=tuple(quotations),
        topics={"topic-energy": {"en": "energy"}},
    )


def published(reading: Reading) -> set[Quad] | None:
    """The article's quads, or None where the build would reject it."""
    try:
        return conforming(reading, BASE)
    except ArticleError:
        return None


def content(*mapped: set[Quad]) -> set[Quad]:
    """The dataset of a build of these articles."""
    database = Store()
    articles.add(database, set().union(*mapped), SHARED)
    return set(database)


relaxed = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@settings(relaxed, max_examples=60)
@given(reading=readings())
def test_whatever_is_published_conforms_and_has_its_words_in_the_text(reading: Reading) -> None:
    quads = published(reading)
    assume(quads is not None)
    assert quads is not None
    text = reading.article.text
    assert gate.violations(quads, {reading.article.id: text}) == []
    facts = {
        (quad.subject, quad.predicate): quad.object for quad in quads if quad.predicate in (pg.start, pg.end)
    }
    for quad in quads:
        if quad.predicate == pg.exact:
            start, end = facts[quad.subject, pg.start], facts[quad.subject, pg.end]
            assert isinstance(quad.object, Literal)
            assert isinstance(start, Literal)
            assert isinstance(end, Literal)
            assert text[int(start.value) : int(end.value)] == quad.object.value


@settings(relaxed, max_examples=40)
@given(reading=readings(), chance=st.randoms(use_true_random=False))
def test_the_order_of_events_changes_nothing(reading: Reading, chance: Random) -> None:
    quads = published(reading)
    events = list(reading.events)
    chance.shuffle(events)
    assert published(replace(reading, events=tuple(events))) == quads


@settings(relaxed, max_examples=40)
@given(
    several=st.lists(
        readings().filter(lambda reading: published(reading) is not None),
        min_size=2,
        max_size=4,
        unique_by=lambda reading: reading.article.id,
    ),
    data=st.data(),
)
def test_articles_added_and_withdrawn_in_any_order_leave_the_graph_of_those_that_stay(
    several: list[Reading], data: st.DataObject
) -> None:
    mapped = {reading.article.id: conforming(reading, BASE) for reading in several}
    texts = {reading.article.id: reading.article.text for reading in several}
    database = Store()
    for key in data.draw(st.permutations(sorted(mapped))):
        articles.add(database, mapped[key], SHARED)
    assert set(database) == content(*mapped.values())
    gone = data.draw(st.lists(st.sampled_from(sorted(mapped)), min_size=1, unique=True))
    for key in gone:
        articles.withdraw(database, MINTER.article_graph(key), SHARED)
        assert list(merge.differences(database)) == []
    assert set(database) == content(*(quads for key, quads in mapped.items() if key not in gone))
    stated = {quad for quad in database if isinstance(quad.graph_name, NamedNode)}
    assert gate.violations(stated, texts) == []


def test_most_readings_that_are_drawn_are_published() -> None:
    """Else the properties above would say nothing."""
    outcomes: list[bool] = []

    @settings(relaxed, max_examples=100)
    @given(reading=readings())
    def collect(reading: Reading) -> None:
        outcomes.append(published(reading) is not None)

    collect()
    assert sum(outcomes) >= 20


@pytest.mark.parametrize(
    "text", ["\ufeffdate 2031 È «𝔘𝔫𝔦» 🇮🇹 e\u0301 fine", "a\r\n\tb\u2028c d e f g h i l m n o p q"]
)
def test_marks_and_emoji_are_counted_as_code_points(text: str) -> None:
    article = formats.article(text, "x.txt")
    assert article.body.of(text) == text[article.body.start : article.body.end]
    assert len(text.encode("utf-16-le")) // 2 >= article.body.end
