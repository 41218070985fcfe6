"""The web process: SPARQL, linked-data pages and the ontology's documentation over HTTP."""
