"""How many promises of a whole log were kept: counts by objective and facts, which add up over any parts of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from svcstd.batch.encoded import Encoded
from svcstd.batch.logs.alike import joined
from svcstd.batch.logs.clocks import ClockBook, open_desk
from svcstd.batch.logs.desk import Desk
from svcstd.batch.logs.log import Columns
from svcstd.batch.tables import Answers
from svcstd.calendars import Period
from svcstd.errors import DefinitionError, UnknownName, must_be, nearest
from svcstd.keyed import Keyed, as_tuple
from svcstd.moment import micros
from svcstd.sla import Attainment, Membership
from svcstd.standard import LogMapping, ServiceStandard

__all__ = ["Attained", "attainment"]

Numbers: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"
COUNTS = tuple(field.name for field in attrs.fields(Attainment))


@attrs.frozen
class Attained:
    """Promises of a log by verdict.

    Attributes:
        counts: by objective, and then the values of the facts that were asked for, empty where missing.
        faults: the cases and rows that cannot be read, and so are in no count.
    """

    counts: Keyed[tuple[str, ...], Attainment]
    faults: int

    def __add__(self, other: Attained) -> Attained:
        """The counts of two parts of a log, no case of which stands in both."""
        keys = dict.fromkeys((*self.counts, *other.counts))
        none = Attainment()
        both = {key: self.counts.get(key, none) + other.counts.get(key, none) for key in keys}
        return Attained(Keyed(both), self.faults + other.faults)


def attainment(
    standard: ServiceStandard,
    table: Columns,
    log: LogMapping | None = None,
    period: Period | None = None,
    *,
    as_of: datetime,
    by: Iterable[str] = (),
) -> Attained:
    """How many promises were kept, as :meth:`svcstd.ServiceStandard.attainment` counts them; every cycle counts.

    Args:
        standard: the promises.
        table: the log's columns by header.
        log: which header is what; by default the ``[log]`` of the standard.
        period: whose promises, by the membership that ``[reports.attainment]`` declares; ``None`` for all.
        as_of: when we ask.
        by: facts; the key of each count is the objective and then their values.

    Raises:
        DefinitionError: a period, and the standard does not say how reports count.
        UnknownName: a fact in *by* that no edition declares.
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`.
    """
    must_be(standard, ServiceStandard, "standard", "a ServiceStandard")
    must_be(period, (Period, type(None)), "period", "a Period, such as Period.of('day', ...)")
    if period is not None and standard.reports is None:
        raise DefinitionError("reports", "report.undeclared")
    fields = as_tuple(by)
    declared = {name for edition in standard.every_edition for name in edition.facts.types}
    for field in fields:
        if field not in declared:
            raise UnknownName("by", "facts.name", value=field, nearest=nearest(field, declared))
    book = ClockBook()
    desk = open_desk(standard, table, log, book, as_of=as_of, known_at=None, assume=None)
    answers = book.table(desk.read(every=True, refuse=False), desk.events)
    read = answers.words("objective").codes >= 0
    inside = read & answers.amounts("start").valid
    if period is not None and standard.reports is not None:
        inside &= _within(answers, standard.reports.by, period)
    return Attained(_counted(answers, desk, fields, np.flatnonzero(read), inside[read]), int((~read).sum()))


def _within(answers: Answers, by: Membership, period: Period) -> Bools:
    """The promises that belong to a period: the batch form of :func:`svcstd.sla.instant_of`."""
    first, last = micros(period.start), micros(period.end)

    def during(name: str) -> tuple[Bools, Bools]:
        column = answers.amounts(name)
        return column.valid & (column.values >= first) & (column.values < last), column.valid

    if by != "decided":
        return during("start" if by == "started" else "due")[0]
    waived_at, has_waiver = during("waived_at")
    stopped, has_stop = during("stop")
    broken, _ = during("breached_at")
    waived = (_verdicts(answers) == COUNTS.index("waived")) & has_waiver
    return np.where(waived, waived_at, np.where(has_stop, stopped, broken))


def _verdicts(answers: Answers) -> Numbers:
    """By row the place of its verdict among the counts; -1 for a row without one."""
    words = answers.words("verdict")
    names = [COUNTS.index("not_yet_due" if name == "open" else name) for name in words.values]
    return np.array([*names, -1], dtype=np.int64)[words.codes]


def _counted(
    answers: Answers, desk: Desk, fields: tuple[str, ...], rows: NDArray[np.intp], inside: Bools
) -> Keyed[tuple[str, ...], Attainment]:
    """Counts of the rows inside, by the keys of all rows."""
    objective = answers.words("objective")
    case = answers.words("case").codes[rows]
    columns = [objective.take(rows), *(_fact(desk, field).take(case) for field in fields)]
    group, count = np.zeros(len(rows), dtype=np.int64), 1
    for column in columns:
        group, count = joined(group, count, column.codes + 1, len(column.values) + 1)
    cells = (group * len(COUNTS) + _verdicts(answers)[rows])[inside]
    totals = np.bincount(cells, minlength=count * len(COUNTS)).reshape(-1, len(COUNTS))
    first = np.full(count, len(rows), dtype=np.int64)
    first[group[::-1]] = np.arange(len(rows))[::-1]
    found: dict[tuple[str, ...], Attainment] = {}
    for number in np.argsort(first, kind="stable").tolist() if len(rows) else ():
        place = int(first[number])
        key = tuple("" if column.codes[place] < 0 else str(column.values[column.codes[place]]) for column in columns)
        told = Attainment(**dict(zip(COUNTS, totals[number].tolist(), strict=True)))
        found[key] = found.get(key, Attainment()) + told
    return Keyed(found)


def _fact(desk: Desk, field: str) -> Encoded:
    """What is known of a fact by case, at the instant at which we ask: what was told last."""
    own = desk.events.own.get(field)
    told = desk.live.facts.get(field)
    values = [*(own.values if own is not None else ()), *(told.values if told is not None else ())]
    codes = np.full(desk.size, -1, dtype=np.int32) if own is None else own.codes.copy()
    if told is not None:
        rows = np.flatnonzero(told.codes >= 0)
        codes[desk.live.case[rows]] = told.codes[rows] + (len(own.values) if own is not None else 0)
    return Encoded(values, codes)
