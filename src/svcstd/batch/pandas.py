"""The verbs of a calendar as the accessor ``svc`` of a pandas Series: Arrow inside, the index kept.

>>> from svcstd.calendars import BusinessCalendar
>>> office = BusinessCalendar(zone="Asia/Shanghai", hours="Mon-Fri 09:00-17:00")
>>> opened = pd.Series(pd.to_datetime(["2026-03-06T08:00Z", None], format="ISO8601"), index=["first", "second"])
>>> opened.svc.add(office, "8 working hours")
first     2026-03-09 08:00:00+00:00
second                         <NA>
dtype: timestamp[us, tz=UTC][pyarrow]

Answers stand in columns of Arrow: ``timestamp[us, tz=UTC]``, ``duration[us]``, ``bool``, ``int64``. What the verbs mean
is what :mod:`svcstd.batch.arrow.verbs` says. Clocks, notices and owners take a DataFrame and give one, for ``pipe``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.batch.arrow import decisions as arrow_decisions
from svcstd.batch.arrow import logs as arrow_clocks
from svcstd.batch.arrow import verbs as arrow
from svcstd.batch.arrow.columns import Array
from svcstd.batch.calendars.columns import Calendars
from svcstd.batch.rules.routed import part_on
from svcstd.calendars import Landing
from svcstd.errors import DefinitionError, ExtraMissing
from svcstd.sla.ownership import OwnerKind
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

try:
    import pandas as pd
    import pyarrow as pa
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.pandas", "extra.missing", what="pandas", extra="pandas") from None

__all__ = ["ServiceTime", "clocks", "notices", "owners", "route"]

Series: TypeAlias = "Any"
"""A Series of pandas; as an argument also any column of Arrow. Pandas is optional, and so are its types."""
Frame: TypeAlias = "Any"
Answer: TypeAlias = "Any"
"""A Series; with ``faults=True`` a DataFrame with the columns ``value`` and ``fault``, the id of a message."""


@pd.api.extensions.register_series_accessor("svc")
@attrs.frozen(eq=False)
class ServiceTime:
    """What a calendar says of each row of a Series.

    Other Series must have the same index. Whatever has no answer is ``<NA>``; with ``faults=True`` a DataFrame of
    ``value`` and ``fault`` tells why.

    Attributes:
        series: datetimes with zone, of any unit, of NumPy or Arrow; for working days, dates.

    Raises:
        MomentError: datetimes without zone.
        DefinitionError: a Series of another kind or index, calendars that do not fit *by*.
    """

    series: Series

    def elapsed(
        self, calendars: Calendars, end: Series | datetime, *, by: Series | None = None, faults: bool = False
    ) -> Answer:
        """Open time until *end*, an aware datetime or a Series; negative when they are swapped."""
        return self._told(arrow.elapsed, calendars, self._column("end", end), by=by, faults=faults)

    def add(
        self,
        calendars: Calendars,
        amount: Series,
        *,
        by: Series | None = None,
        landing: Landing | None = None,
        faults: bool = False,
    ) -> Answer:
        """The earliest instants at which so much open time has passed.

        Args:
            calendars: what is open; with *by*, calendars by key.
            amount: open time: a timedelta, whole microseconds, a text such as ``8 working hours``, or a Series of them.
            by: a Series with the key of each row's calendar.
            landing: as for :meth:`svcstd.calendars.Calendar.add`.
            faults: whether to tell why a row has no answer.
        """
        column = self._column("amount", amount)
        return self._told(arrow.add, calendars, column, by=by, faults=faults, landing=landing)

    def subtract(
        self, calendars: Calendars, amount: Series, *, by: Series | None = None, faults: bool = False
    ) -> Answer:
        """The latest instants from which so much open time passes until those of the Series; *amount* as for add."""
        return self._told(arrow.subtract, calendars, self._column("amount", amount), by=by, faults=faults)

    def is_open(self, calendars: Calendars, *, by: Series | None = None, faults: bool = False) -> Answer:
        """Whether service is open at each instant."""
        return self._told(arrow.is_open, calendars, by=by, faults=faults)

    def next_open(self, calendars: Calendars, *, by: Series | None = None, faults: bool = False) -> Answer:
        """Each instant itself if open, else the next opening."""
        return self._told(arrow.next_open, calendars, by=by, faults=faults)

    def count_working_days(
        self, calendars: Calendars, last: Series | date, *, by: Series | None = None, faults: bool = False
    ) -> Answer:
        """Working days from the local date of each row up to *last*, a date or a Series, without it."""
        return self._told(arrow.count_working_days, calendars, self._column("last", last), by=by, faults=faults)

    def _column(self, where: str, value: object) -> object:
        """A Series as an Arrow array; anything else as it is."""
        if not isinstance(value, pd.Series):
            return value
        if not value.index.equals(self.series.index):
            raise DefinitionError(where, "batch.index")
        return arrow.one_array(_chunked(value), where)

    def _told(
        self,
        verb: Callable[..., Any],
        calendars: Calendars,
        *others: object,
        by: object,
        faults: bool,
        **options: object,
    ) -> Answer:
        keys = self._column("by", by)
        found = verb(calendars, _chunked(self.series), *others, by=keys, faults=faults, **options)
        if not faults:
            return self._series(found, self.series.name)
        return pd.DataFrame({part: self._series(found.field(part), part) for part in ("value", "fault")})

    def _series(self, found: Any, name: object) -> Series:  # noqa: ANN401 - an array of pyarrow
        return pd.Series(pd.arrays.ArrowExtensionArray(found), index=self.series.index, name=name)


def _chunked(series: Series) -> Any:  # noqa: ANN401 - an array of pyarrow, or several
    """What a Series holds, for Arrow; whatever pandas takes for missing is null."""
    return pa.array(series, from_pandas=True)


def clocks(
    frame: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Literal["last", "all"] = "last",
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Frame:
    """Every promise to every case of a log, as a DataFrame of columns of Arrow with an index of its own.

    Args:
        frame: the log; only the columns that it reads are looked at. Whole numbers with gaps are ``Int64``: floats,
            which pandas makes of them by itself, are no whole numbers.
        standard: the promises.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        known_at: leave out what was recorded after this.
        assume: as for :meth:`svcstd.ServiceStandard.clocks`.
        cycles: as for :func:`svcstd.batch.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`.
    """
    found, table = _read(frame, standard, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _framed(arrow_clocks.clocks(standard, table, found, **asked, cycles=cycles).cast(arrow_clocks.SCHEMA))


def notices(
    frame: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Frame:
    """Every escalation of a log, and those to come; arguments and errors as for :func:`clocks`."""
    found, table = _read(frame, standard, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _framed(arrow_clocks.notices(standard, table, found, **asked).cast(arrow_clocks.NOTICES))


def owners(
    frame: Frame,
    standard: ServiceStandard,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    by: OwnerKind,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Frame:
    """Who used up how much of every promise; *by* ``group`` or ``agent``, else as for :func:`clocks`."""
    found, table = _read(frame, standard, log)
    asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "assume": assume, "otherwise": otherwise}
    return _framed(arrow_clocks.owners(standard, table, found, by=by, **asked).cast(arrow_clocks.OWNERS))


def route(frame: Frame, standard: ServiceStandard, table: str, *, on: date | None = None) -> Frame:
    """What a routing table answers for each row, under the index of the frame: the rule, every output and the fault.

    Args:
        frame: with a column for each fact that the table reads, of its name.
        standard: with its routes.
        table: their key under ``routing``.
        on: the local date, which chooses the edition too; it may be left out where nothing depends on it.

    Raises:
        UnknownName, DefinitionError, MomentError: as for :func:`svcstd.batch.arrow.route`.
    """
    part = part_on(standard, table, on)
    names = [name for name in frame.columns if name in part.fields]
    # Where no fact is read, only the number of rows counts.
    facts = _picked(frame, names) if names else pa.table({"": pa.nulls(len(frame))})
    return _framed(arrow_decisions.decide(part, facts, on=on)).set_axis(frame.index)


def _read(frame: Frame, standard: ServiceStandard, log: LogMapping | None) -> tuple[LogMapping, Array]:
    found = arrow_clocks.log_of(standard, log)
    return found, _picked(frame, arrow_clocks.headers_of(found, list(frame.columns)))


def _picked(frame: Frame, names: Sequence[str]) -> Array:
    """Some columns as a table of pyarrow; whatever pandas takes for missing is null."""
    return pa.table({name: _chunked(frame[name]) for name in names})


def _framed(table: Array) -> Frame:
    return table.to_pandas(types_mapper=pd.ArrowDtype)
