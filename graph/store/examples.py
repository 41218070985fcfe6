"""The example queries: files whose comments give title and question, in English and Italian.

A file begins with lines such as `# title@en: Who took part?`; the rest is the query. They are in the
graph too, with the prefixes that queries here use, so that query editors find them: SHACL's sh:declare and
sh:SPARQLExecutable, https://www.w3.org/TR/shacl/#sparql-prefixes and https://www.w3.org/TR/shacl-af/#executables
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pyoxigraph import Literal, NamedNode, Triple

from ontology.prefixes import PREFIXES

FORMS = ("CONSTRUCT", "ASK", "DESCRIBE", "SELECT")

_HEADER = re.compile(r"#\s*(title|question|topic)(?:@(en|it))?:\s*(.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """One query: its file's name, what it answers by language, its text."""

    name: str
    topic: str
    titles: dict[str, str]
    questions: dict[str, str]
    query: str

    def title(self, language: str) -> str:
        """The title in `language`, else in English, else the file's name."""
        return self.titles.get(language) or self.titles.get("en") or self.name.replace("-", " ")

    def question(self, language: str) -> str:
        """The question in `language`, else in English."""
        return self.questions.get(language) or self.questions.get("en", "")


@cache
def all_examples() -> tuple[Example, ...]:
    """Every example, in the order of the files' names."""
    folder = resources.files("graph.store") / "examples"
    found = (item for item in folder.iterdir() if item.name.endswith(".rq"))
    return tuple(
        _read(item.name[:-3], item.read_text(encoding="utf-8"))
        for item in sorted(found, key=lambda i: i.name)
    )


def first() -> Example | None:
    """The example for the home page: the first."""
    return next(iter(all_examples()), None)


def prefixes(base: str) -> Iterator[Triple]:
    """The prefixes that queries here use, as SHACL declares them, for the endpoint of a base."""
    endpoint = NamedNode(f"{base}sparql")
    for prefix, namespace in PREFIXES.items():
        declared = NamedNode(f"{base}queries#prefix-{prefix}")
        yield Triple(endpoint, _term("sh:declare"), declared)
        yield Triple(declared, _term("sh:prefix"), Literal(prefix))
        yield Triple(declared, _term("sh:namespace"), Literal(namespace, datatype=_term("xsd:anyURI")))


def executables(base: str) -> Iterator[Triple]:
    """The example queries, each with its question and the endpoint that answers it."""
    endpoint = NamedNode(f"{base}sparql")
    for example in all_examples():
        query = NamedNode(f"{base}queries#{example.name}")
        form = next((form for form in FORMS if form in example.query.upper().split()), "SELECT")
        yield Triple(query, _term("rdf:type"), _term("sh:SPARQLExecutable"))
        yield Triple(query, _term("rdf:type"), _term(f"sh:SPARQL{form.capitalize()}Executable"))
        for language in sorted(example.titles):
            yield Triple(query, _term("rdfs:label"), Literal(example.title(language), language=language))
        for language in sorted(example.questions):
            asked = Literal(example.question(language), language=language)
            yield Triple(query, _term("rdfs:comment"), asked)
        yield Triple(query, _term(f"sh:{form.lower()}"), Literal(example.query))
        yield Triple(query, _term("sh:prefixes"), endpoint)
        yield Triple(query, _term("schema:target"), endpoint)
        if example.topic:
            yield Triple(query, _term("schema:keywords"), Literal(example.topic))


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _read(name: str, text: str) -> Example:
    found: dict[str, dict[str, str]] = {"title": {}, "question": {}, "topic": {}}
    for key, language, words in _HEADER.findall(text):
        found[key][language or "en"] = words.strip()
    topic = next(iter(found["topic"].values()), "")
    query = "\n".join(line for line in text.strip().split("\n") if not _HEADER.match(line)) + "\n"
    return Example(name, topic, found["title"], found["question"], query)
