"""Places become tables: the blocks that freeze a standard's holidays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from svcstd import loads
from svcstd.documents import parse_text, read_standard
from svcstd.documents.freeze import frozen_blocks
from svcstd.errors import DefinitionError

TEXT = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "America/New_York"
years = "2015"
[calendars]
always = "24x7"
office = { hours = "Mon-Fri 09:00-17:00", holidays = "US-MA" }
listed = { hours = "Mon-Fri 09:00-17:00", holidays = [2015-01-01] }
"""


def merged(raw: dict[str, Any], blocks: dict[str, Any]) -> dict[str, Any]:
    """The document after the blocks were pasted into it."""
    found = dict(raw)
    for key, value in blocks.items():
        held = found.get(key)
        whole = isinstance(held, dict) and isinstance(value, dict) and key != "holidays"
        found[key] = merged(held, value) if whole and isinstance(held, dict) else value
    return found


def test_frozen_blocks_keep_every_answer() -> None:
    """With the blocks pasted in, the calendars are the same and need no package any more."""
    text = TEXT + '[changes.2015-06-01]\nyears = "2015..2016"\n'
    standard = loads(text)
    blocks = frozen_blocks(standard)
    assert set(blocks["calendars"]) == {"office"}
    assert set(blocks["changes"]["2015-06-01"]["calendars"]) == {"office"}
    frozen = read_standard(merged(parse_text(text, "toml")[0], blocks), {})
    for before, after in zip(standard.editions, frozen.editions, strict=True):
        assert before.hours("office") == after.hours("office")
    patriots = datetime(2015, 4, 20, 12, tzinfo=frozen.editions[0].hours("office").tz)
    assert not frozen.editions[0].hours("office").is_open(patriots)


def test_what_does_not_change_is_not_repeated() -> None:
    """A later edition with the same holidays has no block; without places there are no blocks at all."""
    assert "changes" not in frozen_blocks(loads(TEXT + '[changes.2015-06-01]\nevents.opened = ""\n'))
    assert frozen_blocks(loads(TEXT.replace('"US-MA"', "[2015-01-01]"))) == {}
    later = TEXT.replace('"US-MA"', "[2015-01-01]") + '[changes.2015-06-01]\ncalendars.office.holidays = "US-MA"\n'
    assert set(frozen_blocks(loads(later))) == {"changes"}


def test_holidays_that_an_overlay_would_keep_are_refused() -> None:
    """An overlay adds days and never removes them: the country has fewer holidays than the state."""
    standard = loads(TEXT + '[changes.2015-06-01]\ncalendars.office.holidays = "US"\n')
    with pytest.raises(DefinitionError) as caught:
        frozen_blocks(standard)
    where = "$.changes.2015-06-01.calendars.office.holidays"
    assert (caught.value.where, caught.value.message) == (where, "freeze.overlay")
    assert "office" in str(caught.value)
