"""Have everything imported once, and make for every submission a copy of that which is shut in and dies as a whole.

Runs inside the sandbox that `toolkit.grading.sandbox` builds. Standard input is a socket, by which the grader hands
over one end of a room (a socket of its own) for each submission; this process never reads what a student wrote.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from toolkit.grading.sealing import limit, new_namespaces, seal


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
        new_namespaces()
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
        seal(places)
    limit()
    room = socket.socket(fileno=handle)
    serve(room.makefile("rb"), room.makefile("wb"))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
