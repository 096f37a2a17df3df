"""What strategies of many types share: their table, and values that are found within others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st

from svcstd.testing.found import within

__all__ = ["Strategies", "found_in"]

Strategies: TypeAlias = "Mapping[type, Callable[[], st.SearchStrategy[Any]]]"
"""By type, what draws its values; made when it is first asked for."""
T = TypeVar("T")


def found_in(values: st.SearchStrategy[Any], kind: type[T]) -> st.SearchStrategy[T]:
    """Values of a type that others hold: a line of a statement, a segment of a reading.

    Args:
        values: those that hold them; what holds none is drawn anew.
        kind: the type.
    """
    held = values.map(lambda value: list(within(value, kind)))
    return held.filter(bool).flatmap(st.sampled_from)
