"""Reads from its tokens what a query asks of the analytic replica, see graph.store.columns."""
