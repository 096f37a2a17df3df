"""Logs of rows that can be read and rows that cannot, and what differs between two standards."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from svcstd.documents import LogRow, PartChange, ReadLog, Rejected, csv_records, diff, json_records, read_log
from svcstd.standard import ServiceStandard
from svcstd.testing.strategies.desks import desk
from svcstd.testing.strategies.drawn import Strategies, found_in
from svcstd.testing.strategies.moments import LAST, durations, instants
from svcstd.testing.strategies.standard import standards

__all__ = ["STRATEGIES", "logs", "wide_rows"]

WIDE = ("Ticket", "Opened", "Closed", "Kind", "Channel", "Due", "Kept")
"""Columns of the log of ``shop``."""
BROKEN = (
    ("", "2026-01-05 09:00", "", "", "", "", ""),
    ("T-9", "yesterday", "", "", "", "", ""),
    ("T-9", "2026-01-05 09:00", "", "party", "", "", ""),
)
"""Rows without a name, of no date, and of a kind that is not declared."""


KNOWN = date(2024, 1, 2)
"""From when on the holidays of ``shop`` are known."""
MONTH = timedelta(days=30)


@cache
def _cells() -> st.SearchStrategy[tuple[str, ...]]:
    return st.tuples(
        st.sampled_from(["", "fault", "order", "complaint", "broken"]),
        st.sampled_from(["", "phone", "mail"]),
        st.sampled_from(["yes", "no", "", "?"]),
    )


@st.composite
def wide_rows(draw: st.DrawFn, *, name: str = "T-1", late: bool = False) -> tuple[str, ...]:
    """Rows of the log of ``shop``: a case that is answered or not, with the desk's own due time and verdict.

    Args:
        draw: of Hypothesis.
        name: of the case.
        late: whether a fault was answered a month late, although the desk says that it was in time.
    """
    if late:
        at = draw(instants("Asia/Shanghai", KNOWN, LAST))
        return (name, _stamp(at), _stamp(at + MONTH), "fault", "mail", _stamp(at + MONTH), "yes")
    opened = draw(instants("Asia/Shanghai"))
    closed, due = draw(st.tuples(st.one_of(st.none(), durations(9)), st.one_of(st.none(), durations(9))))
    kind, channel, kept = draw(_cells())
    later = ["" if one is None else _stamp(opened + one) for one in (closed, due)]
    return (name, _stamp(opened), later[0], kind, channel, later[1], kept)


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _wide(rows: Iterable[Sequence[str]]) -> ReadLog:
    text = io.StringIO()
    csv.writer(text).writerows([WIDE, *rows])
    return read_log(desk("shop"), csv_records(io.StringIO(text.getvalue()), WIDE))


@st.composite
def logs(
    draw: st.DrawFn, *, min_size: int = 0, max_size: int = 3, broken: bool | None = None, late: bool = False
) -> ReadLog:
    """Logs as they were read: of ``shop`` with a row a case.

    Args:
        draw: of Hypothesis.
        min_size: how many cases at least.
        max_size: how many at most.
        broken: whether some row cannot be read; either by default.
        late: whether the first one was answered late.
    """
    count = draw(st.integers(min_size, max_size))
    rows = [draw(wide_rows(name=f"T-{number}", late=late and not number)) for number in range(count)]
    wrong = draw(st.booleans()) if broken is None else broken
    return _wide([*rows, draw(st.sampled_from(BROKEN))] if wrong else rows)


@cache
def _events() -> st.SearchStrategy[dict[str, str | None]]:
    """Rows of the log of ``street``, of two cases, an event each."""
    return st.fixed_dictionaries(
        {
            "ticket": st.sampled_from(["S-1", "S-2", ""]),
            "what": st.sampled_from(["opened", "Done", "closed", "a call"]),
            "when": st.one_of(instants("Europe/Berlin").map(datetime.isoformat), st.just("soon")),
            "where": st.sampled_from(["", "bridge", "桥"]),
            "who": st.sampled_from([None, "ann"]),
            "row": st.sampled_from(["", "1", "2"]),
        }
    )


def _long(rows: Iterable[dict[str, str | None]]) -> ReadLog:
    standard = desk("street")
    columns = () if standard.log is None else standard.log.columns
    return read_log(standard, json_records([json.dumps(row) for row in rows], columns))


def _either() -> st.SearchStrategy[ReadLog]:
    return st.one_of(logs(), st.lists(_events(), max_size=4).map(_long))


def _differences() -> st.SearchStrategy[tuple[PartChange, ...]]:
    """Between a standard that is ready and one with another id at least."""

    def found(one: ServiceStandard) -> tuple[PartChange, ...]:
        return diff(desk("plain"), one)

    return standards("street", "team").map(found)


STRATEGIES: Strategies = {
    LogRow: lambda: found_in(logs(min_size=1), LogRow),
    PartChange: lambda: found_in(_differences(), PartChange),
    ReadLog: _either,
    Rejected: lambda: found_in(logs(broken=True), Rejected),
}
