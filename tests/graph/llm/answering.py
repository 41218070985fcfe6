"""A server that answers chat completions as a test tells it to, well and badly, over real HTTP."""

import json
import socket
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Keeps the request and behaves as the server's script says next; the last behaviour goes on."""

    server: "Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), json.loads(body)))
        script = self.server.script
        behaviour = script.pop(0) if len(script) > 1 else script[0]
        try:
            behaviour(self)
        except OSError:
            return  # the client has gone, which is what some tests want

    def log_message(self, *_: object) -> None:
        return


class Server(ThreadingHTTPServer):
    """`script` is what it does, request by request; `requests` what it was sent: path, headers, body."""

    daemon_threads = True

    def __init__(self, *script: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = list(script)
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        return  # a connection that a test broke off


def send(status: int, body: bytes, **headers: str) -> Behaviour:
    """An answer; underscores in the names of headers are hyphens."""

    def behave(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def failing(status: int, message: str = "", **headers: str) -> Behaviour:
    """An error in the form that OpenAI's API gives it."""
    return send(status, json.dumps({"error": {"message": message}}).encode(), **headers)


def saying(content: Any, prompt: int = 900, completion: int = 100, **choice: Any) -> Behaviour:
    """A chat completion with this content: a text, or a value that becomes JSON."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": text, **choice.pop("message", {})}
    body = {
        "choices": [{"index": 0, "finish_reason": "stop", "message": message, **choice}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": completion},
    }
    return send(200, json.dumps(body).encode())


def hanging(handler: Handler) -> None:
    """Never answers."""
    handler.server.over.wait(30)


def resetting(handler: Handler) -> None:
    """Breaks the connection off without a word."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()


def dripping(handler: Handler) -> None:
    """Sends a byte now and then, and never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")


def flooding(handler: Handler) -> None:
    """Sends as much as can be taken, and never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not handler.server.over.is_set():
        handler.wfile.write(b" " * 2**20)


def breaking_off(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
