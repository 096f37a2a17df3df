"""Shapes of exact numbers, of their rounding, and of scales."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from svcstd.curves import GradeScale, Rounding, RoundingMode, Scale, exact
from svcstd.documents.shapes import Parsed, Reader, Shape, wrong_kind
from svcstd.documents.structures import Field, Record, Switch, Table, has_key, is_kind
from svcstd.errors import DefinitionError, SvcstdError

__all__ = ["EXACT", "ROUNDING", "SCALES", "plain_number"]

LONGEST = 60
_PERCENT = re.compile(r"(-?\d{1,20}(?:\.\d{1,20})?) ?%", re.ASCII)
_FRACTION = re.compile(r"-?\d{1,30}/[1-9]\d{0,29}", re.ASCII)
_ROUNDING = re.compile(r"(\d{1,20}(?:\.\d{1,20})?) ([a-z ]{2,20})", re.ASCII)
EXPECTED = "a number, a percentage such as -50 %, or a fraction such as 1/3"


def plain_number(value: Fraction) -> int | Decimal | str:
    """An exact number as the file writes it: whole, decimal, or a fraction as text.

    >>> plain_number(Fraction(3)), plain_number(Fraction(3, 8)), plain_number(Fraction(1, 3))
    (3, Decimal('0.375'), '1/3')
    """
    if value.denominator == 1:
        return value.numerator
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return decimal if Fraction(decimal) == value else str(value)


@attrs.frozen
class _Exact:
    """A number without rounding: whole, decimal, a percentage, or a fraction."""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A fraction."""
        if isinstance(raw, str) and len(raw) <= LONGEST:
            if found := _PERCENT.fullmatch(raw.strip()):
                return Fraction(found[1]) / 100
            if _FRACTION.fullmatch(raw.strip()):
                return Fraction(raw.strip())
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            return wrong_kind(reader, path, raw, EXPECTED)
        try:
            return exact(raw)
        except SvcstdError as error:
            return reader.fault(error, path)

    def write(self, value: Fraction) -> object:
        """The number."""
        return plain_number(value)

    def schema(self) -> dict[str, Any]:
        """A number or a text."""
        text = {"type": "string", "examples": ["-50 %", "1/3"]}
        return {"anyOf": [{"type": "number"}, text], "description": EXPECTED}


EXACT: Shape = _Exact()


def _read_rounding(text: str) -> Rounding:
    found = _ROUNDING.fullmatch(text.strip())
    if found is None:
        raise DefinitionError("round", "rounding.text", value=text)
    mode: RoundingMode = found[2]  # type: ignore[assignment] # checked at the birth of the value
    return Rounding(Decimal(found[1]), mode)


ROUNDING = Parsed(
    _read_rounding,
    lambda value: f"{value.step:f} {value.mode}",
    "step and mode, such as 0.01 half up",
    ("0.01 half up", "1 half even"),
)
SCALES = Table(
    Switch(
        (
            (
                has_key("grades"),
                Record(
                    GradeScale,
                    (Field("grades", Table(EXACT, free=True), attr="points", says="points by grade, rising"),),
                    "grades in order",
                ),
            ),
            (
                is_kind(dict),
                Record(
                    lambda low, high, step: Scale(low, high, step=step),
                    (
                        Field("from", EXACT, attr="low"),
                        Field("to", EXACT, attr="high"),
                        Field("step", EXACT, None, says="of the values; by default any between the bounds"),
                    ),
                    "numbers between two bounds, both included",
                ),
            ),
        ),
        lambda value: 0 if isinstance(value, GradeScale) else 1,
        "a table with from and to, or with grades",
    )
)
