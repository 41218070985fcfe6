"""From a reading of an article to quads: IRIs, claims as named graphs, provenance, entities, checks."""
