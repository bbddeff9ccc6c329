"""What is installed is the same by every way: pyproject.toml, both locks, and environment.yml for conda and Binder."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
TEST = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]
SCALE = [Requirement(line) for line in PROJECT["optional-dependencies"]["scale"]]
LOCKS = ("requirements.lock", "requirements-test.lock")


def locked(name):
    """Return each package of a lock with what the lock says of it: its versions and markers, and its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line.partition("--hash=") for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    packages = {}
    for entry, _, hashes in entries:
        requirement = Requirement(entry.strip())
        packages.setdefault(canonicalize_name(requirement.name), []).append((requirement, hashes))
    return packages


def conda():
    """Return the packages that environment.yml takes from conda, and those that it leaves to pip."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = [line for entry in listed if isinstance(entry, dict) for line in entry["pip"]]
    return [entry for entry in listed if isinstance(entry, str)], by_pip


def versions(entries):
    return {specifier.version for requirement, _ in entries for specifier in requirement.specifier}


@pytest.mark.parametrize(("lock", "wanted"), [(LOCKS[0], RUNTIME), (LOCKS[1], RUNTIME + TEST)])
def test_the_lock_holds_every_dependency_in_a_version_that_pyproject_allows(lock, wanted):
    packages = locked(lock)
    for requirement in wanted:
        found = versions(packages[canonicalize_name(requirement.name)])
        assert all(requirement.specifier.contains(version) for version in found), (str(requirement), found)


def test_what_the_extra_for_big_files_brings_is_what_the_tests_run_with():
    assert {str(requirement) for requirement in SCALE} <= {str(requirement) for requirement in TEST}


def test_environment_yml_names_the_runtime_dependencies_with_the_same_bounds_and_the_toolkit():
    packages, by_pip = conda()
    bounds = {
        canonicalize_name(r.name): r.specifier
        for line in [*packages, *by_pip]
        if "python=" not in line and line != "-e ."
        for r in [Requirement(line)]
    }
    assert bounds == {canonicalize_name(r.name): r.specifier for r in RUNTIME} | {"pip": SpecifierSet(">=24")}
    assert "-e ." in by_pip


def test_environment_yml_takes_a_python_that_pyproject_allows():
    [python] = [line.removeprefix("python=") for line in conda()[0] if line.startswith("python=")]
    assert python in SpecifierSet(PROJECT["requires-python"])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_one_version_for_each_python_with_its_hashes(lock):
    assert "//" not in (ROOT / lock).read_text(encoding="utf-8")
    for entries in locked(lock).values():
        for requirement, hashes in entries:
            assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
            assert re.fullmatch(r"sha256:[0-9a-f]{64}(\s+--hash=sha256:[0-9a-f]{64})*", hashes.strip()), requirement


def test_the_lock_for_tests_is_the_other_one_and_more():
    runtime, test = locked(LOCKS[0]), locked(LOCKS[1])
    assert {name: versions(entries) for name, entries in runtime.items()}.items() <= {
        name: versions(entries) for name, entries in test.items()
    }.items()


def test_binder_reads_environment_yml_and_has_the_toolkit_at_hand_when_it_installs_it():
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "Building conda environment for python=3.12" in said
    assert said.index("COPY --chown=0:0 src/ ") < said.index(
        'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"'
    )


def test_the_page_about_dependencies_has_a_line_for_each():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = [name for name in re.findall(r"^\| ([a-z0-9-]+) \|", page, re.M) if name != "package"]
    assert named == [requirement.name for requirement in RUNTIME + TEST]
