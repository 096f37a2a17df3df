"""Ladders: ranks on several tracks, and what it takes to rise from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, AllOf, FactValue, as_all, judge
from svcstd.curves import shown
from svcstd.errors import DefinitionError, UnknownName, must_be_one_of, nearest
from svcstd.explain import Explanation, because
from svcstd.incentives.payee import Figure
from svcstd.incentives.requirement import Requirement
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple

__all__ = [
    "Graded",
    "IfPeriodMissing",
    "Ladder",
    "LeastGrade",
    "PeriodResult",
    "Rank",
    "Rise",
    "Rung",
    "Unmet",
    "in_line",
    "may_rise",
]

IfPeriodMissing: TypeAlias = Literal["breaks", "skipped"]
"""A period without enough data ends the run of good ones, or is passed over."""


@attrs.frozen
class Rank:
    """A place on a ladder.

    Attributes:
        name: for people.
        track: such as management, expert or cross-department.
    """

    name: str
    track: str


@attrs.frozen
class LeastGrade:
    """A grade that must be reached.

    Attributes:
        grade: the least.
        order: all grades, the lowest first.

    Raises:
        DefinitionError: a grade that is not in the order, or one told twice.
    """

    grade: str
    order: tuple[str, ...] = attrs.field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        must_be_one_of(self.grade, self.order, "grade")
        if len(set(self.order)) != len(self.order):
            raise DefinitionError("order", "ladder.grade_twice", order=", ".join(self.order))

    def lack(self, grade: str) -> Fraction | None:
        """How many grades are missing; ``None`` where it is reached.

        Raises:
            UnknownName: a grade that is not in the order.
        """
        if grade not in self.order:
            raise UnknownName("grade", "ladder.grade", value=grade, nearest=nearest(grade, self.order))
        steps = self.order.index(self.grade) - self.order.index(grade)
        return Fraction(steps) if steps > 0 else None

    @property
    def test(self) -> str:
        """As people write it."""
        return f">= {self.grade}"


@attrs.frozen
class Graded:
    """A grade that somebody got.

    Attributes:
        grade: its name; ``None`` where there is none.
        n: how many records stand behind it.
    """

    grade: str | None
    n: int = 0


@attrs.frozen
class PeriodResult:
    """What somebody reached in a period.

    Attributes:
        label: of the period.
        results: by reference, figures and grades.
    """

    label: str
    results: Keyed[str, Figure | Graded] = attrs.field(converter=as_keyed)


@attrs.frozen(kw_only=True)
class Rung:
    """A way up from one rank to another.

    Attributes:
        start, end: keys of the ranks.
        needs: by reference, what every counted period must reach.
        in_a_row: how many periods, one after the other.
        least_n: records that must stand behind each result; fewer are not enough data.
        missing: what a period without enough data does.
        when: what must hold of the person's facts today, such as two valid permits.

    Raises:
        DefinitionError: no need at all, a number that is none, or another policy.
    """

    start: str
    end: str
    needs: Keyed[str, Requirement | LeastGrade] = attrs.field(default=EMPTY, converter=as_keyed)
    in_a_row: int
    least_n: int
    missing: IfPeriodMissing
    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)

    def __attrs_post_init__(self) -> None:
        if not self.needs:
            raise DefinitionError("needs", "ladder.no_needs")
        for name, least in (("in_a_row", 1), ("least_n", 0)):
            value = getattr(self, name)
            if type(value) is not int or value < least:
                raise DefinitionError(name, "ladder.number", value=repr(value), least=least)
        must_be_one_of(self.missing, get_args(IfPeriodMissing), "missing")


@attrs.frozen(kw_only=True)
class Ladder:
    """Ranks and the ways between them.

    Attributes:
        ranks: by key.
        rungs: the ways up; several may lead away from one rank, on several tracks.
        every: the kind of period that its needs speak of; ``None`` where only the caller knows.
        of: field of a record that names whose it is.
        people: kind of records that declares the facts of people; empty for none.
        name: for people.

    Raises:
        UnknownName: a rung from or to no rank.
        DefinitionError: two rungs between the same ranks, or ways that go round in a circle.
    """

    ranks: Keyed[str, Rank] = attrs.field(converter=as_keyed)
    rungs: tuple[Rung, ...] = attrs.field(converter=as_tuple)
    every: PeriodKind | None = None
    of: str = ""
    people: str = ""
    name: str = ""

    def __attrs_post_init__(self) -> None:
        for place, rung in enumerate(self.rungs):
            for rank in (rung.start, rung.end):
                if rank not in self.ranks:
                    near = nearest(rank, self.ranks)
                    raise UnknownName(f"rungs[{place}]", "ladder.rank", value=rank, nearest=near)
        ways = [(rung.start, rung.end) for rung in self.rungs]
        if len(set(ways)) != len(ways):
            raise DefinitionError("rungs", "ladder.twice")
        left = set(self.ranks)
        while left:
            tops = {rank for rank in left if not any(start == rank and end in left for start, end in ways)}
            if not tops:
                raise DefinitionError("rungs", "ladder.circle", ranks=", ".join(sorted(left)))
            left -= tops


@attrs.frozen(kw_only=True)
class Unmet:
    """A need that a period did not reach.

    Attributes:
        period: its label.
        need: its reference.
        lack: how far it is from it, in its own unit, or in grades; ``None`` without enough data.
        why: in words.
    """

    period: str
    need: str
    lack: Fraction | None
    why: Explanation


@attrs.frozen(kw_only=True)
class Rise:
    """Whether a way up is open.

    Attributes:
        rung: the way.
        track: of the rank at its end.
        in_a_row: good periods in a row, up to now.
        is_open: whether that is enough, and the facts hold.
        unmet: what the newest period that ended the run did not reach, and what of the facts does not hold.
        explanation: in words.
    """

    rung: Rung
    track: str
    in_a_row: int
    is_open: bool
    unmet: tuple[Unmet, ...]
    explanation: Explanation


def in_line(rises: Mapping[str, Rise], *, priority: Mapping[str, int] = EMPTY) -> tuple[str, ...]:
    """Who is first for a post: those whose way is open, by priority, then by name.

    Args:
        rises: by name, the same way up for each.
        priority: by name, such as the number of awards with priority in promotion; the more, the sooner.

    Raises:
        DefinitionError: ways to several ranks.
    """
    if len({one.rung.end for one in rises.values()}) > 1:
        raise DefinitionError("rises", "ladder.several_posts")
    waiting = [name for name, one in rises.items() if one.is_open]
    return tuple(sorted(waiting, key=lambda name: (-priority.get(name, 0), name)))


def may_rise(
    ladder: Ladder, rank: str, history: Sequence[PeriodResult], *, facts: Mapping[str, FactValue] = EMPTY
) -> tuple[Rise, ...]:
    """Every way up from a rank, open or not, with each need that is not met and how far it is.

    Args:
        ladder: ranks and ways.
        rank: where somebody stands.
        history: results of periods one after the other, the newest last; a period without records is in it, without
            results.
        facts: of the person, today.

    Raises:
        UnknownName: no such rank, or a grade out of order.
        DefinitionError: the same period twice, or a grade where a number is needed, or the other way round.
    """
    if rank not in ladder.ranks:
        raise UnknownName("rank", "ladder.rank", value=rank, nearest=nearest(rank, ladder.ranks))
    labels = [one.label for one in history]
    if len(set(labels)) != len(labels):
        raise DefinitionError("history", "ladder.period_twice")
    return tuple(_rise(ladder, rung, history, facts) for rung in ladder.rungs if rung.start == rank)


def _rise(ladder: Ladder, rung: Rung, history: Sequence[PeriodResult], facts: Mapping[str, FactValue]) -> Rise:
    found = 0
    unmet: tuple[Unmet, ...] = ()
    for period in reversed(history):
        lacks = tuple(_lacks(rung, period))
        is_missing = any(one.lack is None for one in lacks)
        if lacks and not (is_missing and rung.missing == "skipped"):
            unmet = lacks
            break
        found += not lacks
        if found == rung.in_a_row:
            break
    judged = judge(rung.when, facts)
    is_open = found >= rung.in_a_row and judged.holds is True
    rank = ladder.ranks[rung.end]
    message = "ladder.open" if is_open else "ladder.shut"
    below = [one.why for one in unmet]
    if judged.holds is not True:
        below.append(because("ladder.facts", judged.explanation))
    return Rise(
        rung=rung,
        track=rank.track,
        in_a_row=found,
        is_open=is_open,
        unmet=unmet,
        explanation=because(message, *below, rank=rank.name, found=found, needed=rung.in_a_row),
    )


def _lacks(rung: Rung, period: PeriodResult) -> Iterator[Unmet]:
    for name, need in rung.needs.items():
        result = period.results.get(name)
        told = _judged(name, need, result)
        if told is None or result is None or result.n < rung.least_n:
            n = 0 if result is None else result.n
            why = because("ladder.missing", period=period.label, need=name, n=n)
            yield Unmet(period=period.label, need=name, lack=None, why=why)
            continue
        value, lack = told
        if lack is not None:
            low = "ladder.low_grade" if isinstance(need, LeastGrade) else "ladder.low"
            why = because(low, period=period.label, need=name, test=need.test, value=value, lack=shown(lack))
            yield Unmet(period=period.label, need=name, lack=lack, why=why)


def _judged(
    name: str, need: Requirement | LeastGrade, result: Figure | Graded | None
) -> tuple[str, Fraction | None] | None:
    """A result in words, and how far it is from the need; ``None`` where there is none."""
    match need, result:
        case (_, None) | (LeastGrade(), Graded(grade=None)) | (Requirement(), Figure(rounded=None)):
            return None
        case LeastGrade(), Graded(grade=str(grade)):
            return grade, need.lack(grade)
        case Requirement(), Figure(rounded=Fraction() as value):
            return shown(value), need.lack(value)
        case _:
            raise DefinitionError(f"results.{name}", "ladder.kind", value=name)
