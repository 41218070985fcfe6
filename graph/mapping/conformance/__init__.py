"""The shapes of the ontology as a fast gate: read from shapes.ttl, applied to one article in milliseconds."""
