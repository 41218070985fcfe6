"""Messages of every length arrive whole and in order; an end that is closed is told, and so is silence."""

import threading
from collections.abc import Iterator
from multiprocessing import Pipe

import pytest

from server.evaluator import wire
from server.evaluator.wire import PIECE, Wire


@pytest.fixture
def ends() -> Iterator[tuple[Wire, Wire]]:
    ours, theirs = (Wire(each) for each in Pipe())
    yield ours, theirs
    ours.close()
    theirs.close()


def test_messages_of_every_length_arrive_as_they_were(ends: tuple[Wire, Wire]) -> None:
    ours, theirs = ends
    sent = [b"", b"a", b"b" * (PIECE - 4), b"c" * (PIECE - 3), b"d" * PIECE, b"e" * 1_000_000, b"f"]

    def send() -> None:
        for message in sent:
            theirs.send(message)

    thread = threading.Thread(target=send)
    thread.start()
    assert [ours.receive() for _ in sent] == sent
    thread.join()
    assert not ours.wait(0)


def test_messages_that_came_together_are_told_one_by_one(ends: tuple[Wire, Wire]) -> None:
    ours, theirs = ends
    for message in (b"one", b"two"):
        theirs.send(message)
    assert ours.wait(0)
    assert ours.receive() == b"one"
    assert ours.wait(0)
    assert ours.receive() == b"two"


def test_a_closed_end_is_told(ends: tuple[Wire, Wire]) -> None:
    ours, theirs = ends
    theirs.close()
    with pytest.raises(EOFError):
        ours.receive()
    with pytest.raises(OSError, match="pipe"):
        ours.send(b"anybody?")


def test_who_takes_nothing_is_given_up(ends: tuple[Wire, Wire], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "STALLED", 1.0)
    ours, _ = ends
    ours.set_patience(0.05)
    with pytest.raises(BlockingIOError):
        ours.send(b"x" * 10_000_000)


def test_patience_ends_before_a_message_and_not_inside_of_one(ends: tuple[Wire, Wire]) -> None:
    ours, theirs = ends
    ours.set_patience(0.05)
    with pytest.raises(BlockingIOError):
        ours.receive()
    begun = threading.Event()

    def send_slowly() -> None:
        theirs.send(b"x" * 10_000_000)  # more than the line holds: the sender waits for who reads
        begun.set()

    thread = threading.Thread(target=send_slowly)
    thread.start()
    assert not begun.wait(0.2)
    assert len(ours.receive()) == 10_000_000
    thread.join()
