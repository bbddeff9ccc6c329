"""A module imports only from floors below its own, and the costly libraries are each used in one place."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit

ROOT = Path(toolkit.__file__).parent
FLOORS = [
    {"choices", "files", "markup", "quotemarks", "mending", "term_matrix", "stems"},
    {"wordlists", "mistakes"},
    {"article", "tokens", "sentences", "frequency", "vocabulary", "pairs", "byte_pairs", "blocks", "methods"},
    {
        "naming",
        "judging",
        "cues",
        "annotation",
        "clutter",
        "pasted",
        "datasets",
        "kwic",
        "normalising",
        "comparing",
        "selection",
        "coverage",
        "key_terms",
        "together",
        "following",
    },
    {"trends", "choosing", "summaries", "pages", "describing", "speakers", "agreement"},
    {"charts", "collecting", "quoting", "evaluation", "saving"},
    {"claims", "streaming", "exercises", "report_page"},
    {"grading"},
    {"widgets", "lab"},
    {"exporting", "coverage_report"},
    {"report"},
    {"__init__", "__main__"},
]
MODULES = sorted(ROOT.rglob("*.py"))


def name_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def floor_of(name):
    return next(number for number, floor in enumerate(FLOORS) if name in floor)


def imported(path):
    """Every module that a file imports, at its top or inside a function, as dotted names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from [f"toolkit.{alias.name}" for alias in node.names] if node.module == "toolkit" else [node.module]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_floors_below_its_own(path):
    own = name_of(path)
    for module in imported(path):
        if module.startswith("toolkit."):
            other = module.split(".")[1]
            assert other == own or floor_of(other) < floor_of(own), f"{own} imports {other}"


@pytest.mark.parametrize(
    "library, users",
    [
        ("plotly", {"charts"}),
        ("ipywidgets", {"widgets"}),
        ("trafilatura", {"blocks", "pages"}),
        ("jupyterlab", {"lab"}),
        ("joblib", {"streaming"}),
        ("pyarrow", {"streaming"}),
    ],
)
def test_each_costly_library_has_its_place(library, users):
    found = {name_of(path) for path in MODULES for module in imported(path) if module.split(".")[0] == library}
    assert found <= users


def test_importing_the_toolkit_loads_no_library():
    code = "import sys, toolkit; print({'numpy', 'pandas', 'plotly', 'nltk', 'ipywidgets', 'yaml'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"


def test_no_module_bears_the_name_of_something_a_student_types():
    assert not {name_of(path) for path in MODULES} & set(toolkit.__all__)


def test_every_name_a_student_types_is_there_and_no_other_is_missed():
    assert all(getattr(toolkit, name) is not None for name in toolkit.__all__)
    assert set(dir(toolkit)) == set(toolkit.__all__) == set(toolkit._MODULE)
    with pytest.raises(AttributeError, match="no name 'tokenise'; did you mean 'tokenize'"):
        toolkit.tokenise  # noqa: B018
