"""What is known before reading: names and offices (gazetteer), words and their uses (vocabulary). Tables, no
rules."""
