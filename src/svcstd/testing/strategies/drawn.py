"""What strategies of many types share: their table, and values that are found within others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

import attrs
from hypothesis import strategies as st

__all__ = ["Strategies", "found_in", "within"]

Strategies: TypeAlias = "Mapping[type, Callable[[], st.SearchStrategy[Any]]]"
"""By type, what draws its values; made when it is first asked for."""
T = TypeVar("T")


def within(value: object, kind: type[T]) -> Iterator[T]:
    """Every value of a type inside another, that value itself included.

    >>> [*within({"a": [1, "b"], "c": (2,)}, int)]
    [1, 2]
    """
    waiting: list[object] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kind):
            yield one
        waiting.extend(reversed([*_parts(one)]))


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return [*value.values()]
    if isinstance(value, tuple | list | frozenset | set):
        return value
    if attrs.has(type(value)):
        return [getattr(value, field.name) for field in attrs.fields(type(value))]
    return ()


def found_in(values: st.SearchStrategy[Any], kind: type[T]) -> st.SearchStrategy[T]:
    """Values of a type that others hold: a line of a statement, a segment of a reading.

    Args:
        values: those that hold them; what holds none is drawn anew.
        kind: the type.
    """
    held = values.map(lambda value: list(within(value, kind)))
    return held.filter(bool).flatmap(st.sampled_from)
