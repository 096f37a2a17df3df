"""The terms of a promise: named options, our default first, nothing else."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

from svcstd.errors import DefinitionError
from svcstd.sla import Terms
from svcstd.sla.terms import OPTIONS


def test_our_defaults() -> None:
    """What a promise means if nobody says otherwise, as the handbook has it."""
    assert attrs.asdict(Terms()) == {
        "landing": "calendar",
        "at_due": "in_time",
        "retarget": "keep_elapsed",
        "attach": "from_start",
        "reopen": "continue",
        "pausing": "stops",
        "pause_days": "refused",
    }


def test_every_option_is_listed() -> None:
    """The list of options is complete, and the default stands first."""
    assert list(OPTIONS) == [field.name for field in attrs.fields(Terms)]
    assert {name: choices[0] for name, choices in OPTIONS.items()} == attrs.asdict(Terms())
    assert OPTIONS["retarget"] == ("keep_elapsed", "from_start", "restart", "proportional", "stay")
    assert OPTIONS["reopen"] == ("continue", "through", "new_cycle", "stay")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, choices in OPTIONS.items() for value in choices])
def test_every_choice(name: str, value: str) -> None:
    """Each choice is taken, and the terms are a value."""
    parts: dict[str, Any] = {name: value}
    terms = Terms(**parts)
    assert getattr(terms, name) == value
    assert pickle.loads(pickle.dumps(terms)) == terms  # noqa: S301 - our own bytes
    assert hash(terms) == hash(Terms(**parts))


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [
        ("landing", "closing", "close"),
        ("landing", "", "close"),
        ("at_due", "in time", "in_time"),
        ("retarget", "keep_elapse", "keep_elapsed"),
        ("attach", "from start", "from_start"),
        ("reopen", "continues", "continue"),
        ("pausing", "stop", "stops"),
        ("pause_days", "Whole", "whole"),
        ("retarget", None, "restart"),
        ("retarget", ["restart"], "restart"),
        ("at_due", True, "late"),
    ],
)
def test_no_choice(name: str, value: Any, nearest: str) -> None:
    """What is no choice is refused by the path of the option, with what was perhaps meant."""
    parts: dict[str, Any] = {name: value}
    with pytest.raises(DefinitionError) as caught:
        Terms(**parts)
    assert (caught.value.where, caught.value.message) == (f"options.{name}", "choice.nearest")
    assert caught.value.params["value"] == str(value)
    if str(value)[:3].lower() == nearest[:3]:
        assert caught.value.params["nearest"] == nearest
