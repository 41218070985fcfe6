"""A small answer leaves as one message, a large one as it grows, in order; carriage returns stay in XML."""

from collections.abc import Iterator
from multiprocessing import Pipe

import pytest

from server.evaluator.jobs import DATA, END, HEADER, WHOLE, Heading, heading, parted
from server.evaluator.outlet import HELD, Outlet
from server.evaluator.wire import Wire

TABLE = Heading("solutions", "text/csv")


@pytest.fixture
def ends() -> Iterator[tuple[Wire, Wire]]:
    """Both ends of a line: that of who reads, that of who writes."""
    ours, theirs = (Wire(each) for each in Pipe())
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_heading_comes_back_as_it_was() -> None:
    assert heading(TABLE.to_bytes()) == TABLE
    assert parted(TABLE.to_bytes() + b"\0body\0with\0NULs") == (TABLE.to_bytes(), b"body\0with\0NULs")


def test_a_small_answer_is_one_message(ends: tuple[Wire, Wire]) -> None:
    ours, theirs = ends
    outlet = Outlet(theirs)
    outlet.announce(TABLE)
    outlet.write(b"rows")
    assert not ours.wait(0)
    outlet.end()
    assert ours.receive() == WHOLE + TABLE.to_bytes() + b"\0rows"
    assert not ours.wait(0)


def test_a_large_answer_goes_out_as_it_grows(ends: tuple[Wire, Wire]) -> None:
    ours, theirs = ends
    outlet = Outlet(theirs)
    outlet.announce(TABLE)
    outlet.write(b"x" * (HELD + 1))
    assert [ours.receive(), ours.receive()] == [HEADER + TABLE.to_bytes(), DATA + b"x" * (HELD + 1)]
    outlet.write(b"y")
    outlet.end()
    assert [ours.receive(), ours.receive()] == [DATA + b"y", END]


def test_a_carriage_return_is_a_reference_in_xml_alone(ends: tuple[Wire, Wire]) -> None:
    ours, theirs = ends
    for media_type, written in (("application/sparql-results+xml", b"a&#13;b"), ("text/csv", b"a\rb")):
        outlet = Outlet(theirs)
        outlet.announce(Heading("solutions", media_type))
        outlet.write(b"a\rb")
        outlet.end()
        assert ours.receive().endswith(b"\0" + written)
