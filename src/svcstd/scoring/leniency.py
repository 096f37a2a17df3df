"""Leniency: some raters are mild and some severe; what they give is told as it is, and beside it adjusted."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from svcstd.curves import Number, exact
from svcstd.errors import DefinitionError, FactError
from svcstd.scoring.record import Record, amount_of

__all__ = ["Centred", "centred"]


@attrs.frozen(kw_only=True)
class Centred:
    """One rating, raw and adjusted.

    Attributes:
        rater, subject: who rated whom.
        raw: as given.
        adjusted: with the mildness of the rater taken off; it may leave the scale, and is not moved back.
    """

    rater: str
    subject: str
    raw: Fraction
    adjusted: Fraction


def centred(ratings: Iterable[Record], *, least: int, strength: Number) -> tuple[Centred, ...]:
    """Every rating with how far its rater lies from the mean of all taken off.

    A rater of few people may have rated good ones: then only part of the distance is taken off, ``n / (n + strength)``.

    Args:
        ratings: records with ``rater``, ``subject`` and ``value``.
        least: of how many people a rater's own mean counts in full, at least 1.
        strength: how many people the mean of all counts for, where a rater has rated fewer; above 0.

    Raises:
        FactError: a rating without one of its parts.
        DefinitionError: bounds that are none, or a float.

    >>> marks = [("mild", "a", 5), ("mild", "b", 5), ("severe", "a", 1), ("severe", "b", 3)]
    >>> records = [{"rater": rater, "subject": subject, "value": value} for rater, subject, value in marks]
    >>> [str(one.adjusted) for one in centred(records, least=2, strength=1)]
    ['7/2', '7/2', '5/2', '9/2']
    """
    weight = exact(strength, "strength")
    if weight <= 0:
        raise DefinitionError("strength", "scoring.strength", value=str(weight))
    if isinstance(least, bool) or not isinstance(least, int) or least < 1:
        raise DefinitionError("least", "agents.some")
    read = [_read(record) for record in ratings]
    by_rater: dict[str, list[tuple[str, Fraction]]] = {}
    for rater, subject, value in read:
        by_rater.setdefault(rater, []).append((subject, value))
    middle = _mean([value for _, _, value in read]) if read else Fraction(0)
    off: dict[str, Fraction] = {}
    for rater, given in by_rater.items():
        people = len({subject for subject, _ in given})
        part = Fraction(1) if people >= least else people / (people + weight)
        off[rater] = part * (_mean([value for _, value in given]) - middle)
    return tuple(
        Centred(rater=rater, subject=subject, raw=value, adjusted=value - off[rater]) for rater, subject, value in read
    )


def _read(record: Record) -> tuple[str, str, Fraction]:
    for field in ("rater", "subject", "value"):
        if record.get(field) in (None, ""):
            raise FactError(f"records.{field}", "kpis.missing", value=field)
    value = amount_of(record, "value")
    assert value is not None  # noqa: S101 - told above
    return str(record["rater"]), str(record["subject"]), value


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
