"""The verbs of a calendar as functions of SQL in DuckDB: registered once, then asked by the key of a calendar.

Of a standard with a log, clocks, escalations and owners too; routes are written as SQL.

::

    svc_add(key, start, amount)               TIMESTAMPTZ
    svc_subtract(key, end, amount)            TIMESTAMPTZ
    svc_elapsed(key, start, end)              BIGINT microseconds; to_microseconds() makes an interval of them
    svc_is_open(key, at)                      BOOLEAN
    svc_next_open(key, at)                    TIMESTAMPTZ
    svc_count_working_days(key, first, last)  BIGINT; of two local DATE
    svc_clocks(events, as_of)                 a table: of the table or view of that name
    svc_notices(events, as_of)                a table
    svc_owners(events, as_of, by)             a table

Instants are ``TIMESTAMPTZ``; a ``TIMESTAMP`` or ``DATE`` in their place is refused, since it has no zone. An amount is
``'8 working hours'`` or ``BIGINT`` microseconds of open time. A row without an answer is ``NULL``; the
same name with ``_fault`` behind it, of the same arguments, gives the id of the message that says why; it is ``NULL``
where an instant or amount is, since nothing was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from svcstd.batch.arrow import verbs as arrow
from svcstd.batch.rules.expressions import duckdb_decision
from svcstd.batch.rules.plan import Part
from svcstd.batch.rules.routed import part_on, tell_answers_apart
from svcstd.batch.rules.sql_words import quoted_name
from svcstd.calendars import Calendar
from svcstd.errors import ExtraMissing, must_be
from svcstd.standard import LogMapping, ServiceStandard

try:
    import duckdb

    from svcstd.batch.duckdb.logs import clocks, notices, owners, register_log, unregister_log
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.duckdb.functions", "extra.missing", what="DuckDB", extra="duckdb") from None

__all__ = ["FUNCTIONS", "clocks", "decide", "notices", "owners", "register", "route", "unregister"]

Column: TypeAlias = "Any"
"""A column of Arrow; the engine is optional, and so are its types."""
Connection: TypeAlias = "Any"
Verb: TypeAlias = "Callable[..., Column]"

FUNCTIONS: Mapping[str, tuple[Verb, tuple[str, ...], str]] = {
    "svc_add": (arrow.add, ("start", "amount"), "TIMESTAMPTZ"),
    "svc_subtract": (arrow.subtract, ("end", "amount"), "TIMESTAMPTZ"),
    "svc_elapsed": (arrow.elapsed, ("start", "end"), "BIGINT"),
    "svc_is_open": (arrow.is_open, ("at",), "BOOLEAN"),
    "svc_next_open": (arrow.next_open, ("at",), "TIMESTAMPTZ"),
    "svc_count_working_days": (arrow.count_working_days, ("first", "last"), "BIGINT"),
}
"""By name in SQL: the verb, its arguments after the key, and the type of its answers."""


def register(
    con: Connection, calendars: Mapping[str, Calendar] | ServiceStandard, log: LogMapping | None = None
) -> None:
    """Give a connection the functions of this module; those it had before are replaced.

    Args:
        con: a connection of DuckDB.
        calendars: calendars by key; of a standard, those of its last edition.
        log: which header of the tables of events is what; by default the ``[log]`` of the standard. Without any,
            there are no functions of logs.

    Raises:
        DefinitionError: neither of these; a log without a standard.

    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> con = duckdb.connect()
    >>> register(con, {"office": office})
    >>> con.sql("SELECT svc_is_open('office', TIMESTAMPTZ '2026-03-06 08:00:00+00')").fetchall()
    [(True,)]
    >>> unregister(con)
    """
    named = _named(calendars)
    if log is not None:
        must_be(calendars, ServiceStandard, "calendars", "a standard, to whose words the log refers")
    unregister(con)
    for name, (verb, arguments, kind) in FUNCTIONS.items():
        for function, faults, answers in ((name, False, kind), (f"{name}_fault", True, "VARCHAR")):
            asked = _function(partial(_asked, verb, named, arguments, answers, faults=faults), len(arguments))
            # Without declared parameters each arrives as it is, rather than cast in the time zone of the session.
            con.create_function(function, asked, None, answers, type="arrow", null_handling="special")
    if isinstance(calendars, ServiceStandard) and (found := log or calendars.log) is not None:
        register_log(con, calendars, found)


def _named(calendars: Mapping[str, Calendar] | ServiceStandard) -> Mapping[str, Calendar]:
    if isinstance(calendars, ServiceStandard):
        return calendars.current.calendars_in("as it goes", date.min)
    must_be(calendars, Mapping, "calendars", "calendars by key, or a standard")
    for key, calendar in calendars.items():
        must_be(calendar, Calendar, f"calendars.{key}", "a calendar")
    return dict(calendars)


def _function(ask: Verb, count: int) -> Verb:
    """What DuckDB calls; it reads from the signature how many columns there are."""

    def of_one(key: Column, at: Column) -> Column:
        return ask(key, at)

    def of_two(key: Column, first: Column, second: Column) -> Column:
        return ask(key, first, second)

    return of_one if count == 1 else of_two


def _asked(
    verb: Verb,
    named: Mapping[str, Calendar],
    arguments: tuple[str, ...],
    answers: str,
    key: Column,
    *given: Column,
    faults: bool,
) -> Column:
    """The answers of a vector of rows, or their faults."""
    found = verb(named, **dict(zip(arguments, given, strict=True)), by=key, faults=faults)
    if faults:
        return found.field("fault")
    return found.cast("int64") if answers == "BIGINT" else found


def unregister(con: Connection) -> None:
    """Take the functions from a connection, if it has them; the library of DuckDB complains at exit of those left."""
    for name in FUNCTIONS:
        for function in (name, f"{name}_fault"):
            with suppress(duckdb.InvalidInputException):
                con.remove_function(function)
    unregister_log(con)


def decide(part: Part, *, on: date | None = None) -> str:
    """What a part answers for a row, as SQL of a struct: ``rule``, the outputs and ``fault``; null where there is none.

    Whatever stands in the part is quoted: no value and no name can become code.

    Args:
        part: a table by which one rule answers, or a tree of routes; each fact that it reads is the column of its name.
        on: the local date, for rules that hold on some days only.

    Raises:
        DefinitionError: what SQL cannot say, by its name; two facts or outputs that DuckDB cannot tell apart; no day.
    """
    tell_answers_apart(part.outputs, str.casefold)
    found = duckdb_decision(part, on=on)
    answers = {"rule": found.rule, **found.outputs, "fault": f"nullif({found.fault}, '')"}
    return f"struct_pack({', '.join(f'{quoted_name(name)} := {answer}' for name, answer in answers.items())})"


def route(standard: ServiceStandard, table: str, *, on: date | None = None) -> str:
    """What a routing table of a standard answers for a row, as SQL; as for :func:`decide`.

    Args:
        standard: with its routes.
        table: their key under ``routing``.
        on: the local date, which chooses the edition too; it may be left out where nothing depends on it.

    Raises:
        UnknownName: no such table.
        DefinitionError: as for :func:`decide`; a pilot that would route some rows otherwise.
    """
    return decide(part_on(standard, table, on), on=on)
