"""How far a standard's calendars can see: where holiday coverage ends, and which days may still change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from svcstd.calendars import HolidayTable
from svcstd.explain import Value
from svcstd.standard.calendar_entry import PublicHolidays
from svcstd.standard.edition import Edition
from svcstd.standard.findings import PartFinding, remark

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["horizons"]

SOON = timedelta(60)


def horizons(standard: ServiceStandard, as_of: date) -> Iterator[PartFinding]:
    """Remarks on calendars, now in force or later, whose coverage has ended or ends within 60 days."""
    starts = [edition.starts for edition in standard.editions[1:]]
    for edition, until in zip(standard.editions, [*starts, None], strict=True):
        if until is None or as_of < until:
            yield from _of_edition(edition, as_of, until)
    for pilot in standard.pilots.values():
        before = standard.edition_on(pilot.starts)
        if (pilot.until is None or as_of < pilot.until) and pilot.edition.calendars != before.calendars:
            yield from _of_edition(pilot.edition, as_of, pilot.until)


def _of_edition(edition: Edition, as_of: date, until: date | None) -> Iterator[PartFinding]:
    """Remarks on the calendars of one edition, which need no coverage beyond its end."""
    for key, entry in edition.calendars.items():
        table = entry.holidays
        if isinstance(table, PublicHolidays):
            table = table.freeze(edition.years)
        if not isinstance(table, HolidayTable):
            continue
        last = table.covers[1]
        if last is not None and until is not None and until <= last:
            continue
        if last is not None and last <= as_of + SOON:
            told: dict[str, Value] = {"calendar": key, "day": last - timedelta(1)}
            if last <= as_of:
                yield remark(f"calendars.{key}", "coverage_ended", "warning", "check.coverage_ended", **told)
            else:
                yield remark(f"calendars.{key}", "coverage_ends", "warning", "check.coverage_ends", **told)
        doubtful = table.provisional_from
        if doubtful is not None and doubtful <= as_of + SOON and (last is None or as_of < last):
            told = {"calendar": key, "day": doubtful}
            yield remark(f"calendars.{key}", "provisional", "warning", "check.provisional", **told)
