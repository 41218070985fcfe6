"""A function over many values in several processes, the results in the order of the values.

concurrent.futures' own `map` takes all values at once and so holds all of them; this one keeps few under
way. The processes come from a server process that has loaded the code once and no threads, so that they
start quickly and share its memory.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, TypeVar

from graph.errors import ParleygraphError

Value = TypeVar("Value")
Result = TypeVar("Result")

WORTH = 24
"""Values from which on processes are worth starting: one takes three seconds to know its tables, as long as
reading some fifty articles."""

MOST = 256
"""Processes at most: beyond the cores of today's machines."""

AHEAD = 4
"""Values under way per process: enough that none waits while a long one is done, few enough to hold."""

_function: Callable[[Any], Any] | None = None
"""What a process applies; it is made once per process."""


def available() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def over(
    prepare: Callable[[], Callable[[Value], Result]], values: Iterable[Value], processes: int
) -> Iterator[Result]:
    """The results of the function that `prepare` makes, one per value, in order.

    With more than one process and enough values, `prepare` runs once in each of them; it, the values and the
    results must be picklable, and its module is loaded beforehand.
    """
    rest = iter(values)
    first = list(islice(rest, WORTH))
    if processes == 1 or len(first) < WORTH:
        yield from map(prepare(), chain(first, rest))
    else:
        yield from _apart(prepare, chain(first, rest), processes)


def _apart(
    prepare: Callable[[], Callable[[Value], Result]], values: Iterable[Value], processes: int
) -> Iterator[Result]:
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([prepare.__module__])
    pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(prepare,))
    under_way: deque[Future[Result]] = deque()
    try:
        for value in values:
            under_way.append(pool.submit(_apply, value))
            if len(under_way) >= processes * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise ParleygraphError(
            "a process that read articles was ended from outside",
            remedy="there may be too little memory: use fewer",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(prepare: Callable[[], Callable[[Any], Any]]) -> None:
    global _function
    # Ctrl-C goes to all processes of a terminal; the one that gives the orders ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _function = prepare()


def _apply(value: Any) -> Any:
    assert _function is not None
    return _function(value)
