"""Every public type has a strategy whose values are valid, can be hashed and told, and shrink."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd.testing.strategies.registry import NOT_DRAWN, ROOMS, STRATEGIES


def public_types() -> dict[str, type]:
    """The classes that the rooms of the library show."""
    found: dict[str, type] = {}
    for room in ROOMS:
        module = import_module(f"svcstd.{room}")
        found |= {f"{room}.{name}": one for name in module.__all__ if inspect.isclass(one := getattr(module, name))}
    return found


TYPES = public_types()


def test_no_type_is_left_out() -> None:
    """Each is drawn, or it is said why not."""
    left = {name for name, kind in TYPES.items() if kind not in STRATEGIES and kind not in NOT_DRAWN}
    assert not left
    assert not {kind for kind in NOT_DRAWN if kind in STRATEGIES}


@pytest.mark.parametrize("kind", sorted(set(STRATEGIES), key=lambda kind: kind.__name__))
def test_values_are_of_their_type(kind: type) -> None:
    """``from_type`` draws them without a word of ours; attrs' own equality, hash and repr work on each."""

    @settings(max_examples=5)
    @given(st.from_type(kind))
    def holds(value: Any) -> None:
        assert isinstance(value, kind)
        assert repr(value)
        assert value == value  # noqa: PLR0124 - no field of it is a NaN
        if attrs.has(kind) and value.__hash__ is not None:
            hash(value)

    holds()
