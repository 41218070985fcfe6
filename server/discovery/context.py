"""The JSON-LD context: our terms by their names, with their types, and the project's prefixes.

https://www.w3.org/TR/json-ld11/#the-context
"""

from functools import cache

from ontology import schema
from ontology.prefixes import NAMESPACE, PREFIXES
from ontology.schema import Kind


@cache
def context() -> dict[str, object]:
    """The context, as one object with `@context`."""
    terms: dict[str, object] = {
        "@version": 1.1,
        "@vocab": NAMESPACE,
        **PREFIXES,
        "id": "@id",
        "type": "@type",
        "label": "rdfs:label",
        "sameAs": {"@id": "owl:sameAs", "@type": "@id"},
    }
    for term in schema.terms().values():
        if term.kind == Kind.OBJECT_PROPERTY:
            terms[term.name] = {"@id": f"pg:{term.name}", "@type": "@id"}
        elif term.kind == Kind.DATA_PROPERTY and len(term.range) == 1:
            terms[term.name] = _typed(term.name, term.range[0].value)
        else:
            terms[term.name] = f"pg:{term.name}"
    return {"@context": terms}


def _typed(name: str, datatype: str) -> object:
    local = datatype.removeprefix(PREFIXES["xsd"])
    if local == datatype or local == "string":
        return f"pg:{name}"
    return {"@id": f"pg:{name}", "@type": f"xsd:{local}"}
