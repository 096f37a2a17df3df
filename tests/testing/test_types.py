"""Every public type has a strategy whose values are valid, can be hashed and told, and shrink."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Hashable, Mapping, Sized
from importlib import import_module
from typing import Any

import attrs
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.keyed import Keyed
from svcstd.testing.entry import ROOMS, types_of
from svcstd.testing.strategies.registry import NOT_DRAWN, STRATEGIES, resolve

TYPES = {kind: f"{room}.{kind.__name__}" for room in ROOMS for kind in types_of(import_module(f"svcstd.{room}"))}


def test_no_type_is_left_out() -> None:
    """Each is drawn, or it is said why not."""
    told = {*STRATEGIES, *NOT_DRAWN, Keyed}  # the last with the types of its keys and values
    assert not {name for kind, name in TYPES.items() if kind not in told}
    assert not {kind for kind in NOT_DRAWN if kind in STRATEGIES}


def test_a_type_that_is_not_drawn_says_why() -> None:
    """Rather than draw something invalid."""
    assert NOT_DRAWN
    for kind, why in NOT_DRAWN.items():
        with pytest.raises(DefinitionError, match=f"{kind.__name__} is not drawn: {why}"):
            resolve(kind)


@given(st.from_type(Keyed[str, int]), st.from_type(Keyed))
def test_keyed_of_anything(told: Keyed[str, int], plain: Keyed[str, int]) -> None:
    """With the types of its keys and values, or texts and whole numbers."""
    for one in (told, plain):
        assert isinstance(one, Keyed)
        assert all(isinstance(key, str) and isinstance(value, int) for key, value in one.items())


NOTHING_IS_IMPORTED = """
import sys
import hypothesis
from hypothesis import strategies as st
rooms = [name for name in sys.modules if name.startswith("svcstd.") and not name.startswith("svcstd.testing")]
assert rooms == [], rooms
assert "svcstd.testing.strategies" not in sys.modules
from svcstd.calendars import Period
import svcstd.rules
assert isinstance(hypothesis.find(st.from_type(Period), lambda period: True), Period)
assert svcstd.rules.__loader__.get_source("svcstd.rules")
assert svcstd.rules.__spec__.submodule_search_locations
"""


@pytest.mark.long
def test_hypothesis_imports_nothing_of_ours() -> None:
    """Whoever has svcstd beside Hypothesis waits for nothing; a room that is imported later is known all the same."""
    run = subprocess.run([sys.executable, "-c", NOTHING_IS_IMPORTED], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.long
def test_the_types_of_others_are_left_alone() -> None:
    """Hypothesis asks every strategy of a type for its parents too: ours know of none."""
    for asked in (object, Hashable, Mapping, Mapping[str, int], Sized):
        find(st.from_type(asked), lambda _: True)


def _name(kind: Any) -> str:
    return str(kind.__name__)


DRAWN: list[type] = [*STRATEGIES]


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted(DRAWN, key=_name), ids=_name)
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
