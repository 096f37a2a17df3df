"""What a caller gives in Python is checked where it is given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from svcstd.errors import DefinitionError
from svcstd.standard import Edition, ServiceStandard

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
AN_EDITION: Any = Edition
A_STANDARD: Any = ServiceStandard
DESK: Any = ServiceStandard(id="x", name="X", zone="UTC", editions=[Edition(zone="UTC")])


@pytest.mark.parametrize(
    ("ask", "where", "got"),
    [
        (lambda: AN_EDITION(zone="UTC", starts=NOON), "starts", "a datetime"),
        (lambda: AN_EDITION(zone="UTC", starts="2026-01-01"), "starts", "a str"),
        (lambda: A_STANDARD(id="x", name="X", zone="UTC", editions=["x"]), "editions", "a str"),
        (lambda: DESK.edition_on(NOON), "day", "a datetime"),
        (lambda: DESK.edition_on("2026-01-01"), "day", "a str"),
        (lambda: DESK.follow_ups([], (date(2026, 1, 1), date(2026, 2, 1)), as_of=NOON), "period", "a tuple"),
        (lambda: DESK.attainment([], date(2026, 1, 1), as_of=NOON), "period", "a date"),
    ],
)
def test_another_class_is_refused(ask: Any, where: str, got: str) -> None:
    """With the class it has, and the one that is wanted; no built-in error comes from within."""
    with pytest.raises(DefinitionError) as caught:
        ask()
    assert (caught.value.where, caught.value.message) == (where, "shape.kind")
    assert str(caught.value).startswith(f"{where}: this is {got}; write a")
