"""How fast articles are read, beside spaCy's bare tokeniser on the same text, and with how much memory."""

import json
import resource
import sys
import time
from pathlib import Path

import spacy

from graph.corpus import articles
from graph.extraction.pipeline import Pipeline
from graph.model import Article
from tests.server.running import ROOT

WORDS = 350
"""Words of a usual article."""


def measure(rounds: int) -> dict[str, float]:
    """Words per second of both, articles of 350 words per second, and mebibytes at the most."""
    listed = [
        each for each in articles.read([ROOT / "data" / "articles", *_texts()]) if isinstance(each, Article)
    ]
    words = sum(len(article.text.split()) for article in listed)
    pipeline, bare = Pipeline(), {language: spacy.blank(language) for language in ("it", "en")}
    pipeline.extract(listed[0])
    own, tokeniser = [], []
    for _ in range(rounds):
        begin = time.process_time()
        for article in listed:
            pipeline.extract(article)
        middle = time.process_time()
        for article in listed:
            bare["it"].tokenizer(article.text)
        own.append(words / (middle - begin))
        tokeniser.append(words / (time.process_time() - middle))
    own.sort()
    tokeniser.sort()
    return {
        "articles": len(listed),
        "words": words,
        "extraction": own[rounds // 2],
        "tokeniser": tokeniser[rounds // 2],
        "per second": own[rounds // 2] / WORDS,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _texts() -> list[Path]:
    return sorted((ROOT / "data" / "gold" / "dev").glob("*.txt"))


if __name__ == "__main__":  # a process of its own, so that its memory is its own
    json.dump(measure(int(sys.argv[1])), sys.stdout)
