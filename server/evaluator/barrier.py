"""The walls around a query process: no network, no new programs, no life after its parent.

The engine always allows SERVICE, and would reach any address for anybody. A seccomp filter (Linux, no
privilege needed: seccomp(2), prctl(2)) makes the kernel refuse every socket. Own code of one page: the
libraries for seccomp need a compiler and a system package.
"""

import ctypes
import math
import os
import platform
import resource
import select
import signal
import struct
import sys
import threading
import time

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 13  # 13: EACCES
_X32 = 0x40000000
"""Calls from here up are x86-64's second numbering: refused, or it would be a way round the list."""

_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_REFUSED = {
    # socket, connect, bind, sendto, execve, ptrace, execveat, io_uring_setup (it opens sockets too)
    "x86_64": (41, 42, 49, 44, 59, 101, 322, 425),
    "aarch64": (198, 203, 200, 206, 221, 117, 281, 425),
}

Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _filter(machine: str) -> bytes:
    """The filter in classic BPF: the architecture first, then each refused call."""
    refused = _REFUSED[machine]
    rules: list[Instruction] = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, _AUDIT[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(refused) + 1, 0, _X32),
    ]
    rules += [(_EQUAL, len(refused) - number, 0, call) for number, call in enumerate(refused)]
    rules += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *rule) for rule in rules)


def forbid_network() -> str:
    """Cut this process off the network for good; gives the barrier's name, "none" where there is none."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _AUDIT:
        return "none"
    libc = ctypes.CDLL(None, use_errno=True)
    rules = _filter(machine)
    memory = ctypes.create_string_buffer(rules, len(rules))
    program = _Program(len(rules) // 8, ctypes.cast(memory, ctypes.c_void_p))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return "none"
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        return "none"
    return "seccomp"


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when `parent`, the process that forked it, ends."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the request above was made
        os._exit(1)


def die_with_peer(descriptor: int) -> None:
    """End this process when the other end of its socket is closed, whatever it is doing then.

    A query process is forked by the fork server and serves a web process: it must outlive neither, and
    the fork server by itself ends only after its children.
    """
    watched = select.poll()
    watched.register(descriptor, getattr(select, "POLLRDHUP", select.POLLHUP))

    def watch() -> None:
        watched.poll()
        os._exit(1)

    threading.Thread(target=watch, name="peer-watch", daemon=True).start()


def limit_memory(extra: int) -> None:
    """Let this process allocate `extra` bytes of address space beyond what it holds now."""
    if sys.platform != "linux":
        return
    with open("/proc/self/statm", encoding="ascii") as file:
        held = int(file.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (held + extra, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Compute:
    """The processor time that one job may use: the kernel ends what takes more, whatever the pool does."""

    STEP = 1.0
    """Seconds of work between two settings of the limit, so that small jobs do not pay for it."""

    def __init__(self, seconds: float) -> None:
        """`seconds` per job, at most two STEPs more."""
        self._seconds = seconds
        self._set = -math.inf
        self._hard = resource.getrlimit(resource.RLIMIT_CPU)[1]

    def renew(self) -> None:
        """A job begins."""
        used = time.process_time()
        if used > self._set + self.STEP:
            self._set = used
            resource.setrlimit(
                resource.RLIMIT_CPU, (math.ceil(used + self.STEP + self._seconds) + 1, self._hard)
            )
