"""The addresses at which machines look first, and the link headers that lead there.

https://signposting.org/FAIR/ · https://www.sitemaps.org/protocol.html · RFC 8288 · RFC 9309
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from flask import Blueprint, Flask, Response, json, request
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from werkzeug.exceptions import NotFound

from graph.store import examples
from server.answers import pool
from server.discovery import feed
from server.discovery.catalogue import DESCRIPTIONS, TITLES, Catalogue, schema_org
from server.discovery.context import context
from server.discovery.figures import figures
from server.evaluator.graphs import used_prefixes
from server.indexes import indexes
from server.negotiation import GRAPHS, HTML, NAMES, choose, known_format, prefers_page
from server.pages import namer, page, settings
from server.portraits.wording import day_of
from server.problems import ProblemError

blueprint = Blueprint("discovery", __name__)

MAPPED = 10_000
"""Pages in one part of the site map: a megabyte; the protocol allows 50,000."""

PATH = "/.well-known/void"
_SYNTAXES = {name: GRAPHS[name] for name in ("ttl", "nt", "jsonld", "rdf")}

ROBOTS = """User-agent: *
Disallow: /sparql
Disallow: /update
Disallow: /graphs
Disallow: /data/
Disallow: /search
Disallow: /suggest
Allow: /

Sitemap: {base}sitemap.xml
"""
"""Pages may be read by crawlers; what computes or copies the graph is for those who ask for it."""


@blueprint.route(PATH)
def void() -> Response:
    """The dataset in VoID with partitions, its prefixes and example queries."""
    catalogue, base = _catalogue(), settings().base
    triples = [*catalogue.void(), *examples.prefixes(base), *examples.executables(base)]
    return _rdf(triples, catalogue.dataset)


@blueprint.route("/queries")
def queries() -> Response:
    """The example queries, each with its question and a link that runs it; as RDF with the prefixes."""
    if prefers_page(request.accept_mimetypes) and "format" not in request.args:
        return page("queries.html", examples=examples.all_examples())
    base = settings().base
    return _triples([*examples.prefixes(base), *examples.executables(base)])


@blueprint.route("/dataset")
def dataset() -> Response:
    """The dataset in DCAT, or as a page with schema.org inside."""
    if "format" not in request.args and prefers_page(request.accept_mimetypes):
        known = figures()
        described = json.dumps(schema_org(settings().base, known), ensure_ascii=False).replace("<", "\\u003c")
        return page(
            "dataset.html",
            figures=known,
            base=settings().base,
            title=TITLES[namer().language],
            description=DESCRIPTIONS[namer().language],
            described=described,
            names=namer(),
            day=lambda text: day_of(text, namer().language),
            forms=[(name, NAMES[name]) for name in _SYNTAXES],
        )
    catalogue = _catalogue()
    return _rdf([*catalogue.dcat(), *catalogue.void()], catalogue.dataset)


@blueprint.route("/context.jsonld")
def jsonld_context() -> Response:
    """The JSON-LD context of our terms."""
    return _kept(json.dumps(context(), ensure_ascii=False, indent=1) + "\n", "application/ld+json")


@blueprint.route("/feed.atom")
def atom() -> Response:
    """Events in order of arrival."""
    names, store = namer(), settings().store
    made = datetime.fromtimestamp(pool().generation().stat().st_mtime, UTC).replace(microsecond=0)
    listed = feed.entries(pool(), names, feed.arrivals(store))
    body = feed.document(settings().base, TITLES[names.language], names.language, listed, made)
    return _kept(body, "application/atom+xml")


@blueprint.route("/sitemap.xml")
def sitemap() -> Response:
    """The parts of the site map."""
    with indexes().lent() as index:
        parts = max(1, -(-index.count_things() // MAPPED))
    base = escape(settings().base)
    listed = "".join(
        f"<sitemap><loc>{base}sitemap-{part}.xml</loc></sitemap>" for part in range(1, parts + 1)
    )
    return _sitemap("sitemapindex", listed)


@blueprint.route("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """Pages of the site: its own, then one per thing."""
    with indexes().lent() as index:
        things = index.things((part - 1) * MAPPED, MAPPED) if part > 0 else []
    own = ("", "queries", "ns", "dataset", "limits", "search") if part == 1 else ()
    if not things and not own:
        raise NotFound("The site map has no such part.")
    names, base = namer(), settings().base
    pages = [*(base + path for path in own), *(base + names.href(iri).lstrip("/") for iri in things)]
    return _sitemap("urlset", "".join(f"<url><loc>{escape(address)}</loc></url>" for address in pages))


@blueprint.route("/robots.txt")
def robots() -> Response:
    """What crawlers may read."""
    return _kept(ROBOTS.format(base=settings().base), "text/plain")


def link_home(app: Flask) -> None:
    """Lead from the home page to the descriptions, by link headers."""

    def link(answer: Response) -> Response:
        if request.path == "/" and answer.status_code == 200:
            base = settings().base
            answer.headers["Link"] = ", ".join(
                (
                    f'<{base}dataset>; rel="describedby"; type="text/turtle"',
                    f'<{base}.well-known/void>; rel="describedby"; type="text/turtle"',
                    f'<{base}sparql>; rel="service-desc"; type="text/turtle"',
                    f'<{base}feed.atom>; rel="alternate"; type="application/atom+xml"',
                    f'<{base}search>; rel="search"; type="text/html"',
                )
            )
        return answer

    app.after_request(link)


def _catalogue() -> Catalogue:
    return Catalogue(settings().base, figures())


def _rdf(triples: Iterable[Triple], about: NamedNode) -> Response:
    """Triples about the dataset, which lead on to it."""
    answer, base = _triples(triples), settings().base
    answer.headers["Link"] = ", ".join(
        (
            f'<{about.value}>; rel="describes"',
            f'<{about.value}>; rel="cite-as"',
            '<https://schema.org/Dataset>; rel="type"',
            f'<{base}graphs?format=nq>; rel="item"; type="application/n-quads"',
            f'<{base}graphs?format=trig>; rel="item"; type="application/trig"',
        )
    )
    return answer


def _triples(triples: Iterable[Triple]) -> Response:
    """Triples in the syntax that the client likes best, or the one that `format=` names."""
    wanted = request.args.get("format")
    if wanted is not None and (not known_format(wanted) or wanted not in _SYNTAXES):
        raise ProblemError(
            400,
            "There is no such format",
            f"format={wanted} is given.",
            f"Use one of {', '.join(_SYNTAXES)}.",
        )
    accept = request.accept_mimetypes
    media_type = (
        _SYNTAXES[wanted] if wanted else choose(accept, tuple(_SYNTAXES.values()), {HTML: GRAPHS["ttl"]})
    )
    if not media_type:
        raise ProblemError(
            406,
            "None of the accepted forms is available",
            remedy="Accept one of: " + ", ".join(_SYNTAXES.values()) + ".",
        )
    found = list(dict.fromkeys(triples))
    body = serialize(found, format=RdfFormat.from_media_type(media_type), prefixes=used_prefixes(found))
    return _kept(body or b"", media_type)


def _sitemap(name: str, listed: str) -> Response:
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{namespace}">{listed}</{name}>\n'
    return _kept(body, "application/xml")


def _kept(body: str | bytes, media_type: str) -> Response:
    answer = Response(body, mimetype=media_type)
    answer.vary.update(("Accept", "Accept-Language", "Cookie"))
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
