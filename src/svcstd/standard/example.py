"""Examples that a standard carries: what is given, and what must come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import attrs

from svcstd.conditions import FactValue, show_value
from svcstd.durations import iso_duration
from svcstd.errors import SvcstdError
from svcstd.explain import Explanation, Value
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.moment import iso_moment, moment, timezone
from svcstd.routing import Agent
from svcstd.sla import Case, Reading, write_target
from svcstd.standard.edition import Edition
from svcstd.standard.figure_example import FigureCheck, check_figures
from svcstd.standard.finding import Finding
from svcstd.standard.pay_example import PayCheck, check_pay

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["CHOSEN", "DURATIONS", "FIELDS", "MOMENTS", "NUMBERS", "Check", "Example", "check_examples"]

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
CHOSEN = ("agent", "team", "eligible", "dropped")
"""What an example may expect of an assignment; lists are told with commas."""


def _stock(found: Mapping[str, Mapping[str, int]]) -> Keyed[str, Keyed[str, int]]:
    return Keyed({team: as_keyed(parts) for team, parts in found.items()})


@attrs.frozen(kw_only=True)
class Check:
    """One case of an example: the same example may list several variants.

    Attributes:
        case: the case with its facts and events.
        asked: when its clocks are read, UTC microseconds.
        agents: who might get the work; ``None`` where only a team is looked for.
        stock: by team, the parts that it has.
        since: since when the work has been waiting, UTC microseconds.
        expect: by objective, routing table or assignment, field to what must come out: instants as UTC microseconds,
            durations as timedelta, the rest as text, ``None`` for nothing.
        because: by objective, table or assignment, words that the explanation must hold.
    """

    case: Case
    asked: int
    agents: tuple[Agent, ...] | None = attrs.field(default=None, converter=attrs.converters.optional(as_tuple))
    stock: Keyed[str, Keyed[str, int]] = attrs.field(default=EMPTY, converter=_stock)
    since: int | None = None
    expect: Keyed[str, Keyed[str, int | timedelta | str | None]] = EMPTY
    because: Keyed[str, tuple[str, ...]] = EMPTY


@attrs.frozen(kw_only=True)
class Example:
    """A worked case that the standard must answer as written.

    Attributes:
        written: the table of the file, as canonical JSON.
        checks: the case, or its variants, or the pay, or the figures, read from it.
    """

    written: str
    checks: tuple[Check | PayCheck | FigureCheck, ...] = attrs.field(converter=as_tuple)


def check_examples(standard: ServiceStandard) -> Iterator[Finding]:
    """Everything that the examples of a standard get otherwise than they expect."""
    for key, example in standard.examples.items():
        for number, check in enumerate(example.checks):
            variant = f"[{number}]" if len(example.checks) > 1 else ""
            where = f"examples.{key}{variant}"
            if isinstance(check, PayCheck):
                yield from check_pay(standard, where, check)
            elif isinstance(check, FigureCheck):
                yield from check_figures(standard, where, check)
            else:
                yield from _check(standard, where, check)


def _check(standard: ServiceStandard, where: str, check: Check) -> Iterator[Finding]:
    try:
        readings = standard.clocks(check.case, as_of=moment(check.asked, timezone(standard.zone)))
    except SvcstdError as error:  # its edition does not know a fact or an event, or it comes before the first
        yield Finding(where, "", "case", "readings", str(error))
        return
    edition = standard.edition_for(check.case, as_of=check.asked)
    yield from _check_decisions(standard, edition, where, check)
    for objective, fields in check.expect.items():
        if _asks(edition, objective) is None:
            yield from _check_reading(standard, where, (objective, readings.get(objective)), fields)
    for objective, words in check.because.items():
        if _asks(edition, objective) is None:
            reading = readings.get(objective)
            reason = readings.unpromised.get(objective) if reading is None else reading.explanation
            text = "" if reason is None else reason.text()
            yield from (Finding(where, objective, "because", word, text) for word in words if word not in text)


def _check_reading(
    standard: ServiceStandard, where: str, asked: tuple[str, Reading | None], fields: Mapping[str, Any]
) -> Iterator[Finding]:
    """What a clock reads otherwise than expected; of a promise that is none, everything."""
    objective, reading = asked
    for field, expected in fields.items():
        wanted = _show(expected, field, standard)
        if reading is None:
            yield Finding(where, objective, field, wanted, "no promise")
        elif (got := _got(reading, field)) != expected:
            yield Finding(where, objective, field, wanted, _show(got, field, standard))


def _asks(edition: Edition, name: str) -> Callable[..., tuple[dict[str, str | None], Explanation]] | None:
    """How to ask a table or an assignment of this name; ``None`` for an objective, which goes before both."""
    if name in edition.objectives:
        return None
    if name in edition.routing:
        return _routed
    return _assigned if name in edition.assignment else None


def _check_decisions(standard: ServiceStandard, edition: Edition, where: str, check: Check) -> Iterator[Finding]:
    """What tables and assignments answer otherwise than expected."""
    for name in dict.fromkeys((*check.expect, *check.because)):
        ask = _asks(edition, name)
        if ask is None:
            continue
        try:
            answers, reasons = ask(standard, name, check)
        except SvcstdError as error:
            yield Finding(where, name, "rule", "a decision", str(error))
            continue
        for field, expected in check.expect.get(name, {}).items():
            if field not in answers:
                yield Finding(where, name, field, str(expected or "none"), f"one of {', '.join(answers)}")
            elif not _is_same(answers[field], expected):
                yield Finding(where, name, field, str(expected or "none"), answers[field] or "none")
        text = reasons.text()
        for word in check.because.get(name, ()):
            if word not in text:
                yield Finding(where, name, "because", word, text)


def _routed(standard: ServiceStandard, name: str, check: Check) -> tuple[dict[str, str | None], Explanation]:
    """What a table answers."""
    decision = standard.route(name, check.case, as_of=moment(check.asked, timezone(standard.zone)))
    outputs = standard.edition_for(check.case, as_of=check.asked).routing[name].outputs
    rows = {field: [_answered(row.get(field)) or "none" for row in decision.rows] for field in outputs}
    several = {field: ", ".join(found) for field, found in rows.items()} if len(decision.rows) > 1 else {}
    alone = {field: _answered(decision.get(field)) for field in outputs}
    return alone | several | {"rule": ", ".join(decision.rules) or None}, decision.explanation


def _assigned(standard: ServiceStandard, name: str, check: Check) -> tuple[dict[str, str | None], Explanation]:
    """Who gets the work."""
    zone = timezone(standard.zone)
    since = None if check.since is None else moment(check.since, zone)
    told: dict[str, Any] = {"as_of": moment(check.asked, zone), "stock": check.stock, "since": since}
    if check.agents is None:
        choice = standard.assign_team(name, check.case, **told)
    else:
        choice = standard.assign(name, check.case, agents=check.agents, **told)
    fields = {
        "agent": None if choice.agent is None else choice.agent.id,
        "team": choice.team or None,
        "eligible": ", ".join(choice.eligible) or None,
        "dropped": ", ".join(choice.dropped) or None,
    }
    return fields, choice.explanation


def _is_same(got: str | None, expected: object) -> bool:
    """Whether an answer is the one that is expected; numbers are the same however they are written."""
    if got == expected:
        return True
    try:
        return got is not None and Decimal(got) == Decimal(str(expected))
    except InvalidOperation:
        return False


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
