"""Who and what is meant: local clusters become entities with keys of their own, mentions of events become
events."""
