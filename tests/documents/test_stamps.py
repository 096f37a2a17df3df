"""Time stamps of logs: patterns, folds and gaps, and dates that never were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.documents.stamps import ISO, StampReader
from svcstd.errors import DefinitionError, MomentError
from svcstd.moment import Folds

BOSTON = "MM/DD/YYYY hh:mm:ss A"


def instant(text: str) -> int:
    """UTC microseconds of an ISO moment with offset, by the standard library."""
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("pattern", "zone", "text", "expected"),
    [
        (BOSTON, "America/New_York", "01/05/2015 10:17:03 AM", "2015-01-05T10:17:03-05:00"),
        (BOSTON, "America/New_York", " 7/4/2015 1:07:03 pm ", "2015-07-04T13:07:03-04:00"),
        (BOSTON, "America/New_York", "01/05/2015 12:00:00 AM", "2015-01-05T00:00:00-05:00"),  # midnight
        (BOSTON, "America/New_York", "01/05/2015 12:30:00 PM", "2015-01-05T12:30:00-05:00"),  # after noon
        ("YYYY/MM/DD HH:mm:ss.SSS", "UTC", "2012/10/09 14:50:17.005", "2012-10-09T14:50:17.005+00:00"),
        ("YYYY/MM/DD HH:mm:ss.SSS", "UTC", "2012/10/09 14:50:17.123456", "2012-10-09T14:50:17.123456+00:00"),
        ("YYYY-MM-DD hh:mm", "Asia/Shanghai", "2026-02-14 16:30", "2026-02-14T16:30:00+08:00"),  # hh without A: 0-23
        ("DD.MM.YYYY", "Europe/Berlin", "17.2.2015", "2015-02-17T00:00:00+01:00"),
        ("YYYYMMDDHHmmss", "UTC", "20150217143000", "2015-02-17T14:30:00+00:00"),
        ("YYYY-MM-DDTHH:mm:ssZ", "", "2015-02-17T14:30:00+0530", "2015-02-17T14:30:00+05:30"),
        ("YYYY-MM-DDTHH:mm:ssZ", "", "2015-02-17T14:30:00-05:00", "2015-02-17T14:30:00-05:00"),
        ("YYYY-MM-DDTHH:mm:ssZ", "", "2015-02-17T14:30:00Z", "2015-02-17T14:30:00+00:00"),
        (ISO, "", "2015-02-17T14:30:00+01:00", "2015-02-17T14:30:00+01:00"),
        (ISO, "Asia/Shanghai", "2015-02-17T14:30:00Z", "2015-02-17T14:30:00+00:00"),  # its own offset rules
        (ISO, "Asia/Shanghai", " 2015-02-17 14:30 ", "2015-02-17T14:30:00+08:00"),
        (ISO, "Asia/Shanghai", "2015-02-17", "2015-02-17T00:00:00+08:00"),
    ],
)
def test_stamps_are_read(pattern: str, zone: str, text: str, expected: str) -> None:
    """A stamp of the pattern is the instant that people mean."""
    assert StampReader(pattern, zone, "earlier" if zone else None).read(text) == instant(expected)


@pytest.mark.parametrize(
    ("folds", "text", "expected"),
    [
        ("earlier", "2024-10-27 02:30", "2024-10-27T02:30:00+02:00"),
        ("later", "2024-10-27 02:30", "2024-10-27T02:30:00+01:00"),
        ("earlier", "2024-03-31 02:30", "2024-03-31T03:30:00+02:00"),  # a gap moves forward
        ("later", "2024-03-31 02:30", "2024-03-31T03:30:00+02:00"),
        ("reject", "2024-10-27 03:00", "2024-10-27T03:00:00+01:00"),
    ],
)
def test_folds_and_gaps_follow_the_policy(folds: Folds, text: str, expected: str) -> None:
    """Berlin's clock turns back on 27 October 2024 and forward on 31 March."""
    assert StampReader("YYYY-MM-DD HH:mm", "Europe/Berlin", folds).read(text) == instant(expected)


@pytest.mark.parametrize("text", ["2024-10-27 02:30", "2024-03-31 02:30"])
def test_reject_refuses_folds_and_gaps(text: str) -> None:
    """Where nobody may guess, a doubtful stamp is an error with both ways out."""
    with pytest.raises(MomentError) as caught:
        StampReader("YYYY-MM-DD HH:mm", "Europe/Berlin", "reject").read(text, "OPEN_DT")
    assert (caught.value.where, caught.value.message) == ("OPEN_DT", "moment.fold")
    assert "give an offset" in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "zone", "text", "message"),
    [
        (BOSTON, "UTC", "2015-01-05", "stamp.text"),
        (BOSTON, "UTC", "", "stamp.text"),
        (BOSTON, "UTC", "01/05/2015 13:00:00 PM", "stamp.date"),
        (BOSTON, "UTC", "01/05/2015 00:00:00 AM", "stamp.date"),
        (BOSTON, "UTC", "02/30/2015 10:00:00 AM", "stamp.date"),
        (BOSTON, "UTC", "01/05/2015 10:60:00 AM", "stamp.date"),
        (BOSTON, "UTC", "٠١/05/2015 10:00:00 AM", "stamp.text"),  # noqa: RUF001 - digits of another script
        (BOSTON, "UTC", "01/05/0000 10:00:00 AM", "stamp.date"),
        (BOSTON, "UTC", "01/05/1799 10:00:00 AM", "moment.years"),
        (BOSTON, "Asia/Shanghai", "01/01/0001 01:00:00 AM", "moment.years"),
        ("YYYYMMDD", "UTC", "2015111", "stamp.text"),  # 11 January or 1 November?
        ("YYYY-MM-DDTHH:mmZ", "", "2015-01-01T00:00+99:99", "stamp.date"),
        ("YYYY-MM-DDTHH:mmZ", "", "9999-01-01T00:00Z", "moment.years"),
        (ISO, "", "2015-01-05T10:00:00", "stamp.offset"),
        (ISO, "UTC", "5 January", "stamp.text"),
        (ISO, "UTC", "2015-01-01T00:00:00." + "0" * 60 + "+05:00", "stamp.text"),  # too long to be a stamp
        (ISO, "UTC", "2400-01-01T00:00:00", "moment.years"),
    ],
)
def test_bad_stamps_are_refused(pattern: str, zone: str, text: str, message: str) -> None:
    """A stamp that names no instant is an error of its column, with the offending text."""
    with pytest.raises(MomentError) as caught:
        StampReader(pattern, zone, "earlier" if zone else None).read(text, "CLOSED_DT")
    assert (caught.value.where, caught.value.message) == ("CLOSED_DT", message)
    assert str(caught.value).startswith("CLOSED_DT: ")


@pytest.mark.parametrize(
    ("pattern", "zone", "folds", "where", "message"),
    [
        ("HH:mm", "UTC", "earlier", "time", "stamp.pattern"),  # no date
        ("YYYY-MM-DD HH:mm hh", "UTC", "earlier", "time", "stamp.pattern"),  # the hour twice
        ("YYYY-MM-DD HH:mm A", "UTC", "earlier", "time", "stamp.pattern"),  # AM of a 24-hour clock
        ("YYYY-MM-DD" + " " * 80, "UTC", "earlier", "time", "stamp.pattern"),
        (BOSTON, "", None, "folds", "stamp.zone"),
        (BOSTON, "UTC", None, "folds", "stamp.zone"),
        (BOSTON, "", "earlier", "folds", "stamp.zone"),
        (BOSTON, "Mars/Olympus", "earlier", "zone", "zone.unknown"),
    ],
)
def test_bad_patterns_are_refused(pattern: str, zone: str, folds: Folds | None, where: str, message: str) -> None:
    """A pattern names one date and at most one hour, and says its zone where stamps do not."""
    with pytest.raises(DefinitionError) as caught:
        StampReader(pattern, zone, folds)
    assert (caught.value.where, caught.value.message) == (where, message)
    assert "; " in str(caught.value)


def test_a_pattern_is_no_regular_expression() -> None:
    """What is no token stands for itself."""
    reader = StampReader("(YYYY.MM.DD)+", "UTC", "earlier")
    assert reader.read("(2015.02.17)+") == instant("2015-02-17T00:00:00+00:00")
    with pytest.raises(MomentError):
        reader.read("2015x02x17")


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - wall time
def test_a_twelve_hour_clock_tells_the_same_time(at: datetime) -> None:
    """AM and PM name the same second as 24 hours do."""
    noon = StampReader(BOSTON, "UTC", "earlier").read(at.strftime("%m/%d/%Y %I:%M:%S %p"))
    full = StampReader("YYYY-MM-DD HH:mm:ss", "UTC", "earlier").read(at.strftime("%Y-%m-%d %H:%M:%S"))
    assert noon == full == instant(at.replace(microsecond=0, tzinfo=UTC).isoformat())
