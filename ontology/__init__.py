"""The vocabulary: OWL, SKOS and SHACL files, and what the other packages need to know of them."""
