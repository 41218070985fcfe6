"""From files to articles: formats, dates, and what is wrong with a file that cannot be read."""
