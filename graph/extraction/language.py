"""Which language an article is in: what it says of itself, else the commonest short words decide."""

import re

from graph.lexicon.tables import DATA
from graph.model import Article

# The commonest function words that the other language does not have.
_COMMON = {
    "it": frozenset("il lo la gli che di della del dei per una con non è ha sono nel alla dal anche".split()),
    "en": frozenset("the of and to in that is was with for on by has have said from will not".split()),
}

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
        language: sum(word in _COMMON[language] for word in found)
        for language in languages
        if language in _COMMON
    }
    return max(counts, key=lambda language: (counts[language], language == "it")) if counts else "it"
