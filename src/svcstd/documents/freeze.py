"""The holiday tables that a standard names by place, written out as blocks to paste into it."""

from __future__ import annotations

from typing import Any

from svcstd.documents.calendar_shapes import HOLIDAYS
from svcstd.errors import DefinitionError
from svcstd.standard import Edition, PublicHolidays, ServiceStandard

__all__ = ["frozen_blocks"]


def frozen_blocks(standard: ServiceStandard) -> dict[str, Any]:
    """Plain data: for each edition the calendars whose holidays were named by place, with the frozen table instead.

    Raises:
        DefinitionError: a later edition would keep holidays of an earlier one; an overlay adds and never removes.
    """
    found: dict[str, Any] = {}
    held: dict[str, Any] = {}
    for number, edition in enumerate(standard.editions):
        tables = {key: table for key in edition.calendars if (table := _table(edition, key)) is not None}
        blocks = {}
        for key, table in tables.items():
            if table == held.get(key) or not isinstance(edition.calendars[key].holidays, PublicHolidays):
                continue
            if _lost(held.get(key), table):
                path = f"$.changes.{edition.label}.calendars.{key}.holidays"
                raise DefinitionError(path, "freeze.overlay", calendar=key)
            blocks[key] = {"holidays": table}
        held |= tables
        if blocks and number:
            found.setdefault("changes", {})[edition.label] = {"calendars": blocks}
        elif blocks:
            found["calendars"] = blocks
    for key, pilot in standard.pilots.items():
        before = standard.edition_on(pilot.starts).calendars
        named = [one for one in pilot.edition.calendars if pilot.edition.calendars[one] != before.get(one)]
        places = [one for one in named if isinstance(pilot.edition.calendars[one].holidays, PublicHolidays)]
        if places:
            blocks = {one: {"holidays": _table(pilot.edition, one)} for one in places}
            found.setdefault("pilots", {})[key] = {"calendars": blocks}
    return found


def _table(edition: Edition, key: str) -> Any:
    """The holidays of one calendar as they would stand in the file, frozen."""
    holidays = edition.calendars[key].holidays
    if isinstance(holidays, PublicHolidays):
        holidays = holidays.freeze(edition.years)
    return None if holidays is None else HOLIDAYS.write(holidays)


def _lost(held: object, table: object) -> bool:
    """Whether something that is held would stay, though the table lacks it."""
    if not (isinstance(held, dict) and isinstance(table, dict)):
        return False
    return any(key not in table or _lost(below, table[key]) for key, below in held.items())
