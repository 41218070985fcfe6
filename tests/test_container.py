"""The container holds what serving needs: every path that the Dockerfile copies is there and not ignored."""

import re
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_what_is_copied_exists_and_reaches_the_builder() -> None:
    copied = [
        path
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for path in line.split()[:-1]
    ]
    assert {"ontology", "graph", "server", "data"} <= set(copied)
    for path in copied:
        assert (ROOT / path).exists(), path
        assert f"!{path}" in IGNORED, path


def test_no_secret_or_build_product_reaches_the_builder() -> None:
    assert IGNORED[0] == "*"
    assert any(fnmatch("data/build", pattern) for pattern in IGNORED[1:])
    assert "TOKEN" not in DOCKERFILE


def test_it_runs_as_a_user_of_its_own_and_is_looked_after() -> None:
    user = re.search(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert user is not None
    assert user[1] != "root"
    assert "/healthz" in DOCKERFILE
    assert "server/gunicorn.conf.py" in DOCKERFILE
