"""gzip for answers that shrink: whole ones at once, streamed ones as they come.

RFC 9110, sections 8.4 and 12.5.3. A compressed answer is another representation, so its strong entity tag
ends in `-gzip`, and such a tag in a request means the one without.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from werkzeug.http import parse_accept_header

SMALLEST = 860
"""Bytes below which an answer fits one packet with its headers and compressing gains nothing."""

LEVEL = 5
"""zlib's level: at 6 a result of SPARQL is 2 % smaller and takes half as long again (measured on JSON)."""

_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/javascript",
    "application/sparql-results+",
)
_ENDINGS = ("+json", "+xml", "/n-triples", "/n-quads", "/trig", "/turtle", "/problem+json")

SUFFIX = '-gzip"'

Pairs = list[tuple[str, str]]
"""Headers as WSGI has them."""


@lru_cache(maxsize=256)
def wanted(accept_encoding: str) -> bool:
    """Whether a client takes gzip."""
    if "gzip" not in accept_encoding and "*" not in accept_encoding:
        return False
    return bool(parse_accept_header(accept_encoding)["gzip"] > 0)


def compressible(fields: Mapping[str, str]) -> bool:
    """Whether an answer with these headers (names in small letters) is text that is not compressed yet."""
    if "content-encoding" in fields or "content-range" in fields:
        return False
    return _is_text(fields.get("content-type", ""))


@lru_cache(maxsize=256)
def _is_text(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type.startswith(_TYPES) or media_type.endswith(_ENDINGS) or media_type == "image/svg+xml"


def varying(pairs: Pairs, fields: Mapping[str, str]) -> Pairs:
    """The headers of an answer that is compressed for some and not for others; `fields`: the same by name."""
    known = fields.get("vary", "")
    if "accept-encoding" in known.lower():
        return pairs
    others = [(name, text) for name, text in pairs if name.lower() != "vary"]
    return [*others, ("Vary", f"{known}, Accept-Encoding" if known else "Accept-Encoding")]


def marked(pairs: Pairs) -> Pairs:
    """The headers of the compressed answer; its length is the caller's to add."""
    found = [("Content-Encoding", "gzip")]
    for name, text in pairs:
        lower = name.lower()
        if lower == "etag" and text.startswith('"'):
            found.append((name, tagged(text)))
        elif lower != "content-length":
            found.append((name, text))
    return found


def tagged(tag: str) -> str:
    """The strong entity tag of the compressed answer."""
    return tag if tag.endswith(SUFFIX) else tag[:-1] + SUFFIX


def untagged(tags: str) -> str:
    """The entity tags of a request's header as the application knows them."""
    return tags.replace(SUFFIX, '"')


def whole(body: bytes) -> bytes:
    """A whole answer compressed; without a time stamp, so that equal answers have equal bytes."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(body) + packer.flush()


class Streamed:
    """A streamed answer compressed as it comes: what the application has sent can be read at once."""

    def __init__(self, body: Iterable[bytes]) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        for piece in self._body:
            packed = packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
            if packed:
                yield packed
        yield packer.flush()

    def close(self) -> None:
        """Let the application end, whether all was sent or not."""
        close = getattr(self._body, "close", None)
        if close is not None:
            close()
