"""Whether a condition speaks of declared facts as they are declared."""

from __future__ import annotations

from svcstd.conditions.algebra import Contains, Eq, In, Opaque, Prefix, Present, Range, Suffix
from svcstd.conditions.facts import FactSchema
from svcstd.conditions.logic import AllOf, AnyOf, Condition, Not
from svcstd.errors import DefinitionError, SvcstdError, nearest

__all__ = ["MOST_VALUES", "check_condition"]

DEEPEST = 50
MOST_VALUES = 100_000
"""Values and tests of one condition."""


def check_condition(condition: Condition, schema: FactSchema, where: str = "when") -> None:
    """Refuse undeclared facts, values of another kind, and conditions too deep or too long to be worked with.

    Raises:
        DefinitionError: the first fault found.

    >>> from svcstd.conditions import FactType
    >>> check_condition(Range("kind", 1, 2), FactSchema({"kind": FactType()}))
    Traceback (most recent call last):
        ...
    svcstd.errors.DefinitionError: when: a test by size does not fit the fact 'kind' of the kind text; test it by value
    """
    if _size(condition, where, DEEPEST) > MOST_VALUES:
        raise DefinitionError(where, "condition.long", most=MOST_VALUES)
    _check(condition, schema, where)


def _size(condition: Condition, where: str, deepest: int) -> int:
    if not deepest:
        raise DefinitionError(where, "condition.deep", most=DEEPEST)
    match condition:
        case AllOf() | AnyOf():
            return 1 + sum(_size(test, where, deepest - 1) for test in condition.tests)
        case Not():
            return 1 + _size(condition.test, where, deepest - 1)
        case In():
            return 1 + len(condition.values)
        case _:
            return 1


def _check(condition: Condition, schema: FactSchema, where: str) -> None:
    match condition:
        case AllOf() | AnyOf():
            for test in condition.tests:
                _check(test, schema, where)
        case Not():
            _check(condition.test, schema, where)
        case _:
            for field in sorted(condition.fields):
                if field not in schema.types:
                    raise DefinitionError(where, "facts.name", value=field, nearest=nearest(field, schema.types))
            _check_test(condition, schema, where)


def _check_test(
    test: Eq | In | Range | Prefix | Suffix | Contains | Present | Opaque, schema: FactSchema, where: str
) -> None:
    match test:
        case Eq() | In():
            for value in (test.value,) if isinstance(test, Eq) else test.values:
                if value is None:
                    raise DefinitionError(where, "facts.null")
                try:
                    schema.types[test.field].check(test.field, value)
                except SvcstdError as error:
                    raise DefinitionError(where, error.message, **error.params) from None
        case Range():
            kind = schema.types[test.field]
            if kind.line != test.interval.line:
                raise DefinitionError(where, "condition.order", value=test.field, kind=kind.kind)
        case Prefix() | Suffix() | Contains():
            kind = schema.types[test.field]
            if kind.kind != "text":
                raise DefinitionError(where, "condition.text_only", kind=kind.kind)
        case _:
            return
