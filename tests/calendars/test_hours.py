"""Opening hours on the wall, and their text."""

from __future__ import annotations

from typing import Any

import pytest

from svcstd.calendars import ALWAYS, DayHours, OpenSpan, WeeklyHours
from svcstd.errors import DefinitionError

HOUR = 3_600
DAY = 86_400


@pytest.mark.parametrize(
    ("start", "end", "seconds", "text"),
    [
        (9 * HOUR, 12 * HOUR, 10_800, "09:00-12:00"),  # morning desk
        (0, DAY, DAY, "00:00-24:00"),  # hotline
        (22 * HOUR, 6 * HOUR, 8 * HOUR, "22:00-06:00"),  # night shift
        (8 * HOUR, 8 * HOUR, DAY, "08:00-08:00"),  # fire brigade
        (DAY - 1, 1, 2, "23:59:59-00:00:01"),
    ],
)
def test_length(start: int, end: int, seconds: int, text: str) -> None:
    """A span lasts from opening to closing, over midnight if need be."""
    span = OpenSpan(start, end)
    assert (span.seconds, str(span)) == (seconds, text)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (DAY, 5), (0, 0), (0, DAY + 1), (0.5, 10), (True, 10), (0, 10.0)])
def test_spans_refused(start: int, end: int) -> None:
    """A span that leaves the day, or is not in whole seconds, is refused with its bounds."""
    with pytest.raises(DefinitionError) as caught:
        OpenSpan(start, end)
    assert (caught.value.where, caught.value.message) == ("hours", "hours.leaves_day")
    assert f"{start}-{end} seconds leave the day; start within 0..86399" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("mon,WED 09:00-17:00", "Mon,Wed 09:00-17:00"),
        ("Mon,Tue,Wed,Fri 09:00-17:00", "Mon-Wed,Fri 09:00-17:00"),
        ("Sat-Mon 10:00-14:00", "Mon,Sat-Sun 10:00-14:00"),  # wraps
        ("Mon 13:00-17:00 09:00-12:00", "Mon 09:00-12:00 13:00-17:00"),  # sorted
        ("Mon 09:00-12:00; Mon 13:00-17:00", "Mon 09:00-12:00 13:00-17:00"),  # groups add up
        ("Mon 09:00-12:00 12:00-17:00", "Mon 09:00-17:00"),  # adjoining
        ("Mon 09:00-13:00 12:00-17:00", "Mon 09:00-17:00"),  # overlapping
        ("Mon 09:00-17:00 10:00-11:00", "Mon 09:00-17:00"),  # within
        ("Mon 20:00-04:00 03:00-23:00", "Mon 03:00-23:00 20:00-04:00"),  # 25 hours fit no single span
        ("Mon 20:00-24:00 22:00-06:00", "Mon 20:00-06:00"),
        ("daily 00:00-24:00", "24x7"),
        ("daily 00:00-00:00", "24x7"),  # midnight to midnight
        (" 24x7 ", "24x7"),
        ("closed", "closed"),
        ("daily 08:00:30-09:00", "daily 08:00:30-09:00"),
        ("Mon-Fri 09:00-17:00;Sat  10:00-12:00", "Mon-Fri 09:00-17:00; Sat 10:00-12:00"),
        ("Mon-Mon 09:00-17:00", "Mon 09:00-17:00"),
    ],
)
def test_text(text: str, shown: str) -> None:
    """Hours are written in one way, whatever way they were read."""
    found = WeeklyHours.parse(text)
    assert str(found) == shown
    assert repr(found) == f"WeeklyHours.parse({shown!r})"
    assert WeeklyHours.parse(shown) == found


@pytest.mark.parametrize(
    ("text", "at", "part", "expected"),
    [
        ("Mon-Fri 9-17", 9, "9-17", "09:00-17:00"),
        ("Mon-Fri 09:00–17:00", 9, "09:00–17:00", "09:00-17:00"),  # noqa: RUF001 - a dash that is no hyphen
        ("Mon ０９:００-１７:００", 5, "０９:００-１７:００", "09:00-17:00"),  # noqa: RUF001 - full-width digits
        ("Mon 09:60-17:00", 5, "09:60-17:00", "times from 00:00 to 24:00"),
        ("Mon 24:00-25:00", 5, "24:00-25:00", "times from 00:00 to 24:00"),
        ("Mon 09:00-24:01", 5, "09:00-24:01", "times from 00:00 to 24:00"),
        ("Mon", 4, "", "hours after the days, e.g. Mon-Fri 09:00-17:00"),
        ("Mon closed", 5, "closed", "09:00-17:00"),
        ("", 1, "", "Mon-Fri 09:00-17:00"),
        ("Mon 09:00-17:00;", 17, "", "Mon-Fri 09:00-17:00"),
        ("Mon 09:00-17:00; Tud 09:00-17:00", 18, "Tud", "Tue"),
        ("Mon-Fry 09:00-17:00", 5, "Fry", "Fri"),
        ("Mon- 09:00-17:00", 5, "", "Fri, Mon, Sat, Sun, Thu, Tue, Wed"),
        ("Tue,Xyz 09:00-17:00", 5, "Xyz", "Fri, Mon, Sat, Sun, Thu, Tue, Wed"),
    ],
)
def test_text_refused(text: str, at: int, part: str, expected: str) -> None:
    """What cannot be read is named, with its place and what to write instead."""
    with pytest.raises(DefinitionError) as caught:
        WeeklyHours.parse(text)
    assert (caught.value.where, caught.value.message) == ("hours", "hours.text")
    assert (caught.value.params["at"], caught.value.params["part"]) == (at, part)
    assert str(caught.value) == f"hours: character {at} of '{text}': '{part}' cannot be read; write {expected}"


def test_long_text_refused() -> None:
    """Two thousand characters are enough for any week."""
    with pytest.raises(DefinitionError) as caught:
        WeeklyHours.parse("Mon 09:00-17:00;" * 200)
    assert caught.value.message == "hours.long"
    assert str(caught.value) == "hours: the text has 3200 characters; write hours in at most 2000"


@pytest.mark.parametrize("days", [{7: []}, {"Mon": []}, {-1: []}, [[]] * 8])
def test_weekdays_refused(days: Any) -> None:
    """Weekdays are numbered 0 to 6."""
    with pytest.raises(DefinitionError) as caught:
        WeeklyHours(days)
    assert caught.value.message == "hours.weekday_number"
    assert "number Monday to Sunday as 0 to 6" in str(caught.value)


def test_week_from_parts() -> None:
    """A mapping and seven iterables make the same week; days left out are closed."""
    span = OpenSpan(9 * HOUR, 17 * HOUR)
    assert WeeklyHours({0: [span], 4: [span]}) == WeeklyHours([[span], [], (), [], {span}, [], []])
    assert WeeklyHours([[span]]) == WeeklyHours.parse("Mon 09:00-17:00")


def test_empty_week() -> None:
    """A week without hours is empty; round the clock is not."""
    assert WeeklyHours({}).is_empty
    assert not ALWAYS.is_empty


def test_day_hours() -> None:
    """The hours of a date may be closed, may have a name, and print as they are read."""
    assert DayHours.parse(" closed ", "move") == DayHours((), "move")
    assert str(DayHours()) == "closed"
    assert str(DayHours.parse("13:00-15:00  09:00-12:00")) == "09:00-12:00 13:00-15:00"


@pytest.mark.parametrize(("text", "fix"), [("", "write 09:00-17:00, or closed"), ("24x7", "write 09:00-17:00")])
def test_day_hours_refused(text: str, fix: str) -> None:
    """A day's text is spans or closed."""
    with pytest.raises(DefinitionError) as caught:
        DayHours.parse(text)
    assert caught.value.message == "hours.text"
    assert str(caught.value).endswith(fix)
