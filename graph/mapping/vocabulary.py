"""The terms of other vocabularies that the mapping writes, from the project's one prefix table."""

from pyoxigraph import NamedNode

from ontology.prefixes import PREFIXES


def _term(prefix: str, local: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + local)


RDF_TYPE = _term("rdf", "type")
LABEL = _term("rdfs", "label")
COMMENT = _term("rdfs", "comment")
ALT_LABEL = _term("skos", "altLabel")
CONCEPT = _term("skos", "Concept")
SAME_AS = _term("owl", "sameAs")

TITLE = _term("dct", "title")
LANGUAGE = _term("dct", "language")
SOURCE = _term("dct", "source")
PUBLISHER = _term("dct", "publisher")
CREATOR = _term("dct", "creator")
LICENCE = _term("dct", "license")
MENTIONS = _term("schema", "mentions")
REPLACES = _term("dct", "replaces")
REPLACED_BY = _term("dct", "isReplacedBy")

JURISDICTION = _term("wdt", "P1001")
"""Wikidata's "applies to jurisdiction": the state whose office it is."""

PREFIX = _term("oa", "prefix")
SUFFIX = _term("oa", "suffix")

LATITUDE = _term("wgs84", "lat")
LONGITUDE = _term("wgs84", "long")
GEOMETRY = _term("geo", "Geometry")
HAS_GEOMETRY = _term("geo", "hasGeometry")
AS_WKT = _term("geo", "asWKT")
WKT = _term("geo", "wktLiteral")

ACTIVITY = _term("prov", "Activity")
SOFTWARE_AGENT = _term("prov", "SoftwareAgent")
STARTED = _term("prov", "startedAtTime")
ENDED = _term("prov", "endedAtTime")
ASSOCIATED_WITH = _term("prov", "wasAssociatedWith")
USED = _term("prov", "used")
PROV_ENTITY = _term("prov", "Entity")
PROV_ATTRIBUTED = _term("prov", "wasAttributedTo")
PROV_TIME = _term("prov", "generatedAtTime")
INVALIDATED_BY = _term("prov", "wasInvalidatedBy")
VERSION = _term("schema", "softwareVersion")

XSD_BOOLEAN = _term("xsd", "boolean")
XSD_DATE = _term("xsd", "date")
XSD_DATE_TIME = _term("xsd", "dateTime")
XSD_DECIMAL = _term("xsd", "decimal")
XSD_DURATION = _term("xsd", "duration")
XSD_INTEGER = _term("xsd", "integer")
