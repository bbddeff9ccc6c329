"""Where students' code runs: shut in by bubblewrap, in a container, or, if the teacher insists, under limits alone."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile, gettempdir, mkdtemp
from typing import Any, Literal

from toolkit.files import BadInput
from toolkit.grading.walls import ENVIRONMENT, IMAGE, ZYGOTE, contained, shut_in

Isolation = Literal["strong", "container", "limits only"]

STAGE = "toolkit-stage-"
"""How the folders begin in which what nobody may not reach is bound for a sandbox; the number of a process follows."""

STARTING = 120.0
"""How many seconds a sandbox may take to import everything."""


class Room:
    """A line to one submission: `send` a line, `read` one; nothing but bytes comes back.

    `silent` says why there was nothing to read: "late", "gone", or "large" for more than may come.
    """

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.silent = ""
        self._read = bytearray()

    def send(self, line: bytes) -> None:
        """Send a line; when there is nobody any more, the next `read` says so."""
        with suppress(OSError):
            self.ours.settimeout(10)
            self.ours.sendall(line + b"\n")

    def read(self, seconds: float, most: int) -> bytes | None:
        """Return the next line; None when there is none within so many seconds and bytes, or nobody any more."""
        until, seen = time.monotonic() + seconds, 0
        while (end := self._read.find(b"\n", seen)) < 0:
            seen, left = len(self._read), until - time.monotonic()
            self.silent = "late" if left <= 0 else "large" if seen > most else self._more(left)
            if self.silent:
                return None
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        return line

    def _more(self, seconds: float) -> str:
        try:
            self.ours.settimeout(seconds)
            part = self.ours.recv(262_144)
        except TimeoutError:
            return "late"
        except OSError:
            return "gone"
        self._read += part
        return "" if part else "gone"


class Sandbox:
    """A warm place for submissions, one after the other: `open` a room for each, `end` it. Close it at the end."""

    def __init__(self, isolation: Isolation, seed: int = 0) -> None:
        """Start it, and wait until everything is imported; raise `BadInput` with the reason where that fails."""
        _sweep()
        self.isolation, self.stage = isolation, Path(mkdtemp(prefix=f"{STAGE}{os.getpid()}-", dir=_stages()))
        self.stage.chmod(0o755)
        self._ours, theirs = socket.socketpair()
        told = {**ENVIRONMENT, "PYTHONHASHSEED": str(seed)}
        strong = isolation == "strong"
        words = shut_in(self.stage, told) if strong else [*ZYGOTE]
        how: dict[str, Any] = {"env": {} if strong else told, "cwd": self.stage, "start_new_session": True}
        self._log = TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            words, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=self._log, **how
        )
        theirs.close()
        self._ours.settimeout(STARTING)
        ready = False
        try:
            if not (ready := self._hears(b"r")):
                self._log.seek(0)
                said = self._log.read().decode("utf-8", "replace").strip().rpartition("\n")[2][:300]
                raise BadInput(f"the sandbox does not start: {said or 'it ended at once'}")
        finally:
            if not ready:  # also after Ctrl-C
                self.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> Room:
        """Return a room with a fresh copy of everything in it; `end` it before the next is opened."""
        room = Room()
        socket.send_fds(self._ours, [b"n"], [room.theirs.fileno()])
        room.theirs.close()
        return room

    def end(self, room: Room) -> None:
        """Kill all that runs in a room, and wait until it is gone."""
        room.ours.close()
        self._ours.send(b"k")
        if not self._hears(b"e"):
            raise BadInput("the sandbox is gone; start the command again, it goes on where it was")

    def close(self) -> None:
        """End the sandbox with all that is in it."""
        self._ours.close()
        if self._process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()
        _remove(self.stage)

    def _hears(self, word: bytes) -> bool:
        try:
            return self._ours.recv(1) == word
        except OSError:
            return False


def _remove(stage: Path) -> None:
    """Remove a stage: only what is empty, so that nothing can be lost that might be bound there."""
    with suppress(OSError):
        for place in stage.iterdir():
            place.rmdir() if place.is_dir() else place.unlink()
        stage.rmdir()


def _stages() -> Path:
    """Return where stages are: in a folder that nobody can reach, which that of one user may not be."""
    return Path("/tmp" if Path("/tmp").is_dir() else gettempdir())


def _sweep() -> None:
    """Remove the stages of graders that were killed."""
    for stage in _stages().glob(f"{STAGE}*-*"):
        with suppress(OSError, ValueError):
            if stage.lstat().st_uid == os.getuid() and not _is_alive(int(stage.name.split("-")[2])):
                _remove(stage)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


class Container(Sandbox):
    """A container for every submission: nothing is warm, so each takes seconds."""

    def __init__(self, program: str, seed: int = 0) -> None:
        """Remember the program, docker or podman."""
        self.isolation, self.seed, self.program = "container", seed, program
        self._running: subprocess.Popen[bytes] | None = None

    def open(self) -> Room:
        """Return a room in a new container."""
        room = Room()
        self.name = f"toolkit-{os.getpid()}-{id(self)}-{time.monotonic_ns()}"
        words = contained(self.program, self.name, {**ENVIRONMENT, "PYTHONHASHSEED": str(self.seed)})
        line: dict[str, Any] = {
            "stdin": room.theirs.fileno(),
            "stdout": room.theirs.fileno(),
            "stderr": subprocess.DEVNULL,
        }
        self._running = subprocess.Popen(words, start_new_session=True, **line)
        room.theirs.close()
        return room

    def end(self, room: Room) -> None:
        """Kill the container."""
        room.ours.close()
        self.close()

    def close(self) -> None:
        """End the container that runs, if one does; the program that started it would leave it running."""
        if self._running:
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run([self.program, "kill", self.name], capture_output=True, timeout=30, check=False)
            self._running.kill()
            self._running.wait()
            self._running = None


def sandbox(*, unsafe: bool = False, seed: int = 0) -> Sandbox:
    """Return the strongest sandbox that this computer allows; raise `BadInput` where there is none, unless `unsafe`."""
    if sys.platform == "win32":
        raise BadInput("students' code is not run on Windows itself; grade inside WSL2 (wsl --install), which is Linux")
    reasons = []
    if sys.platform == "linux" and shutil.which("bwrap"):
        try:
            return Sandbox("strong", seed)
        except (BadInput, OSError) as error:
            reasons.append(str(error))
    else:
        reasons.append("bubblewrap is not installed (Debian, Ubuntu: sudo apt install bubblewrap)")
    for program in ("docker", "podman"):
        if shutil.which(program) and has_image(program):
            return Container(program, seed)
    reasons.append(f"and docker or podman has no image {IMAGE}, which docs/grading.md says how to make")
    if unsafe:
        return Sandbox("limits only", seed)
    advice = "--unsafe-no-sandbox runs what students wrote with all that you may do: only where you trust every one"
    raise BadInput(f"students' code is not run, for nothing would shut it in: {'; '.join(reasons)}. {advice}")


def has_image(program: str) -> bool:
    """Return whether docker or podman answers and has our image."""
    try:
        asked = [program, "image", "inspect", IMAGE]
        return subprocess.run(asked, capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
