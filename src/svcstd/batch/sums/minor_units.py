"""Money over columns: products that are rounded once, by a named mode, and sums by group; no float, nothing wraps."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from svcstd.batch.calendars.columns import Column, Given, integers
from svcstd.batch.calendars.compiled import Bools, Micros
from svcstd.batch.chunks import chunks
from svcstd.batch.encoded import Encoded
from svcstd.batch.sums.amounts import distinct
from svcstd.batch.sums.exact_sums import BEYOND, Places, sum_by
from svcstd.batch.sums.groups import part_of, together
from svcstd.curves import Rounding, RoundingMode
from svcstd.errors import CurrencyError, DefinitionError, must_be_one_of
from svcstd.keyed import Keyed
from svcstd.money import Money

__all__ = ["money_sums", "multiply"]

Wholes: TypeAlias = "int | NDArray[np.int64] | np.ma.MaskedArray[Any, Any]"
"""Whole numbers that int64 holds: one for all rows, or a column of them, masked where there is none."""
Sizes: TypeAlias = "NDArray[np.uint64]"
HALF = 1 << 62
"""Up to here two parts of a product may be added without a look."""


def multiply(units: Wholes, numerator: Wholes, denominator: Wholes = 1, *, mode: RoundingMode, step: int = 1) -> Column:
    """Minor units times a rate, rounded once: what :class:`svcstd.money.Money` and a rounding give for one amount.

    Args:
        units: whole minor units.
        numerator: of the rate.
        denominator: of the rate, above 0.
        mode: where a product between two steps goes.
        step: minor units of which the results are whole multiples, such as 5 for cash in steps of 0.05.

    Raises:
        DefinitionError: a column of another kind, a denominator or a step that is not above 0, another mode, or a row
            whose product int64 does not hold.

    >>> multiply(np.array([1005, -1005]), 1, 10, mode="half up").values.tolist()
    [101, -101]
    >>> multiply(np.array([333]), 1, mode="half up", step=5).values.tolist()
    [335]
    """
    must_be_one_of(mode, get_args(RoundingMode), "mode")
    given = [
        _wholes(raw, where) for raw, where in ((units, "units"), (numerator, "numerator"), (denominator, "denominator"))
    ]
    if type(step) is not int or not 0 < step < BEYOND:
        raise DefinitionError("step", "batch.above_zero", value=repr(step)[:40])
    shape = np.broadcast_shapes(*(one.values.shape for one in given))
    known: Bools = np.ones(shape, dtype=bool)
    for one in given:
        known &= one.known
    rates = [np.broadcast_to(one.values, shape).reshape(-1) for one in given]
    _check_above_zero(rates[2], known.reshape(-1))
    found = np.zeros(known.size, dtype=np.int64)
    for part in chunks(known.size):
        _multiply(found[part], known.reshape(-1)[part], [column[part] for column in rates], (mode, step), part.start)
    return Column(found.reshape(shape), known, np.zeros(shape, dtype=np.uint8))


def _wholes(raw: object, where: str) -> Given:
    """A column of whole numbers.

    Raises:
        DefinitionError: another column, or a number beyond int64.
    """
    if isinstance(raw, int) and not isinstance(raw, bool) and -BEYOND <= raw < BEYOND:
        raw = np.int64(raw)
    return integers(raw, "", where)


def _check_above_zero(values: Micros, known: Bools) -> None:
    low = known & (values <= 0)
    if low.any():
        raise DefinitionError("denominator", "batch.above_zero", value=int(values[np.argmax(low)]))


def _multiply(found: Micros, known: Bools, columns: list[Micros], rule: tuple[RoundingMode, int], first: int) -> None:
    """The products of a chunk.

    Let the units be ``q * d + r`` with a remainder below ``d``. Then the product over ``d`` is ``q * n`` and ``r * n``
    over ``d``; where ``r * n`` and both together stay within 64 bits, so does all of it, and the other rows, which are
    few, are worked out one by one.
    """
    (mode, step), (units, numerator, denominator) = rule, columns
    bottoms = np.where(known, denominator, 1).astype(np.uint64)
    fits = bottoms <= (BEYOND - 1) // step
    bottoms = np.where(fits, bottoms, 1) * np.uint64(step)
    sizes, factors = _sizes(np.where(known, units, 0)), _sizes(np.where(known, numerator, 0))
    whole, rest = np.divmod(sizes, bottoms)
    most = np.maximum(factors, 1)
    fits &= (whole <= HALF // most) & (bottoms <= (2 * BEYOND - 1) // most)
    more, rest = np.divmod(np.where(fits, rest * factors, 0), bottoms)
    steps = np.where(fits, whole * factors, 0) + more  # below 2**62 and below 2**63
    negative = (units < 0) ^ (numerator < 0)
    steps += _goes_up(steps, rest, bottoms, mode, negative)
    fits &= steps <= (BEYOND - 1) // step
    np.multiply(np.where(fits, steps, 0).astype(np.int64), step, out=found)
    np.negative(found, where=negative, out=found)
    for place in np.flatnonzero(~fits & known).tolist():
        found[place] = _one([int(column[place]) for column in columns], rule, first + place)


def _sizes(values: Micros) -> Sizes:
    """Numbers without their signs; that of the least is the only one that int64 does not hold."""
    return np.abs(values).view(np.uint64)


def _goes_up(whole: Sizes, rest: Sizes, bottoms: Sizes, mode: RoundingMode, negative: Bools) -> Bools:
    """Where a size between two steps goes to the larger one."""
    left, found = bottoms - rest, np.zeros(rest.shape, dtype=bool)
    match mode:
        case "half up":
            found |= rest >= left
        case "half down":
            found |= rest > left
        case "half even":
            found |= (rest > left) | ((rest == left) & (whole % 2 == 1))
        case "up":
            found |= rest > 0
        case "ceiling":
            found |= (rest > 0) & ~negative
        case "floor":
            found |= (rest > 0) & negative
        case _:  # down
            pass
    return found


def _one(numbers: list[int], rule: tuple[RoundingMode, int], row: int) -> int:
    """One product, however large on the way."""
    (mode, step), (units, numerator, denominator) = rule, numbers
    found = int(Rounding(Decimal(step), mode).of(Fraction(units * numerator, denominator)))
    if not -BEYOND <= found < BEYOND:
        raise DefinitionError("units", "batch.units", row=row)
    return found


def money_sums(units: Wholes, currency: object, *by: object) -> Keyed[tuple[str, ...], Money]:
    """The money of each group, however much it is.

    Args:
        units: ``(n,)`` whole minor units.
        currency: code of ISO 4217 for all rows, or a column of codes.
        by: columns whose values tell groups apart; a missing value is the group of an empty name.

    Raises:
        DefinitionError: no such columns, columns of several lengths, or a row without an amount.
        CurrencyError: two currencies in one group, the first of which there are.
        UnknownName: no such currency.

    >>> found = money_sums(np.array([150, 250, 2**63 - 1]), "CNY", ["E1", "E2", "E2"])
    >>> {key: str(money) for (key,), money in found.items()}
    {'E1': '1.50 CNY', 'E2': '92233720368547760.57 CNY'}
    """
    given = _wholes(units, "units")
    rows = given.values.size
    columns = [distinct(column, "by") for column in by]
    codes = (
        Encoded((currency,), np.zeros(rows, dtype=np.int32))
        if isinstance(currency, str)
        else distinct(currency, "currency")
    )
    for where, column in (("currency", codes), *(("by", column) for column in columns)):
        if len(column) != rows or given.values.ndim != 1:
            raise DefinitionError(where, "batch.rows", rows=len(column), expected=rows)
    if not given.known.all():
        raise DefinitionError("units", "batch.no_amount", row=int(np.argmin(given.known)))
    groups = together([part_of(column) for column in columns], rows)
    first = _first_rows(groups.codes, groups.size)
    _check_currencies(codes, groups.codes, first)
    sums = sum_by(given.values, groups.codes, groups.size)
    places = np.flatnonzero(first < rows)
    names = [*codes.values, None]
    money = [Money(sums[place], names[codes.codes[first[place]]]) for place in places.tolist()]
    return Keyed(zip(groups.keys(places), money, strict=True))


def _first_rows(groups: Places, size: int) -> Places:
    """By group its first row; the number of all rows for a group that has none."""
    found = np.full(size, len(groups), dtype=np.intp)
    np.minimum.at(found, groups, np.arange(len(groups)))
    return found


def _check_currencies(codes: Encoded, groups: Places, first: Places) -> None:
    """Refuse the first other currency of the first group that has one.

    Raises:
        CurrencyError: there is one.
    """
    own = codes.codes[np.minimum(first, len(groups) - 1)] if len(groups) else codes.codes
    mixed = codes.codes != own[groups]
    if mixed.any():
        mixed &= groups == groups[mixed].min()
        row = int(np.argmax(mixed))
        names = [*codes.values, None]
        one, other = names[own[groups[row]]], names[codes.codes[row]]
        raise CurrencyError("currency", "money.mixed", one=one, other=other)
