"""Views of the whole graph: a timeline, a map, a network, tables; each from one query that it shows."""
