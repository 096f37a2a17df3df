"""What another standard would have done: whose verdict, route, score and pay change, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

import attrs

from svcstd.calendars import Period
from svcstd.conditions import show_value
from svcstd.errors import DefinitionError, SvcstdError, must_be_one_of
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY, as_tuple
from svcstd.moment import micros
from svcstd.rules import Decision
from svcstd.scoring import Record
from svcstd.sla import Case, changes
from svcstd.standard.handling import asked_table
from svcstd.standard.payroll import PayInputs

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["AsIf", "Chronicle", "Effect", "as_if_always", "replay_history", "what_if"]

AsIf: TypeAlias = Literal["dated", "always"]
"""Each edition holds from its day; or the newest as if it had always held."""


def _listed(records: Mapping[str, Iterable[Record]]) -> Mapping[str, tuple[Record, ...]]:
    return {kind: tuple(found) for kind, found in records.items()}


@attrs.frozen(kw_only=True)
class Chronicle:
    """What happened, as far as a standard is asked about it.

    Attributes:
        as_of: when clocks and tables are asked.
        cases: with their events.
        records: by kind, what scores and pay are counted over.
        period: for which is scored and paid; ``None`` for no scores and no pay.
        cards: scorecards that are asked.
        plans: plans of pay that are asked.

    Raises:
        DefinitionError: scores or pay without a period.
    """

    as_of: datetime
    cases: tuple[Case, ...] = attrs.field(default=(), converter=as_tuple)
    records: Mapping[str, tuple[Record, ...]] = attrs.field(default=EMPTY, converter=_listed)
    period: Period | None = None
    cards: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    plans: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    __hash__: ClassVar[None] = None  # type: ignore[assignment] # records are the caller's own mappings

    def __attrs_post_init__(self) -> None:
        if (self.cards or self.plans) and self.period is None:
            raise DefinitionError("period", "effects.period")


@attrs.frozen(kw_only=True)
class Effect:
    """One thing that comes out otherwise.

    Attributes:
        of: id of the case, or whose score or pay it is.
        part: path of the part, such as ``objectives.resolve`` or ``plans.monthly``.
        why: in words: before, after, and the reasons of both.
    """

    of: str
    part: str
    why: Explanation

    def sentence(self, language: str = "en") -> str:
        """The effect in words."""
        return self.why.sentence(language)


def as_if_always(standard: ServiceStandard) -> ServiceStandard:
    """The newest edition, as if it had always held, without pilots."""
    newest = attrs.evolve(standard.current, starts=None)
    return attrs.evolve(standard, editions=[newest], pilots={}, improvements={})  # these name the days of editions


def replay_history(standard: ServiceStandard, history: Chronicle) -> Iterator[Effect]:
    """Effects of asking a standard again: none, or something that depends on more than it was given."""
    return what_if(standard, standard, history, as_if="dated")


def what_if(
    old: ServiceStandard, new: ServiceStandard, history: Chronicle, *, as_if: AsIf = "always"
) -> Iterator[Effect]:
    """Everything that another standard would have answered otherwise, case by case, person by person.

    What one of both cannot answer is an effect too, with its complaint.

    Args:
        old: the standard as it is.
        new: another one.
        history: what happened.
        as_if: whether the newest edition of the new standard is asked as if it had always held, or each from its day.

    Raises:
        DefinitionError: another choice.
        MomentError: a naive moment.
    """
    must_be_one_of(as_if, get_args(AsIf), "as_if")
    other = as_if_always(new) if as_if == "always" else new
    return _effects(old, other, history)


def _effects(old: ServiceStandard, new: ServiceStandard, history: Chronicle) -> Iterator[Effect]:
    tables = sorted({key for standard in (old, new) for key in standard.current.routing})
    same = {key for key in tables if _is_same_table(old, new, key)}
    for case in history.cases:
        yield from _of_clocks(old, new, case, history.as_of)
        for table in tables:
            if table in same:
                yield from _of_same_table(old, table, case, history.as_of)
            else:
                yield from _of_table(old, new, table, case, history.as_of)
    if history.period is not None:
        for card in history.cards:
            yield from _of_scores(old, new, card, history, history.period)
        for plan in history.plans:
            yield from _of_pay(old, new, plan, history, history.period)


def _of_clocks(old: ServiceStandard, new: ServiceStandard, case: Case, as_of: datetime) -> Iterator[Effect]:
    try:
        before = old.clocks(case, as_of=as_of)
        after = new.clocks(case, as_of=as_of)
    except SvcstdError as error:
        yield _refused(case.id, "objectives", error)
        return
    for change in changes(before, after):
        yield Effect(of=case.id, part=f"objectives.{change.objective}", why=change.reason)


def _refused(of: str, part: str, error: SvcstdError) -> Effect:
    return Effect(of=of, part=part, why=because("effects.refused", of=of, problem=error.problem))


def _is_same_table(old: ServiceStandard, new: ServiceStandard, key: str) -> bool:
    """Whether a table answers every case alike in both: one table, over one vocabulary, in every edition."""
    if old.pilots or new.pilots:
        return False
    first, *others = (edition for standard in (old, new) for edition in standard.editions)
    return all(
        (one.routing.get(key), one.facts, one.events) == (first.routing.get(key), first.facts, first.events)
        for one in others
    ) and (old.zone, old.editions[0].starts) == (new.zone, new.editions[0].starts)


def _of_same_table(standard: ServiceStandard, table: str, case: Case, as_of: datetime) -> Iterator[Effect]:
    """A table that is the same in both is asked once, for what it refuses."""
    try:
        found, known, day = asked_table(standard, table, case, micros(as_of, "as_of"))
        found.refuse(known, on=day)
    except SvcstdError as error:
        yield _refused(case.id, f"routing.{table}", error)


def _of_table(old: ServiceStandard, new: ServiceStandard, table: str, case: Case, as_of: datetime) -> Iterator[Effect]:
    """What a table answers otherwise."""
    part = f"routing.{table}"
    try:
        before, after = (_decided(standard, table, case, as_of) for standard in (old, new))
    except SvcstdError as error:
        yield _refused(case.id, part, error)
        return
    was, now = _answer(before), _answer(after)
    if was != now:
        reasons = [one.explanation for one in (before, after) if one is not None]
        told = {"of": case.id, "before": was, "after": now}
        yield Effect(of=case.id, part=part, why=because("effects.route", *reasons, **told))


def _decided(standard: ServiceStandard, table: str, case: Case, as_of: datetime) -> Decision | None:
    """What a table answers; ``None`` where the edition of the case has no such table."""
    known = standard.edition_for(case, as_of=micros(as_of, "as_of")).routing
    return standard.route(table, case, as_of=as_of) if table in known else None


def _answer(decision: Decision | None) -> str:
    if decision is None or not decision.rows:
        return "-"
    rows = (", ".join(f"{name} = {show_value(value)}" for name, value in row.items()) for row in decision.rows)
    return "; ".join(rows)


def _of_scores(
    old: ServiceStandard, new: ServiceStandard, card: str, history: Chronicle, period: Period
) -> Iterator[Effect]:
    part = f"scorecards.{card}"
    try:
        before, after = (standard.scores(card, history.records, period=period) for standard in (old, new))
    except SvcstdError as error:
        yield _refused(card, part, error)
        return
    for of in sorted({*before, *after}):
        was, now = (_shown(found[of].value) if of in found else "-" for found in (before, after))
        if was != now:
            reasons = [found[of].explanation for found in (before, after) if of in found]
            yield Effect(of=of, part=part, why=because("effects.score", *reasons, of=of, before=was, after=now))


def _shown(value: object) -> str:
    return "-" if value is None else format(value, "f")


def _of_pay(
    old: ServiceStandard, new: ServiceStandard, plan: str, history: Chronicle, period: Period
) -> Iterator[Effect]:
    part = f"plans.{plan}"
    known = PayInputs(records=history.records)
    try:
        before, after = (standard.pay_all(plan, known, period=period) for standard in (old, new))
    except SvcstdError as error:
        yield _refused(plan, part, error)
        return
    for of in sorted({*before, *after}):
        paid = [found.get(of) for found in (before, after)]
        was, now = ("-" if one is None else f"{one.total} ({one.state})" for one in paid)
        if was != now:
            reasons = [one.explanation for one in paid if one is not None]
            yield Effect(of=of, part=part, why=because("effects.pay", *reasons, of=of, before=was, after=now))
