"""The description of the dataset as triples: VoID, DCAT 3, prefixes and example queries.

https://www.w3.org/TR/void/ · https://www.w3.org/TR/vocab-dcat-3/ · https://www.w3.org/TR/shacl/#sparql-prefixes
Examples are as https://github.com/sib-swiss/sparql-examples has them.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontology.prefixes import NAMESPACE, ONTOLOGY_IRI, PREFIXES
from server.discovery.figures import Figures
from server.negotiation import GRAPHS

TITLES = {
    "en": "parleygraph: who says what about diplomacy, in which words",
    "it": "parleygraph: chi dice che cosa sulla diplomazia, con quali parole",
}
DESCRIPTIONS = {
    "en": "News articles about diplomacy as a graph: calls, meetings, negotiations and statements, each "
    "claim with its source, its modality and the words that support it.",
    "it": "Articoli di diplomazia come grafo: telefonate, incontri, negoziati e dichiarazioni, ogni "
    "affermazione con la sua fonte, la sua modalità e le parole che la sostengono.",
}
KEYWORDS = ("diplomacy", "news", "events", "provenance", "quotations", "knowledge graph")
_FORMATS = "http://www.w3.org/ns/formats/"
_DUMPS = {"trig": "TriG", "nq": "N-Quads"}
"""Syntaxes in which the whole dataset is offered: those that hold named graphs."""

LANGUAGE_CODES = {
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
    "it": "http://publications.europa.eu/resource/authority/language/ITA",
}
"""The EU's authority table, as DCAT-AP wants languages."""


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=_term(datatype))


class Catalogue:
    """Describes one dataset under its base IRI."""

    def __init__(self, base: str, figures: Figures) -> None:
        self._base = base
        self._figures = figures
        self.dataset = NamedNode(f"{base}dataset")
        self._endpoint = NamedNode(f"{base}sparql")

    def void(self) -> Iterator[Triple]:
        """The dataset in VoID, with its class and property partitions."""
        figures, dataset = self._figures, self.dataset
        document = NamedNode(f"{self._base}.well-known/void")
        yield Triple(document, _term("rdf:type"), _term("void:DatasetDescription"))
        yield Triple(document, _term("foaf:primaryTopic"), dataset)
        yield Triple(dataset, _term("rdf:type"), _term("void:Dataset"))
        yield Triple(dataset, _term("void:sparqlEndpoint"), self._endpoint)
        yield Triple(dataset, _term("void:uriSpace"), Literal(f"{self._base}id/"))
        yield Triple(dataset, _term("void:vocabulary"), NamedNode(NAMESPACE))
        yield Triple(dataset, _term("foaf:homepage"), NamedNode(self._base))
        for name, number in (
            ("triples", figures.triples),
            ("distinctSubjects", figures.subjects),
            ("classes", len(figures.classes) or None),
            ("properties", len(figures.properties) or None),
        ):
            if number is not None:
                yield Triple(dataset, _term(f"void:{name}"), _typed(str(number), "xsd:integer"))
        for name in GRAPHS.values():
            yield Triple(dataset, _term("void:feature"), NamedNode(_FORMATS + _FEATURES[name]))
        for suffix in _DUMPS:
            yield Triple(dataset, _term("void:dataDump"), NamedNode(f"{self._base}graphs?format={suffix}"))
        yield from self._partitions()

    def _partitions(self) -> Iterator[Triple]:
        for kind, counted, number in (
            ("class", self._figures.classes, "void:entities"),
            ("property", self._figures.properties, "void:triples"),
        ):
            for position, (iri, count) in enumerate(counted.items(), 1):
                part = NamedNode(f"{self._base}.well-known/void#{kind}-{position}")
                yield Triple(self.dataset, _term(f"void:{kind}Partition"), part)
                yield Triple(part, _term(f"void:{kind}"), NamedNode(iri))
                yield Triple(part, _term(number), _typed(str(count), "xsd:integer"))

    def dcat(self) -> Iterator[Triple]:
        """The dataset in DCAT 3: how to get at it, how new it is, what it is about."""
        dataset, figures = self.dataset, self._figures
        for kind in ("dcat:Dataset", "schema:Dataset"):
            yield Triple(dataset, _term("rdf:type"), _term(kind))
        yield from self._titled(dataset, TITLES, DESCRIPTIONS)
        for word in KEYWORDS:
            yield Triple(dataset, _term("dcat:keyword"), Literal(word, language="en"))
        for code in LANGUAGE_CODES.values():
            yield Triple(dataset, _term("dct:language"), NamedNode(code))
        yield Triple(dataset, _term("dct:identifier"), Literal(dataset.value))
        yield Triple(dataset, _term("dct:conformsTo"), NamedNode(ONTOLOGY_IRI))
        yield Triple(dataset, _term("dct:modified"), _typed(figures.made.isoformat(), "xsd:dateTime"))
        yield Triple(dataset, _term("dcat:version"), Literal(figures.generation))
        yield Triple(dataset, _term("dcat:landingPage"), NamedNode(self._base))
        if all(figures.days):
            period = NamedNode(f"{dataset.value}#period")
            yield Triple(dataset, _term("dct:temporal"), period)
            yield Triple(period, _term("rdf:type"), _term("dct:PeriodOfTime"))
            yield Triple(period, _term("dcat:startDate"), _typed(figures.days[0], "xsd:date"))
            yield Triple(period, _term("dcat:endDate"), _typed(figures.days[1], "xsd:date"))
        yield from self._access()

    def _access(self) -> Iterator[Triple]:
        """The endpoint as a service, and the whole in files."""
        service = NamedNode(f"{self.dataset.value}#sparql")
        yield Triple(service, _term("rdf:type"), _term("dcat:DataService"))
        yield from self._titled(service, {"en": "SPARQL endpoint", "it": "Endpoint SPARQL"}, {})
        yield Triple(service, _term("dcat:endpointURL"), self._endpoint)
        yield Triple(service, _term("dcat:endpointDescription"), self._endpoint)
        yield Triple(service, _term("dcat:servesDataset"), self.dataset)
        for suffix, name in _DUMPS.items():
            file = NamedNode(f"{self.dataset.value}#{suffix}")
            address = NamedNode(f"{self._base}graphs?format={suffix}")
            media_type = NamedNode(f"https://www.iana.org/assignments/media-types/{GRAPHS[suffix]}")
            yield Triple(self.dataset, _term("dcat:distribution"), file)
            yield Triple(file, _term("rdf:type"), _term("dcat:Distribution"))
            yield from self._titled(file, {"en": f"The whole graph as {name}"}, {})
            yield Triple(file, _term("dcat:accessURL"), address)
            yield Triple(file, _term("dcat:downloadURL"), address)
            yield Triple(file, _term("dcat:mediaType"), media_type)
            yield Triple(file, _term("dcat:accessService"), service)

    def _titled(
        self, thing: NamedNode, titles: dict[str, str], descriptions: dict[str, str]
    ) -> Iterator[Triple]:
        for name, texts in (("dct:title", titles), ("dct:description", descriptions)):
            for language, text in texts.items():
                yield Triple(thing, _term(name), Literal(text, language=language))


_FEATURES = dict(
    zip(GRAPHS.values(), ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"), strict=True)
)


def schema_org(base: str, figures: Figures) -> dict[str, object]:
    """The dataset as search engines read it: https://schema.org/Dataset"""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{base}dataset",
        "url": f"{base}dataset",
        "name": TITLES["en"],
        "alternateName": "parleygraph",
        "description": DESCRIPTIONS["en"],
        "keywords": list(KEYWORDS),
        "inLanguage": ["en", "it"],
        "isAccessibleForFree": True,
        "dateModified": figures.made.isoformat(),
        "version": figures.generation,
        "creator": {"@type": "Organization", "name": "The parleygraph authors", "url": base},
        **({"temporalCoverage": "/".join(figures.days)} if all(figures.days) else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": GRAPHS[suffix],
                "contentUrl": f"{base}graphs?format={suffix}",
            }
            for suffix in _DUMPS
        ],
    }
