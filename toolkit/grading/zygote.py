"""Have everything imported once, and make for every submission a copy of that which is shut in and dies as a whole.

Runs inside the sandbox that `toolkit.grading.sandbox` builds. Standard input is a socket, by which the grader hands
over one end of a room (a socket of its own) for each submission; this process never reads what a student wrote.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

MEMORY = 1_000_000_000
"""How many bytes one process of a submission may add to what was there at the start."""

PROCESSES, FILES, FILE_SIZE, ROOM = 24, 256, 20_000_000, "32m"
"""Processes and threads of a submission, open files, the largest file, and its disk, which is in memory."""

CPU_SECONDS = 120
NEW_NAMESPACES = 0x00020000 | 0x08000000 | 0x20000000
"""A file system of its own, no shared memory of others, and processes that see one another alone."""
PRIVATE, GUARDED = 1 << 18 | 1 << 14, 2 | 4 | 8
DROP_BOUND, NO_NEW_PRIVILEGES = 24, 38


def main(places: Sequence[str]) -> NoReturn:
    """Serve rooms until the grader goes away, each with namespaces of its own and fresh `places` to write, if any."""
    from toolkit.grading.inside import warm_up

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    control = socket.socket(fileno=0)
    warm_up()
    gc.collect()
    gc.freeze()
    control.send(b"r")
    while True:
        word, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            os._exit(0)
        keeper = os.fork()
        if not keeper:
            _keep(handles[0], places)
        os.close(handles[0])
        control.recv(1)  # the grader has what it wants, or will wait no longer
        os.kill(keeper, signal.SIGTERM)
        os.waitpid(keeper, 0)
        control.send(b"e")


def _keep(handle: int, places: Sequence[str]) -> NoReturn:
    """Start the process in which a submission runs, and kill it with all that it has started when told to."""
    if places:
        _need(_libc().unshare(NEW_NAMESPACES))
    inner = os.fork()
    if not inner:
        _run(handle, places)
    os.close(handle)

    def end(*_: object) -> None:
        with suppress(ProcessLookupError):
            (os.kill if places else os.killpg)(inner, signal.SIGKILL)

    signal.signal(signal.SIGTERM, end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.waitpid(inner, 0)
    if not places:
        end()
    os._exit(0)


def _run(handle: int, places: Sequence[str]) -> NoReturn:
    from toolkit.grading.inside import serve

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    if places:
        _seal(places)
    limit()
    room = socket.socket(fileno=handle)
    serve(room.makefile("rb"), room.makefile("wb"))
    os._exit(0)


def limit() -> None:
    """Set the limits of a submission; where the system does not know one, go without."""
    pages = 0
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limits = [
        (resource.RLIMIT_AS, pages * resource.getpagesize() + MEMORY),
        (resource.RLIMIT_NPROC, PROCESSES),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ]
    for kind, most in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _need(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _seal(places: Sequence[str]) -> None:
    """Leave the new namespaces nothing of the old: own /proc, empty places to write, no powers, no way to new ones."""
    libc, size = _libc(), f"size={ROOM},nr_inodes=4096,mode=1777".encode()
    _need(libc.mount(b"none", b"/", None, PRIVATE, None))
    _need(libc.mount(b"proc", b"/proc", b"proc", GUARDED, None))
    Path("/proc/sys/user/max_user_namespaces").write_text("0", "ascii")
    for place in places:
        _need(libc.mount(b"tmpfs", place.encode(), b"tmpfs", 2 | 4, size))
    os.chdir(places[0])
    Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    for power in range(64):
        libc.prctl(DROP_BOUND, power, 0, 0, 0)
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    _need(libc.capset(header, none))
    _need(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
