"""What the editor completes with: the terms of our vocabulary and of those beside it, by name and by label.

One small document of terms, the same for everybody; entities are too many for it and come from /suggest.
"""

from functools import cache

from flask import Blueprint, Response, json

from ontology import schema
from ontology.schema import Kind
from server.portraits.names import FOREIGN
from server.results import short
from server.vocabulary import SCHEMES

blueprint = Blueprint("completions", __name__)

KEPT = 3600
"""Seconds for which a browser may keep the document; it changes with a release."""


@blueprint.route("/completions")
def completions() -> Response:
    """The terms as JSON: their prefixed names, kinds and labels by language."""
    answer = Response(json.dumps({"terms": terms()}, ensure_ascii=False) + "\n", mimetype="application/json")
    answer.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return answer


@cache
def terms() -> list[dict[str, str]]:
    """Every term: `name` as it stands in a query, `kind`, and its label in each language."""
    found = [
        {
            "name": f"pg:{name}",
            "kind": "class" if term.kind is Kind.CLASS else "property",
            "en": term.labels["en"],
            "it": term.labels["it"],
        }
        for name, term in schema.terms().items()
    ]
    for scheme in SCHEMES:
        for concept in schema.concepts(scheme):
            labels = {tag: concept.labels.get(tag, ("",))[0] for tag in ("en", "it")}
            found.append({"name": f"pg:{concept.name}", "kind": scheme, **labels})
    for iri, (english, italian) in FOREIGN.items():
        found.append({"name": short(iri), "kind": "property", "en": english, "it": italian})
    return found
