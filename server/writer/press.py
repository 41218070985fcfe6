"""The process that reads articles: bytes in, conforming quads out. The one door of the server to extraction.

It is its own process because extraction takes a second to load, seconds for a long article and, on a text
that nobody foresaw, perhaps for ever: it can be killed without the writer being held up.
"""

import json
import signal
from multiprocessing.connection import Connection

from pyoxigraph import RdfFormat, serialize

from graph import build
from graph.errors import ArticleError
from graph.mapping.iris import Minter
from graph.mapping.strikes import struck
from server.evaluator import barrier

READY, READ, REFUSED, FAILED = b"R", b"D", b"F", b"B"
"""The first byte of each message."""


def main(connection: Connection, base: str, memory: int) -> None:
    """The entry point of the process: load, wall off, read one article after the other.

    A message is J for JSON or T for text, a line of JSON with the strikes, and the article.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    barrier.die_with_peer(connection.fileno())
    take, minter = build.intake(base), Minter(base)
    barrier.limit_memory(memory)
    barrier.forbid_network()
    connection.send_bytes(READY)
    while True:
        try:
            message = connection.recv_bytes()
        except EOFError:
            return
        try:
            told, _, data = message[1:].partition(b"\n")
            article, quads = take(data, message[:1] == b"J")
            strikes = json.loads(told)
            quads = struck(quads, article.id, strikes["struck"].split(), strikes["author"], base)
        except ArticleError as error:
            connection.send_bytes(REFUSED + str(error).encode())
        except Exception as error:
            connection.send_bytes(FAILED + f"{type(error).__name__}: {error}".encode())
        else:
            head = {
                "article": article.id,
                "graph": minter.article_graph(article.id).value,
                "text": article.text,
            }
            body = serialize(quads, format=RdfFormat.N_QUADS) or b""
            connection.send_bytes(READ + json.dumps(head).encode() + b"\n" + body)
