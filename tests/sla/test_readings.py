"""All clocks of a case: a mapping, the one to show, and when to look again."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs
import pytest

from svcstd.errors import MomentError, UnknownName
from svcstd.explain import because
from svcstd.keyed import Keyed
from svcstd.moment import micros
from svcstd.sla import ElapsedTime, Notice, Reading, Readings

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


def test_what_is_not_among_them() -> None:
    """A key that is wrong is told with the nearest; one that promises nothing, where the reason stands."""
    why = Keyed({"assign": because("sla.status", status="pending")})
    found = Readings("T1", "", "UTC", 0, Keyed({"close": reading("open")}), why)
    with pytest.raises(KeyError) as caught:
        found["closse"]
    assert str(caught.value) == "readings: there is no objective 'closse'; write close"
    with pytest.raises(UnknownName, match="promises nothing to this case"):
        found["assign"]
    assert found.get("assign") is None
    assert "closse" not in found


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


def notice(minute: int, key: str = "k") -> Notice:
    """A notice so many minutes after nine."""
    instant = micros(NINE + timedelta(minutes=minute))
    return Notice(key=key, objective="close", level=1, threshold="due", to=("lead",), instant=instant, zone="UTC")


def due(minute: int, verdict: Any = "open", **parts: Any) -> Reading:
    """A reading that is due so many minutes after nine, and may be answered until then."""
    instant = micros(NINE + timedelta(minutes=minute))
    return reading(verdict, due_at=instant, answer_by=instant if verdict == "open" else None, **parts)


def test_worst_first() -> None:
    """The longest late, then what runs out first, then paused, unknown and decided, as declared."""
    late = micros(NINE - timedelta(hours=2))
    found = together(
        met=reading("met"),
        unknown=reading("unknown"),
        paused=reading("open", activity="paused"),
        soon=due(10),
        later=due(60),
        late=due(-60, "late_open", breached=micros(NINE - timedelta(hours=1))),
        latest=due(-90, "late_open", breached=late),
        waived=reading("waived"),
        over=reading("late_open"),  # a reading from elsewhere that does not say since when
        waiting=reading("open", activity="not_started"),
    )
    keys = {id(one): key for key, one in found.items()}
    assert [keys[id(one)] for one in found.worst_first()] == [
        "latest",
        "late",
        "over",
        "soon",
        "later",
        "paused",
        "waiting",
        "unknown",
        "met",
        "waived",
    ]
    assert together().worst_first() == ()


def test_act_by() -> None:
    """The latest instant at which no open promise is broken yet; what is late or decided asks for nothing."""
    found = together(a=due(60), b=due(10), c=due(-5, "late_open"), d=reading("open", activity="paused"))
    assert found.act_by == NINE + timedelta(minutes=10)
    assert found["a"].act_by == NINE + timedelta(minutes=60)
    assert together(c=due(-5, "late_open"), d=reading("met")).act_by is None
    assert together().act_by is None


def test_notices() -> None:
    """What fired after the last look, of every cycle, in order of time; what is to come stands apart."""
    first = reading("met_late", notices=(notice(5, "first"),))
    close = reading("open", notices=(notice(30, "b"), notice(10, "a")), coming=(notice(90, "z"),), earlier=(first,))
    reply = reading("open", notices=(notice(10, "c"),), coming=(notice(60, "y"),))
    found = together(close=close, reply=reply)
    assert [one.key for one in found.notices()] == ["first", "a", "c", "b"]
    assert [one.key for one in found.notices(since=NINE + timedelta(minutes=10))] == ["b"]
    assert [one.key for one in found.notices(since=NINE + timedelta(minutes=9))] == ["a", "c", "b"]
    assert found.notices(since=NINE + timedelta(days=1)) == ()
    assert [one.key for one in found.coming] == ["y", "z"]
    assert notice(5).at == NINE + timedelta(minutes=5)
    with pytest.raises(MomentError) as caught:
        found.notices(since=datetime(2026, 2, 9, 9))  # noqa: DTZ001
    assert caught.value.where == "since"


def test_shown_by_the_earliest_due() -> None:
    """Where the earliest due stands for all, the late one first; without any due time, the first undecided."""
    found = together(done=due(-90, "met"), later=due(60), soon=due(10), paused=reading("open", activity="paused"))
    assert found.shown == found["later"]
    assert attrs.evolve(found, shows="earliest due").shown == found["soon"]
    late = attrs.evolve(together(soon=due(10), late=due(-10, "late_open")), shows="earliest due")
    assert late.shown == late["late"]
    undated = together(done=due(-90, "met"), paused=reading("open", activity="paused"))
    assert attrs.evolve(undated, shows="earliest due").shown == undated["paused"]
    decided = together(done=due(-90, "met"), more=due(-95, "met"))
    assert attrs.evolve(decided, shows="earliest due").shown == decided["done"]
    assert attrs.evolve(together(), shows="earliest due").shown is None


def test_used() -> None:
    """The share of the promise: nothing at the start, all at the due, more when late; none where it is unknown."""
    hour = timedelta(hours=1)
    none = timedelta()
    for elapsed, left, over, used in (
        (none, 4 * hour, none, 0),
        (hour, 3 * hour, none, Fraction(1, 4)),
        (6 * hour, none, 2 * hour, Fraction(3, 2)),
    ):
        assert reading("open", budget=4 * hour, elapsed=elapsed, remaining=left, overrun=over).used == used
    assert reading("open", budget=None, elapsed=hour).used is None
    assert reading("open", budget=none, elapsed=hour, remaining=none, overrun=hour).used is None
    assert reading("unknown", budget=4 * hour, elapsed=None).used is None


def test_cycles() -> None:
    """The cycles before, and this one last."""
    first, second = reading("met"), reading("met_late", cycle=2)
    third = reading("open", cycle=3, earlier=(first, second))
    assert third.cycles == (first, second, third)
    assert first.cycles == (first,)
    assert (first.start, first.due, first.stop, first.breached_at, first.next_change, first.act_by) == (None,) * 6
