"""Which language an article is in: what it says of itself, else the commonest short words decide."""

import re

from graph.lexicon.tables import DATA
from graph.lexicon.vocabulary import vocabulary
from graph.model import Article

# The first words are enough: languages differ from the first sentence on.
_SAMPLE = 4000


def available() -> tuple[str, ...]:
    """The languages that have a lexicon."""
    return tuple(sorted(folder.parent.name for folder in (DATA / "lexicon").glob("*/frames.tsv")))


def detect(article: Article) -> str:
    """The ISO 639-1 code of a language with a lexicon; Italian when nothing speaks for another."""
    languages = available()
    if article.language and article.language[:2].lower() in languages:
        return article.language[:2].lower()
    start = article.body.start
    found = re.findall(r"\w+", article.text[start : start + _SAMPLE].lower())
    counts = {
        language: sum(word in vocabulary(language).lists.frequent for word in found) for language in languages
    }
    return max(counts, key=lambda language: (counts[language], language == "it")) if counts else "it"
