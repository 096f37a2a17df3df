"""A condition on one line, for people: ``kind = fault and amount in [1..5)``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

from svcstd.catalogues.words import plain
from svcstd.conditions.algebra import Contains, Eq, In, Opaque, Prefix, Present, Range, Suffix
from svcstd.conditions.facts import Facts, FactValue
from svcstd.conditions.logic import AllOf, AnyOf, Condition, Not
from svcstd.durations import iso_duration

__all__ = ["show_condition", "show_facts", "show_value"]

Bounds: TypeAlias = "tuple[str, str]"
MOST_SHOWN = 12
"""Values of a list that are spelled out."""
WORDS: dict[type, str] = {Prefix: "starts with", Suffix: "ends with", Contains: "contains"}


def show_condition(condition: Condition) -> str:
    """A condition on one line; no conditions at all are ``anything``.

    >>> show_condition(AllOf((In("kind", ("fault", "complaint")), Not(Eq("vip", True)))))
    'kind in (fault, complaint) and not (vip = true)'
    """
    return _show(condition, outermost=True)


def _show(condition: Condition, *, outermost: bool) -> str:
    match condition:
        case AllOf(tests=()):
            return "anything"
        case AnyOf(tests=()):
            return "nothing"
        case AllOf(tests=(one,)) | AnyOf(tests=(one,)):
            return _show(one, outermost=outermost)
        case AllOf() | AnyOf():
            word = " and " if isinstance(condition, AllOf) else " or "
            text = word.join(_show(test, outermost=False) for test in condition.tests)
            return text if outermost else f"({text})"
        case Not():
            return f"not ({_show(condition.test, outermost=True)})"
        case Opaque():
            return plain(condition.name)
        case _:
            return _test(condition)


def _test(test: Eq | In | Range | Prefix | Suffix | Contains | Present) -> str:
    match test:
        case Eq():
            return f"{test.field} = {show_value(test.value)}"
        case In():
            rest = ", …" if len(test.values) > MOST_SHOWN else ""
            return f"{test.field} in ({', '.join(map(show_value, test.values[:MOST_SHOWN]))}{rest})"
        case Range(low=None):
            return f"{test.field} {'<=' if test.high_closed else '<'} {show_value(test.high)}"
        case Range(high=None):
            return f"{test.field} {'>=' if test.low_closed else '>'} {show_value(test.low)}"
        case Range():
            left, right = "[" if test.low_closed else "(", "]" if test.high_closed else ")"
            return f"{test.field} in {left}{show_value(test.low)}..{show_value(test.high)}{right}"
        case Present():
            return f"{test.field} is {'known' if test.expected else 'missing'}"
        case _:
            return f"{test.field} {WORDS[type(test)]} {show_value(test.part)}"


def show_value(value: FactValue) -> str:
    """A fact on one line.

    >>> show_value(True), show_value(timedelta(hours=8)), show_value(None)
    ('true', 'PT8H', 'missing')
    """
    if type(value) is str:  # most of them
        return plain(value)
    match value:
        case None:
            return "missing"
        case bool():
            return "true" if value else "false"
        case timedelta():
            return iso_duration(value)
        case date():
            return value.isoformat()
        case _:
            return plain(str(value))


def show_facts(names: Iterable[str], facts: Facts) -> str:
    """Some facts on one line; a dash for none.

    >>> show_facts(("kind", "vip"), {"kind": "fault"}), show_facts((), {})
    ('kind is fault, vip is missing', '-')
    """
    return ", ".join([f"{name} is {show_value(facts.get(name))}" for name in names]) or "-"
