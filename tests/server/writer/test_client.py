"""A store that cannot be written says so at once, and is written as soon as it can be."""

from pathlib import Path

import pytest

from graph.store import generations
from server.writer.client import Writer
from server.writer.door import LOCK
from server.writer.errors import PostponedError
from server.writer.orders import Order
from tests.server.faults.processes import eventually

ORDER = Order("update", b"INSERT DATA { <x:a> <x:b> 1 }")


def test_a_store_that_cannot_be_written_postpones_at_once(tmp_path: Path, capfd) -> None:
    store = tmp_path / "store"
    generations.claim(store)
    (store / LOCK).mkdir()  # the writer, be it root, cannot open it
    writer = Writer(store)
    with pytest.raises(PostponedError, match="cannot be written"):
        writer.send(ORDER)
    assert capfd.readouterr().err.count("\n") == 1
    (store / LOCK).rmdir()
    assert writer.send(ORDER).changed
    process = writer._process
    writer.close()
    eventually(lambda: process is None or process.poll() is not None)
