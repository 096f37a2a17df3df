"""Who used the time of a whole log up: the counted time of each clock by group or agent, and who broke its promise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.logs.clocks import holders, open_desk, refuses
from svcstd.batch.logs.desk import Promise, Told
from svcstd.batch.logs.lives import NOWHERE, Pattern
from svcstd.batch.logs.log import Columns, Events
from svcstd.batch.logs.reckoned import Rows
from svcstd.batch.tables import Answers, Kind, Pages
from svcstd.errors import must_be_one_of
from svcstd.sla import Objective, Reading, ownership
from svcstd.sla.ownership import OwnerKind
from svcstd.sla.yardstick import ONE
from svcstd.standard import LogMapping, ServiceStandard
from svcstd.standard.service_standard import Assume

__all__ = ["FIELDS", "owners"]

Numbers: TypeAlias = "NDArray[np.int64]"
FIELDS: Mapping[str, Kind] = {
    "case": "text",
    "objective": "text",
    "cycle": "number",
    "owner": "text",
    "counted": "length",
    "breaches": "number",
    "fault": "text",
}
"""The columns of a table of owners, and what they hold."""
KEYS = 3
"""The place of the promise, the cycle, and when they first held the case order the rows of a case."""


def owners(
    standard: ServiceStandard,
    table: Columns,
    log: LogMapping | None = None,
    *,
    as_of: datetime,
    by: OwnerKind,
    known_at: datetime | None = None,
    assume: Assume | None = None,
    otherwise: Literal["alone", "refuse"] = "alone",
) -> Answers:
    """Who used up how much of every promise of a log, every cycle of a clock, in the order in which they held the case.

    Args:
        standard: the promises.
        table: the log's columns by header.
        log: which header is what; by default the ``[log]`` of the standard.
        as_of: when we ask; later events are not yet there.
        by: ``group`` or ``agent``.
        known_at: leave out what was recorded after this.
        assume: as for :meth:`svcstd.ServiceStandard.clocks`.
        otherwise: as for :func:`svcstd.batch.clocks`.

    Raises:
        DefinitionError: another *by*.
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`.
    """
    must_be_one_of(by, get_args(OwnerKind), "by")
    book = OwnerBook(by)
    desk = open_desk(standard, table, log, book, as_of=as_of, known_at=known_at, assume=assume)
    read = desk.read(every=True, refuse=refuses(otherwise))
    return book.table(read, desk.events)


class OwnerBook:
    """Owners as rows of a table."""

    def __init__(self, by: OwnerKind) -> None:
        self._by: OwnerKind = by
        self._pages = Pages(FIELDS)

    def option(self, pattern: Pattern, objective: Objective) -> str:  # noqa: ARG002 - as every book is asked
        """Why a life has no batch form; empty if it has."""
        return pattern.told if pattern.told or pattern.plain else "ownership of a promise that changed"

    def reckoned(self, promise: Promise, clocks: Rows) -> None:  # noqa: ARG002 - as every book is asked
        """Read a chunk of clocks."""
        clocks.read()

    def tell(self, promise: Promise, clocks: Rows, found: None, told: Told) -> None:  # noqa: ARG002 - as all
        """Owners of clocks that were reckoned together."""
        live, pages = promise.desk.live, self._pages
        held = None if live.group is None else live.group if self._by == "group" else live.actor
        place = np.full(clocks.size, NOWHERE, dtype=np.int64)
        place[told.rows] = np.arange(len(told.rows))
        part = np.flatnonzero(clocks.in_use & (place[clocks.row] >= 0))
        holder = told.event(clocks.row[part], clocks.held[part], clocks)
        broken_at, broken = clocks.broken
        late = np.flatnonzero(broken & (place >= 0))
        after = clocks.first_part(clocks.end > broken_at[clocks.row])[late]
        within = after < len(clocks.row)
        breaker = told.holder[place[late]]
        breaker[within] = told.event(late[within], clocks.held[after[within]], clocks)
        owner = holders(pages, "owner", held, np.concatenate([holder, breaker]))
        owner = np.full(len(part) + len(late), -1) if owner is None else owner
        pairs, first, places = np.unique(
            np.stack([np.concatenate([clocks.row[part], late]), owner], axis=1),
            axis=0,
            return_index=True,
            return_inverse=True,
        )
        row, places = pairs[:, 0], places.reshape(-1)
        counted, breaches = np.zeros(len(pairs), dtype=np.int64), np.zeros(len(pairs), dtype=np.int64)
        np.add.at(counted, places[: len(part)], clocks.counted[part])
        np.add.at(breaches, places[len(part) :], 1)
        cycle = np.array([one.cycle for one in clocks.lives.patterns], dtype=np.int64)[clocks.which[row]]
        found_rows = {
            "objective": promise.key,
            "cycle": cycle,
            "owner": pairs[:, 1],
            "counted": counted,
            "breaches": breaches,
        }
        pages.add(told.case[place[row]], found_rows, (promise.place, cycle, first))

    def alone(self, readings: list[tuple[int, int, Reading]]) -> None:
        """Owners of clocks that were read one by one."""
        for case, place, reading in readings:
            for number, one in enumerate(ownership(reading, self._by)):
                told = {
                    "objective": reading.objective,
                    "cycle": reading.cycle,
                    "owner": one.name,
                    "counted": None if one.counted is None else one.counted // ONE,
                    "breaches": one.breaches,
                }
                keys = (place, reading.cycle, number)
                self._pages.add(np.array([case]), told, keys)

    def refused(self, cases: Numbers, messages: list[str]) -> None:
        """Rows of what cannot be read."""
        self._pages.refused(cases, messages, KEYS)

    def table(self, alone: int, events: Events) -> Answers:
        """All rows, by case and in the order in which its owners held it."""
        return self._pages.table(events.names, alone, KEYS)
