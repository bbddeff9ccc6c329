"""Where students' code runs: shut in by bubblewrap, in a container, or, if the teacher insists, under limits alone."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Literal

import toolkit
from toolkit.files import BadInput, course_folder

Isolation = Literal["strong", "container", "limits only"]

IMAGE = "space-split-toolkit"
"""The container image that docker or podman is asked for: one in which the toolkit is installed."""

NOBODY = 65534
STARTING = 120.0
"""How many seconds a sandbox may take to import everything."""

ENVIRONMENT = {
    "HOME": "/handed-in", "TMPDIR": "/handed-in", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
    "MPLBACKEND": "Agg", "PLOTLY_RENDERER": "json", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}  # fmt: skip
"""All that a submission sees of an environment, with the seed of its hashes."""


class Room:
    """A line to one submission: `send` a line, `read` one; nothing but bytes comes back."""

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self._read = b""

    def send(self, line: bytes) -> None:
        """Send a line; when there is nobody any more, the next `read` says so."""
        with suppress(OSError):
            self.ours.settimeout(10)
            self.ours.sendall(line + b"\n")

    def read(self, seconds: float, most: int) -> bytes | None:
        """Return the next line; None when there is none within so many seconds and bytes, or nobody any more."""
        until = time.monotonic() + seconds
        while b"\n" not in self._read:
            left = until - time.monotonic()
            if left <= 0 or len(self._read) > most:
                return None
            self.ours.settimeout(left)
            try:
                part = self.ours.recv(262_144)
            except OSError:
                return None
            if not part:
                return None
            self._read += part
        line, _, self._read = self._read.partition(b"\n")
        return line


class Sandbox:
    """A warm place for submissions, one after the other: `with sandbox.room() as room`. Close it at the end."""

    def __init__(self, isolation: Isolation, seed: int = 0) -> None:
        """Start it, and wait until everything is imported; raise `BadInput` with the reason where that fails."""
        self.isolation, self.stage = isolation, Path(mkdtemp(prefix="toolkit-"))
        self.stage.chmod(0o755)
        self._ours, theirs = socket.socketpair()
        told = {**ENVIRONMENT, "PYTHONHASHSEED": str(seed)}
        strong = isolation == "strong"
        words = shut_in(self.stage, told) if strong else [*ZYGOTE]
        how: dict[str, Any] = {"env": {} if strong else told, "cwd": self.stage, "start_new_session": True}
        self._log = (self.stage / "log").open("w+b")
        self._process = subprocess.Popen(
            words, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=self._log, **how
        )
        theirs.close()
        self._ours.settimeout(STARTING)
        if not self._hears(b"r"):
            said = (self.stage / "log").read_text("utf-8", "replace").strip().rpartition("\n")[2][:300]
            self.close()
            raise BadInput(f"the sandbox does not start: {said or 'it ended at once'}")

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
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()
        shutil.rmtree(self.stage, ignore_errors=True)

    def _hears(self, word: bytes) -> bool:
        try:
            return self._ours.recv(1) == word
        except OSError:
            return False


class Container(Sandbox):
    """A container for every submission: nothing is warm, so each takes seconds."""

    def __init__(self, program: str, seed: int = 0) -> None:
        """Remember the program, docker or podman."""
        self.isolation, self.seed, self.program = "container", seed, program
        self._running: subprocess.Popen[bytes] | None = None

    def open(self) -> Room:
        """Return a room in a new container."""
        room = Room()
        words = contained(self.program, {**ENVIRONMENT, "PYTHONHASHSEED": str(self.seed)})
        self._running = subprocess.Popen(
            words,
            stdin=room.theirs.fileno(),
            stdout=room.theirs.fileno(),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        room.theirs.close()
        return room

    def end(self, room: Room) -> None:
        """Kill the container."""
        room.ours.close()
        self.close()

    def close(self) -> None:
        """End the container that runs, if one does."""
        if self._running:
            self._running.kill()
            self._running.wait()


ZYGOTE = [sys.executable, "-s", "-P", "-m", "toolkit.grading.zygote"]


def shut_in(stage: Path, environment: dict[str, str]) -> list[str]:
    """Return the command that starts Python shut in: no network, nothing to read but Python and the toolkit.

    As root the process first becomes nobody, so that limits hold for it; what nobody may not reach is bound to `stage`,
    in a name space of mounts that ends with the process.
    """
    seen = [path for path in _needed() if path.exists()]
    places, script = dict(zip(seen, seen, strict=True)), ""
    if os.getuid() == 0:
        places = {path: stage / str(number) for number, path in enumerate(seen)}
        for path, place in places.items():
            place.mkdir() if path.is_dir() else place.touch()
            script += shlex.join(["mount", "--bind", str(path), str(place)]) + " && "
    words = ["bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv"]
    words += ["--uid", "0", "--gid", "0", "--hostname", "sandbox"]
    for power in ("SYS_ADMIN", "SETPCAP", "SYS_RESOURCE"):  # inside alone; each submission drops them
        words += ["--cap-add", f"CAP_{power}"]
    words += ["--ro-bind", "/usr", "/usr"]
    for name in ("lib", "lib64", "lib32", "bin", "sbin"):
        if (old := Path("/", name)).exists():
            words += ["--symlink", f"usr/{name}", str(old)] if old.is_symlink() else ["--ro-bind", str(old), str(old)]
    words += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--proc", "/proc", "--dev", "/dev"]
    for path, place in places.items():
        words += ["--ro-bind", str(place), str(path)]
    for hidden in _hidden():
        words += ["--tmpfs", str(hidden)]
    writable = ["/handed-in", "/dev/shm"] + ["/tmp"] * all(Path("/tmp") not in path.parents for path in seen)
    for name in writable:
        words += ["--tmpfs", name]
    words += ["--chdir", "/handed-in", "--remount-ro", "/"]
    for name, value in environment.items():
        words += ["--setenv", name, value]
    words += ["--", *ZYGOTE, *writable]
    if not script:
        return words
    lower = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    return [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "--",
        "sh",
        "-c",
        script + "exec " + shlex.join(lower + words),
    ]


def _needed() -> Sequence[Path]:
    """Return the folders without which Python and the toolkit do not run."""
    own = Path(toolkit.__file__).parent
    found = dict.fromkeys([Path(sys.base_prefix).resolve(), Path(sys.prefix), own, course_folder("datasets")])
    inside = [one for one in found if any(other in one.parents for other in found)]
    return [one for one in found if one not in inside and Path("/usr") not in one.parents]


def _hidden() -> Sequence[Path]:
    """Return the folders with solutions that lie inside of what is needed."""
    notebooks = course_folder("notebooks")
    return [notebooks] if any(folder in notebooks.parents for folder in _needed()) else []


def contained(program: str, environment: dict[str, str]) -> list[str]:
    """Return the command that runs one submission in a container."""
    words = [program, "run", "--rm", "-i", "--network", "none", "--read-only", "--cap-drop", "ALL"]
    words += ["--security-opt", "no-new-privileges", "--pids-limit", "64", "--memory", "2g", "--user", f"{NOBODY}"]
    words += ["--tmpfs", "/handed-in:size=32m,mode=1777", "--workdir", "/handed-in"]
    for name, value in environment.items():
        words += ["--env", f"{name}={value}"]
    return [*words, IMAGE, "python", "-s", "-P", "-m", "toolkit.grading.inside"]


def sandbox(*, unsafe: bool = False, seed: int = 0) -> Sandbox:
    """Return the strongest sandbox that this computer allows; raise `BadInput` where there is none, unless `unsafe`."""
    if sys.platform == "win32":
        raise BadInput("students' code is not run on Windows itself; grade inside WSL2 (wsl --install), which is Linux")
    reasons = []
    if sys.platform == "linux" and shutil.which("bwrap"):
        try:
            return Sandbox("strong", seed)
        except BadInput as error:
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
