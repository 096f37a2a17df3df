"""Freezing: the holidays behind a place, as blocks that mean the same when pasted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from svcstd.documents import loads, parse_text, read_standard
from svcstd.documents.freeze import frozen_blocks
from svcstd.errors import DefinitionError
from svcstd.standard import ServiceStandard

HEAD = 'svcstd = 1\nid = "x"\nname = "X"\nzone = "America/New_York"\n'


def _standard(text: str) -> ServiceStandard:
    return loads(HEAD + text)


def _pasted(text: str) -> ServiceStandard:
    """The standard with its frozen blocks in place of the names."""
    raw, _ = parse_text(HEAD + text, "toml")
    return read_standard(_paste(raw, frozen_blocks(_standard(text))), {})


def _paste(raw: Any, blocks: Any) -> Any:
    if not (isinstance(raw, dict) and isinstance(blocks, dict)):
        return blocks
    return {**raw, **{key: _paste(raw.get(key), block) for key, block in blocks.items()}}


def _days(standard: ServiceStandard, key: str = "office") -> list[dict[date, str]]:
    return [dict(edition.hours(key).holidays.holidays) for edition in standard.editions]  # type: ignore[attr-defined]


def test_boston_in_2026() -> None:
    """The public holidays of Massachusetts as the state lists them, named, with how far they reach."""
    found = frozen_blocks(
        _standard('years = "2026"\ncalendars.office = { hours = "Mon-Fri 09:00-17:00", holidays = "US-MA" }')
    )
    block = found["calendars"]["office"]["holidays"]
    assert set(block["days"]) == {
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-04-20",
        "2026-05-25",
        "2026-06-19",
        "2026-07-04",
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
    }
    assert block["covers"] == "[2026-01-01..2027-01-01)"
    assert block["source"].endswith("US-MA")


def test_what_is_written_out_stays() -> None:
    """Calendars without holidays, or with a table of their own, need no block."""
    text = """
years = "2026"
[calendars]
always = "24x7"
own = { hours = "Mon-Fri 09:00-17:00", holidays = [2026-05-01] }
both = { all_of = ["always", "own"] }
"""
    assert frozen_blocks(_standard(text)) == {}


def test_an_overlay_of_hours_needs_no_block() -> None:
    """The place and the years are the same: the first edition says it all."""
    text = """
years = "2026"
calendars.office = { hours = "Mon-Fri 09:00-17:00", holidays = "US-MA" }
[changes.2026-06-01]
calendars.office.hours = "Mon-Fri 08:00-16:00"
"""
    assert set(frozen_blocks(_standard(text))) == {"calendars"}
    assert _days(_pasted(text)) == _days(_standard(text))


def test_more_years_in_a_later_edition() -> None:
    """The later table holds the earlier one and more."""
    text = """
years = "2026"
calendars.office = { hours = "Mon-Fri 09:00-17:00", holidays = "US-MA" }
[changes.2026-12-01]
years = "2026..2027"
"""
    found = frozen_blocks(_standard(text))
    assert len(found["changes"]["2026-12-01"]["calendars"]["office"]["holidays"]["days"]) > 12
    assert _days(_pasted(text)) == _days(_standard(text))


def test_a_new_calendar_in_a_later_edition() -> None:
    """A key of its own: nothing of the first edition stays behind."""
    text = """
years = "2026"
calendars.office = { hours = "Mon-Fri 09:00-17:00", holidays = "US-MA" }
[changes.2026-06-01]
calendars.west = { hours = "Mon-Fri 09:00-17:00", holidays = "US-CA" }
[changes.2026-07-01]
calendars.west.name = "the coast"
"""
    pasted = _pasted(text)
    assert set(frozen_blocks(_standard(text))["changes"]) == {"2026-06-01"}
    assert pasted.current.hours("west") == _standard(text).current.hours("west")


def test_a_first_edition_with_a_beginning() -> None:
    """Its blocks stand at the top, too."""
    text = 'from = 2026-01-01\nyears = "2026"\ncalendars.office = { hours = "Mon 09:00-17:00", holidays = "US-MA" }'
    assert set(frozen_blocks(_standard(text))) == {"calendars"}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ('"US-MA"', '"US-NY"'),
        ('"US-MA"', '{ of = "US-NY" }'),
        ('{ covers = "[2026-01-01..2026-12-31]", days = { 2026-04-20 = "Patriots\' Day" } }', '"US-NY"'),
    ],
    ids=["place", "table of a place", "table"],
)
def test_an_overlay_cannot_take_holidays_away(first: str, later: str) -> None:
    """From Massachusetts to New York: Patriots' Day would stay closed, so it is refused with a way out."""
    text = f"""
years = "2026"
calendars.office = {{ hours = "Mon-Fri 09:00-17:00", holidays = {first} }}
[changes.2026-06-01]
calendars.office.holidays = {later}
"""
    with pytest.raises(DefinitionError) as error:
        frozen_blocks(_standard(text))
    assert error.value.message == "freeze.overlay"
    assert error.value.where == "$.changes.2026-06-01.calendars.office.holidays"
    assert "calendar office" in str(error.value)
    assert "a key of its own" in str(error.value)


def test_a_list_of_dates_gives_way_to_a_place() -> None:
    """Lists are replaced as a whole, so nothing is left of them."""
    text = """
years = "2026"
calendars.office = { hours = "Mon-Fri 09:00-17:00", holidays = [2026-04-21] }
[changes.2026-06-01]
calendars.office.holidays = "US-NY"
"""
    assert _days(_pasted(text)) == _days(_standard(text))
