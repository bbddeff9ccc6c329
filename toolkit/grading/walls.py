"""The commands that start Python shut in: in namespaces made by bubblewrap, or in a container of docker or podman."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import toolkit
from toolkit.files import course_folder

IMAGE = "space-split-toolkit"
"""The container image that docker or podman is asked for: one in which the toolkit is installed."""

NOBODY = 65534

ENVIRONMENT = {
    "HOME": "/handed-in", "TMPDIR": "/handed-in", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
    "MPLBACKEND": "Agg", "PLOTLY_RENDERER": "json", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}  # fmt: skip
"""All that a submission sees of an environment, with the seed of its hashes."""

ZYGOTE = [sys.executable, "-s", "-P", "-m", "toolkit.grading.zygote"]


def shut_in(stage: Path, environment: dict[str, str]) -> list[str]:
    """Return the command that starts Python shut in: no network, nothing to read but Python and the toolkit.

    As root the process first becomes nobody, so that limits hold for it; what nobody may not reach is bound to `stage`,
    in a name space of mounts that ends with the process.
    """
    seen = [path for path in _needed() if path.exists()]
    if os.getuid() != 0:
        return _walled(dict(zip(seen, seen, strict=True)), environment)
    places = {path: stage / str(number) for number, path in enumerate(seen)}
    mounts = []
    for path, place in places.items():
        place.mkdir() if path.is_dir() else place.touch()
        mounts.append(shlex.join(["mount", "--bind", str(path), str(place)]))
    lower = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    script = " && ".join([*mounts, f"exec {shlex.join(lower + _walled(places, environment))}"])
    return ["unshare", "--mount", "--propagation", "private", "--", "sh", "-c", script]


def _walled(places: dict[Path, Path], environment: dict[str, str]) -> list[str]:
    """Return the command of bubblewrap, in which each path is seen that `places` has, as it is at its place."""
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
        words += ["--tmpfs", str(hidden), "--remount-ro", str(hidden)]
    writable = ["/handed-in", "/dev/shm"] + ["/tmp"] * all(Path("/tmp") not in path.parents for path in places)
    for name in writable:
        words += ["--tmpfs", name]
    words += ["--chdir", "/handed-in", "--remount-ro", "/dev", "--remount-ro", "/"]
    for name, value in environment.items():
        words += ["--setenv", name, value]
    return [*words, "--", *ZYGOTE, *writable]


def _needed() -> Sequence[Path]:
    """Return the folders without which Python and the toolkit do not run."""
    own = Path(toolkit.__file__).parent
    found = dict.fromkeys([Path(sys.base_prefix).resolve(), Path(sys.prefix), own, course_folder("datasets")])
    inside = [one for one in found if any(other in one.parents for other in found)]
    return [one for one in found if one not in inside and Path("/usr") not in one.parents]


def _hidden() -> Sequence[Path]:
    """Return the folders with solutions that lie inside of what is seen, also those of other copies of the toolkit."""
    copies = [Path(place, "toolkit", "_course", "notebooks").resolve() for place in sys.path]
    seen = [*_needed(), Path("/usr")]
    found = dict.fromkeys([course_folder("notebooks"), *copies])
    return [one for one in found if one.is_dir() and any(folder in one.parents for folder in seen)]


def contained(program: str, name: str, environment: dict[str, str]) -> list[str]:
    """Return the command that runs one submission in a container of that name."""
    words = [program, "run", "--name", name, "--init", "--rm", "-i", "--network", "none", "--read-only"]
    words += ["--cap-drop", "ALL"]
    words += ["--security-opt", "no-new-privileges", "--pids-limit", "64", "--memory", "2g", "--user", f"{NOBODY}"]
    words += ["--tmpfs", "/handed-in:size=32m,mode=1777", "--workdir", "/handed-in"]
    for variable, value in {**environment, "PATH": "/usr/local/bin:/usr/bin:/bin"}.items():
        words += ["--env", f"{variable}={value}"]
    return [*words, IMAGE, "python", "-s", "-P", "-m", "toolkit.grading.inside"]
