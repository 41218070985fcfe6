"""Full-text search: what can be found, the index of a generation, and finding in it."""
