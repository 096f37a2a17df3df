"""How a condition stands in a file: a table of facts, each with a literal, a list, a test or a small table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from svcstd.conditions.algebra import Contains, Eq, In, Opaque, Prefix, Present, Range, Suffix
from svcstd.conditions.facts import READERS, RESERVED, FactSchema, FactType, FactValue
from svcstd.conditions.interval import Bound
from svcstd.conditions.logic import AllOf, AnyOf, Condition, Not
from svcstd.durations import iso_duration
from svcstd.errors import DefinitionError, SvcstdError, nearest

__all__ = ["plain_value", "read_cell", "read_condition", "read_interval", "read_value", "write_cell", "write_condition"]

MOST_DIGITS = 40
LONGEST = 120
"""Characters of a test or range; two bounds fit."""
DEEPEST = 12
"""Levels of any_of, all_of and not within each other."""
PARTS: Mapping[str, type[Prefix | Suffix | Contains]] = {"starts": Prefix, "ends": Suffix, "contains": Contains}

_TEST = re.compile(r"(>=|<=|>|<)\s*(\S.*)", re.DOTALL)
_RANGE = re.compile(r"([\[(])\s*(\S.*?)\s*\.\.\s*(\S.*?)\s*([\])])", re.DOTALL)


def read_condition(table: Mapping[str, object], schema: FactSchema, where: str = "when") -> AllOf:
    """A table such as ``{kind = ["fault", "complaint"], amount = ">= 1000", city = {present = true}}``.

    Texts are literals or lists and never parsed; numbers, dates, moments and durations may be a test (``>= 1000``) or
    a range (``[1..5)``, the brackets say which ends belong to it). A small table asks ``present``, ``starts``,
    ``ends`` or ``contains``, or denies another cell with ``not``. Beside facts, ``any_of`` and ``all_of`` hold lists
    of such tables, ``not`` holds one.

    Raises:
        DefinitionError: an undeclared fact, a value that its kind cannot have, or tables nested too deep.

    >>> schema = FactSchema({"amount": FactType("integer")})
    >>> read_condition({"amount": "[1..5)"}, schema).tests[0].holds({"amount": 5})
    False
    >>> read_condition({"any_of": [{"amount": 1}, {"amount": {"present": False}}]}, schema).holds({})
    True
    """
    found = _only(_all(table, schema, where, DEEPEST))
    return found if isinstance(found, AllOf) else AllOf((found,))


def _all(table: Mapping[str, object], schema: FactSchema, where: str, deepest: int) -> AllOf:
    if not deepest:
        raise DefinitionError(where, "condition.deep", most=DEEPEST)
    tests: list[Condition] = []
    for name, cell in schema.flat(table).items():
        if name in RESERVED:
            tests.append(_joined(name, cell, schema, f"{where}.{name}", deepest))
        elif name in schema.types:
            tests.append(read_cell(name, cell, schema.types[name], f"{where}.{name}"))
        else:
            near = nearest(name, [*schema.types, *RESERVED])
            raise DefinitionError(f"{where}.{name}", "facts.name", value=name, nearest=near)
    return AllOf(tuple(tests))


def _joined(name: str, cell: object, schema: FactSchema, where: str, deepest: int) -> Condition:
    if name == "not":
        return Not(_one(cell, schema, where, deepest))
    if not isinstance(cell, list) or not cell:
        raise DefinitionError(where, "condition.list", value=name)
    tests = tuple(_one(one, schema, f"{where}[{number}]", deepest) for number, one in enumerate(cell))
    return AnyOf(tests) if name == "any_of" else AllOf(tests)


def _one(cell: object, schema: FactSchema, where: str, deepest: int) -> Condition:
    if not isinstance(cell, dict):
        raise DefinitionError(where, "condition.table")
    return _only(_all(cell, schema, where, deepest - 1))


def _only(found: AllOf) -> Condition:
    """A table of a single test is that test."""
    return found.tests[0] if len(found.tests) == 1 else found


def read_cell(field: str, cell: object, kind: FactType, where: str) -> Condition:
    """The test of one fact: a literal, a list, a test of an ordered kind, or a small table.

    Raises:
        DefinitionError: a value that the kind cannot have.

    >>> read_cell("amount", ["> 9", 5], FactType("integer"), "when.amount").holds({"amount": 5})
    True
    """
    match cell:
        case {"present": bool(expected), **others} if not others:
            return Present(field, expected=expected)
        case {"not": inner, **others} if not others and not (isinstance(inner, dict) and "not" in inner):
            return Not(read_cell(field, inner, kind, f"{where}.not"))
        case dict() if len(cell) == 1 and (name := next(iter(cell))) in PARTS:
            return _part(field, name, cell[name], kind, where)
        case dict():
            raise DefinitionError(where, "condition.cell", value=", ".join(map(str, cell)) or "nothing")
        case list() if cell:
            return _several(field, [_simple(field, one, kind, where) for one in cell])
        case _:
            return _simple(field, cell, kind, where)


def _part(field: str, name: str, part: object, kind: FactType, where: str) -> Condition:
    if kind.kind != "text":
        raise DefinitionError(f"{where}.{name}", "condition.text_only", kind=kind.kind)
    try:
        return PARTS[name](field, part)
    except DefinitionError as error:
        raise error.at(f"{where}.{name}") from None


def _several(field: str, tests: list[Eq | Range]) -> Condition:
    if all(isinstance(test, Eq) for test in tests):
        return In(field, tuple(test.value for test in tests if isinstance(test, Eq)))
    return AnyOf(tuple(tests))


def _simple(field: str, cell: object, kind: FactType, where: str) -> Eq | Range:
    if isinstance(cell, str) and kind.is_ordered:
        return _ordered(field, cell, kind, where)
    return Eq(field, read_value(field, cell, kind, where))


def read_value(field: str, value: object, kind: FactType, where: str) -> FactValue:
    """A literal as a value of the kind; dates, moments and durations may stand as text.

    Raises:
        DefinitionError: of another kind, outside the domain, or nothing at all.
    """
    if isinstance(value, str) and kind.kind in ("date", "moment", "duration"):
        value = _bound(value, kind, where)
    try:
        kind.check(field, value)  # type: ignore[arg-type]
    except SvcstdError as error:
        raise DefinitionError(where, error.message, **error.params) from None
    if value is None:
        raise DefinitionError(where, "facts.null")
    return value  # type: ignore[return-value]


def _ordered(field: str, text: str, kind: FactType, where: str) -> Eq | Range:
    plain = text.strip()
    if len(text) > LONGEST:
        raise DefinitionError(where, "facts.test", value=text, kind=kind.kind)
    if found := _TEST.fullmatch(plain):
        sign, value = found[1], _bound(found[2], kind, where)
        if sign in (">=", ">"):
            return Range(field, value, None, low_closed=sign == ">=")
        return Range(field, None, value, high_closed=sign == "<=")
    if found := _RANGE.fullmatch(plain):
        left, low, high, right = found.groups()
        ends = {"low_closed": left == "[", "high_closed": right == "]"}
        try:
            return Range(field, _bound(low, kind, where), _bound(high, kind, where), **ends)
        except DefinitionError as error:
            raise error.at(where) from None
    return Eq(field, read_value(field, _bound(plain, kind, where), kind, where))


def read_interval(text: str, kind: FactType, where: str) -> Range:
    """A test or range of an ordered kind, with nothing else allowed.

    Raises:
        DefinitionError: a kind without order, or no test and no range.

    >>> read_interval("[1..5]", FactType("integer"), "within").interval.has(6)
    False
    """
    found = _ordered("", text, kind, where) if kind.is_ordered else None
    if not isinstance(found, Range):
        raise DefinitionError(where, "facts.test", value=text, kind=kind.kind)
    return found


def _bound(text: str, kind: FactType, where: str) -> Bound:
    plain = text.removesuffix(kind.unit).rstrip() if kind.unit else text
    found = _number(plain, kind) if kind.line == "number" else READERS[kind.kind](plain)
    if found is None:
        message = "facts.test_unit" if kind.unit else "facts.test"
        raise DefinitionError(where, message, value=text, kind=kind.kind, **({"unit": kind.unit} if kind.unit else {}))
    return found  # type: ignore[return-value] # an ordered kind has no texts


def _number(text: str, kind: FactType) -> int | Decimal | None:
    try:
        number = Decimal(text if text.isascii() and "_" not in text else "")
    except InvalidOperation:
        return None
    if len(text) >= LONGEST // 2 or not number.is_finite() or abs(number.adjusted()) >= MOST_DIGITS:
        return None
    whole = number == int(number)
    if not whole and kind.kind == "integer":
        return None
    return int(number) if whole else number


def write_condition(condition: Condition) -> dict[str, object]:
    """The table that :func:`read_condition` reads as an equal condition.

    Raises:
        DefinitionError: a test that no file can hold, or conditions nested too deep.

    >>> write_condition(AllOf((Eq("kind", "fault"), Range("amount", 1, 5, high_closed=False))))
    {'kind': 'fault', 'amount': '[1..5)'}
    """
    found = _only(condition) if isinstance(condition, AllOf) else condition
    table = _table(condition if isinstance(found, AllOf) else found)
    if _levels(table) > DEEPEST:
        raise DefinitionError("when", "condition.deep", most=DEEPEST)
    return table


def _levels(table: object) -> int:
    """How deep tables stand within tables."""
    below = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    return isinstance(table, dict) + max(map(_levels, below), default=0)


def _table(test: Condition) -> dict[str, object]:
    """The table that reads as this one test."""
    match test:
        case AllOf():
            return _all_table(test)
        case AnyOf(tests=()) | Opaque():
            raise DefinitionError("when", "conditions.unwritable")
        case AnyOf():
            cell = _list(test)
            return {"any_of": [_table(one) for one in test.tests]} if cell is None else cell
        case Not(test=AllOf() | AnyOf() | Not() | Opaque()):
            return {"not": _table(test.test)}
        case Not():
            return {name: {"not": cell} for name, cell in _table(test.test).items()}
        case _:
            return {test.field: write_cell(test)}


def _all_table(condition: AllOf) -> dict[str, object]:
    """One table where each test has a key of its own, else a list: a table of one test would be read as that test."""
    tables = [_table(test) for test in condition.tests]
    joined = {name: cell for table in tables for name, cell in table.items()}
    nested = len(tables) == 1 or any(isinstance(test, AllOf) for test in condition.tests)
    return {"all_of": tables} if nested or len(joined) < len(tables) else joined


def _list(test: AnyOf) -> dict[str, object] | None:
    """Tests of one fact, at least one of them a range, as the list that reads as them."""
    simple = [one for one in test.tests if isinstance(one, Eq | Range)]
    fields = {one.field for one in simple}
    if len(simple) < len(test.tests) or len(fields) > 1 or not any(isinstance(one, Range) for one in simple):
        return None
    return {fields.pop(): [write_cell(one) for one in simple]}


def write_cell(test: Condition) -> object:
    """The cell that :func:`read_cell` reads as an equal test of its one fact.

    Raises:
        DefinitionError: a test of several facts, or one that no file can hold.
    """
    match test:
        case Eq(value=None) | In(values=()):
            raise DefinitionError("when", "conditions.unwritable")
        case Eq():
            return test.value
        case In() if None not in test.values:
            return list(test.values)
        case Present():
            return {"present": test.expected}
        case Range():
            return _range(test)
        case Prefix() | Suffix() | Contains():
            return {next(name for name, kind in PARTS.items() if type(test) is kind): test.part}
        case Not(test=inner) if not isinstance(inner, Not):
            return {"not": write_cell(inner)}
        case AnyOf() if (cell := _list(test)) is not None:
            return next(iter(cell.values()))
        case _:
            raise DefinitionError("when", "conditions.unwritable")


def _range(test: Range) -> str:
    low, high = (None if bound is None else plain_value(bound) for bound in (test.low, test.high))
    if low is None:
        return f"{'<=' if test.high_closed else '<'} {high}"
    if high is None:
        return f"{'>=' if test.low_closed else '>'} {low}"
    return f"{'[' if test.low_closed else '('}{low}..{high}{']' if test.high_closed else ')'}"


def plain_value(value: FactValue) -> str | int | Decimal | bool | None:
    """A value as plain data: dates, moments and durations as ISO text."""
    match value:
        case date() | datetime():
            return value.isoformat()
        case timedelta():
            return iso_duration(value)
        case _:
            return value
