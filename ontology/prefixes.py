"""The one prefix table of the project, and the address and version of its own vocabulary.

Queries, serialised data, the query editor and the `sh:declare` triples all take their prefixes from here.
"""

from typing import Final

NAMESPACE: Final = "https://w3id.org/parleygraph/ns#"
"""The vocabulary's namespace: it never changes within a major version, wherever the data is served."""

ONTOLOGY_IRI: Final = "https://w3id.org/parleygraph/ns"
VERSION: Final = "1.0.0"
VERSION_IRI: Final = f"{ONTOLOGY_IRI}/{VERSION}"

PREFIXES: Final[dict[str, str]] = {
    "pg": NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "lode": "http://linkedevents.org/ontology/",
    "np": "http://www.nanopub.org/nschema#",
    "org": "http://www.w3.org/ns/org#",
    "time": "http://www.w3.org/2006/time#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
}
"""Prefix → namespace IRI, in the order in which an editor or a file shows them."""
