"""China's notices: years in a row, days of the neighbours, and what is no notice; beside an independent source."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from svcstd.calendars import BusinessCalendar, HolidayTable, public_holidays
from svcstd.errors import DefinitionError
from svcstd.exchange import Imported, Untranslated, read_holiday_cn
from svcstd.exchange.holiday_cn import LONGEST


def notice(year: Any, **days: bool) -> str:
    """A year with days, true for those without work."""
    told = [
        {"name": "节", "date": day.removeprefix("d").replace("_", "-"), "isOffDay": off} for day, off in days.items()
    ]
    return json.dumps({"year": year, "days": told})


def test_years_in_a_row() -> None:
    """In any order; the later notice holds where two speak of a day, and what lies outside is told."""
    found = read_holiday_cn(
        [
            notice(2026, d2025_12_31=True, d2026_01_01=True, d2027_01_02=True),
            notice(2025, d2025_12_31=False, d2025_10_01=True, d2024_12_29=False),
        ]
    )
    assert found.value == HolidayTable(
        holidays={date(2025, 10, 1): "节", date(2025, 12, 31): "节", date(2026, 1, 1): "节"},
        covers=(date(2025, 1, 1), date(2027, 1, 1)),
        source="holiday-cn",
    )
    assert found.report().splitlines() == [
        "2025: 2024-12-29: 节 lies outside of the years that are given",
        "2025: 2025-12-31: 节 is overruled by the notice of a later year",
        "2026: 2027-01-02: 节 lies outside of the years that are given",
    ]
    assert isinstance(found, Imported)
    assert all(isinstance(one, Untranslated) for one in found.untranslated)
    same = read_holiday_cn([notice(2025, d2025_12_31=True), notice(2026, d2025_12_31=True, d2026_01_01=True)])
    assert same.report() == ""


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ([], "nothing is known between the years that are given: -"),
        ([notice(2024, d2024_01_01=True), notice(2027, d2027_01_01=True)], "2025, 2026"),
        ([notice(2024, d2024_01_01=True)] * 2, r"texts\[1\]: 2024 is given twice"),
        ([notice(2027)], "the notice for 2027 is not settled yet"),
        (["{"], r"texts\[0\]: it is no notice of holiday-cn: JSONDecodeError"),
        (["[]"], "TypeError"),
        (["{}"], "KeyError"),
        ([notice("2024", d2024_01_01=True)], "TypeError"),
        ([notice(0, d2024_01_01=True)], "ValueError"),
        ([notice(9999, d9999_01_01=True)], "ValueError"),
        ([notice(10**30, d2024_01_01=True)], "OverflowError"),
        ([notice(2024, d2024_13_01=True)], "ValueError"),
        (
            ['{"year": 2024, "days": [{"name": 5, "date": "2024-01-01", "isOffDay": true}]}'],
            "a name, and true or false",
        ),
        (['{"year": 2024, "days": [{"name": "a", "date": "2024-01-01", "isOffDay": 1}]}'], "a name, and true or false"),
        (["[" * 200_000], "RecursionError"),
        (["x" * (LONGEST + 1)], "no text, or too long"),
        ([5], "no text, or too long"),
    ],
)
def test_no_notice(texts: list[Any], words: str) -> None:
    """Refused with the place and the reason."""
    with pytest.raises(DefinitionError, match=words):
        read_holiday_cn(texts)


def test_the_published_years(shared: Path) -> None:
    """Working days by the notices are those of the package holidays, year by year."""
    for path in sorted((shared / "data" / "holidays_cn").glob("20??.json")):
        year = int(path.stem)
        told = read_holiday_cn([path.read_text(encoding="utf-8")]).value
        theirs = public_holidays("CN", years=range(year, year + 1))
        week: dict[str, Any] = {"zone": "Asia/Shanghai", "hours": "Mon-Fri 09:00-17:00"}
        ours, other = (BusinessCalendar(**week, holidays=table) for table in (told, theirs))
        settled_next_year = {date(2018, 12, 29), date(2018, 12, 31)}
        days = (date(year, 1, 1) + timedelta(number) for number in range(365))
        wrong = [day for day in days if ours.is_working_day(day) != other.is_working_day(day)]
        assert set(wrong) <= settled_next_year, (year, wrong)
