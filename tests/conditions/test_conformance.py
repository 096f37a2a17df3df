"""Alertmanager's matchers and their texts, dmn-check's subsumption of cells: the vectors of ``routing.json``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from svcstd.conditions import FactKind, FactSchema, FactType, Matcher, cells_of, read_matchers, read_unary
from svcstd.errors import SvcstdError, TextError

PATTERNS = frozenset({"am-match-07", "am-match-13", "am-match-15", "am-match-16"})
"""Regular expressions that are more than a choice of words: read, and refused when asked."""
KINDS: tuple[tuple[str, FactKind], ...] = (
    (r"date and time", "moment"),
    (r"date\(", "date"),
    (r'"', "text"),
    (r"true|false", "true or false"),
)
"""By what stands in its cells, the kind of an input; else it is a number."""


def group(shared: Path, name: str) -> list[dict[str, Any]]:
    """The vectors of one group."""
    found: list[dict[str, Any]] = json.loads((shared / "conformance" / "routing.json").read_text(encoding="utf-8"))[
        name
    ]
    return found


def test_matchers_match_as_alertmanagers_do(shared: Path) -> None:
    """Whole words, and the four operators; a pattern of more than words is refused by its name."""
    for vector in group(shared, "matchers"):
        matcher = Matcher("label", vector["op"], vector["pattern"])
        if vector["id"] in PATTERNS:
            with pytest.raises(SvcstdError):
                matcher.condition()
        else:
            assert matcher.condition().holds({"label": vector["value"]}) is vector["match"], vector["id"]


def test_texts_of_matchers_are_read_as_alertmanager_reads_them(shared: Path) -> None:
    """In both dialects; a fault stands where theirs does."""
    for vector in group(shared, "matcher_parse"):
        text, dialect = vector["input"], vector["dialect"]
        if vector.get("error"):
            with pytest.raises(TextError) as refused:
                read_matchers(text, dialect=dialect)
            first, last = map(int, vector.get("error_at", f"0:{len(text)}").split(":"))
            assert first <= int(str(refused.value.params["at"])) <= last, vector["id"]
        else:
            found = [
                {"name": one.name, "op": one.op, "value": one.value} for one in read_matchers(text, dialect=dialect)
            ]
            assert found == vector["expected"], vector["id"]


def test_a_cell_covers_another_where_dmn_check_says_so(shared: Path) -> None:
    """Every value that fits the special cell fits the general one; local times are given an offset here."""
    for vector in group(shared, "subsumption"):
        texts = [re.sub(r'(T\d\d:\d\d:\d\d)"', r'\1Z"', vector[side]) for side in ("general", "specific")]
        kind: FactKind = next((kind for pattern, kind in KINDS if re.search(pattern, " ".join(texts))), "number")
        schema = FactSchema({"it": FactType(kind)})
        general, specific = (read_unary(text, "it", schema.types["it"]) for text in texts)
        cells = cells_of([general, specific, read_unary("not(null)", "it", schema.types["it"])], schema)
        covered, asked = (sum(box[0] for box in cells.boxes(test)) for test in (general, specific))
        assert (asked & ~covered == 0) is vector["subsumes"], vector["id"]
