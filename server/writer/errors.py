"""How a write can fail once it has reached the writer; nothing of a failed write is ever published.

WriteError
├── WriteRejectedError      it cannot be done as it stands
│   └── UnparsableError         the engine's parser refused it
├── PreconditionError       the graph is not as the client's condition says
├── MissingError            what it is about is not there
├── UnprocessableError      understood, and not allowed: the report is the text
├── StorageFullError        the disk is full; what was there can still be read
└── PostponedError          worth another try later
    ├── WriteTimeoutError       it ran to its deadline
    ├── WriteTooLargeError      its process ended under it
    └── UnconfirmedError        the writer ended before it could say whether it was done
"""


class WriteError(Exception):
    """A write that was not done; its text is for the user."""


class WriteRejectedError(WriteError):
    """The write cannot be done as it stands."""


class UnparsableError(WriteRejectedError):
    """The engine's parser refused the update or the data; the text is the parser's."""


class PreconditionError(WriteError):
    """The graph is not as the client's condition says."""


class MissingError(WriteError):
    """What the write is about is not there."""


class UnprocessableError(WriteError):
    """Understood, and not allowed."""


class StorageFullError(WriteError):
    """There is no space left."""


class PostponedError(WriteError):
    """The write may be done at another time."""


class WriteTimeoutError(PostponedError):
    """The write ran to its deadline."""


class WriteTooLargeError(PostponedError):
    """The process that did the write ended under it."""


class UnconfirmedError(PostponedError):
    """Whether it was done is not known."""


KINDS: dict[str, type[WriteError]] = {
    "rejected": WriteRejectedError,
    "syntax": UnparsableError,
    "precondition": PreconditionError,
    "missing": MissingError,
    "unprocessable": UnprocessableError,
    "full": StorageFullError,
    "postponed": PostponedError,
    "timeout": WriteTimeoutError,
    "too-large": WriteTooLargeError,
}
"""Errors as they travel between processes: name → class."""


def name_of(error: WriteError) -> str:
    """The name under which an error travels."""
    return next((name for name, kind in KINDS.items() if type(error) is kind), "postponed")
