"""Values within values: a line of a statement, a segment of a reading, a test of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, overload

import attrs

__all__ = ["within"]

T = TypeVar("T")


@overload
def within(value: object, kind: type[T]) -> Iterator[T]: ...
@overload
def within(value: object, kind: tuple[type, ...]) -> Iterator[Any]: ...
def within(value: object, kind: type | tuple[type, ...]) -> Iterator[Any]:
    """Every value of a type inside another, in order, that value itself included.

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
    kind = type(value)
    return [getattr(value, field.name) for field in attrs.fields(kind)] if attrs.has(kind) else ()
