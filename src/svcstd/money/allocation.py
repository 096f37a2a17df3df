"""Sharing: whole units among many by weight, so that nothing is lost and nobody is a unit away from a fair share.

Largest remainder: everybody gets the whole part of the exact share, and the units left go to the largest remainders.
It is not monotone in what is shared: one unit more may cost somebody a unit (the Alabama paradox).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError
from svcstd.keyed import Keyed
from svcstd.money.money import Money

__all__ = ["allocate", "hamilton", "largest_remainder"]


def _whole_weights(weights: Iterable[Number]) -> list[int]:
    """The weights as whole numbers in the same proportion."""
    parts = [weight if type(weight) is int else exact(weight, "weights") for weight in weights]
    unit = lcm(*(part.denominator for part in parts if type(part) is Fraction))
    whole = [part.numerator * (unit // part.denominator) for part in parts]
    if not whole or min(whole) < 0 or not any(whole):
        raise DefinitionError("weights", "money.weights")
    return whole


def _must_be_whole(count: object, where: str) -> None:
    if type(count) is not int:
        raise DefinitionError(where, "money.whole", value=repr(count)[:40])


def largest_remainder(amount: int, weights: Sequence[Number]) -> tuple[int, ...]:
    """Whole units by weight; they sum to the amount, and each is less than one unit from its exact share.

    A negative amount is shared as its magnitude. A weight of zero gets nothing. Of equal remainders the first comes
    first.

    Args:
        amount: units to share.
        weights: none below 0, not all 0.

    Raises:
        DefinitionError: an amount that is no whole number, a weight that is below 0 or a float, or nothing but zeros.

    >>> largest_remainder(100, [1, 1, 1]), largest_remainder(-5, [7, 3])
    ((34, 33, 33), (-4, -1))
    """
    _must_be_whole(amount, "amount")
    whole = _whole_weights(weights)
    size, bottom = abs(amount), sum(whole)
    shares: list[int] = []
    rests: list[int] = []
    for weight in whole:
        share, rest = divmod(size * weight, bottom)
        shares.append(share)
        rests.append(rest)
    left = size - sum(shares)
    if left:
        for place in sorted(range(len(rests)), key=rests.__getitem__, reverse=True)[:left]:
            shares[place] += 1
    return tuple(shares) if amount >= 0 else tuple(-share for share in shares)


def _in_order(weights: Mapping[str, Number]) -> list[str]:
    """The names, the smallest first."""
    for key in weights:
        if not isinstance(key, str):
            raise DefinitionError("weights", "money.keys", value=repr(key)[:40])
    return sorted(weights)


def allocate(pot: Money, weights: Mapping[str, Number], *, step: int = 1) -> Keyed[str, Money]:
    """A pot shared by weight to the last minor unit.

    Equal remainders go by the name, the smaller first, so that the order in which payees are listed changes nothing.

    Args:
        pot: what is shared.
        weights: by name of the payee, none below 0, not all 0.
        step: minor units of the smallest coin. What the pot holds beyond whole coins is refused, not kept.

    Raises:
        DefinitionError: as of :func:`largest_remainder`, or a pot that is not made of whole coins.

    >>> dict(allocate(Money.of(1000, "CNY"), {"p1": 5, "p2": 3, "p3": 1}))
    {'p1': Money('555.56 CNY'), 'p2': Money('333.33 CNY'), 'p3': Money('111.11 CNY')}
    """
    _must_be_whole(step, "step")
    if step < 1:
        raise DefinitionError("step", "money.coin", value=step)
    coins, rest = divmod(abs(pot.minor), step)
    if rest:
        raise DefinitionError("pot", "money.coins", value=str(pot), step=step)
    keys = _in_order(weights)
    parts = largest_remainder(coins if pot.minor >= 0 else -coins, [weights[key] for key in keys])
    shared = dict(zip(keys, parts, strict=True))
    return Keyed({key: Money(shared[key] * step, pot.currency) for key in weights})


def hamilton(seats: int, weights: Mapping[str, Number], *, least: int = 0) -> Keyed[str, int]:
    """Seats, or other whole things, by weight, with a least number for everybody.

    The whole part of each quota, or the least where that is more; the seats left go to the largest remainders of those
    above the least, of equal ones to the smaller key. Where the whole parts no longer fit, those who would have less
    get the least first and the others share what is left, as above.

    Args:
        seats: how many there are.
        weights: none below 0, not all 0.
        least: for each of them; a weight of zero gets it too.

    Raises:
        DefinitionError: as of :func:`largest_remainder`, or fewer seats than the least for all.

    >>> dict(hamilton(25, {"A": 530, "B": 990, "C": 2240}))
    {'A': 3, 'B': 7, 'C': 15}
    """
    for where, count in (("seats", seats), ("least", least)):
        _must_be_whole(count, where)
    if min(seats, least) < 0 or seats < least * len(weights):
        raise DefinitionError("seats", "money.seats", seats=seats, least=least, count=len(weights))
    keys = _in_order(weights)
    whole = dict(zip(keys, _whole_weights([weights[key] for key in keys]), strict=True))
    quotas = {key: divmod(seats * weight, sum(whole.values())) for key, weight in whole.items()}
    raised = {key for key, (floor, _) in quotas.items() if floor < least}
    shares = {key: max(floor, least) for key, (floor, _) in quotas.items()}
    left = seats - sum(shares.values())
    if left < 0:
        others = {key: weight for key, weight in whole.items() if key not in raised}
        shares = dict.fromkeys(keys, least) | dict(hamilton(seats - least * len(raised), others, least=least))
    for key in sorted(quotas, key=lambda key: -quotas[key][1]):
        if left > 0 and key not in raised:
            shares[key] += 1
            left -= 1
    return Keyed({key: shares[key] for key in weights})
