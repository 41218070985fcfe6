"""The compute seconds that the request at hand has used; a thread serves one request at a time."""

import threading

_account = threading.local()


def add(seconds: float) -> None:
    """Count seconds of work for the request that this thread serves."""
    _account.seconds = getattr(_account, "seconds", 0.0) + seconds


def settle() -> float:
    """What has been counted since the last call."""
    seconds: float = getattr(_account, "seconds", 0.0)
    _account.seconds = 0.0
    return seconds
