"""The process that reads articles: bytes in, conforming quads out. The one door of the server to extraction.

It is its own process because extraction takes a second to load, seconds for a long article and, on a text
that nobody foresaw, perhaps for ever: it can be killed without the writer being held up.
"""

import json
from collections.abc import Callable
from multiprocessing.connection import Connection

from pyoxigraph import Quad, RdfFormat, serialize

from graph import build
from graph.errors import ArticleError
from graph.mapping.iris import Minter
from graph.mapping.strikes import struck
from graph.model import Article
from server.writer import cell

Take = Callable[[bytes, bool], tuple[Article, set[Quad]]]

READ, REFUSED, FAILED = b"D", b"F", b"B"
"""The first byte of each answer."""


def main(connection: Connection, base: str, memory: int) -> None:
    """The entry point of the process: load, wall off, read one article after the other."""
    cell.begin(connection)
    take, minter = build.intake(base), Minter(base)

    def answer(message: bytes) -> bytes:
        try:
            return READ + _read(message, take, minter, base)
        except ArticleError as error:
            return REFUSED + str(error).encode()
        except Exception as error:
            return FAILED + f"{type(error).__name__}: {error}".encode()

    cell.work(connection, memory, answer)


def _read(message: bytes, take: Take, minter: Minter, base: str) -> bytes:
    """What an article says: a line of JSON about it, and its quads.

    A message is J for JSON or T for text, a line of JSON with the strikes, and the article.
    """
    told, _, data = message[1:].partition(b"\n")
    article, quads = take(data, message[:1] == b"J")
    strikes = json.loads(told)
    quads = struck(quads, article.id, strikes["struck"].split(), strikes["author"], base)
    graph = minter.article_graph(article.id).value
    head = {"article": article.id, "graph": graph, "text": article.text}
    return json.dumps(head).encode() + b"\n" + (serialize(quads, format=RdfFormat.N_QUADS) or b"")
