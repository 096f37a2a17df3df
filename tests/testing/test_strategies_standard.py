"""What strategies for standards and logs promise: they can be written, read back, and asked."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from svcstd.documents import ReadLog, dumps, loads
from svcstd.standard import CalendarEntry, Clause, Edition, LogMapping, Pilot, Review, Role, ServiceStandard
from svcstd.testing.strategies.documents import logs
from svcstd.testing.strategies.standard import (
    calendar_entries,
    clauses,
    editions,
    log_mappings,
    pilots,
    reviews,
    roles,
    standards,
)


@settings(max_examples=20)
@given(standards())
def test_a_standard_can_be_written_and_read_back(standard: ServiceStandard) -> None:
    """Whatever is varied."""
    assert loads(dumps(standard)) == standard


@settings(max_examples=10)
@given(standards("plain", zone="UTC"), editions("shop", zone="Europe/Berlin"))
def test_of_the_names_and_zones_asked_for(plain: ServiceStandard, edition: Edition) -> None:
    """One promise alone, or a shop in another zone."""
    assert (plain.zone, list(plain.current.objectives)) == ("UTC", ["close"])
    assert edition.zone == "Europe/Berlin"
    assert "answer" in edition.objectives


@settings(max_examples=20)
@given(pilots("south"))
def test_pilots(pilot: Pilot) -> None:
    """Of their key, and for some days at least."""
    assert pilot.edition.pilot == "south"
    assert pilot.until is None or pilot.until - pilot.starts >= timedelta(days=1)


@settings(max_examples=20)
@given(roles("lead", certificates=["permit"]), roles(), clauses("objectives.close"), clauses())
def test_entries_name_what_they_are_given(role: Role, alone: Role, kept: Clause, bare: Clause) -> None:
    """And nothing else."""
    assert role.escalates_to in ("", "lead")
    assert set(role.needs) <= {"permit"}
    assert (alone.escalates_to, alone.needs, bare.means) == ("", (), ())
    assert set(kept.means) <= {"objectives.close"}


@settings(max_examples=20)
@given(calendar_entries("a", "b", by="city", values=["Oslo"]), calendar_entries(places=False))
def test_calendars(made: CalendarEntry, own: CalendarEntry) -> None:
    """Of their own hours, or made of those that are there; without the holidays of a place a year is not asked for."""
    assert set(made.names) <= {"a", "b"}
    assert set(made.use) <= {"Oslo"}
    assert own.build("own", "UTC", None, {}).zones


@settings(max_examples=10)
@given(log_mappings(layout="wide"), log_mappings(layout="long"), logs(min_size=1, max_size=2, broken=True))
def test_logs(wide: LogMapping, long: LogMapping, read: ReadLog) -> None:
    """Of the layout, the number of cases and the faults asked for."""
    assert (wide.layout, long.layout) == ("wide", "long")
    assert 1 <= len(read.rows) <= 2
    assert len(read.rejected) == 1
    assert not read.ignored


@settings(max_examples=10)
@given(reviews("plain"), reviews("shop"))
def test_reviews(plain: Review, shop: Review) -> None:
    """Nothing can be said against one promise; a shop has gaps, and one of them is waived."""
    assert plain.findings == ()
    assert {"routing.gap", "articles.unreviewed"} <= {one.rule for one in shop.findings}
    assert len(shop.waived) == 1
