"""Laws that every standard should keep (extra ``testing``), to be checked on your own.

::

    from svcstd.testing import laws


    @pytest.mark.parametrize("law", laws.for_(STANDARD), ids=str)
    def test_law(law):
        law.check(max_examples=200)

A law that is broken tells the clause of the handbook, the smallest case that was found, and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from svcstd.errors import ExtraMissing
from svcstd.standard import ServiceStandard

try:
    from svcstd.testing.laws import calendar, clock, pay, routing, score, written
    from svcstd.testing.laws.law import Breach, Law, LawBroken
except ModuleNotFoundError as _error:
    if _error.name != "hypothesis":
        raise
    raise ExtraMissing("svcstd.testing", "extra.missing", what="Laws", extra="testing") from None
from svcstd.testing.strategies.standards import years_of

__all__ = ["Breach", "Law", "LawBroken", "calendar", "clock", "for_", "pay", "routing", "score", "written"]


def for_(standard: ServiceStandard, *, as_of: date | None = None) -> tuple[Law, ...]:
    """Every law that a standard should keep, those of its own examples first.

    Calendars are held to the laws of calendars, but those that are open while others are closed gain by a holiday, and
    only where years are declared must all be known in them; tables by which one rule answers must answer;
    promises by a fact called priority, severity, urgency or impact follow its order.

    Args:
        standard: to be held to them.
        as_of: the date on which it is reviewed; without one it is not.
    """
    found = [written.comes_out(standard, key) for key in standard.examples]
    if as_of is not None:
        found.append(written.reviewed(standard, as_of=as_of))
    return (*found, *_of_calendars(standard), *_of_clocks(standard), *_of_tables(standard), *_of_results(standard))


def _of_calendars(standard: ServiceStandard) -> Iterator[Law]:
    edition, years = standard.current, years_of(standard)
    for key, entry in edition.calendars.items():
        if not entry.by:  # a family is made of others
            where = f"calendars.{key}"
            yield from calendar.of_calendar(edition.hours(key), where=where, years=years, standard=standard)


def _of_clocks(standard: ServiceStandard) -> Iterator[Law]:
    edition = standard.current
    for law in clock.LAWS if edition.objectives else ():
        yield law(standard)
    for key, objective in edition.objectives.items():
        if objective.by in clock.PRIORITIES:
            yield clock.no_priority_inversion(standard, key, by=objective.by)


def _of_tables(standard: ServiceStandard) -> Iterator[Law]:
    for key, table in standard.current.routing.items():
        if routing.answers_one(table):
            yield routing.total(standard, key)
        yield routing.deterministic(standard, key)


def _of_results(standard: ServiceStandard) -> Iterator[Law]:
    for key in standard.current.scorecards:
        yield score.monotone(standard, key)
        yield score.adds_up(standard, key)
    for key in standard.current.plans:
        yield pay.monotone(standard, key)
        yield pay.exact(standard, key)
