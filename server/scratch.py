"""The folder for what a running server writes beside its store: measurements, sockets of its processes.

Every process of the server has it for its temporary files (TMPDIR). It goes when the server ends; where the
server was killed, the next one removes it: whoever holds the lock in it is alive, and the kernel lets go of
the lock when the last of its processes has ended.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

PREFIX = "parleygraph-"
"""Short, for the sockets of processes lie two folders deeper, and a socket's path may have 104 bytes."""

LOCK = "lock"
METRICS = "PROMETHEUS_MULTIPROC_DIR"


@cache
def folder() -> Path:
    """The folder of this server, made on the first call; from then on temporary files go there."""
    above = Path(tempfile.gettempdir())
    _sweep(above)
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    _hold(made / LOCK)
    # Web processes measure into files of one folder, so that each can tell what all of them did.
    (made / "metrics").mkdir()
    os.environ.setdefault(METRICS, str(made / "metrics"))
    os.environ["TMPDIR"] = tempfile.tempdir = str(made)
    atexit.register(_remove, made, os.getpid())
    return made


def _hold(path: Path) -> int:
    """Opens and locks a file, which stays open; raises OSError where another process has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _sweep(above: Path) -> None:
    """Removes the folders of servers that are gone."""
    for each in above.glob(f"{PREFIX}????????"):
        with suppress(OSError):  # it is in use, another user's, or no such folder
            if (each / LOCK).is_file():
                descriptor = _hold(each / LOCK)
                shutil.rmtree(each, ignore_errors=True)
                os.close(descriptor)


def _remove(made: Path, owner: int) -> None:
    """At the end of the process that made it, not of those that were forked from it."""
    if os.getpid() == owner:
        shutil.rmtree(made, ignore_errors=True)
