"""The network: who takes part in the same events, drawn by forces between them, always in the same way.

Fruchterman and Reingold, "Graph drawing by force-directed placement" (1991): all repel one another, those who
are joined attract one another. The begin is a circle in the order of the names, so that the drawing depends
on nothing but the graph.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Row, text_of

ROWS = 300
"""Rows that a network looks at; the query asks for one more, so that a cut is told."""

NODES = 60
"""Actors that are drawn, those in most events; more would be a ball of wool. The table names all."""

STEPS = 200
"""Rounds of moving; after them a drawing of NODES moves by less than a pixel."""

WIDTH, HEIGHT, EDGE = 1000, 700, 95
"""The drawing's size and the room left at its edges for names."""

LETTER, LINE = 7.6, 34
"""The width of a letter of a name, and the height of a name with its circle, in the drawing's units."""

STYLES = {
    "occurred": "real",
    "ongoing": "real",
    "planned": "planned",
    "predicted": "planned",
    "denied": "denied",
    "counterfactual": "denied",
    "unconfirmed": "unsure",
    "hypothetical": "unsure",
}
"""How an edge is drawn by its modality's local name; each style has a line of its own beside its colour."""

BENDS = {"real": 0.0, "planned": 0.12, "denied": -0.12, "unsure": 0.2}
"""How far an edge bends, as a part of its length: those between the same two lie beside one another."""


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody: where, how large, in how many events with others."""

    actor: Name
    x: float
    y: float
    radius: float
    events: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two who share events of one style: the path of its line, its width."""

    one: Name
    other: Name
    style: str
    path: str
    width: float
    events: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the table: two actors, a modality, the number of their events."""

    one: Name
    other: Name
    modality: Name | None
    events: int


@dataclass(frozen=True, slots=True)
class Network:
    """What the page shows; `left_out` actors are in the table only."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    pairs: tuple[Pair, ...]
    left_out: int
    more: bool


def network(rows: Sequence[Row], namer: Namer) -> Network:
    """The network of rows of ?one, ?other, ?modality and the number of their ?events."""
    pairs = _pairs(rows[:ROWS], namer)
    counts: Counter[str] = Counter()
    names: dict[str, Name] = {}
    for pair in pairs:
        for actor in (pair.one, pair.other):
            counts[actor.iri] += pair.events
            names[actor.iri] = actor
    drawn = sorted(_drawn(pairs))
    places = dict(
        zip(drawn, layout(drawn, pairs, {iri: name.label for iri, name in names.items()}), strict=True)
    )
    nodes = tuple(
        Node(names[iri], x, y, round(5 + 2.2 * sqrt(counts[iri]), 1), counts[iri])
        for iri, (x, y) in places.items()
    )
    edges = tuple(_edges(pairs, places))
    return Network(nodes, edges, tuple(pairs), len(counts) - len(drawn), len(rows) > ROWS)


def _drawn(pairs: Sequence[Pair]) -> list[str]:
    """The actors of the pairs with most events, as many as are drawn; nobody without somebody else."""
    found: dict[str, None] = {}
    for pair in pairs:
        wanted = {pair.one.iri: None, pair.other.iri: None}
        if len(found | wanted) <= NODES:
            found |= wanted
    return list(found)


def layout(
    actors: Sequence[str], pairs: Sequence[Pair], names: Mapping[str, str]
) -> list[tuple[float, float]]:
    """A place for each actor, in their order, within the drawing; `names` are to be readable."""
    number = len(actors)
    if number < 2:
        return [(WIDTH / 2, HEIGHT / 2)] * number
    index = {iri: place for place, iri in enumerate(actors)}
    pull = np.zeros((number, number))
    for pair in pairs:
        if pair.one.iri in index and pair.other.iri in index:
            one, other = index[pair.one.iri], index[pair.other.iri]
            pull[one, other] = pull[other, one] = pull[one, other] + 1
    letters = np.array([len(names[iri]) for iri in actors])
    angles = 2 * np.pi * np.arange(number) / number
    places = np.column_stack((np.cos(angles), np.sin(angles)))
    ideal = 2 / sqrt(number)
    for step in range(STEPS):
        places += _moves(places, pull, ideal, heat=0.2 * (1 - step / STEPS))
    return _parted(_fitted(places), letters)


def _moves(
    places: NDArray[np.float64], pull: NDArray[np.float64], ideal: float, heat: float
) -> NDArray[np.float64]:
    """How far each place moves in one round: at most `heat`."""
    apart = places[:, None, :] - places[None, :, :]
    distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
    force = ideal**2 / distance**2 - np.log1p(pull) * distance / ideal
    np.fill_diagonal(force, 0.0)
    moves = (apart * force[:, :, None]).sum(
        axis=1
    ) - 0.3 * places  # the last keeps parts that nothing joins near
    length = np.maximum(np.sqrt((moves**2).sum(axis=1, keepdims=True)), 1e-9)
    found: NDArray[np.float64] = moves / length * np.minimum(length, heat)
    return found


def _fitted(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """The places stretched to the drawing's size."""
    low, high = places.min(axis=0), places.max(axis=0)
    size = np.maximum(high - low, 1e-9)
    found: NDArray[np.float64] = EDGE + (places - low) / size * (np.array((WIDTH, HEIGHT)) - 2 * EDGE)
    return found


def _parted(places: NDArray[np.float64], letters: NDArray[np.int_]) -> list[tuple[float, float]]:
    """The places pushed apart, up and down, until no name lies on another, as far as there is room."""
    wide = np.add.outer(letters, letters) * LETTER / 2 + LETTER
    order = np.sign(np.subtract.outer(np.arange(len(places)), np.arange(len(places))))
    for _ in range(STEPS):
        across = np.abs(places[:, None, 0] - places[None, :, 0])
        apart = places[:, None, 1] - places[None, :, 1]
        missing = np.where((across < wide) & (np.abs(apart) < LINE), LINE - np.abs(apart), 0.0)
        np.fill_diagonal(missing, 0.0)
        if not missing.any():
            break
        sides = np.where(apart == 0, order, np.sign(apart))
        places[:, 1] += 0.5 * (missing * sides).sum(axis=1).clip(-LINE, LINE)
        places[:, 1] = places[:, 1].clip(EDGE / 2, HEIGHT - 10)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in places]


def _pairs(rows: Sequence[Row], namer: Namer) -> list[Pair]:
    ones, others = labels_of(rows, "one", "oneLabel"), labels_of(rows, "other", "otherLabel")
    found: dict[tuple[str, str, str], Pair] = {}
    for row in rows:
        key = (row["one"].text, row["other"].text, text_of(row, "modality"))
        found.setdefault(
            key,
            Pair(
                namer.name(key[0], ones[key[0]]),
                namer.name(key[1], others[key[1]]),
                namer.name(key[2]) if key[2] else None,
                int(row["events"].text),
            ),
        )
    return list(found.values())


def _edges(pairs: Sequence[Pair], places: dict[str, tuple[float, float]]) -> list[Edge]:
    counts: Counter[tuple[str, str, str]] = Counter()
    names: dict[str, Name] = {}
    for pair in pairs:
        if pair.one.iri in places and pair.other.iri in places:
            name = pair.modality.iri.rpartition("#")[2] if pair.modality else "occurred"
            style = STYLES.get(name, "unsure")
            counts[pair.one.iri, pair.other.iri, style] += pair.events
            names |= {pair.one.iri: pair.one, pair.other.iri: pair.other}
    return [
        Edge(
            names[one], names[other], style, _line(places[one], places[other], style), _width(number), number
        )
        for (one, other, style), number in counts.items()
    ]


def _width(number: int) -> float:
    return round(min(1.5 + sqrt(number), 9.0), 1)


def _line(start: tuple[float, float], end: tuple[float, float], style: str) -> str:
    (x1, y1), (x2, y2), bend = start, end, BENDS[style]
    middle_x, middle_y = (x1 + x2) / 2 - bend * (y2 - y1), (y1 + y2) / 2 + bend * (x2 - x1)
    return f"M{x1:g} {y1:g}Q{middle_x:.1f} {middle_y:.1f} {x2:g} {y2:g}"
