"""What holds for every calendar: open time adds up, comes back, and a new holiday hurries nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeAlias

import attrs
from hypothesis import strategies as st

from svcstd.calendars import BusinessCalendar, Calendar, Composite, History, HolidayTable
from svcstd.errors import CoverageError, NeverCloses, NeverOpens
from svcstd.moment import iso_moment, micros, moment, timezone, zone_key
from svcstd.standard import ServiceStandard
from svcstd.testing.found import within
from svcstd.testing.laws.law import Breach, Law, clause_of
from svcstd.testing.strategies.moments import FIRST, LAST, durations, instants

__all__ = [
    "LAWS",
    "a_new_holiday_never_hurries",
    "add_then_elapsed",
    "elapsed_adds_up",
    "known_in_its_years",
    "later_starts_are_due_later",
    "next_open_is_open",
    "of_calendar",
    "opens_again",
    "spans_are_counted",
    "subtract_then_elapsed",
]

Years: TypeAlias = tuple[date, date]
UNKNOWN = (CoverageError, NeverOpens, NeverCloses)
"""What a calendar may honestly refuse; two laws of their own ask for it."""
YEARS: Years = (FIRST, LAST)
LONGEST = 20
TICK = timedelta(microseconds=1)
BORDER = timedelta(days=31)
"""Towards the end of its years the next opening may lie beyond, and other zones have another date."""


def _law(
    where: str,
    name: str,
    says: str,
    cases: Callable[[], st.SearchStrategy[object]],
    breach: Callable[..., Breach | None],
) -> Law:
    def asked(case: tuple[object, ...]) -> Breach | None:
        try:
            return breach(*case)
        except UNKNOWN:
            return None

    return Law(where=where, name=name, says=says, cases=cases, breach=asked)


def _starts(calendar: Calendar, years: Years) -> st.SearchStrategy[datetime]:
    """Moments of its years; often about a date of which it says something of its own."""
    anywhere = instants(calendar.zone, *years)
    dated = [day for day in sorted(_dates(calendar)) if years[0] <= day < years[1]]
    if not dated:
        return anywhere
    near = st.sampled_from(dated).flatmap(lambda day: instants(calendar.zone, day, day + timedelta(days=1)))
    return st.one_of(anywhere, near)


def _dates(calendar: Calendar) -> set[date]:
    """The holidays, make-up days and exceptions of all that it is made of, and the days on which versions change."""
    tables = [day for table in within(calendar, HolidayTable) for day, _ in (*table.holidays, *table.make_up)]
    exceptions = [day for one in within(calendar, BusinessCalendar) for day, _ in one.exceptions]
    return {*tables, *exceptions, *(day for one in within(calendar, History) for day, _ in one.changes)}


def _with_amount(calendar: Calendar, years: Years) -> Callable[[], st.SearchStrategy[object]]:
    return lambda: st.tuples(_starts(calendar, years), durations(LONGEST))


def _after(at: datetime, long: timedelta) -> datetime:
    """So much later; adding to a moment of a zone would move its wall clock instead."""
    return moment(micros(at) + long // TICK, timezone(zone_key(at.tzinfo)))


def _told(at: datetime, *more: str) -> str:
    return ", ".join((iso_moment(at), *more))


def add_then_elapsed(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """What is added has passed, and no instant before would do.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(at: datetime, amount: timedelta) -> Breach | None:
        due = calendar.add(at, amount, landing="close")
        got = calendar.elapsed(at, due)
        if got == amount and (not amount or calendar.elapsed(at, due.subtract(microseconds=1)) < amount):
            return None
        return Breach(
            _told(at, f"add {amount}", f"due {iso_moment(due)}"), f"{amount} of open time until then", str(got)
        )

    says = "as much open time passes until a due time as was added, and no instant before it would do"
    return _law(where, "add_then_elapsed", says, _with_amount(calendar, years), breach)


def subtract_then_elapsed(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """What is subtracted passes again.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(at: datetime, amount: timedelta) -> Breach | None:
        begun = calendar.subtract(at, amount)
        got = calendar.elapsed(begun, at)
        return (
            None
            if got == amount
            else Breach(_told(at, f"subtract {amount}", f"from {iso_moment(begun)}"), str(amount), str(got))
        )

    says = "as much open time passes from the latest start as was subtracted"
    return _law(where, "subtract_then_elapsed", says, _with_amount(calendar, years), breach)


def elapsed_adds_up(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """Open time of two stretches is that of both.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(first: datetime, second: datetime, third: datetime) -> Breach | None:
        whole = calendar.elapsed(first, third)
        parts = calendar.elapsed(first, second) + calendar.elapsed(second, third)
        back = -calendar.elapsed(third, first)
        if parts == whole == back:
            return None
        return Breach(_told(first, iso_moment(second), iso_moment(third)), str(whole), f"{parts}, and back {back}")

    says = "open time of two stretches is that of both together, and backwards it is negative"
    return _law(where, "elapsed_adds_up", says, lambda: st.tuples(*[_starts(calendar, years)] * 3), breach)


def spans_are_counted(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """Elapsed time is what the spans sum to.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(at: datetime, long: timedelta) -> Breach | None:
        end = _after(at, long)
        expected = sum((span.duration for span in calendar.spans(at, end)), timedelta())
        got = calendar.elapsed(at, end)
        return None if got == expected else Breach(_told(at, iso_moment(end)), str(expected), str(got))

    says = "open time is what the open spans sum to"
    return _law(where, "spans_are_counted", says, _with_amount(calendar, years), breach)


def later_starts_are_due_later(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """Who asks later is not served sooner.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(at: datetime, later: timedelta, amount: timedelta) -> Breach | None:
        due, after = calendar.add(at, amount), calendar.add(_after(at, later), amount)
        if due <= after:
            return None
        return Breach(_told(at, f"{later} later", f"add {amount}"), f"not before {iso_moment(due)}", iso_moment(after))

    def cases() -> st.SearchStrategy[object]:
        return st.tuples(_starts(calendar, years), durations(LONGEST), durations(LONGEST))

    return _law(where, "later_starts_are_due_later", "who asks later is never due sooner", cases, breach)


def next_open_is_open(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """The next opening is open, and nothing before it.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(at: datetime) -> Breach | None:
        opening = calendar.next_open(at)
        waited = calendar.elapsed(at, opening)
        if calendar.is_open(opening) and not waited and opening >= at:
            return None
        return Breach(
            _told(at, f"next opening {iso_moment(opening)}"), "open then, and not before", f"open for {waited} before"
        )

    says = "the next opening is open, and service is closed until then"
    return _law(where, "next_open_is_open", says, lambda: st.tuples(_starts(calendar, years)), breach)


def opens_again(
    calendar: Calendar, *, where: str = "calendar", years: Years = YEARS, within: timedelta = timedelta(days=31)
) -> Law:
    """However closed it is, it opens again before long.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
        within: how long it may be closed at most.
    """

    def breach(at: datetime) -> Breach | None:
        try:
            opening = calendar.next_open(at)
        except CoverageError:
            return None
        except NeverOpens as error:
            return Breach(_told(at), f"open within {within.days} days", str(error))
        if micros(opening) - micros(at) <= within // TICK:
            return None
        return Breach(_told(at), f"open within {within.days} days", f"next open {iso_moment(opening)}")

    says = "service opens again before long"
    return Law(where=where, name="opens_again", says=says, cases=lambda: _starts(calendar, years), breach=breach)


def known_in_its_years(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """It is known at every instant of its years when service opens next.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(at: datetime) -> Breach | None:
        try:
            calendar.next_open(at)
        except CoverageError as error:
            return Breach(_told(at), "the next opening", str(error))
        except NeverOpens:  # another law asks for that
            return None
        return None

    border = min(BORDER, (years[1] - years[0]) // 3)
    inside = years[0] + border, years[1] - border
    says = "it is known at every instant of its years when service opens next"
    return Law(
        where=where, name="known_in_its_years", says=says, cases=lambda: _starts(calendar, inside), breach=breach
    )


def a_new_holiday_never_hurries(calendar: Calendar, *, where: str = "calendar", years: Years = YEARS) -> Law:
    """Who gets one more holiday is never due sooner.

    Args:
        calendar: any; in one made of others, each gets the holiday.
        where: its path.
        years: from the first date until before the second.
    """

    def breach(at: datetime, amount: timedelta, days: int) -> Breach | None:
        holiday = at.date() + timedelta(days=days)
        due = calendar.add(at, amount)
        after = with_holiday(calendar, holiday).add(at, amount)
        if after >= due:
            return None
        told = _told(at, f"add {amount}", f"{holiday.isoformat()} becomes a holiday")
        return Breach(told, f"not before {iso_moment(due)}", iso_moment(after))

    def cases() -> st.SearchStrategy[object]:
        return st.tuples(_starts(calendar, years), durations(LONGEST), st.integers(0, LONGEST))

    return _law(where, "a_new_holiday_never_hurries", "one more holiday makes nobody due sooner", cases, breach)


def with_holiday(calendar: Calendar, day: date) -> Calendar:
    """The calendar with one more holiday, in each of its parts that observes holidays."""
    match calendar:
        case BusinessCalendar():
            return attrs.evolve(calendar, holidays=_with(calendar.holidays, day))
        case Composite():
            return attrs.evolve(calendar, operands=[with_holiday(one, day) for one in calendar.operands])
        case History():
            changes = {since: with_holiday(one, day) for since, one in calendar.changes}
            return attrs.evolve(calendar, first=with_holiday(calendar.first, day), changes=changes)
        case _:
            return calendar


def _with(table: HolidayTable, day: date) -> HolidayTable:
    first, last = table.covers
    known = (first is None or first <= day) and (last is None or day < last)
    if table == HolidayTable() or not known or day in {one for one, _ in (*table.holidays, *table.make_up)}:
        return table
    return attrs.evolve(table, holidays=[*table.holidays, (day, "one more")])


LAWS = (
    add_then_elapsed,
    subtract_then_elapsed,
    elapsed_adds_up,
    spans_are_counted,
    later_starts_are_due_later,
    next_open_is_open,
    opens_again,
    known_in_its_years,
    a_new_holiday_never_hurries,
)
"""All of them; each takes a calendar, its path and its years."""


def _asks(law: object, calendar: Calendar, standard: ServiceStandard | None) -> bool:
    """Whether a law is meant for a calendar.

    Who is open while others are closed gains by their holidays; where no years are declared, nobody says of which the
    holidays are to be known.
    """
    if law is a_new_holiday_never_hurries:
        return all(one.kind != "difference" for one in within(calendar, Composite))
    return law is not known_in_its_years or standard is None or standard.current.years is not None


def of_calendar(
    calendar: Calendar, *, where: str = "calendar", years: Years = YEARS, standard: ServiceStandard | None = None
) -> tuple[Law, ...]:
    """Every law of one calendar.

    Args:
        calendar: any.
        where: its path.
        years: from the first date until before the second.
        standard: to which it belongs, for the clauses that it keeps.
    """
    found = [law(calendar, where=where, years=years) for law in LAWS if _asks(law, calendar, standard)]
    return tuple(found if standard is None else (attrs.evolve(law, clause=clause_of(standard)) for law in found))
