"""Who said the words of a quotation, through whom and by which medium: a rule a row of `quotations.yaml`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "quotations.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", ROWS, ids=[row["rule"] for row in ROWS])
def test_the_speaker_of_each_quotation_is_found(row: dict[str, Any], read: Callable[..., Any]) -> None:
    told = read(row["text"], language=row.get("language", "it")).quotations()
    assert [quotation.speakers[:1] for quotation in told] == [(name,) if name else () for name in row["said"]]
    if "via" in row:
        assert [list(quotation.via) for quotation in told] == row["via"]
    if "medium" in row:
        assert [quotation.medium for quotation in told] == row["medium"]
