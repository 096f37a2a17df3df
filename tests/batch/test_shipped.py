"""Standards and calendars as bytes: they come back equal, and a worker with other data refuses."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest

pytest.importorskip("numpy", reason="the extra batch is not installed")
shipped: Any = pytest.importorskip("svcstd.batch.spark.shipped")

from tests.batch.test_columns import CALENDARS, OFFICE  # noqa: E402 - skipped where NumPy is absent

from svcstd import loads  # noqa: E402 - the same
from svcstd.calendars import BusinessCalendar, HolidayTable  # noqa: E402 - the same
from svcstd.errors import DefinitionError  # noqa: E402 - the same

STANDARD = loads("""
svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
years = "2025..2026"

[events]
opened = ""
closed = ""

[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = "CN"

[objectives.close]
calendar = "office"
target = "8 working hours"
clock = { start = "opened", stop = "closed" }

[changes.2026-03-01]
calendars.office.zone = "Asia/Tokyo"

[log]
id = "case"
time = "YYYY-MM-DD HH:mm"
zone = "Europe/Rome"
folds = "reject"
events = { opened = "opened" }
""")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    shipped.standard_from.cache_clear()
    shipped.calendars_from.cache_clear()


def test_a_standard_comes_back() -> None:
    """Equal, and once for a process; plain text, without an object of any library."""
    told = shipped.standard_to_bytes(STANDARD)
    assert shipped.standard_from(told) == STANDARD
    assert shipped.standard_from(bytes(told)) is shipped.standard_from(told)
    assert b"pendulum" not in told
    assert {"zones.Europe/Rome", "zones.Asia/Tokyo", "editions.2026-03-01.calendars.office"} <= {
        *shipped._digests_of(STANDARD)
    }


def test_calendars_come_back() -> None:
    """One, or by key, with all they are made of."""
    for given in (OFFICE, CALENDARS):
        told = shipped.calendars_to_bytes(given)
        assert shipped.calendars_from(told) == given
        assert b"pendulum" not in told


def test_other_zones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the data of zones come to something else, of a standard and of a calendar."""
    told = shipped.standard_to_bytes(STANDARD), shipped.calendars_to_bytes(OFFICE)
    monkeypatch.setattr(shipped, "zone_digest", lambda _: "0" * 16)
    for read, found in zip((shipped.standard_from, shipped.calendars_from), told, strict=True):
        with pytest.raises(DefinitionError, match=r"zones\.\S+: this worker's data come to 0{16}.*tzdata"):
            read(found)


def test_other_holidays_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a country has another day off, as in another release of holidays."""
    told = shipped.standard_to_bytes(STANDARD)
    entry = "svcstd.standard.calendar_entry.public_holidays"
    monkeypatch.setattr(entry, lambda *_, **__: HolidayTable([date(2026, 1, 2)]))
    with pytest.raises(DefinitionError, match=r"calendars\.office: this worker's data"):
        shipped.standard_from(told)


def test_zones_are_told_apart() -> None:
    """By what their clocks showed, not by name."""
    assert shipped.zone_digest("Asia/Shanghai") == shipped.zone_digest("PRC")
    assert len({shipped.zone_digest(zone) for zone in ("Europe/Rome", "Europe/Berlin", "UTC", "Asia/Tokyo")}) == 4


def test_a_calendar_with_other_content_is_refused() -> None:
    """The digest is of the content."""
    calendar, digests = pickle.loads(shipped.calendars_to_bytes(OFFICE))  # noqa: S301 - made on this line
    other = BusinessCalendar(zone=calendar.zone, hours="Mon 09:00-10:00")
    with pytest.raises(DefinitionError, match=r"calendars\.calendar"):
        shipped.calendars_from(pickle.dumps((other, digests)))
