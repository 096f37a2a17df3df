"""The mapping of a log: wide or long, and the columns it reads."""

from __future__ import annotations

from typing import Any

import pytest

from svcstd.errors import DefinitionError
from svcstd.standard import DeskMapping, DeskVerdict, LogMapping

LONG: dict[str, Any] = {"event": "What", "at": "When", "kinds": {"Start": "opened"}}


def test_a_wide_log_names_its_columns_once() -> None:
    """Columns come in the order of their use, each once."""
    desk = DeskMapping(due="Due", verdict=DeskVerdict("Kept", "yes", "no"))
    log = LogMapping(id="No", time="ISO 8601", events={"opened": "In"}, facts={"kind": "Kind", "day": "In"}, desk=desk)
    assert (log.layout, log.columns) == ("wide", ("No", "In", "Kind", "Due", "Kept"))


def test_a_long_log_names_who_and_whose() -> None:
    """The columns of kind and time are read, and those of actor and group."""
    log = LogMapping(id="No", time="ISO 8601", actor="Who", group="Team", desk=DeskMapping(), **LONG)
    assert (log.layout, log.columns) == ("long", ("No", "What", "When", "Who", "Team"))


def test_a_long_log_may_tell_more_of_an_event() -> None:
    """Details, when it was recorded, and which event it is; each column once."""
    told: dict[str, Any] = {"details": {"kind": "Kind", "sum": "When"}, "recorded": "Seen", "event_id": "Key"}
    log = LogMapping(id="No", time="ISO 8601", facts={"tier": "Tier"}, **told, **LONG)
    assert log.columns == ("No", "What", "When", "Tier", "Kind", "Seen", "Key")


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"events": {"opened": "In"}} | LONG,
        {"events": {"opened": "In"}, "at": "When"},
        {"events": {"opened": "In"}, "actor": "Who"},
        {"events": {"opened": "In"}, "details": {"kind": "Kind"}},
        {"events": {"opened": "In"}, "recorded": "Seen"},
        {"events": {"opened": "In"}, "event_id": "Key"},
        {"event": "What"},
        {"at": "When", "kinds": {"a": "b"}},
        {"events": {"opened": "In"}, "due": "Until"},
    ],
)
def test_a_log_is_wide_or_long(parts: dict[str, Any]) -> None:
    """Half of one and half of the other is no mapping."""
    with pytest.raises(DefinitionError) as caught:
        LogMapping(id="No", time="ISO 8601", **parts)
    assert (caught.value.where, caught.value.message) == ("events", "log.shape")
    assert str(caught.value).endswith("give one of the two")
