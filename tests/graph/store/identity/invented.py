"""Tellings made by hand, about invented people."""

from datetime import date

from graph.store.identity.tellings import Telling

VERDI, BRUNI, HORAK, VARGA = "person/verdi", "person/bruni", "person/horak", "person/varga"


def days(first: str, last: str = "") -> tuple[int, int]:
    """The ordinals of two days, or of one day twice."""
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last or first).toordinal()


def telling(
    article: str = "a",
    *agents: str | tuple[str, str],
    kind: str = "Call",
    modality: str = "occurred",
    stated: tuple[int, int] | None = None,
    published: tuple[int, int] | None = days("2031-05-14"),
    places: tuple[tuple[str, ...], ...] = (),
    topics: tuple[str, ...] = (),
) -> Telling:
    """A telling; who has no role of his own is a participant, and a call is between Verdi and Bruni."""
    parts = agents or (VERDI, BRUNI)
    return Telling(
        own=f"event/{article}",
        article=f"/graph/article/{article}",
        kinds=frozenset({kind}),
        roles=frozenset((each, "participant") if isinstance(each, str) else each for each in parts),
        places=frozenset(frozenset(place) for place in places),
        modalities=frozenset({modality}),
        topics=frozenset(topics),
        stated=stated,
        published=published,
    )
