"""How far the holidays of a standard reach, and when to be told."""

from __future__ import annotations

from datetime import date

import pytest

from svcstd.documents import loads
from svcstd.standard.horizon import horizons

HEAD = 'svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"\n'
TABLE = 'covers = "[2026-01-01..2026-12-31]", days = [2026-05-01]'


def _warned(text: str, as_of: date) -> list[str]:
    return [warning.sentence() for warning in horizons(loads(HEAD + text), as_of)]


def _office(holidays: str) -> str:
    return f'calendars.office = {{ hours = "Mon-Fri 09:00-17:00", holidays = {holidays} }}'


SOON = "the holidays of the calendar office are known up to Thu 31 Dec 2026 only: extend the years soon"
ENDED = "the holidays of the calendar office are known up to Thu 31 Dec 2026 only: later due times cannot be told"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 11, 1), []),  # 61 days before the first unknown day
        (date(2026, 11, 2), [SOON]),  # 60 days
        (date(2026, 12, 31), [SOON]),
        (date(2027, 1, 1), [ENDED]),
        (date(2030, 1, 1), [ENDED]),
    ],
)
def test_coverage(as_of: date, expected: list[str]) -> None:
    """Sixty days before the table ends, and ever after."""
    assert _warned(_office(f"{{ {TABLE} }}"), as_of) == expected


def test_a_place_reaches_as_far_as_the_years() -> None:
    """Named by place, the years of the standard say how far."""
    assert _warned('years = "2025..2026"\n' + _office('"US"'), date(2026, 12, 1)) == [SOON]


@pytest.mark.parametrize(
    ("as_of", "warned"),
    [(date(2026, 7, 1), False), (date(2026, 8, 2), True), (date(2026, 10, 31), True), (date(2027, 1, 1), False)],
)
def test_days_that_may_still_change(as_of: date, *, warned: bool) -> None:
    """From 1 October on the table is provisional: told from 60 days before until it ends."""
    found = _warned(_office(f"{{ {TABLE}, provisional_from = 2026-10-01 }}"), as_of)
    words = "office may still change from Thu 1 Oct 2026 on: freeze again after the next notice"
    assert any(words in one for one in found) == warned


def test_an_open_end_that_may_still_change() -> None:
    """Without an end of coverage there is nothing to extend, but still something to ask."""
    table = '{ covers = "[2026-01-01..]", days = [2026-05-01], provisional_from = 2026-10-01 }'
    found = _warned(_office(table), date(2040, 1, 1))
    assert len(found) == 1
    assert "may still change" in found[0]


@pytest.mark.parametrize("office", ['calendars.office = "24x7"', _office("[2026-05-01]")])
def test_nothing_to_warn_of(office: str) -> None:
    """No holidays at all, or a list that covers all time."""
    assert _warned(office, date(2040, 1, 1)) == []


def test_the_last_edition_counts() -> None:
    """What an overlay extended needs no warning."""
    later = f"""
{_office(f"{{ {TABLE} }}")}
[changes.2026-06-01]
calendars.office.holidays.covers = "[2026-01-01..2027-12-31]"
"""
    assert _warned(later, date(2026, 12, 1)) == []


CHANGE = """
[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = { covers = "[2026-01-01..2026-12-31]", days = [2026-05-01] }
[changes.%s]
calendars.office.holidays = { covers = "[2026-01-01..2030-12-31]" }
"""


@pytest.mark.parametrize(
    ("change", "as_of", "expected"),
    [
        ("2027-06-01", date(2026, 12, 20), [SOON]),  # half a year without holidays before the change
        ("2027-01-01", date(2026, 12, 20), []),  # the next edition takes over in time
        ("2027-06-01", date(2027, 6, 1), []),  # the first edition is over
    ],
)
def test_the_edition_in_force(change: str, as_of: date, expected: list[str]) -> None:
    """What holds now is warned of, not only what will hold at last."""
    assert _warned(CHANGE % change, as_of) == expected
