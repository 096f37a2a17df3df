"""When to tell whom: thresholds as a share of the target, or so much before or after the due time or the start."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs

from svcstd.errors import DefinitionError, must_be, must_be_one_of
from svcstd.keyed import as_tuple
from svcstd.sla.target_text import read_amount
from svcstd.sla.targets import ElapsedTime, WorkingTime

__all__ = ["AT_DUE", "Level", "Offset", "Share", "Threshold", "read_percent", "read_threshold", "write_percent"]

_PERCENT = re.compile(r"(\d{1,4}(?:\.\d{1,6})?) ?%", re.ASCII)
_OFFSET = re.compile(r"(.+) (before due|after due|after start)", re.ASCII)
MOST_SHARE = 10
ANCHORS = ("before due", "after due", "after start")


def read_percent(text: str, where: str = "share") -> Fraction:
    """A share such as ``95 %`` or ``99.9 %``, exact.

    Raises:
        DefinitionError: not in that form.

    >>> read_percent("99.9 %")
    Fraction(999, 1000)
    """
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        raise DefinitionError(where, "percent.text", value=text)
    return Fraction(found[1]) / 100


def write_percent(share: Fraction) -> str:
    """The text that :func:`read_percent` reads.

    >>> write_percent(Fraction(999, 1000))
    '99.9 %'
    """
    number = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return f"{number.normalize():f} %"


def is_percent(share: Fraction) -> bool:
    """Whether :func:`write_percent` can write it exactly, with six decimals at most."""
    return (share * 100_000_000).denominator == 1


def _shown(share: Fraction) -> str:
    return write_percent(share) if is_percent(share) else f"{share * 100} %"


@attrs.frozen
class Share:
    """When so large a share of the target is used up; 1 is the due time.

    Raises:
        DefinitionError: nothing, or more than ten times the target.
    """

    of_target: Fraction

    def __attrs_post_init__(self) -> None:
        must_be(self.of_target, Fraction, "notify", "a Fraction")
        if not (0 < self.of_target <= MOST_SHARE and is_percent(self.of_target)):
            raise DefinitionError("notify", "threshold.share", value=_shown(self.of_target))

    def __str__(self) -> str:
        return "due" if self.of_target == 1 else write_percent(self.of_target)


@attrs.frozen
class Offset:
    """So much working or elapsed time before or after the due time, or after the start."""

    amount: WorkingTime | ElapsedTime
    anchor: Literal["before due", "after due", "after start"]

    def __attrs_post_init__(self) -> None:
        must_be(self.amount, (WorkingTime, ElapsedTime), "amount", "WorkingTime or ElapsedTime")
        must_be_one_of(self.anchor, ANCHORS, "anchor")

    def __str__(self) -> str:
        return f"{self.amount} {self.anchor}"


Threshold: TypeAlias = "Share | Offset"
AT_DUE = Share(Fraction(1))


@attrs.frozen
class Level:
    """A threshold, and whom to tell when it is reached.

    Attributes:
        threshold: when.
        to: roles.
    """

    threshold: Threshold
    to: tuple[str, ...] = attrs.field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        must_be(self.threshold, (Share, Offset), "notify", "a threshold, such as read_threshold('80 %')")
        if not self.to:
            raise DefinitionError("notify", "shape.empty")


def read_threshold(text: str, where: str = "notify") -> Threshold:
    """The threshold that a text names: ``due``, ``80 %``, ``2 working hours before due``, ``48 hours after start``.

    Raises:
        DefinitionError: nothing of the above.

    >>> str(read_threshold("30 minutes before due")), str(read_threshold("100 %"))
    ('30 minutes before due', 'due')
    """
    plain = " ".join(text.split())
    if plain == "due":
        return AT_DUE
    if _PERCENT.fullmatch(plain):
        try:
            return Share(read_percent(plain, where))
        except DefinitionError as error:
            raise error.at(where) from None
    found = _OFFSET.fullmatch(plain)
    if found is None:
        raise DefinitionError(where, "threshold.text", value=text)
    return Offset(read_amount(found[1], where), found[2])  # type: ignore[arg-type]
