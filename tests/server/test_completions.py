"""What the editor completes with: our own vocabulary, every term with its labels."""

import httpx

from ontology import schema


def test_every_term_of_ours_is_offered_with_its_labels(http: httpx.Client) -> None:
    answer = http.get("/completions")
    assert "max-age" in answer.headers["Cache-Control"]
    found = {term["name"]: term for term in answer.json()["terms"]}
    assert found["pg:Call"] == {"name": "pg:Call", "kind": "class", "en": "call", "it": "telefonata"}
    assert found["pg:planned"]["kind"] == "Modality"
    assert found["rdfs:label"]["kind"] == "property"
    assert {f"pg:{name}" for name in schema.terms()} <= found.keys()
    assert all(term["en"] and term["it"] for term in found.values())
