"""What laws pass over: what is refused as it should be, what is not promised, what other laws ask for."""

from __future__ import annotations

import builtins
import sys
from datetime import date, datetime, timedelta
from fractions import Fraction
from importlib import import_module
from importlib.machinery import SourceFileLoader
from typing import Any, cast

import attrs
import pytest
from tests.testing.test_laws import Tampered, changed, copied
from tests.testing.test_standards import FIELD

from svcstd import Case, Period, testing
from svcstd.calendars import BusinessCalendar, Calendar, History, HolidayTable
from svcstd.errors import ExtraMissing
from svcstd.keyed import Keyed
from svcstd.sla import On, Pause, Readings
from svcstd.testing import laws
from svcstd.testing.entry import _Awaiting, _Telling
from svcstd.testing.laws import calendar, clock, pay, routing, score
from svcstd.testing.simulation import simulate

OFFICE = BusinessCalendar(
    zone="Europe/Berlin", hours="Mon-Fri 09:00-17:00", holidays=HolidayTable({date(2026, 1, 1): "New Year"})
)


@pytest.mark.parametrize("package", ["laws", "strategies"])
@pytest.mark.parametrize(("absent", "error"), [("hypothesis", ExtraMissing), ("another", ModuleNotFoundError)])
def test_what_is_missing(package: str, absent: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named for Hypothesis; what else is missing is told as it is."""
    honest = builtins.__import__

    def refuse(name: str, *args: Any, **options: Any) -> Any:
        if name.startswith((f"svcstd.testing.{package}", "hypothesis.strategies")):
            raise ModuleNotFoundError(name, name=absent)
        return honest(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    monkeypatch.delitem(sys.modules, f"svcstd.testing.{package}")
    with pytest.raises(error):
        import_module(f"svcstd.testing.{package}")


def test_rooms_that_are_not_there() -> None:
    """Are found by nobody; what a loader can do besides is still there."""
    awaiting = _Awaiting({"svcstd.nowhere"})
    assert awaiting.find_spec("svcstd.nowhere") is None
    assert awaiting.names == {"svcstd.nowhere"}  # somebody may still put it there
    loader = SourceFileLoader("svcstd.testing", str(testing.__file__))
    assert _Telling(loader).get_filename("svcstd.testing") == testing.__file__


def test_laws_of_richer_standards() -> None:
    """A family of calendars is made of others; a table that lists what fits may list nothing."""
    names = {str(law) for law in laws.for_(FIELD)}
    assert "calendars.site_office.opens_again" in names
    family = next(key for key, entry in FIELD.current.calendars.items() if entry.by)
    assert f"calendars.{family}.opens_again" not in names
    listing = {str(law) for law in laws.for_(changed(('hit = "unique"', 'hit = "rule order"')))}
    assert "routing.intake.deterministic" in listing
    assert "routing.intake.total" not in listing


def test_calendars() -> None:
    """Where holidays are unknown nobody asks when it opens; every version of a history gets the new one."""
    short = attrs.evolve(OFFICE, holidays=HolidayTable(covers=(date(2023, 1, 1), date(2025, 1, 1))))
    assert calendar.opens_again(short).find(max_examples=60) is None
    history = History(OFFICE, {date(2026, 3, 1): OFFICE}, zone="Europe/Berlin")
    found = calendar.with_holiday(history, date(2026, 4, 1))
    assert not found.is_open(datetime.fromisoformat("2026-04-01T10:00:00+02:00"))
    assert history.is_open(datetime.fromisoformat("2026-04-01T10:00:00+02:00"))
    other = cast("Calendar", "another kind")
    assert calendar.with_holiday(other, date(2026, 4, 1)) is other


def test_right_calendars_and_standards_break_no_law() -> None:
    """Due at the next opening; days on which clocks change; open while others are closed; two editions; no years."""
    landing = attrs.evolve(OFFICE, landing="next_open")
    for law in (calendar.add_then_elapsed, calendar.spans_are_counted, calendar.later_starts_are_due_later):
        assert law(landing).find(max_examples=150, shrink=False) is None
    spare = BusinessCalendar(zone="Europe/Berlin", hours="24x7") - OFFICE
    assert calendar.a_new_holiday_never_hurries(spare).name not in {law.name for law in calendar.of_calendar(spare)}
    desk = changed()
    assert "calendars.office.known_in_its_years" in {str(law) for law in laws.for_(desk)}
    undated = changed(('years = "2025..2026"\n', ""), ('holidays = "DE"\n', ""))
    assert "calendars.office.known_in_its_years" not in {str(law) for law in laws.for_(undated)}
    first = attrs.evolve(desk.current, routing={}, clauses={})
    later = attrs.evolve(desk.current, starts=date(2026, 7, 1))
    both = attrs.evolve(desk, editions=[first, later], examples={})
    routing.total(both, "intake").check(max_examples=20)


def test_a_plateau_hides_no_inversion() -> None:
    """Four hours, eight, eight, and four again."""
    plateau = changed(
        ('one_of = ["P1", "P2", "P3"]', 'one_of = ["P1", "P2", "P3", "P4"]'),
        (
            'P2 = "8 working hours", P3 = "16 working hours"',
            'P2 = "8 working hours", P3 = "8 working hours", P4 = "4 working hours"',
        ),
    )
    assert clock.no_priority_inversion(plateau, "close", by="priority").find(shrink=False) is not None


def test_a_promise_that_goes_away() -> None:
    """Is told as none."""
    desk = changed()

    def drops(case: Case, as_of: datetime, found: Readings) -> Readings:
        late = as_of - case.last.at > timedelta(minutes=30)
        return attrs.evolve(found, found=Keyed()) if late else found

    found = clock.nothing_changes_unannounced(Tampered(**copied(desk), hand=drops)).find(max_examples=200, shrink=False)
    assert found is not None
    assert found.got == "no promise"


def test_rows_that_promise_nothing() -> None:
    """Take no place in the order of urgency, nor does a case without an answer."""
    few = changed((', P3 = "16 working hours"', ""))
    clock.no_priority_inversion(few, "close", by="priority").check(max_examples=3)
    gap = changed(('["P2", "P3"]', '"P3"'))
    routing.no_priority_inversion(gap, "intake", by="priority", output="level").check(max_examples=5)


def test_results_that_curves_refuse() -> None:
    """Are refused by score and pay as they should be, whatever way is better."""
    refusing = changed(
        ('[100, 100]], beyond = "clamp"', '[100, 100]], beyond = "refuse"'),
        (
            'tiers = { "<= 10" = 0, "<= 50" = 1, else = 2 }, kind = "whole", start = 0, beyond = "clamp"',
            'points = [[0, 0], [50, 1], [100, 2]], beyond = "refuse"',
        ),
    )
    for law in (
        score.monotone(refusing, "agent"),
        score.adds_up(refusing, "agent"),
        pay.monotone(refusing, "monthly"),
        pay.exact(refusing, "monthly"),
    ):
        law.check(max_examples=60)


def test_levels_and_shares() -> None:
    """A card of several levels, one of whose figures is a share."""
    card = """
[kpis.good]
of = "rating"
better = "more"
unit = "share"
count = { agent = "x" }
[scorecards.deep]
of = "agent"
mean = "arithmetic"
weights = { inner = 1 }
missing = "withhold"
least_covered = 1
round = "0.01 half up"
[scorecards.deep.parts.inner]
mean = "arithmetic"
weights = { good = 1 }
missing = "withhold"
least_covered = 1
[scorecards.deep.parts.inner.parts.good]
kpi = "good"
curve = { worst = 0, best = 1, scale = 100, beyond = "clamp" }

[plans.monthly]"""
    deep = changed(("[plans.monthly]", card))
    score.monotone(deep, "deep").check(max_examples=10)
    score.adds_up(deep, "deep").check(max_examples=10)


def test_a_pause_that_anything_ends() -> None:
    """Is begun, and nothing of its own ends it."""
    desk = changed()
    edition = desk.current
    close = edition.objectives["close"]
    loose = attrs.evolve(close, clock=attrs.evolve(close.clock, pauses=[Pause([On("hold")])]))
    standard = attrs.evolve(desk, editions=[attrs.evolve(edition, objectives={"close": loose})])
    day = simulate(standard, Period.of("day", date(2026, 2, 3), "UTC"), arrivals=1, seed=1, paused=Fraction(1))
    assert {tuple(event.kind for event in case.events) for case in day} == {("opened", "hold", "closed")}
