"""SPARQL read as text: its tokens, its grammar, and where a query goes wrong."""
