"""From article text to a graph of claims: corpus → extraction → linking → mapping → store."""
