"""Which part of a standard routes the rows of a table, and how its answers are called as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from svcstd.batch.rules.plan import Part
from svcstd.errors import DefinitionError, must_be
from svcstd.standard import ServiceStandard
from svcstd.standard.handling import named

__all__ = ["part_on", "tell_answers_apart"]


def part_on(standard: ServiceStandard, table: str, on: date | None) -> Part:
    """A routing table as the edition of a local date has it; the only edition needs no date.

    Raises:
        UnknownName: no such table.
        DefinitionError: no date, although the edition depends on it; or a pilot that would route some rows otherwise.
    """
    must_be(standard, ServiceStandard, "standard", "a ServiceStandard")
    if on is None:
        if standard.current.starts is not None or standard.pilots:
            raise DefinitionError("on", "rules.day")
        return named(standard.current.routing, "routing", "table", table)
    found = named(standard.edition_on(on).routing, "routing", "table", table)
    for key, pilot in standard.pilots.items():
        running = pilot.starts <= on and (pilot.until is None or on < pilot.until)
        if running and pilot.edition.routing.get(table) != found:
            raise DefinitionError(f"pilots.{key}", "batch.option", option="a pilot with routes of its own")
    return found


def tell_answers_apart(outputs: Iterable[str], fold: Callable[[str], str] = str) -> None:
    """Refuse outputs whose columns an engine could not tell from ``rule`` and ``fault``, or from each other.

    Args:
        outputs: their names.
        fold: what the engine makes of a name before it compares.

    Raises:
        DefinitionError: with both.
    """
    seen = {"rule": "rule", "fault": "fault"}
    for name in outputs:
        other = seen.setdefault(fold(name), name)
        if other != name or name in ("rule", "fault"):
            raise DefinitionError(f"outputs.{name}", "batch.answers", value=name, other=other)
