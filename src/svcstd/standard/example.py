"""Examples that a standard carries: what is given, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from svcstd.conditions import FactValue, show_value
from svcstd.durations import iso_duration
from svcstd.errors import SvcstdError
from svcstd.explain import Value
from svcstd.keyed import EMPTY, Keyed, as_tuple
from svcstd.moment import iso_moment, moment, timezone
from svcstd.sla import Case, Reading, write_target
from svcstd.standard.finding import Finding
from svcstd.standard.pay_example import PayCheck, check_pay

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["DURATIONS", "FIELDS", "MOMENTS", "NUMBERS", "Check", "Example", "check_examples"]

MOMENTS = {
    "start": "started",
    "due": "due_at",
    "stop": "ended",
    "breached_at": "breached",
    "act_by": "answer_by",
    "next_change": "changes",
}
"""Fields of a reading that are moments, and the instants behind them."""
DURATIONS = ("elapsed", "budget", "remaining", "overrun")
NUMBERS = ("count", "cycle")
FIELDS = ("activity", "verdict", *MOMENTS, *DURATIONS, *NUMBERS, "row", "target", "calendar", "advice")
"""What an example may expect of a reading."""


@attrs.frozen(kw_only=True)
class Check:
    """One case of an example: the same example may list several variants.

    Attributes:
        case: the case with its facts and events.
        asked: when its clocks are read, UTC microseconds.
        expect: by objective or routing table, field to what must come out: instants as UTC microseconds, durations as
            timedelta, the rest as text, ``None`` for nothing.
        because: by objective, words that the explanation must hold.
    """

    case: Case
    asked: int
    expect: Keyed[str, Keyed[str, int | timedelta | str | None]] = EMPTY
    because: Keyed[str, tuple[str, ...]] = EMPTY


@attrs.frozen(kw_only=True)
class Example:
    """A worked case that the standard must answer as written.

    Attributes:
        written: the table of the file, as canonical JSON.
        checks: the case, or its variants, or the pay, read from it.
    """

    written: str
    checks: tuple[Check | PayCheck, ...] = attrs.field(converter=as_tuple)


def check_examples(standard: ServiceStandard) -> Iterator[Finding]:
    """Everything that the examples of a standard get otherwise than they expect."""
    for key, example in standard.examples.items():
        for number, check in enumerate(example.checks):
            variant = f"[{number}]" if len(example.checks) > 1 else ""
            where = f"examples.{key}{variant}"
            if isinstance(check, PayCheck):
                yield from check_pay(standard, where, check)
            else:
                yield from _check(standard, where, check)


def _check(standard: ServiceStandard, where: str, check: Check) -> Iterator[Finding]:
    try:
        readings = standard.clocks(check.case, as_of=moment(check.asked, timezone(standard.zone)))
    except SvcstdError as error:  # its edition does not know a fact or an event, or it comes before the first
        yield Finding(where, "", "case", "readings", str(error))
        return
    yield from _check_routes(standard, where, check)
    for objective, fields in check.expect.items():
        if _is_table(standard, check, objective):
            continue
        reading = readings.get(objective)
        for field, expected in fields.items():
            got = "no promise" if reading is None else _got(reading, field)
            if got != expected:
                yield Finding(where, objective, field, _show(expected, field, standard), _show(got, field, standard))
    for objective, words in check.because.items():
        if _is_table(standard, check, objective):
            continue
        reading = readings.get(objective)
        reason = readings.unpromised.get(objective) if reading is None else reading.explanation
        text = "" if reason is None else reason.text()
        for word in words:
            if word not in text:
                yield Finding(where, objective, "because", word, text)


def _is_table(standard: ServiceStandard, check: Check, name: str) -> bool:
    edition = standard.edition_for(check.case, as_of=check.asked)
    return name in edition.routing and name not in edition.objectives


def _check_routes(standard: ServiceStandard, where: str, check: Check) -> Iterator[Finding]:
    """What the tables answer otherwise than expected."""
    at = moment(check.asked, timezone(standard.zone))
    for name in dict.fromkeys((*check.expect, *check.because)):
        if not _is_table(standard, check, name):
            continue
        try:
            decision = standard.route(name, check.case, as_of=at)
        except SvcstdError as error:
            yield Finding(where, name, "rule", "a decision", str(error))
            continue
        for field, expected in check.expect.get(name, {}).items():
            got = decision.rule or None if field == "rule" else _answered(decision.get(field))
            if got != expected:
                yield Finding(where, name, field, str(expected or "none"), got or "none")
        text = decision.explanation.text()
        for word in check.because.get(name, ()):
            if word not in text:
                yield Finding(where, name, "because", word, text)


def _answered(value: FactValue) -> str | None:
    return None if value is None else show_value(value)


def _got(reading: Reading, field: str) -> int | timedelta | str | None:
    if field == "target":
        return write_target(reading.target)
    if field == "advice":
        return ", ".join(reading.advice) or None
    found: int | timedelta | str | None = getattr(reading, MOMENTS.get(field, field))
    return found


def _show(value: Value, field: str, standard: ServiceStandard) -> str:
    if isinstance(value, timedelta):
        return iso_duration(value)
    if isinstance(value, int) and field in MOMENTS:
        return iso_moment(moment(value, timezone(standard.zone)))
    return "none" if value is None else str(value)
