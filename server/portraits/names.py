"""What things are called: labels in the reader's language, and the paths under which pages link to them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape
from pyoxigraph import NamedNode

from ontology import schema
from ontology.prefixes import NAMESPACE, PREFIXES
from server.language import LANGUAGES, Speech, speech
from server.portraits.questions import Row, Value

FOREIGN = {
    f"{PREFIXES['rdf']}type": ("type", "tipo"),
    f"{PREFIXES['rdfs']}label": ("name", "nome"),
    f"{PREFIXES['skos']}altLabel": ("also written", "scritto anche"),
    f"{PREFIXES['skos']}prefLabel": ("name", "nome"),
    f"{PREFIXES['owl']}sameAs": ("the same as", "lo stesso di"),
    f"{PREFIXES['dct']}language": ("language", "lingua"),
    f"{PREFIXES['dct']}title": ("title", "titolo"),
    f"{PREFIXES['dct']}publisher": ("published by", "pubblicato da"),
    f"{PREFIXES['dct']}creator": ("author", "autore"),
    f"{PREFIXES['dct']}license": ("licence", "licenza"),
    f"{PREFIXES['dct']}source": ("source", "fonte"),
    f"{PREFIXES['oa']}prefix": ("words before", "parole prima"),
    f"{PREFIXES['oa']}suffix": ("words after", "parole dopo"),
    f"{PREFIXES['wgs84']}lat": ("latitude", "latitudine"),
    f"{PREFIXES['wgs84']}long": ("longitude", "longitudine"),
    f"{PREFIXES['geo']}hasGeometry": ("geometry", "geometria"),
    f"{PREFIXES['schema']}mentions": ("mentions", "menziona"),
}
"""Terms of other vocabularies that pages show: IRI → label in English, in Italian."""


_VERBS = {"en": ("has ",), "it": ("ha come ", "ha per ", "ha ")}
"""How labels of properties begin that leave a noun when it is taken away."""


class Name(NamedTuple):
    """A thing as a page shows it: its label, its language ("" if none is known), and where it leads."""

    iri: str
    label: str
    language: str
    href: str


@lru_cache(maxsize=10_000)
def anchor(name: Name) -> Markup:
    """A thing's name as a link; the most common part of every page, so that those in many pages are kept."""
    said = f' lang="{escape(name.language)}"' if name.language and name.href else ""
    if not name.href:
        return Markup(f'<span dir="auto">{escape(name.label)}</span>')
    return Markup(f'<a href="{escape(name.href)}"{said} dir="auto">{escape(name.label)}</a>')


def anchors(names: Iterable[Name]) -> Markup:
    """Names as links, with commas between them."""
    return Markup(", ").join(map(anchor, names))


class Namer:
    """Names things for a reader of one language, on a site whose data hang under one base."""

    def __init__(self, base: str, language: str) -> None:
        """`base` ends with a slash; `language` is one of LANGUAGES."""
        self.base = base
        self.language = language

    @property
    def speech(self) -> Speech:
        """The interface's words in the reader's language."""
        return speech(self.language)

    def href(self, iri: str) -> str:
        """The path or address that a link to the thing takes; empty for what no browser can open."""
        return _href(iri, self.base)

    def name(self, iri: str, labels: Iterable[Value] = ()) -> Name:
        """The thing with the best of its labels, or what its IRI or the ontology calls it."""
        best = self.best(labels)
        if best is not None and best.text.strip():
            if iri.startswith(f"{self.base}id/event/") and best.language == "en" != self.language:
                return Name(iri, self._event(best.text), "", self.href(iri))
            return Name(iri, best.text, best.language, self.href(iri))
        return Name(iri, self.word(iri), "", self.href(iri))

    def _event(self, label: str) -> str:
        """An event's label, which is its class's name and those who take part, with the class translated."""
        kind, colon, names = label.partition(": ")
        term = schema.terms().get(kind)
        said = self.word(term.iri.value).capitalize() if term is not None else kind
        return f"{said}{colon}{names}"

    def best(self, labels: Iterable[Value]) -> Value | None:
        """The label in the reader's language, else in English, else the first in any."""
        order = (self.language, *LANGUAGES)
        ranked = sorted(labels, key=lambda label: (_rank(label.language, order), label.text))
        return ranked[0] if ranked else None

    def noun(self, iri: str) -> str:
        """What the value of a property is called: "place" for "has place"."""
        word = self.word(iri)
        for verb in _VERBS[self.language]:
            word = word.removeprefix(verb)
        return word

    def word(self, iri: str) -> str:
        """What a term is called: by the ontology, by the table of other vocabularies, or by its IRI's end."""
        if iri.startswith(NAMESPACE):
            return schema.label(NamedNode(iri), self.language)
        if iri in FOREIGN:
            return FOREIGN[iri][LANGUAGES.index(self.language)]
        end = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
        return end or iri


@lru_cache(maxsize=10_000)
def _href(iri: str, base: str) -> str:
    if iri.startswith(f"{base}id/"):
        path, _, fragment = iri.removeprefix(f"{base}id/").partition("#")
        return f"/page/{quote(path)}{'#' if fragment else ''}{fragment}"
    if iri.startswith(base):
        return "/" + quote(iri.removeprefix(base), safe="/#=,")
    if iri.startswith(NAMESPACE):
        return "/ns#" + iri.removeprefix(NAMESPACE)
    return iri if iri.startswith(("http://", "https://")) else ""


def _rank(language: str, order: tuple[str, ...]) -> int:
    primary = language.partition("-")[0].lower()
    return order.index(primary) if primary in order else len(order)


QUOTED = 60
"""Code points of a stretch of text that stand for its name."""


def shortened(words: Value) -> Value:
    """Words that stand for the name of what quotes them: their begin, in quotation marks."""
    text = words.text
    short = text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"
    return Value("literal", f"“{short}”", words.language)


def labels_of(rows: Iterable[Row], thing: str, label: str) -> dict[str, list[Value]]:
    """Thing IRI → its labels, from the rows that hold both variables."""
    found: dict[str, list[Value]] = {}
    for row in rows:
        if thing in row:
            labels = found.setdefault(row[thing].text, [])
            if label in row and row[label] not in labels:
                labels.append(row[label])
    return found
