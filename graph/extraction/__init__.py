"""What one article says: mentions, predicates, dates, quotations, claims, found by an ordered table of
components."""
