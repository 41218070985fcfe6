"""Which articles tell of the same event: their tellings, what makes two alike, groups of them, one IRI for
each."""
