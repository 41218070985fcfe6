"""The body of a write: bounded, unpacked, and of a type that the address takes."""

import zlib
from collections.abc import Iterable

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from server.problems import ProblemError
from server.settings import Settings


def allow_large() -> None:
    """Let this request have the body of a write, which may be larger than that of a query."""
    settings = current_app.extensions["parleygraph-settings"]
    assert isinstance(settings, Settings)
    request.max_content_length = request.max_form_memory_size = settings.max_write


def body() -> bytes:
    """The bytes of the body, unpacked. Raises ProblemError, or RequestEntityTooLarge."""
    data = request.get_data()
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "identity":
        return data
    if coding not in ("gzip", "x-gzip"):
        raise ProblemError(
            415,
            "That packing is not known",
            f"The body's Content-Encoding is {coding}.",
            "Send it as it is, or packed with gzip.",
            headers={"Accept-Encoding": "gzip, identity"},
        )
    return _unpacked(data, request.max_content_length or 0)


def _unpacked(data: bytes, most: int) -> bytes:
    """The content of gzip's bytes; no more is unpacked than a body may have."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise ProblemError(400, "The body cannot be unpacked", f"It is not gzip: {error}.") from error
    if len(content) > most:
        raise RequestEntityTooLarge
    if not unpacker.eof:
        raise ProblemError(400, "The body cannot be unpacked", "Its end is missing.")
    return content


def wrong_type(what: str, taken: Iterable[str]) -> ProblemError:
    """The problem of a body whose type this address does not take."""
    listed = ", ".join(taken)
    return ProblemError(
        415,
        f"That is no way to send {what}",
        f"The body's type is {request.mimetype or 'not given'}.",
        f"Send one of {listed}.",
        headers={"Accept-Post": listed},
    )


def is_utf8() -> bool:
    """Whether the body says of itself that it is UTF-8, or nothing."""
    return request.mimetype_params.get("charset", "utf-8").lower() in ("utf-8", "utf8", "us-ascii")
