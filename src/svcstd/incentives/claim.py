"""Claims: who asks for an award, for which cause; which records claim it, or that it goes to the best of a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, AllOf, as_all
from svcstd.errors import DefinitionError, must_be, must_be_date, one_of
from svcstd.incentives.payee import Figure
from svcstd.money import Money

__all__ = ["Best", "Claim", "ClaimRule", "IfTied", "best_of"]

IfTied: TypeAlias = Literal["all", "none", "refuse"]
"""Those tied for the last place all get it, none of them does, or it is an error."""


@attrs.frozen(kw_only=True)
class Claim:
    """Somebody's cause for an award.

    Attributes:
        of: who.
        cause: what for; the same cause is awarded once.
        on: the day on which it was there.
        cost: of learning, where the award pays a part of it; ``None`` where nothing was paid.

    Raises:
        DefinitionError: nobody, no cause, or no date.
    """

    of: str
    cause: str
    on: date
    cost: Money | None = None

    def __attrs_post_init__(self) -> None:
        if not self.of or not self.cause:
            raise DefinitionError("cause", "award.claim")
        must_be_date(self.on, "on")


@attrs.frozen(kw_only=True)
class ClaimRule:
    """Which records claim an award. They need a date.

    Attributes:
        records: their kind.
        of: field with whose it is.
        cause: field with what for, such as the number of a suggestion.
        when: what must hold of a record, such as that the suggestion was carried out.
        cost: field with the cost of learning, in the currency of the award; empty for none.
    """

    records: str
    of: str
    cause: str
    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    cost: str = ""


@attrs.frozen(kw_only=True)
class Best:
    """An award for the best of each period.

    Attributes:
        by: reference of the result, such as ``kpis.solved``.
        of: field of a record that names whose it is.
        every: the kind of period.
        least_n: records that must stand behind a result.
        winners: how many get it.
        ties: what becomes of those tied for the last place.

    Raises:
        DefinitionError: no whole numbers, nobody who could win, or another choice.
    """

    by: str
    of: str
    every: PeriodKind = attrs.field(validator=one_of(get_args(PeriodKind)))
    least_n: int
    winners: int
    ties: IfTied = attrs.field(validator=one_of(get_args(IfTied)))

    def __attrs_post_init__(self) -> None:
        for name, least in (("least_n", 0), ("winners", 1)):
            value = getattr(self, name)
            must_be(value, int, name, "a whole number")
            if value < least:
                raise DefinitionError(name, "ladder.number", value=str(value), least=least)


def best_of(
    best: Best, results: Mapping[str, Figure], *, less_is_better: bool, label: str, on: date
) -> tuple[Claim, ...]:
    """The claims of the best; those without a result, or with too few records behind it, do not take part.

    Args:
        best: the rule.
        results: by name.
        less_is_better: which way the result counts.
        label: of the period; with the name it is the cause, so that nobody gets the award twice for one period.
        on: the day of the claims.

    Raises:
        DefinitionError: a tie that is refused.

    >>> rule = Best(by="kpis.solved", of="team", every="quarter", least_n=1, winners=1, ties="all")
    >>> found = {"north": Figure.of(9, None, n=9), "south": Figure.of(9, None, n=9), "west": Figure.of(1, None, n=9)}
    >>> [one.cause for one in best_of(rule, found, less_is_better=False, label="2026-Q1", on=date(2026, 3, 31))]
    ['2026-Q1 north', '2026-Q1 south']
    """
    sign = 1 if less_is_better else -1
    taking: list[tuple[Fraction, str]] = sorted(
        (sign * one.exact, name) for name, one in results.items() if one.exact is not None and one.n >= best.least_n
    )
    if not taking:
        return ()
    last = taking[min(best.winners, len(taking)) - 1][0]
    winning = [name for value, name in taking if value <= last]
    if len(winning) > best.winners and best.ties == "refuse":
        raise DefinitionError("ties", "award.tied", names=", ".join(winning), winners=best.winners)
    if len(winning) > best.winners and best.ties == "none":
        winning = [name for value, name in taking if value < last]
    return tuple(Claim(of=name, cause=f"{label} {name}", on=on) for name in sorted(winning))
