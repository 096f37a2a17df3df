"""The tricky folds of the design, as a supervisor would sign them: one clock, Monday 17 September, nine to five."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pendulum
import pytest

from svcstd.calendars import BusinessCalendar
from svcstd.moment import micros
from svcstd.sla import Case, ClockRule, Event, Objective, On, Pause, Reading, WorkingTime, fold, read_life

DESK = BusinessCalendar(zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00")
RULE = ClockRule(
    [On("created")],
    [On("resolved")],
    [Pause([On("paused")], [On("resumed")])],
    reopen=(On("reopened"),),
)
PROMISE = Objective(
    RULE, by="promise", rows={f"{number} h": WorkingTime(timedelta(hours=number)) for number in (2, 4, 8)}
)


def at(clock: str) -> datetime:
    """A time of that Monday."""
    hour, minute = clock.split(":")
    return pendulum.datetime(2018, 9, 17, int(hour), int(minute), tz="Europe/Berlin")


def read(promised: str, told: str, as_of: str) -> Reading:
    """The clock of a case that is created at nine; ``11:00 2 h`` promises two hours from eleven on."""
    events = [Event("created", at=at("09:00"))]
    for one in told.split(", "):
        clock, _, what = one.partition(" ")
        facts: dict[str, Any] = {"promise": what} if what in PROMISE.rows else {}
        events += [Event("promised" if facts else what, at=at(clock), facts=facts)] if one else []
    case, asked = Case("T1", {"promise": promised}, events), micros(at(as_of))
    life = fold(PROMISE, case, as_of=asked, choose="desk")
    return read_life("close", PROMISE, life, {"desk": DESK}, zone="Europe/Berlin", edition="", as_of=asked)


class Said(NamedTuple):
    """What the supervisor signs; hours used, and each breach with the promise then in force."""

    due: str | None
    used: float
    state: str
    breaches: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("promised", "told", "as_of", "said"),
    [
        # Eight hours cut to two at 14:00: due 11:00, breached at 14:00.
        ("8 h", "14:00 2 h", "13:59", Said("17:00", 4 + 59 / 60, "running open")),
        ("8 h", "14:00 2 h", "14:00", Said("11:00", 5, "running late_open", ("14:00 2 h",))),
        ("8 h", "14:00 2 h", "16:00", Said("11:00", 7, "running late_open", ("14:00 2 h",))),
        ("8 h", "14:00 2 h, 15:00 resolved", "16:00", Said("11:00", 6, "stopped met_late", ("14:00 2 h",))),
        # Two hours breached at 11:00, raised to eight at 12:00, resolved at 16:00: met, the breach on record.
        ("2 h", "12:00 8 h, 16:00 resolved", "11:30", Said("11:00", 2.5, "running late_open", ("11:00 2 h",))),
        ("2 h", "12:00 8 h, 16:00 resolved", "12:00", Said("17:00", 3, "running open", ("11:00 2 h",))),
        ("2 h", "12:00 8 h, 16:00 resolved", "18:00", Said("17:00", 7, "stopped met", ("11:00 2 h",))),
        # Paused from ten to twelve, four hours cut to two at 11:00: no due until 12:00, then 13:00.
        ("4 h", "10:00 paused, 11:00 2 h, 12:00 resumed", "10:59", Said(None, 1, "paused open")),
        ("4 h", "10:00 paused, 11:00 2 h, 12:00 resumed", "11:00", Said(None, 1, "paused open")),
        ("4 h", "10:00 paused, 11:00 2 h, 12:00 resumed", "11:59", Said(None, 1, "paused open")),
        ("4 h", "10:00 paused, 11:00 2 h, 12:00 resumed", "12:00", Said("13:00", 1, "running open")),
        # Resolved at ten under four hours, two promised at 11:00: frozen; reopened at 15:00 it takes two, due 16:00.
        ("4 h", "10:00 resolved, 11:00 2 h, 15:00 reopened", "14:00", Said("13:00", 1, "stopped met")),
        ("4 h", "10:00 resolved, 11:00 2 h, 15:00 reopened", "15:00", Said("16:00", 1, "running open")),
        (
            "4 h",
            "10:00 resolved, 11:00 2 h, 15:00 reopened",
            "16:30",
            Said("16:00", 2.5, "running late_open", ("16:00 2 h",)),
        ),
        # Created and resolved in one second: met, nothing used.
        ("4 h", "09:00 resolved", "09:00", Said("13:00", 0, "stopped met")),
        ("4 h", "09:00 resolved", "18:00", Said("13:00", 0, "stopped met")),
        # A pause exactly as the budget ends: the due stays.
        ("2 h", "11:00 paused", "11:00", Said("11:00", 2, "paused open")),
        ("2 h", "11:00 paused", "11:01", Said("11:00", 2, "paused late_open", ("11:00 2 h",))),
        ("2 h", "11:00 paused, 12:00 resumed", "13:00", Said("11:00", 3, "running late_open", ("11:00 2 h",))),
        ("2 h", "11:00 paused, 11:00 resolved", "13:00", Said("11:00", 2, "stopped met")),
    ],
)
def test_tricky_folds(promised: str, told: str, as_of: str, said: Said) -> None:
    """What the clock of a case created at nine says."""
    found = read(promised, told, as_of)
    assert found.due == (None if said.due is None else at(said.due))
    assert found.elapsed == timedelta(hours=said.used)
    assert f"{found.activity} {found.verdict}" == said.state
    assert [(one.instant, one.target) for one in found.breaches] == [
        (micros(at(one[:5])), one[6:]) for one in said.breaches
    ]
    late = said.state.endswith(("late_open", "met_late"))
    assert found.breached_at == (at(said.breaches[-1][:5]) if late else None)
