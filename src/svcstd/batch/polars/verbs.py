"""The verbs of a calendar as expressions of Polars, also as the namespace ``svc``; logs and routes: all of it lazy.

Each expression is elementwise, so frames larger than memory pass through in parts. What it means is what
:mod:`svcstd.batch.arrow.verbs` says. Clocks, notices and owners take a frame and give a frame, for ``pipe``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

import attrs

from svcstd.batch.arrow import verbs as arrow
from svcstd.batch.calendars.columns import Calendars
from svcstd.calendars import Landing
from svcstd.errors import ExtraMissing, SvcstdError

try:
    import polars as pl

    from svcstd.batch.polars.decisions import decide, route
    from svcstd.batch.polars.logs import clocks, notices, owners
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.polars.verbs", "extra.missing", what="Polars", extra="polars") from None

__all__ = [
    "ServiceTime",
    "add",
    "clocks",
    "count_working_days",
    "decide",
    "elapsed",
    "is_open",
    "next_open",
    "notices",
    "owners",
    "route",
    "subtract",
]

Expr: TypeAlias = "Any"
"""An expression of Polars, or as an argument also the name of a column; Polars is optional, and so are its types."""
INSTANT, LENGTH = pl.Datetime("us", "UTC"), pl.Duration("us")


def _mapped(ask: Callable[..., Any], kind: Any, columns: Mapping[str, Expr], *, faults: bool) -> Expr:  # noqa: ANN401 - a type of Polars
    """The verb over these columns, by the name of its argument; the first names the result."""
    named = {name: column for name, column in columns.items() if column is not None}

    def run(series: Sequence[Any]) -> Any:  # noqa: ANN401 - series of Polars
        try:
            return pl.from_arrow(ask(**dict(zip(named, series, strict=True)), faults=faults))
        except SvcstdError as error:
            # Polars makes an error anew from its text alone, which ours cannot be.
            raise pl.exceptions.ComputeError(str(error)) from error

    given = [pl.col(column) if isinstance(column, str) else column for column in named.values()]
    dtype = pl.Struct({"value": kind, "fault": pl.String}) if faults else kind
    return pl.map_batches(given, run, return_dtype=dtype, is_elementwise=True)


def _with(ask: Callable[..., Any], name: str, value: object) -> tuple[Callable[..., Any], dict[str, Expr]]:
    """A value for all rows joins the verb; an expression or the name of a column becomes a column."""
    if isinstance(value, pl.Expr | str):
        return ask, {name: value}
    return partial(ask, **{name: value}), {}


def elapsed(
    start: Expr, calendars: Calendars, end: Expr | datetime, *, by: Expr | None = None, faults: bool = False
) -> Expr:
    """Open time from start to end, as ``Duration("us")``; negative when they are swapped.

    Args:
        start: the name of a column, or an expression: datetimes with zone, or whole microseconds in UTC.
        calendars: what is open; with *by*, calendars by key.
        end: the same as *start*; an aware datetime stands for all rows.
        by: the name of the column with each row's key, or an expression.
        faults: whether to tell why a row has no answer, as a struct of ``value`` and ``fault``, the id of a message.

    Raises:
        polars.exceptions.ComputeError: when it runs: datetimes without zone, a column of another kind, or calendars
            that do not fit *by*.

    >>> from svcstd.calendars import BusinessCalendar
    >>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
    >>> frame = pl.DataFrame({"opened": [datetime.fromisoformat("2026-03-06T08:00Z"), None]})
    >>> as_of = datetime.fromisoformat("2026-03-09T02:00Z")
    >>> frame.select(elapsed("opened", office, as_of))["opened"].to_list()
    [datetime.timedelta(seconds=7200), None]
    """
    ask, columns = _with(partial(arrow.elapsed, calendars), "end", end)
    return _mapped(ask, LENGTH, {"start": start, **columns, "by": by}, faults=faults)


def add(
    start: Expr,
    calendars: Calendars,
    amount: Expr | timedelta | int,
    *,
    by: Expr | None = None,
    landing: Landing | None = None,
    faults: bool = False,
) -> Expr:
    """The earliest instants at which so much open time has passed, as ``Datetime("us", "UTC")``.

    Args:
        start: as for :func:`elapsed`.
        calendars: what is open; with *by*, calendars by key.
        amount: open time: a text such as ``8 working hours``, a timedelta, whole microseconds, or an expression of
            durations, of whole microseconds or of texts; a column is named by ``pl.col``.
        by: as for :func:`elapsed`.
        landing: as for :meth:`svcstd.calendars.Calendar.add`.
        faults: as for :func:`elapsed`.

    Raises:
        DefinitionError: a text that names no working time.
        polars.exceptions.ComputeError: as for :func:`elapsed`, or one amount below zero for all rows.
    """
    ask, columns = _amount(partial(arrow.add, calendars, landing=landing), amount)
    return _mapped(ask, INSTANT, {"start": start, **columns, "by": by}, faults=faults)


def _amount(ask: Callable[..., Any], amount: object) -> tuple[Callable[..., Any], dict[str, Expr]]:
    """A text is read at once."""
    return _with(ask, "amount", arrow.read_working(amount) if isinstance(amount, str) else amount)


def subtract(
    end: Expr,
    calendars: Calendars,
    amount: Expr | timedelta | int,
    *,
    by: Expr | None = None,
    faults: bool = False,
) -> Expr:
    """The latest instants from which so much open time passes until the end, as ``Datetime("us", "UTC")``.

    Args:
        end: as for :func:`elapsed`.
        calendars: what is open; with *by*, calendars by key.
        amount: as for :func:`add`.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.

    Raises:
        DefinitionError, polars.exceptions.ComputeError: as for :func:`add`.
    """
    ask, columns = _amount(partial(arrow.subtract, calendars), amount)
    return _mapped(ask, INSTANT, {"end": end, **columns, "by": by}, faults=faults)


def is_open(at: Expr, calendars: Calendars, *, by: Expr | None = None, faults: bool = False) -> Expr:
    """Whether service is open at each instant, as ``Boolean``.

    Args:
        at: as for :func:`elapsed`.
        calendars: what is open; with *by*, calendars by key.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.
    """
    return _mapped(partial(arrow.is_open, calendars), pl.Boolean(), {"at": at, "by": by}, faults=faults)


def next_open(at: Expr, calendars: Calendars, *, by: Expr | None = None, faults: bool = False) -> Expr:
    """Each instant itself if open, else the next opening, as ``Datetime("us", "UTC")``.

    Args:
        at: as for :func:`elapsed`.
        calendars: what is open; with *by*, calendars by key.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.
    """
    return _mapped(partial(arrow.next_open, calendars), INSTANT, {"at": at, "by": by}, faults=faults)


def count_working_days(
    first: Expr, calendars: Calendars, last: Expr | date, *, by: Expr | None = None, faults: bool = False
) -> Expr:
    """Working days within ``[first, last)``, as ``Int64``; zero when they are swapped.

    Args:
        first: the name of a column of local dates, or an expression.
        calendars: what is open; with *by*, calendars by key.
        last: the same as *first*; a date stands for all rows.
        by: as for :func:`elapsed`.
        faults: as for :func:`elapsed`.
    """
    ask, columns = _with(partial(arrow.count_working_days, calendars), "last", last)
    return _mapped(ask, pl.Int64(), {"first": first, **columns, "by": by}, faults=faults)


@pl.api.register_expr_namespace("svc")
@attrs.frozen(eq=False)
class ServiceTime:
    """The same verbs as ``pl.col("opened").svc.add(calendar, "8 working hours")``.

    Attributes:
        expr: the first column of the verb.
    """

    expr: Expr

    def elapsed(
        self, calendars: Calendars, end: Expr | datetime, *, by: Expr | None = None, faults: bool = False
    ) -> Expr:
        """As :func:`elapsed`."""
        return elapsed(self.expr, calendars, end, by=by, faults=faults)

    def add(
        self,
        calendars: Calendars,
        amount: Expr | timedelta | int,
        *,
        by: Expr | None = None,
        landing: Landing | None = None,
        faults: bool = False,
    ) -> Expr:
        """As :func:`add`."""
        return add(self.expr, calendars, amount, by=by, landing=landing, faults=faults)

    def subtract(
        self, calendars: Calendars, amount: Expr | timedelta | int, *, by: Expr | None = None, faults: bool = False
    ) -> Expr:
        """As :func:`subtract`."""
        return subtract(self.expr, calendars, amount, by=by, faults=faults)

    def is_open(self, calendars: Calendars, *, by: Expr | None = None, faults: bool = False) -> Expr:
        """As :func:`is_open`."""
        return is_open(self.expr, calendars, by=by, faults=faults)

    def next_open(self, calendars: Calendars, *, by: Expr | None = None, faults: bool = False) -> Expr:
        """As :func:`next_open`."""
        return next_open(self.expr, calendars, by=by, faults=faults)

    def count_working_days(
        self, calendars: Calendars, last: Expr | date, *, by: Expr | None = None, faults: bool = False
    ) -> Expr:
        """As :func:`count_working_days`."""
        return count_working_days(self.expr, calendars, last, by=by, faults=faults)
