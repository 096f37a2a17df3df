"""The law of the batch, for sceptics: every row of a table is what the standard says of its case alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

from svcstd.batch.logs.clocks import FIELDS, row_of
from svcstd.batch.tables import Answers
from svcstd.errors import SvcstdError
from svcstd.moment import UTC, moment
from svcstd.sla import Case
from svcstd.standard import ServiceStandard
from svcstd.standard.service_standard import Assume

__all__ = ["same"]


def same(
    table: Answers,
    standard: ServiceStandard,
    cases: Iterable[Case],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    cycles: Literal["last", "all"] = "last",
) -> int:
    """Hold a table of clocks against the scalar code, cell by cell; the number of rows that were compared.

    Args:
        table: from :func:`svcstd.batch.clocks`.
        standard: under which it was read.
        cases: the same cases, in the order of the log.
        as_of: as for the table.
        known_at: as for the table.
        assume: as for the table.
        cycles: as for the table.

    Raises:
        AssertionError: the first cell that differs, with its row, its column and both values.
    """
    asked = [*_asked(standard, cases, as_of, known_at, assume, every=cycles == "all")]
    told = [row for row in table.rows() if row["case"] is not None]
    for number, (row, wanted) in enumerate(zip(told, asked, strict=False)):
        for name in FIELDS:
            if row[name] != wanted[name]:
                where = f"row {number}, case {wanted['case']}, objective {wanted['objective']}"
                message = f"{where}: {name} is {row[name]!r} in the table, and {wanted[name]!r} by the case alone"
                raise AssertionError(message)
    if len(told) != len(asked):
        message = f"{len(told)} rows in the table, and {len(asked)} by the cases alone"
        raise AssertionError(message)
    return len(told)


def _asked(
    standard: ServiceStandard,
    cases: Iterable[Case],
    as_of: datetime,
    known_at: datetime | None,
    assume: Assume | None,
    *,
    every: bool,
) -> Iterator[dict[str, Any]]:
    nothing = dict.fromkeys(FIELDS)
    for case in cases:
        try:
            readings = standard.clocks(case, as_of=as_of, known_at=known_at, assume=assume)
        except SvcstdError as error:
            yield nothing | {"case": case.id, "fault": error.message}
            continue
        for reading in readings.values():
            for one in reading.cycles if every else (reading,):
                yield {name: _value(name, value) for name, value in ({"case": case.id} | row_of(one)).items()}


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - a cell of any kind
    if value is None or FIELDS[name] not in ("moment", "length"):
        return value
    return moment(value, UTC) if FIELDS[name] == "moment" else timedelta(0, 0, value)
