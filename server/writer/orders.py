"""What a web process asks of the writer and what it hears: a line of JSON and the bytes as they came.

No pickles: what strangers send is never run by the process that reads it.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["update", "put", "post", "delete", "patch", "article", "preview", "add", "withdraw"]

DEFAULT = ""
"""In place of a graph's IRI: the default graph."""


@dataclass(frozen=True, slots=True)
class Order:
    """One write: all of it is published, or nothing.

    `graph` is the IRI of the graph, DEFAULT, or None for the whole dataset. `generation` is the name of the
    generation that must be in force (If-Match); `absent` and `present` say that the graph must not, or must,
    be there (If-None-Match: *, If-Match: *).
    `using` and `using_named` replace the dataset of an update where they are not None. `more` says about an
    article what its text does not: `struck` the IRIs of claims to leave out, a space between, `author` who
    struck them.
    """

    kind: Kind
    body: bytes = b""
    graph: str | None = None
    media_type: str = ""
    generation: str | None = None
    absent: bool = False
    present: bool = False
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None
    more: dict[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The order as the writer reads it."""
        head = {name: value for name, value in asdict(self).items() if name != "body"}
        return json.dumps(head).encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, message: bytes) -> "Order":
        """The inverse of `to_bytes`."""
        head, _, body = message.partition(b"\n")
        values = json.loads(head)
        for name in ("using", "using_named"):
            values[name] = None if values[name] is None else tuple(values[name])
        return cls(body=body, **values)


@dataclass(frozen=True, slots=True)
class Done:
    """A write that is durable and published: whether it made something new, and where that is.

    `changed` is False where everything was already as the order wanted it; `generation` is the name of the
    one that shows the write.
    """

    created: bool = False
    changed: bool = True
    generation: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """As it travels between processes."""
        return json.dumps(asdict(self)).encode()
