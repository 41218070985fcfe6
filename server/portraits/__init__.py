"""What the pages show of a thing: read from the graph by packaged queries, put into words and order."""
