"""How far calendars see: a warning before their holidays run out."""

from __future__ import annotations

from datetime import date

import pytest

from svcstd import loads
from svcstd.standard.horizon import horizons

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
years = "2015"
[calendars]
always = "24x7"
place = { hours = "Mon-Fri 09:00-17:00", holidays = "US" }
listed = { hours = "Mon-Fri 09:00-17:00", holidays = [2015-01-01] }
[calendars.doubtful]
hours = "Mon-Fri 09:00-17:00"
holidays = { days = [], covers = "[2014-01-01..2016-12-31]", provisional_from = 2016-06-01 }
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 11, 1), []),  # 61 days before 1 January 2016
        (date(2015, 11, 2), [("check.coverage_ends", "place", date(2015, 12, 31))]),
        (date(2015, 12, 31), [("check.coverage_ends", "place", date(2015, 12, 31))]),
        (date(2016, 1, 1), [("check.coverage_ended", "place", date(2015, 12, 31))]),
        (
            date(2016, 4, 2),  # 60 days before June
            [
                ("check.coverage_ended", "place", date(2015, 12, 31)),
                ("check.provisional", "doubtful", date(2016, 6, 1)),
            ],
        ),
        (
            date(2017, 1, 1),
            [
                ("check.coverage_ended", "place", date(2015, 12, 31)),
                ("check.coverage_ended", "doubtful", date(2016, 12, 31)),
            ],
        ),
    ],
)
def test_the_end_is_told_sixty_days_ahead(day: date, expected: list[tuple[str, str, date]]) -> None:
    """Coverage that ends, or days that may change, are told in time; tables without bounds never end."""
    found = [(one.message, dict(one.params)["calendar"], dict(one.params)["day"]) for one in horizons(loads(TEXT), day)]
    assert found == expected
