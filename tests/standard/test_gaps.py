"""Declared values to which a table promises nothing."""

from __future__ import annotations

import pytest

from svcstd.documents import loads
from svcstd.standard.gaps import gaps

DESK = """
svcstd = 1
id = "x"
name = "X"
zone = "UTC"
facts = { priority = { one_of = ["P1", "P2", "P3"] }, place = "text" }
events = { opened = "", closed = "" }
[objectives.close]
clock = { start = "opened", stop = "closed" }
"""


@pytest.mark.parametrize(
    ("promise", "values"),
    [
        ('by = "priority"\ntarget = { P1 = "1 hour", P3 = "2 hours" }', ["P2"]),
        ('by = "priority"\ntarget = { P1 = "1 hour", else = "2 hours" }', []),
        ('by = "place"\ntarget = { Rome = "1 hour" }', []),  # any text: nothing to compare with
        ('target = "1 hour"', []),
        ('by = "priority"\nstatus = "pending"\ntarget = { P1 = "1 hour" }', []),
    ],
)
def test_gaps(promise: str, values: list[str]) -> None:
    """Only a closed list of values can be forgotten, and only where nothing else is promised."""
    found = [warning.sentence() for warning in gaps(loads(DESK + promise))]
    assert found == [f"close promises nothing to priority = {value}, and has no else" for value in values]
