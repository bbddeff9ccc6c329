"""Leave a process nothing of what it was started with: its own places to write, no powers, and no calls it never needs.

Called in the process in which a submission will run, in new namespaces, before it reads a line of that.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

MEMORY = 1_000_000_000
"""How many bytes one process of a submission may add to what was there at the start."""

PROCESSES, FILES, FILE_SIZE, ROOM = 16, 256, 20_000_000, "32m"
"""Processes and threads of a submission, open files, the largest file, and its disk, which is in memory."""

CPU_SECONDS = 120
NEW_NAMESPACES = 0x00020000 | 0x08000000 | 0x20000000 | 0x40000000
"""A file system of its own, no shared memory of others, processes that see one another alone, and no network at all."""
PRIVATE, GUARDED = 1 << 18 | 1 << 14, 2 | 4 | 8
DROP_BOUND, NO_NEW_PRIVILEGES, FILTER_CALLS = 24, 38, 22

CALLS = {
    "x86_64": (0xC000003E, (248, 249, 250, 298, 321, 323, 425, 426, 427)),
    "aarch64": (0xC00000B7, (217, 218, 219, 241, 280, 282, 425, 426, 427)),
}
"""By machine: how its kernel names it, and the calls that no submission needs: those by which something could be left
for the next one (add_key, request_key, keyctl), and those that open much of the kernel to whoever is shut in
(perf_event_open, bpf, userfaultfd, io_uring)."""

LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, NOT_PERMITTED = 0x7FFF0000, 0x00050001


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


def new_namespaces() -> None:
    """Let what this process starts from now on see nothing that others make; raise `OSError` where that fails."""
    _need(_libc().unshare(NEW_NAMESPACES))


def seal(places: Sequence[str]) -> None:
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
    _refuse_calls(libc)


def _refuse_calls(libc: ctypes.CDLL) -> None:
    """Let the kernel refuse the calls that no submission needs, on machines whose numbers for them are known."""
    if platform.machine() not in CALLS:
        return
    machine, calls = CALLS[platform.machine()]
    end = len(calls) + 5  # the last step, which refuses; other ways of calling have other numbers, or high ones
    steps = [(LOAD, 0, 0, 4), (EQUAL, 0, end - 2, machine), (LOAD, 0, 0, 0), (AT_LEAST, end - 4, 0, 0x40000000)]
    steps += [(EQUAL, end - at - 1, 0, call) for at, call in enumerate(calls, 4)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, NOT_PERMITTED)]
    words = b"".join(
        code.to_bytes(2, "little") + bytes([yes, no]) + value.to_bytes(4, "little") for code, yes, no, value in steps
    )

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))

    _need(libc.prctl(FILTER_CALLS, 2, ctypes.byref(Program(len(steps), words)), 0, 0))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _need(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
