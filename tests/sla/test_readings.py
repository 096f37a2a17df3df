"""All clocks of a case: a mapping, the one to show, and when to look again."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from svcstd.explain import because
from svcstd.keyed import Keyed
from svcstd.moment import micros
from svcstd.sla import ElapsedTime, Reading, Readings

NINE = datetime(2026, 2, 9, 9, tzinfo=UTC)


def reading(verdict: Any, **parts: Any) -> Reading:
    """A reading of which only some parts matter."""
    rest: dict[str, Any] = {
        "objective": "close",
        "name": "",
        "row": "",
        "target": ElapsedTime(timedelta(hours=1)),
        "edition": "",
        "zone": "UTC",
        "calendar": "",
        "digest": "",
        "asked": micros(NINE),
        "started": None,
        "due_at": None,
        "ended": None,
        "activity": "running",
        "elapsed": None,
        "remaining": None,
        "breached": None,
        "breaches": (),
        "changes": None,
        "problem": None,
        "assumptions": (),
        "segments": (),
    }
    return Reading(verdict=verdict, **{**rest, **parts})


def together(**found: Reading) -> Readings:
    """Readings of one case."""
    return Readings("T<1>", "", "Asia/Shanghai", micros(NINE), Keyed(found))


def test_a_mapping() -> None:
    """Readings are found by key, in order, and are a value."""
    found = together(reply=reading("met"), close=reading("open"))
    assert list(found) == ["reply", "close"]
    assert len(found) == 2
    assert found["close"].verdict == "open"
    assert "assign" not in found
    assert found.as_of.isoformat() == "2026-02-09T17:00:00+08:00"
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert again == found
    assert hash(again) == hash(found)
    assert found.unpromised == {}
    why = Keyed({"assign": because("sla.status", status="pending")})
    assert Readings("T1", "", "UTC", 0, unpromised=why).unpromised["assign"].sentence() == "not in force: pending"


@pytest.mark.parametrize(
    ("verdicts", "shown"),
    [
        ([], None),
        (["met"], 0),
        (["met", "open"], 1),
        (["met", "late_open", "open"], 1),
        (["met", "unknown"], 1),
        (["met", "excluded", "met_late"], 0),
    ],
)
def test_shown(verdicts: list[str], shown: int | None) -> None:
    """Where there is room for one, the first that is undecided; else the first."""
    found = together(**{f"r{number}": reading(verdict, row=str(number)) for number, verdict in enumerate(verdicts)})
    assert found.shown == (None if shown is None else found[f"r{shown}"])


def test_next_change() -> None:
    """The next instant of all, in the zone of the standard; none when nothing will change."""
    hour, day = timedelta(hours=1), timedelta(days=1)
    early, late = reading("open", changes=micros(NINE + hour)), reading("open", changes=micros(NINE + day))
    assert together(a=late, b=reading("met"), c=early).next_change == NINE + hour
    assert together(a=reading("met")).next_change is None
    assert together().next_change is None


def test_repr() -> None:
    """A line for people who debug, a table for notebooks in which a stranger's text stays text."""
    found = together(close=reading("open", due_at=micros(NINE)), reply=reading("met"))
    assert repr(found) == "<Readings of T<1>: close open, reply met>"
    assert repr(together()) == "<Readings of T<1>: none>"
    html = found._repr_html_()
    assert html.startswith("<table><tr><td>objective</td><td>promise</td><td>due</td>")
    assert "<td>1 hour</td><td>2026-02-09" in html
    risky = together(**{"<script>&": reading("open")})._repr_html_()
    assert "<td>&lt;script&gt;&amp;</td>" in risky
    assert "<script>" not in risky
