"""Wall time and instants: folds, gaps, and what names no instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from datetime import timezone as fixed
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, MomentError
from svcstd.moment import (
    FIRST,
    LAST,
    Folds,
    date_exists,
    day_start,
    iso_moment,
    local_date,
    micros,
    moment,
    moment_of,
    read_wall,
    timezone,
    utc_year,
    wall_end,
    wall_start,
    year_start,
)

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "Africa/Cairo",
    "Asia/Shanghai",
    "Africa/Monrovia",  # 44 minutes and 30 seconds until 1972
    "UTC",
]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(1801, 1, 1), datetime(2399, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)
@example("Europe/Berlin", datetime(2024, 10, 27, 0, 30, tzinfo=UTC))
@example("Europe/Berlin", datetime(2024, 10, 27, 1, 30, tzinfo=UTC))
@example("Africa/Monrovia", datetime(1960, 1, 1, tzinfo=UTC))
def test_out_and_in(zone: str, at: datetime) -> None:
    """The wall of an instant is that of zoneinfo, fold included, and leads back to the instant."""
    there, wall = moment(micros(at), timezone(zone)), at.astimezone(ZoneInfo(zone))
    assert micros(at) == (at - EPOCH) // MICRO
    assert (there.isoformat(), there.fold) == (wall.isoformat(), wall.fold)
    assert micros(there) == micros(wall) == micros(at)
    assert local_date(micros(at), timezone(zone)) == wall.date()
    assert moment_of(iso_moment(there), zone) == there
    assert micros(moment_of(iso_moment(there), "")) == micros(at)


@given(
    st.sampled_from(ZONES),
    st.dates(date(1950, 1, 2), date(2060, 1, 1)),
    st.integers(0, 86_400),
)
@example("America/New_York", date(2026, 3, 8), 9_000)
@example("America/New_York", date(2026, 11, 1), 5_400)
@example("America/Havana", date(2026, 11, 1), 0)
@example("Pacific/Apia", date(2011, 12, 30), 43_200)
def test_walls(zone: str, day: date, second: int) -> None:
    """A start takes the earlier reading and an end the later; both move by the gap; so says zoneinfo's own fold."""
    there = ZoneInfo(zone)
    wall = datetime(day.year, day.month, day.day) + timedelta(seconds=second)  # noqa: DTZ001 - wall time
    readings = [(wall.replace(tzinfo=there, fold=fold) - EPOCH) // MICRO for fold in (0, 1)]
    exists = any((EPOCH + timedelta(microseconds=at)).astimezone(there).replace(tzinfo=None) == wall for at in readings)
    expected = (min(readings), max(readings)) if exists else (readings[0], readings[0])  # fold 0 keeps the old offset
    assert (wall_start(day, second, timezone(zone)), wall_end(day, second, timezone(zone))) == expected


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00:00+00:00"),  # the first of two midnights
        ("America/Havana", date(2026, 3, 8), "2026-03-08T05:00:00+00:00"),  # 01:00, after the gap
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-25T22:00:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00:00+00:00"),  # when the 31st begins
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00:00+00:00"),
        ("America/Toronto", date(1919, 3, 31), "1919-03-31T04:30:00+00:00"),  # a gap from 23:30 to 00:30
        ("Asia/Shanghai", date(2026, 1, 1), "2025-12-31T16:00:00+00:00"),
    ],
)
def test_day_start(zone: str, day: date, starts: str) -> None:
    """A date begins at one instant."""
    assert moment(day_start(day, timezone(zone)), timezone("UTC")).isoformat() == starts


@pytest.mark.parametrize(
    ("zone", "day", "exists"),
    [
        ("Pacific/Apia", date(2011, 12, 29), True),
        ("Pacific/Apia", date(2011, 12, 30), False),
        ("Pacific/Apia", date(2011, 12, 31), True),
        ("Pacific/Kwajalein", date(1993, 8, 21), False),
        ("America/Havana", date(2026, 3, 8), True),
    ],
)
def test_dates_that_never_happened(zone: str, day: date, exists: bool) -> None:  # noqa: FBT001
    """A zone that crosses the date line loses a date."""
    assert date_exists(day, timezone(zone)) is exists


@pytest.mark.parametrize(
    ("naive", "folds", "utc"),
    [
        (datetime(2024, 10, 27, 2, 30), "earlier", "2024-10-27T00:30:00+00:00"),  # noqa: DTZ001
        (datetime(2024, 10, 27, 2, 30), "later", "2024-10-27T01:30:00+00:00"),  # noqa: DTZ001
        (datetime(2024, 3, 31, 2, 30), "earlier", "2024-03-31T01:30:00+00:00"),  # noqa: DTZ001 - 03:30 in summer
        (datetime(2024, 3, 31, 2, 30), "later", "2024-03-31T01:30:00+00:00"),  # noqa: DTZ001
        (datetime(2024, 6, 1, 12, 0, 0, 7), "reject", "2024-06-01T10:00:00.000007+00:00"),  # noqa: DTZ001
    ],
)
def test_read_wall(naive: datetime, folds: Folds, utc: str) -> None:
    """A stamp without offset is read by a named policy."""
    found = read_wall(naive, timezone("Europe/Berlin"), folds)
    assert moment(found, timezone("UTC")).isoformat() == utc


@pytest.mark.parametrize(
    ("naive", "message", "said"),
    [
        (datetime(2024, 10, 27, 2, 30), "moment.fold", "folds = earlier or later"),  # noqa: DTZ001
        (datetime(2024, 3, 31, 2, 30), "moment.fold", "happens twice or never in Europe/Berlin"),  # noqa: DTZ001
        (datetime(1, 1, 1), "moment.years", "1800 to 2399"),  # noqa: DTZ001
        (datetime(9999, 12, 31), "moment.years", "9999-12-31T00:00:00"),  # noqa: DTZ001
    ],
)
def test_read_wall_refused(naive: datetime, message: str, said: str) -> None:
    """An ambiguous stamp may be refused, and one beyond the years always is; the column is named."""
    with pytest.raises(MomentError) as caught:
        read_wall(naive, timezone("Europe/Berlin"), "reject", "opened")
    assert (caught.value.where, caught.value.message) == ("opened", message)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("at", "message", "said"),
    [
        (datetime(2024, 5, 6), "moment.naive", "2024-05-06T00:00:00 has no time zone"),  # noqa: DTZ001
        (date(2024, 5, 6), "moment.type", "datetime.date(2024, 5, 6)"),
        (time(9, tzinfo=UTC), "moment.type", "is no moment"),
        ("2024-05-06", "moment.type", "'2024-05-06'"),
        (None, "moment.type", "None"),
        (datetime(1799, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), "moment.years", "1799"),
        (datetime(2400, 1, 1, tzinfo=UTC), "moment.years", "2400"),
        (datetime(2399, 12, 31, 23, tzinfo=fixed(-timedelta(hours=2))), "moment.years", "1800 to 2399"),
    ],
)
def test_micros_refused(at: Any, message: str, said: str) -> None:
    """What names no instant, or one beyond the years, is refused under the argument's name."""
    with pytest.raises(MomentError) as caught:
        micros(at, "opened")
    assert (caught.value.where, caught.value.message) == ("opened", message)
    assert said in str(caught.value)


def test_edges_of_the_years() -> None:
    """The first computable microsecond and the last."""
    assert micros(datetime(1800, 1, 1, tzinfo=UTC)) == FIRST == year_start(1800)
    assert micros(datetime(2399, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == LAST - 1
    assert [utc_year(at) for at in (FIRST, -1, 0, year_start(2000) - 1, LAST - 1)] == [1800, 1969, 1970, 1999, 2399]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Asia/Shangai", "Asia/Shanghai"),
        ("Europe/Pragu", "Europe/Prague"),
        ("", "Asia/Shanghai"),
        ("../../etc/passwd", ""),
        ("\0", ""),
        ("\ud800", ""),
        ("Asia", ""),
        ("+08:00", ""),
        ("x" * 5_000, ""),
        (None, ""),
        (8, ""),
        (["UTC"], ""),
    ],
)
def test_zones_refused(name: Any, near: str) -> None:
    """What is no IANA name is refused, with the nearest one."""
    with pytest.raises(DefinitionError) as caught:
        timezone(name, "desk.zone")
    assert (caught.value.where, caught.value.message) == ("desk.zone", "zone.unknown")
    assert near in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message", "said"),
    [("yesterday", "moment.type", "'yesterday'"), ("2026-11-01T01:30:00", "moment.naive", "has no time zone")],
)
def test_moment_of_refused(text: str, message: str, said: str) -> None:
    """A stamp that is none, or has no offset, is refused."""
    with pytest.raises(MomentError) as caught:
        moment_of(text, "")
    assert (caught.value.where, caught.value.message) == ("moment", message)
    assert said in str(caught.value)


class NoTime:
    """Like the missing moment of a data frame."""

    def utcoffset(self) -> None:
        """There is none."""
        raise ValueError("NaT has no offset")


def test_a_missing_moment_is_no_moment() -> None:
    """What has the methods of a moment but is none is refused in words."""
    with pytest.raises(MomentError, match="is no moment"):
        micros(NoTime())  # type: ignore[arg-type]
