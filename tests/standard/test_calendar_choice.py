"""Which calendar counts: by a fact, by channel, by team; what a change of it does, and what running cases keep."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from svcstd import Case, Event, ServiceStandard, StandardError, loads
from svcstd.errors import CoverageError, DefinitionError, UnknownName
from svcstd.standard import CalendarEntry, Edition, Keep

HEAD = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
calendar = "office"
"""
BODY = """
[facts]
city = "text"
region = { one_of = ["north", "south"] }
channel = { one_of = ["phone", "email", "fax"] }
[events]
created = ""
assigned = ""
moved = ""
held = ""
freed = ""
resolved = ""
[calendars]
office = "Mon-Fri 09:00-17:00"
daily = "daily 08:00-20:00"
night = "daily 20:00-24:00"
moving = { else = "office", 2026-01-07 = "daily" }
region = { by = "region", use = { north = "night" }, else = "daily" }
[calendars.site]
by = "city"
else = "office"
use = { Qingdao = "daily", Lanzhou = { 2026-01-07 = "daily" }, Far = "region" }
"""
CLOCK = (
    'target = "8 working hours"\nclock = { start = "created", stop = "resolved", pause = "held", resume = "freed" }\n'
)
OWN = f'[objectives.a]\ncalendar = "site"\n{CLOCK}'
PLAIN = f"[objectives.a]\n{CLOCK}"
DESKS = """
[channels.phone]
calendar = "daily"
[channels.fax]
name = "nobody answers by fax"
[teams.field]
calendar = "night"
[teams.day]
calendar = "daily"
[teams.desk]
name = "the desk"
[teams.travelling]
calendar = "site"
"""
MONDAY = (5, 10)
"""Monday 5 January 2026, 10:00: seven open hours are left in the office."""
OFFICE, DAILY, NIGHT = (6, 10), (5, 18), (7, 0)
"""When eight hours from then are over: office, 7 h + 1 h; daily, the same day; night, four hours on two evenings."""


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of January 2026, UTC."""
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def case(*when: int, group: str | None = None, more: tuple[Event, ...] = (), **facts: Any) -> Case:
    """A case created then, perhaps with more events."""
    return Case("7", facts, [Event("created", at=at(*when), group=group), *more])


def desk(*parts: str, head: str = HEAD) -> ServiceStandard:
    """A standard of these parts."""
    return loads(head + BODY + "".join(parts))


@pytest.mark.parametrize(
    ("facts", "calendar", "due"),
    [
        ({}, "office", OFFICE),  # no city: else
        ({"city": "Qingdao"}, "daily", DAILY),
        ({"city": "Elsewhere"}, "office", OFFICE),
        ({"city": "Lanzhou"}, "site: Lanzhou", OFFICE),  # until Wednesday that is the office
        ({"city": "Far"}, "daily", DAILY),  # a family that picks a family: its else
        ({"city": "Far", "region": "south"}, "daily", DAILY),
        ({"city": "Far", "region": "north"}, "night", NIGHT),
        ({"city": "else"}, "office", OFFICE),  # a city of that name is any other city
    ],
)
def test_a_fact_picks_the_calendar(facts: dict[str, Any], calendar: str, due: tuple[int, int]) -> None:
    """By its value, else the other one; dated values are calendars of their own; families may follow each other."""
    reading = desk(OWN).clocks(case(*MONDAY, **facts), as_of=at(5, 11))["a"]
    assert (reading.calendar, reading.due) == (calendar, at(*due))


def test_a_dated_value_changes_on_its_day() -> None:
    """Lanzhou: one hour on Tuesday in the office, then seven from 08:00 on Wednesday."""
    reading = desk(OWN).clocks(case(6, 16, city="Lanzhou"), as_of=at(6, 17))["a"]
    assert (reading.due, reading.calendar) == (at(7, 15), "site: Lanzhou")


def test_a_family_is_the_calendar_of_the_standard() -> None:
    """The fallback may itself depend on a fact; it can be found by key only through its members."""
    standard = desk(PLAIN, head=HEAD.replace('"office"', '"site"'))
    assert standard.clocks(case(*MONDAY, city="Qingdao"), as_of=at(5, 11))["a"].due == at(*DAILY)
    assert standard.current.hours("site: Lanzhou").name == "site: Lanzhou"
    with pytest.raises(UnknownName):
        standard.current.hours("site")
    assert pickle.loads(pickle.dumps(standard)) == standard  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("facts", "group", "calendar", "due"),
    [
        ({}, None, "office", OFFICE),
        ({}, "field", "night", NIGHT),
        ({}, "desk", "office", OFFICE),  # a team without hours of its own
        ({}, "nobody", "office", OFFICE),  # a team that the standard does not name
        ({"channel": "phone"}, None, "daily", DAILY),
        ({"channel": "phone"}, "field", "daily", DAILY),  # the channel before the team
        ({"channel": "fax"}, "field", "night", NIGHT),  # a channel without hours: the team
        ({"channel": "email"}, None, "office", OFFICE),  # a channel that has no entry
        ({"city": "Qingdao"}, "travelling", "daily", DAILY),  # a team whose hours are a family
        ({"city": "Rome"}, "travelling", "office", OFFICE),
    ],
)
def test_channel_then_team_then_standard(
    facts: dict[str, Any], group: str | None, calendar: str, due: tuple[int, int]
) -> None:
    """A promise that names no calendar counts in that of the channel, else of the team, else of the standard."""
    reading = desk(PLAIN, DESKS).clocks(case(*MONDAY, group=group, **facts), as_of=at(5, 11))["a"]
    assert (reading.calendar, reading.due) == (calendar, at(*due))


def test_the_promise_own_calendar_comes_first() -> None:
    """Whatever the channel and the team, the calendar that the promise names counts."""
    standard = desk(PLAIN.replace("target", 'calendar = "office"\ntarget'), DESKS)
    reading = standard.clocks(case(*MONDAY, group="field", channel="phone"), as_of=at(5, 11))["a"]
    assert (reading.calendar, reading.due) == ("office", at(*OFFICE))
    assert standard.current.choose("a") == "office"


@pytest.mark.parametrize(
    ("parts", "reachable"),
    [
        ((PLAIN,), {"office"}),
        ((OWN,), {"site", "daily", "office", "site: Lanzhou", "region", "night"}),
        ((PLAIN, DESKS), {"office", "daily", "night", "site", "site: Lanzhou", "region"}),
    ],
)
def test_every_calendar_that_may_count_is_known(parts: tuple[str, ...], reachable: set[str]) -> None:
    """Through channels, teams and families."""
    edition = desk(*parts).current
    assert edition.reachable(edition.objectives["a"]) == reachable


def handed(to: str | None, hour: int, kind: str = "assigned", **facts: str) -> Event:
    """A hand-over, or a change of facts, on Monday."""
    return Event(kind, at=at(5, hour), group=to, facts=facts)


@pytest.mark.parametrize(
    ("option", "due", "elapsed", "rows"),
    [
        ("keep_elapsed", at(5, 18), 3, 2),  # two hours are gone; six from 12:00 on
        ("from_start", at(5, 18), 3, 1),
        ("restart", at(5, 20), 1, 2),  # eight from 12:00 on
        ("proportional", at(5, 18), 3, 2),
        ("stay", at(6, 10), 3, 1),  # the office, as promised
    ],
)
def test_a_hand_over_is_a_retarget(option: str, due: datetime, elapsed: int, rows: int) -> None:
    """From the office at 12:00 to a daily team: what is elapsed is kept, unless told otherwise."""
    standard = desk(PLAIN, f'options = {{ retarget = "{option}" }}\n', DESKS)
    reading = standard.clocks(case(*MONDAY, group="desk", more=(handed("day", 12),)), as_of=at(5, 13))["a"]
    assert (reading.due, reading.elapsed, len(reading.promises)) == (due, timedelta(hours=elapsed), rows)


def test_there_and_back_again() -> None:
    """Two hours in the office, two with the daily team, then the office again: four from 14:00 on, one on Tuesday."""
    more = (handed("day", 12), handed("desk", 14))
    reading = desk(PLAIN, DESKS).clocks(case(*MONDAY, group="desk", more=more), as_of=at(5, 15))["a"]
    assert (reading.due, reading.elapsed) == (at(6, 10), timedelta(hours=5))
    assert [(one.calendar, one.counted, one.group) for one in reading.segments] == [
        ("office", 2 * 3_600_000_000, "desk"),
        ("daily", 2 * 3_600_000_000, "day"),
        ("office", 3_600_000_000, "desk"),
    ]


@pytest.mark.parametrize("group", ["desk", "nobody"])
def test_a_hand_over_within_one_calendar_is_none(group: str) -> None:
    """A team of the same hours promises nothing new."""
    reading = desk(PLAIN, DESKS).clocks(case(*MONDAY, more=(handed(group, 12),)), as_of=at(5, 13))["a"]
    assert (reading.due, len(reading.promises), len(reading.segments)) == (at(*OFFICE), 1, 2)


def test_a_hand_over_while_paused_counts_on_in_the_new_hours() -> None:
    """Paused 11:00 to 13:00, handed over in between: one hour is gone, seven from 13:00 on, until 20:00."""
    more = (Event("held", at=at(5, 11)), handed("day", 12), Event("freed", at=at(5, 13)))
    standard = desk(PLAIN, DESKS)
    assert standard.clocks(case(*MONDAY, more=more), as_of=at(5, 12, 30))["a"].due is None
    reading = standard.clocks(case(*MONDAY, more=more), as_of=at(5, 14))["a"]
    assert (reading.due, reading.elapsed) == (at(5, 20), timedelta(hours=2))


def test_a_change_of_place_is_a_retarget() -> None:
    """At 12:00 it turns out that the customer is in Qingdao."""
    standard = desk(OWN)
    reading = standard.clocks(case(*MONDAY, more=(handed(None, 12, "moved", city="Qingdao"),)), as_of=at(5, 13))["a"]
    assert (reading.due, reading.calendar, len(reading.promises)) == (at(5, 18), "daily", 2)


def test_what_was_late_before_a_hand_over_stays_late() -> None:
    """Six hours are over at 16:00; at 17:00 the office takes a promise that is broken: late again from then on."""
    more = (Event("assigned", at=at(5, 17), group="desk"),)
    standard = desk(PLAIN.replace("8 working", "6 working"), DESKS)
    reading = standard.clocks(case(*MONDAY, group="day", more=more), as_of=at(5, 18))["a"]
    assert (reading.verdict, reading.due, reading.breached_at) == ("late_open", at(5, 16), at(5, 17))
    assert [breach.instant for breach in reading.breaches] == [
        int(at(5, hour).timestamp()) * 1_000_000 for hour in (16, 17)
    ]


# What running cases keep.

MOVING = PLAIN.replace("target", 'calendar = "moving"\ntarget')


@pytest.mark.parametrize(
    ("keep", "created", "due"),
    [
        ("as it goes", (6, 16), (7, 15)),  # 1 h on Tuesday until 17:00, 7 h from 08:00 on Wednesday
        ("at creation", (6, 16), (7, 16)),  # 1 h, then 7 h from 09:00 on
        ("latest", (6, 16), (7, 12)),  # 4 h until 20:00, 4 h from 08:00 on
        ("as it goes", (7, 10), (7, 18)),
        ("at creation", (7, 10), (7, 18)),
        ("latest", (7, 10), (7, 18)),
    ],
)
def test_versions_of_calendars_as_cases_keep_them(keep: str, created: tuple[int, int], due: tuple[int, int]) -> None:
    """Span by span, or one version for all time."""
    standard = desk(MOVING, f'[keep]\ncalendar = "{keep}"\n')
    for _ in range(2):  # the second asks what was kept of the first
        assert standard.clocks(case(*created), as_of=at(7, 11))["a"].due == at(*due)
    assert standard.keep.calendar == keep


@pytest.mark.parametrize(("keep", "due"), [("as it goes", (7, 15)), ("at creation", (7, 16)), ("latest", (7, 12))])
@pytest.mark.parametrize("made", ['any_of = "moving"', 'all_of = ["moving", "moving"]', 'else = "moving"'])
def test_versions_deep_inside_are_kept_too(made: str, keep: str, due: tuple[int, int]) -> None:
    """A calendar made of one that changes is frozen through and through."""
    deep = f"[calendars.deep]\n{made}\n[calendars.deeper]\nany_of = 'deep'\n"
    standard = desk(deep, MOVING.replace('"moving"', '"deeper"'), f'[keep]\ncalendar = "{keep}"\n')
    assert standard.clocks(case(6, 16), as_of=at(6, 17))["a"].due == at(*due)


@pytest.mark.parametrize(("keep", "due"), [("as it goes", (7, 15)), ("at creation", (7, 16)), ("latest", (7, 12))])
def test_dated_values_of_a_family_are_kept_too(keep: str, due: tuple[int, int]) -> None:
    """Lanzhou as of the day of the case, or of the last day."""
    standard = desk(OWN, f'[keep]\ncalendar = "{keep}"\n')
    assert standard.clocks(case(6, 16, city="Lanzhou"), as_of=at(6, 17))["a"].due == at(*due)


def test_each_calendar_is_kept_as_of_the_same_day() -> None:
    """Two calendars that change on two days: a case of the day between keeps one new and one old version."""
    other = "[calendars.later]\nelse = 'office'\n2026-01-09 = 'night'\n"
    keep = '[keep]\ncalendar = "at creation"\n'
    for calendar, due in (("moving", (8, 18)), ("later", (9, 10))):
        standard = desk(other, MOVING.replace('"moving"', f'"{calendar}"'), keep)
        assert standard.clocks(case(8, 10), as_of=at(8, 11))["a"].due == at(*due)


def test_the_day_of_creation_is_that_of_the_earliest_known_event() -> None:
    """An event recorded late is not yet known, and does not date the case."""
    standard = desk(MOVING, '[keep]\ncalendar = "at creation"\n')
    late = Event("moved", at=at(6, 12), recorded_at=at(8, 12))
    both = Case("7", {}, [late, Event("created", at=at(7, 10))])
    assert standard.clocks(both, as_of=at(9), known_at=at(7, 12))["a"].due == at(7, 18)  # daily
    assert standard.clocks(both, as_of=at(9))["a"].due == at(8, 10)  # the office: 7 h and 1 h
    assert standard.clocks(Case("8"), as_of=at(8))["a"].activity == "not_started"


@pytest.mark.parametrize("keep", ["as it goes", "at creation", "latest"])
def test_calendars_without_versions_are_always_the_same(keep: str) -> None:
    """Nothing to keep: the office, whatever is kept."""
    still = BODY.replace('{ 2026-01-07 = "daily" }', '"daily"').replace(', 2026-01-07 = "daily"', "")
    standard = loads(HEAD + still + PLAIN + f'[keep]\ncalendar = "{keep}"\n')
    assert standard.clocks(case(*MONDAY), as_of=at(5, 11))["a"].due == at(*OFFICE)


@pytest.mark.parametrize(
    ("keep", "asked", "edition", "due"),
    [
        ("at creation", (6, 17), "", (7, 16)),
        ("at creation", (8, 0), "", (7, 16)),
        ("latest", (6, 17), "", (7, 16)),  # the change is not yet in force
        ("latest", (7, 0), "2026-01-07", (7, 10)),  # 1 h on Tuesday, 1 h on Wednesday
        ("latest", (8, 0), "2026-01-07", (7, 10)),
    ],
)
def test_editions_as_cases_keep_them(keep: str, asked: tuple[int, int], edition: str, due: tuple[int, int]) -> None:
    """The promise of the day of the case, or of the day on which we ask."""
    change = '[changes.2026-01-07]\nobjectives.a.target = "2 working hours"\n'
    standard = desk(PLAIN, f'[keep]\nedition = "{keep}"\n', change)
    readings = standard.clocks(case(6, 16), as_of=at(*asked))
    assert (readings.edition, readings["a"].due) == (edition, at(*due))


def test_a_standard_that_has_begun_answers_for_no_earlier_day() -> None:
    """The only edition has a first day: a case before it is refused, unless the latest counts."""
    head = HEAD + "from = 2026-01-07\n"
    with pytest.raises(DefinitionError) as caught:
        desk(PLAIN, head=head).clocks(case(6, 16), as_of=at(8))
    assert caught.value.message == "standard.too_early"
    latest = desk(PLAIN, '[keep]\nedition = "latest"\n', head=head)
    assert latest.clocks(case(6, 16), as_of=at(8))["a"].due == at(7, 16)


@pytest.mark.parametrize(("shown", "expected"), [("order", "slow"), ("earliest due", "quick")])
def test_which_reading_stands_for_all(shown: str, expected: str) -> None:
    """By declared order, or by due time."""
    promises = PLAIN.replace("objectives.a]", "objectives.slow]\norder = 1")
    promises += PLAIN.replace("objectives.a]", "objectives.quick]\norder = 2").replace("8 working hours", "1 hour")
    standard = desk(promises, f'[keep]\nshown = "{shown}"\n')
    found = standard.clocks(case(*MONDAY), as_of=at(5, 10)).shown
    assert found is not None
    assert found.objective == expected
    stopped = case(*MONDAY, more=(Event("resolved", at=at(5, 11)),))
    decided = standard.clocks(stopped, as_of=at(5, 12)).shown
    assert decided is not None
    assert decided.objective == "slow"  # all are decided: the first


@pytest.mark.parametrize("part", ["edition", "calendar", "shown"])
def test_keeping_is_checked_at_birth(part: str) -> None:
    """In Python as in the file."""
    wrong: Any = {part: "luck"}
    with pytest.raises(DefinitionError) as caught:
        Keep(**wrong)
    assert (caught.value.where, caught.value.message) == (part, "choice.unknown")


# Where holidays are unknown.

COVERED = """
[calendars.known]
hours = "Mon-Fri 09:00-17:00"
holidays = { days = [2026-01-01], covers = "[2026-01-01..2026-01-08]" }
[calendars.changing]
else = "daily"
2026-01-06 = "known"
[calendars.places]
by = "city"
use = { Qingdao = "changing", Rome = "known", Lanzhou = { 2026-01-06 = "known" } }
else = "daily"
"""


@pytest.mark.parametrize("keep", ["as it goes", "at creation", "latest"])
@pytest.mark.parametrize("city", ["Qingdao", "Rome", "Lanzhou"])
def test_no_holidays_are_assumed_in_whatever_calendar_counts(city: str, keep: str) -> None:
    """Thursday 8 January 16:00: one hour is known, then nothing; on Friday seven hours if there is no holiday."""
    standard = desk(COVERED, PLAIN.replace("target", 'calendar = "places"\ntarget'), f'[keep]\ncalendar = "{keep}"\n')
    one = case(8, 16, city=city)
    unknown = standard.clocks(one, as_of=at(8, 17))["a"]
    assert (unknown.due, unknown.assumptions, unknown.elapsed) == (None, (), timedelta(hours=1))
    assert isinstance(unknown.problem, CoverageError)
    for _ in range(2):  # the second asks what was kept of the first
        assumed = standard.clocks(one, as_of=at(8, 17), assume="no_holidays")["a"]
        assert (assumed.due, assumed.problem, assumed.assumptions) == (at(9, 16), None, ("no_holidays",))
    answered = standard.if_answered(one, at=at(9, 12), assume="no_holidays")["a"]
    assert (answered.verdict, answered.elapsed) == ("met", timedelta(hours=4))
    other = standard.clocks(case(8, 16), as_of=at(8, 17), assume="no_holidays")["a"]
    assert (other.due, other.assumptions) == (at(9, 12), ())  # daily: 4 h and 4 h, nothing assumed


# What is no choice of a calendar.


def wrong(text: str) -> list[tuple[str, str]]:
    """Where and message of every fault."""
    with pytest.raises(StandardError) as caught:
        loads(text)
    return [(fault.where, fault.message) for fault in caught.value.faults]


A_CIRCLE = """
[calendars.x]
by = "city"
use = { a = "y" }
else = "office"
[calendars.y]
by = "region"
use = { north = "office" }
else = "x"
"""
INTO_A_CIRCLE = """
[calendars.x]
by = "city"
use = { a = "y" }
else = "region"
[calendars.y]
by = "city"
use = { a = "z", b = "region" }
else = "office"
[calendars.z]
by = "city"
use = { a = "y" }
else = "office"
"""
"""x leads into the circle of y and z, and is in none itself."""


@pytest.mark.parametrize(
    ("calendars", "wheres"),
    [
        ("[calendars.x]\nany_of = 'site'\n", ["x"]),  # a family where a calendar is wanted
        ("[calendars.x]\nany_of = 'office'\nexcept = 'site'\n", ["x"]),
        ("[calendars.x]\nelse = 'site'\n", ["x"]),
        ("[calendars.x]\nelse = 'office'\n2026-01-01 = 'site'\n", ["x"]),
        ("[calendars.x]\nby = 'city'\nuse = { a = { 2026-01-01 = 'site' } }\nelse = 'office'\n", ["x"]),
        ("[calendars.x]\nby = 'city'\nuse = { a = { 2026-01-01 = 'office' } }\nelse = 'site'\n", ["x"]),
        ("[calendars.x]\nby = 'city'\nuse = { a = 'x' }\nelse = 'office'\n", ["x"]),
        (A_CIRCLE, ["x", "y"]),
        (INTO_A_CIRCLE, ["y", "z"]),
    ],
)
def test_families_stand_only_where_a_fact_can_choose(calendars: str, wheres: list[str]) -> None:
    """A calendar is made of calendars; families may lead to families, not back, and not for some dates only."""
    assert set(wrong(HEAD + BODY + calendars)) == {(f"$.calendars.{where}", "calendar.family") for where in wheres}


def test_working_days_need_one_zone_whatever_the_fact() -> None:
    """One member of two zones is enough, behind a channel too."""
    two = "[calendars.far]\nhours = 'daily 08:00-20:00'\nzone = 'Asia/Tokyo'\n"
    two += "[calendars.two]\nany_of = ['far', 'office']\n"
    family = "[calendars.mixed]\nby = 'city'\nuse = { Tokyo = 'two' }\nelse = 'office'\n"
    days = PLAIN.replace("8 working hours", "2 working days").replace(', pause = "held", resume = "freed"', "")
    one = ("$.objectives.a.calendar", "calendar.several_zones")
    assert wrong(HEAD + BODY + two + family + days.replace("target", 'calendar = "mixed"\ntarget')) == [one]
    assert wrong(HEAD + BODY + two + family + days + "[teams.far]\ncalendar = 'mixed'\n") == [one]
    assert desk(two, days).id == "desk"


def test_working_days_in_the_calendar_of_the_place() -> None:
    """Two working days from Friday: on Tuesday in the office, on Sunday where every day is one."""
    days = OWN.replace("8 working hours", "2 working days").replace(', pause = "held", resume = "freed"', "")
    for city, due in (("Rome", at(13, 10)), ("Qingdao", at(11, 10))):
        assert desk(days).clocks(case(9, 10, city=city), as_of=at(9, 11))["a"].due == due


@pytest.mark.parametrize(
    "parts",
    [
        {"by": "city", "otherwise": "office"},
        {"use": {"a": "office"}, "otherwise": "office"},
        {"by": "city", "use": {"a": "office"}, "otherwise": "office", "versions": {date(2026, 1, 1): "office"}},
    ],
)
def test_a_family_has_a_fact_and_its_values(parts: dict[str, Any]) -> None:
    """And is not at the same time a calendar that changes by date."""
    with pytest.raises(DefinitionError) as caught:
        CalendarEntry(**parts)
    assert (caught.value.where, caught.value.message) == ("by", "calendar.by")


def test_a_family_names_its_calendars() -> None:
    """Picked, dated, and for any other value; what it picks for what is no text is the other one."""
    entry = CalendarEntry(by="city", use={"a": "x", "b": {date(2026, 1, 1): "y"}}, otherwise="z")
    assert entry.names == ("z", "x", "y")
    assert [entry.pick("f", value) for value in ("a", "b", "c", None, 5)] == ["x", "f: b", "z", "z", "z"]
    assert entry.members("f") == {"f: b": CalendarEntry(versions={date(2026, 1, 1): "y"}, otherwise="z")}


def test_an_edition_made_in_python_chooses_too() -> None:
    """The same checks, without a file."""
    with pytest.raises(StandardError) as caught:
        Edition(zone="UTC", calendars={"f": CalendarEntry(by="city", use={"a": "b"}, otherwise="f")})
    assert {(fault.where, fault.message) for fault in caught.value.faults} == {
        ("calendars.f", "calendar.unknown"),
        ("calendars.f", "calendar.family"),
        ("calendars.f.by", "facts.name"),
    }
