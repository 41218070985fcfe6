"""Frames leave together when the answer is small, one by one when it is large, and always in order."""

from multiprocessing import Pipe

from server.evaluator.jobs import DATA, END, HEADER, apart, together
from server.evaluator.outlet import HELD, Outlet


def test_frames_that_went_together_come_apart_as_they_were() -> None:
    frames = [HEADER + b"{}", DATA + b"W" * 300, DATA, END]
    assert apart(together(frames)) == frames
    assert apart(DATA + b"alone") == [DATA + b"alone"]


def test_a_small_answer_is_one_message() -> None:
    ours, theirs = Pipe()
    outlet = Outlet(theirs)
    for frame in (HEADER + b"{}", DATA + b"rows", END):
        outlet.send_bytes(frame)
    assert apart(ours.recv_bytes()) == [HEADER + b"{}", DATA + b"rows", END]
    assert not ours.poll(0)


def test_a_large_answer_goes_out_as_it_grows() -> None:
    ours, theirs = Pipe()
    outlet = Outlet(theirs)
    outlet.send_bytes(HEADER + b"{}")
    assert not ours.poll(0)
    outlet.send_bytes(DATA + b"x" * HELD)
    assert [ours.recv_bytes()[:1], ours.recv_bytes()[:1]] == [HEADER, DATA]
    outlet.send_bytes(END)
    assert ours.recv_bytes() == END
