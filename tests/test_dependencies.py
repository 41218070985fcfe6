"""What the code imports is declared, and what is declared is locked: a bare clone installs what it needs."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OWN = {"ontology", "graph", "server"}
WITH_FLASK = {"werkzeug", "markupsafe"}
"""Werkzeug and MarkupSafe are the parts of Flask that are imported by their own names."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[ ]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


def imported(folder: str) -> set[str]:
    """The top-level modules that the files below `folder` import, the standard library's apart."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - OWN - {"tests", "_typeshed"}


def distributions(modules: set[str]) -> set[str]:
    known = packages_distributions()
    return {name.lower().replace("_", "-") for module in modules for name in known.get(module, [module])}


def locked(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9_.-]+)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("package", sorted(OWN))
def test_a_package_imports_only_what_serving_declares(package: str) -> None:
    assert distributions(imported(package)) <= names(PROJECT["dependencies"]) | WITH_FLASK


def test_the_tests_import_only_what_is_declared() -> None:
    extras = PROJECT["optional-dependencies"]
    declared = names(PROJECT["dependencies"]) | names(extras["test"]) | names(extras["reason"])
    assert distributions(imported("tests")) <= declared | WITH_FLASK


def test_what_is_declared_is_locked() -> None:
    extras = PROJECT["optional-dependencies"]
    assert names(PROJECT["dependencies"]) <= locked("requirements.lock")
    everything = names([*PROJECT["dependencies"], *extras["test"], *extras["reason"]]) - {"parleygraph"}
    assert everything <= locked("requirements-test.lock")


def test_the_test_lock_agrees_with_the_runtime_lock() -> None:
    lines = (ROOT / "requirements-test.lock").read_text("utf-8").splitlines()
    pinned = {line for line in lines if re.match(r"[a-z0-9_.-]+==", line)}
    runtime = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    assert {line for line in runtime if re.match(r"[a-z0-9_.-]+==", line)} <= pinned
