"""How likely so many of so many are, if each has the same chance, or if they are drawn from a pool."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache
from math import comb

from svcstd.errors import DefinitionError, must_be
from svcstd.scoring.measure import Measure

__all__ = ["MOST_TRIALS", "at_least", "at_most", "check_counts", "counts_of", "drawn_at_least"]

MOST_TRIALS = 100_000
"""Beyond them a sum over all outcomes would take too long."""
WAYS = 150
"""Digits that are kept of a number of ways: more than any working precision here."""


def check_counts(successes: object, trials: object, most: int | None = None) -> None:
    """Refuse counts that are none.

    Raises:
        DefinitionError: no whole numbers, no trials, more successes than trials, or more trials than may be summed.
    """
    for name, count in (("successes", successes), ("trials", trials)):
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise DefinitionError(name, "agents.whole", value=repr(count))
    assert isinstance(successes, int)  # noqa: S101 - checked above
    assert isinstance(trials, int)  # noqa: S101 - checked above
    if not trials or successes > trials:
        raise DefinitionError("trials", "scoring.trials", successes=successes, trials=trials)
    if most is not None and trials > most:
        raise DefinitionError("trials", "shape.bounds", value=str(trials), low=1, high=most)


def counts_of(measure: Measure, where: str) -> tuple[int, int]:
    """How many of how many cases: of a share whose cases count whole.

    Raises:
        DefinitionError: another figure.
    """
    must_be(measure, Measure, where, "a Measure")
    top, bottom = measure.numerator, measure.denominator
    if top.denominator != 1 or bottom.denominator != 1 or not 0 <= top <= bottom:
        raise DefinitionError(where, "scoring.no_share", numerator=str(top), denominator=str(bottom))
    return int(top), int(bottom)


def at_least(successes: int, trials: int, chance: Decimal) -> Decimal:
    """The chance of at least so many successes, to the precision of the decimal context."""
    if successes <= 0 or chance >= 1:
        return Decimal(1)
    if chance <= 0:
        return Decimal(0)
    if successes <= trials * chance:  # the shorter tail has the fewer terms
        return 1 - _tail(trials - successes + 1, trials, 1 - chance)
    return _tail(successes, trials, chance)


def at_most(successes: int, trials: int, chance: Decimal) -> Decimal:
    """The chance of at most so many successes, to the precision of the decimal context."""
    return at_least(trials - successes, trials, 1 - chance)


def _tail(successes: int, trials: int, chance: Decimal) -> Decimal:
    """The sum from *successes* up, until further terms are too small to be seen."""
    odds = chance / (1 - chance)
    term = _ways(trials, successes) * chance**successes * (1 - chance) ** (trials - successes)
    total = term
    for count in range(successes + 1, trials + 1):
        term *= odds * (trials - count + 1) / count
        if total + term == total:
            break
        total += term
    return total


def drawn_at_least(successes: int, drawn: int, marked: int, pool: int) -> Decimal:
    """The chance of at least so many marked ones, if so many are drawn from a pool and none is put back.

    Source: Fisher's exact test; the hypergeometric distribution.
    """
    if successes <= max(0, drawn + marked - pool):  # fewer cannot be drawn
        return Decimal(1)
    if successes * pool <= drawn * marked:
        return 1 - _drawn_tail(drawn - successes + 1, drawn, pool - marked, pool)
    return _drawn_tail(successes, drawn, marked, pool)


def _drawn_tail(successes: int, drawn: int, marked: int, pool: int) -> Decimal:
    """As :func:`_tail`: from above the mean, where terms become smaller."""
    term = _ways(marked, successes) * _ways(pool - marked, drawn - successes) / _ways(pool, drawn)
    total = term
    for count in range(successes + 1, min(drawn, marked) + 1):
        term *= Decimal((marked - count + 1) * (drawn - count + 1)) / (count * (pool - marked - drawn + count))
        if total + term == total:
            break
        total += term
    return total


@lru_cache(maxsize=16)
def _ways(trials: int, successes: int) -> Decimal:
    """Kept, since one search asks for it a hundred times, and writing so many digits takes a while."""
    with localcontext(prec=WAYS):
        return +Decimal(comb(trials, successes))
