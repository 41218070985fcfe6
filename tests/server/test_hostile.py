"""Data that nobody would wish on a page: each is shown rightly, and no page grows with it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.store import generations, merge, texts
from ontology import terms as pg
from ontology.prefixes import PREFIXES
from tests.server.running import Server

BASE = "http://127.0.0.1:8000/"
READER = {"Accept": "text/html", "Accept-Language": "en"}
TYPE, LABEL = NamedNode(f"{PREFIXES['rdf']}type"), NamedNode(f"{PREFIXES['rdfs']}label")
LICENCE = NamedNode(f"{PREFIXES['dct']}license")
LINKS = 100_000
LIGHT = 200_000
LONG = "abcdefabcdef"
WORDS = 'Il ministro ha telefonato al collega e "ha <b>detto</b> molto". '
TEXT = WORDS * (2_000_000 // len(WORDS))


def thing(path: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{path}")


def quads() -> Iterator[Quad]:
    shared, own = NamedNode(f"{BASE}graph/entities"), NamedNode(f"{BASE}graph/article/{LONG}")
    hub = thing("person/hub-00000000")
    yield Quad(hub, TYPE, pg.Person, shared)
    yield Quad(hub, LABEL, Literal("Hub", language="en"), shared)
    for number in range(LINKS):
        yield Quad(thing(f"event/e{number}"), pg.hasParticipant, hub, shared)
    marked = thing("person/marked-00000000")
    yield Quad(marked, TYPE, pg.Person, shared)
    yield Quad(marked, LABEL, Literal('<script>alert(1)</script> " onload="x', language="en"), shared)
    yield Quad(
        marked,
        pg.topic,
        thing('topic/a"b<c>'.replace('"', "%22").replace("<", "%3C").replace(">", "%3E")),
        shared,
    )
    arabic = thing("person/arabic-00000000")
    yield Quad(arabic, TYPE, pg.Person, shared)
    yield Quad(arabic, LABEL, Literal("السلام عليكم", language="ar"), shared)
    yield Quad(thing("person/bare-00000000"), TYPE, pg.Person, shared)
    article = thing(f"article/{LONG}")
    yield Quad(article, TYPE, pg.Article, own)
    yield Quad(article, LICENCE, NamedNode("https://creativecommons.org/licenses/by/4.0/"), own)
    for number in range(0, len(TEXT) - len(WORDS), len(WORDS) * 40):
        start, end = number + 15, number + 25
        span = NamedNode(f"{article.value}#char={start},{end}")
        claim = thing(f"claim/c{number}")
        yield Quad(span, TYPE, pg.TextSpan, own)
        yield Quad(span, pg.inDocument, article, own)
        yield Quad(span, pg.start, Literal(start), own)
        yield Quad(span, pg.end, Literal(end), own)
        yield Quad(span, pg.exact, Literal(TEXT[start:end], language="it"), own)
        yield Quad(span, pg.supports, TYPE, own)
        yield Quad(claim, pg.evidence, span, own)
        yield Quad(claim, pg.about, thing(f"event/c{number}"), own)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, launch: Callable[..., Server]) -> httpx.Client:
    folder: Path = tmp_path_factory.mktemp("hostile") / "store"
    with generations.writing(folder, fresh=True) as generation:
        database = Store(str(generation))
        merge.bulk_add(database, quads())
        database.flush()
        del database
    texts.write(folder, LONG, TEXT)
    return launch(folder).client


def page(http: httpx.Client, path: str) -> str:
    answer = http.get(path, headers=READER)
    assert answer.status_code == 200, answer.text
    assert answer.num_bytes_downloaded < LIGHT
    return answer.text


def test_a_hundred_thousand_links_are_more_than_a_thousand(hostile: httpx.Client) -> None:
    html = page(hostile, "/page/person/hub-00000000")
    assert "more than 1,000" in html
    assert "Page 1 of 20" in html
    assert "Page 20 of 20" in page(hostile, "/page/person/hub-00000000?page=20")
    assert len(html.encode()) < LIGHT


def test_a_label_with_markup_is_text_everywhere(hostile: httpx.Client) -> None:
    html = page(hostile, "/page/person/marked-00000000")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '" onload="' not in html


def test_another_script_runs_in_its_own_direction(hostile: httpx.Client) -> None:
    html = page(hostile, "/page/person/arabic-00000000")
    assert '<h1 dir="auto" lang="ar">السلام عليكم</h1>' in html


def test_what_has_no_name_is_called_by_its_address(hostile: httpx.Client) -> None:
    assert "bare-00000000</h1>" in page(hostile, "/page/person/bare-00000000")


def test_a_very_long_article_comes_in_parts_that_hold_it_all(hostile: httpx.Client) -> None:
    first = page(hostile, f"/page/article/{LONG}")
    assert re.search(r"Part 1 of \d{2,3}", first)
    assert "&lt;b&gt;detto&lt;/b&gt;" in first
    assert "<b>detto" not in first
    assert "Part 3 of" in page(hostile, f"/page/article/{LONG}?part=3")
    last = page(hostile, f"/page/article/{LONG}?part=999999")
    assert 'rel="prev"' in last
    assert 'rel="next" href="?part=' not in last


def test_a_claim_is_followed_into_the_part_that_holds_its_words(hostile: httpx.Client) -> None:
    number = len(WORDS) * 40 * 300
    html = page(hostile, f"/page/article/{LONG}?claim=c{number}")
    assert f'id="char={number + 15},{number + 25}"' in html
    assert 'followed"' in html


@pytest.mark.parametrize("view", ["timeline", "map", "network", "statements", "negotiators"])
def test_views_stay_light(hostile: httpx.Client, view: str) -> None:
    page(hostile, f"/{view}?type=Event")
