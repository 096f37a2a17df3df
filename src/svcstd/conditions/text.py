"""How a condition stands in a file: a table of facts, each with a literal, a list or, for ordered kinds, a test."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from svcstd.conditions.algebra import AllOf, Condition, Eq, In, Present, Range
from svcstd.conditions.facts import FactSchema, FactType, FactValue
from svcstd.errors import DefinitionError, SvcstdError, nearest

__all__ = ["read_condition", "write_condition"]

MOST_DIGITS = 40
LONGEST = 120
"""Characters of a test or range; two bounds fit."""

_TEST = re.compile(r"(>=|<=|>|<)\s*(\S+)")
_RANGE = re.compile(r"([\[(])\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\])])")


def read_condition(table: Mapping[str, object], schema: FactSchema, where: str = "when") -> AllOf:
    """A table such as ``{kind = ["fault", "complaint"], amount = ">= 1000", city = {present = true}}``.

    Texts are literals or lists and never parsed; numbers and dates may be a test (``>= 1000``) or a range
    (``[1..5)``, the brackets say which ends belong to it).

    Raises:
        DefinitionError: an undeclared fact, or a value that its kind cannot have.

    >>> schema = FactSchema({"amount": FactType("integer")})
    >>> read_condition({"amount": "[1..5)"}, schema).tests[0].holds({"amount": 5})
    False
    """
    return AllOf(tuple(_test(field, cell, schema, f"{where}.{field}") for field, cell in table.items()))


def _test(field: str, cell: object, schema: FactSchema, where: str) -> Condition:
    if field not in schema.types:
        raise DefinitionError(where, "facts.name", value=field, nearest=nearest(field, schema.types))
    kind = schema.types[field]
    match cell:
        case {"present": bool(expected), **others} if not others:
            return Present(field, expected=expected)
        case list() if cell:
            return In(field, tuple(_literal(value, field, kind, where) for value in cell))
        case str() if kind.is_ordered:
            return _ordered(field, cell, kind, where)
        case _:
            return Eq(field, _literal(cell, field, kind, where))


def _literal(value: object, field: str, kind: FactType, where: str) -> FactValue:
    if isinstance(value, str) and kind.kind == "date":
        return _bound(value, kind, where)
    try:
        kind.check(field, value)  # type: ignore[arg-type]
    except SvcstdError as error:
        raise DefinitionError(where, error.message, **error.params) from None
    if value is None:
        raise DefinitionError(where, "facts.null")
    return value  # type: ignore[return-value]


def _ordered(field: str, text: str, kind: FactType, where: str) -> Condition:
    if len(text) > LONGEST:
        raise DefinitionError(where, "facts.test", value=text, kind=kind.kind)
    if found := _TEST.fullmatch(text.strip()):
        sign, bound = found.groups()
        value = _bound(bound, kind, where)
        if sign in (">=", ">"):
            return Range(field, value, None, low_closed=sign == ">=")
        return Range(field, None, value, high_closed=sign == "<=")
    if found := _RANGE.fullmatch(text.strip()):
        left, low, high, right = found.groups()
        ends = {"low_closed": left == "[", "high_closed": right == "]"}
        try:
            return Range(field, _bound(low, kind, where), _bound(high, kind, where), **ends)
        except DefinitionError as error:
            raise error.at(where) from None
    return Eq(field, _bound(text.strip(), kind, where))


def _bound(text: str, kind: FactType, where: str) -> int | Decimal | date:
    try:
        if kind.kind == "date":
            return date.fromisoformat(text)
        number = Decimal(text if text.isascii() and "_" not in text else "")
        if (
            len(text) < LONGEST // 2
            and number.is_finite()
            and abs(number.adjusted()) < MOST_DIGITS
            and (kind.kind == "number" or number == int(number))
        ):
            return int(number) if number == int(number) else number
    except (ValueError, InvalidOperation):
        pass
    raise DefinitionError(where, "facts.test", value=text, kind=kind.kind)


def write_condition(condition: Condition) -> dict[str, object]:
    """The table that :func:`read_condition` reads.

    Raises:
        DefinitionError: nesting, two tests of one fact, or a test that no file can hold.

    >>> write_condition(AllOf((Eq("kind", "fault"), Range("amount", 1, 5, high_closed=False))))
    {'kind': 'fault', 'amount': '[1..5)'}
    """
    tests = condition.tests if isinstance(condition, AllOf) else (condition,)
    found: dict[str, object] = {}
    for test in tests:
        if isinstance(test, AllOf) or test.field in found:
            raise DefinitionError("when", "conditions.unwritable")
        found[test.field] = _cell(test)
    return found


def _cell(test: Eq | In | Range | Present) -> object:
    match test:
        case Eq(value=None) | In(values=()):
            raise DefinitionError("when", "conditions.unwritable")
        case Eq():
            return test.value
        case In():
            return list(test.values)
        case Present():
            return {"present": test.expected}
        case Range(low=None):
            return f"{'<=' if test.high_closed else '<'} {test.high}"
        case Range(high=None):
            return f"{'>=' if test.low_closed else '>'} {test.low}"
        case _:
            ends = "[" if test.low_closed else "(", "]" if test.high_closed else ")"
            return f"{ends[0]}{test.low}..{test.high}{ends[1]}"
