"""A clock's life as a picture: the model by hand, its drawing, and its letters."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pendulum
import pytest

from svcstd import Case, Event, dumps, loads
from svcstd.handbook import Timeline, draw_lines, draw_timeline, standalone, timeline_of
from svcstd.handbook.timeline import MOST_SPANS, MOST_TICKS, Lane, short_name
from svcstd.moment import micros
from svcstd.sla import Reading, Readings

STANDARD = loads("""
svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
calendar = "office"

[facts]
kind = "text"

[events]
created = ""
assigned = ""
hold = ""
resumed = ""
resolved = ""
reopened = ""
rung = ""

[calendars]
office = "Mon-Fri 09:00-12:00 13:00-17:00"
field = "daily 08:00-20:00"

[teams]
field = { calendar = "field" }

[objectives.resolve]
name = "resolved"
clock = { preset = "resolution", pause = "hold", resume = "resumed" }
target = "4 working hours"
order = 1

[objectives.line]
clock = { start = "created", stop = "resolved" }
target = "30 hours"
order = 2

[objectives.rings]
clock = { start = "created", stop = "resolved", count = "rung" }
target = "1..3 rings"
order = 3
""")


def at(day: int, hour: int, minute: int = 0) -> pendulum.DateTime:
    """A time of March 2026 in Shanghai; the 2nd is a Monday."""
    return pendulum.datetime(2026, 3, day, hour, minute, tz="Asia/Shanghai")


def us(day: int, hour: int, minute: int = 0) -> int:
    """The same in UTC microseconds."""
    return micros(at(day, hour, minute))


def read(*events: Event, as_of: pendulum.DateTime, key: str = "resolve") -> Reading:
    """One clock of a case."""
    return STANDARD.clocks(Case("T-1", {}, [Event("created", at=at(2, 10)), *events]), as_of=as_of)[key]


def drawn(reading: Reading, **more: str) -> Timeline:
    """Its picture, which there must be."""
    found = timeline_of(reading, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def pieces(lane: Lane) -> list[tuple[str, str, str]]:
    """Kind, beginning and end of each piece, as wall times."""

    def wall(instant: int) -> str:
        return pendulum.from_timestamp(instant / 1_000_000, tz="Asia/Shanghai").format("DD HH:mm")

    return [(one.kind, wall(one.start), wall(one.end)) for one in lane.pieces]


HANDS = [
    Event("assigned", at=at(2, 11), group="first", actor="Li"),
    Event("hold", at=at(2, 14)),
    Event("resumed", at=at(2, 16)),
    Event("assigned", at=at(2, 16, 30), group="field", actor="Wu"),
]


def test_a_day_that_is_late_from_its_opening() -> None:
    """Each span of opening after the breach is late as a whole."""
    (lane,) = drawn(read(as_of=at(3, 10))).lanes
    assert pieces(lane)[1:] == [
        ("counted", "02 10:00", "02 12:00"),
        ("counted", "02 13:00", "02 15:00"),
        ("late", "02 15:00", "02 17:00"),
        ("late", "03 09:00", "03 10:00"),
    ]


def test_what_lies_between_stop_and_reopening_is_decided() -> None:
    """Where that time counts it is part of the life, and drawn as neither running nor paused."""
    through = loads(
        dumps(STANDARD).replace('target = "4 working hours"', 'target = "4 working hours"\noptions.reopen = "through"')
    )
    case = Case(
        "T-1", {}, [Event("created", at=at(2, 10)), Event("resolved", at=at(2, 11)), Event("reopened", at=at(2, 13))]
    )
    found = drawn(through.clocks(case, as_of=at(2, 14))["resolve"])
    assert [kind for kind, _, _ in pieces(found.lanes[0])] == ["standing", "counted", "decided", "standing", "counted"]
    assert draw_timeline(found, "clock").count('class="grid"') >= 3
    assert "=" in "".join(draw_lines(found, 100))


def test_a_life_in_two_hands() -> None:
    """Each owner has a lane; what ran while closed only stands; after the breach it counts as late."""
    found = drawn(read(*HANDS, as_of=at(2, 22)))
    nobody, first, field = found.lanes
    assert [lane.name for lane in found.lanes] == ["nobody named", "first", "field"]
    assert pieces(nobody) == [("standing", "02 10:00", "02 11:00"), ("counted", "02 10:00", "02 11:00")]
    assert pieces(first) == [
        ("standing", "02 11:00", "02 14:00"),
        ("counted", "02 11:00", "02 12:00"),
        ("counted", "02 13:00", "02 14:00"),
        ("paused", "02 14:00", "02 16:00"),
        ("standing", "02 16:00", "02 16:30"),
        ("counted", "02 16:00", "02 16:30"),
    ]
    # 1 h + 2 h + 30 min are used by 16:30; the rest, 30 min, ends at 17:00 in the calendar of the field.
    assert pieces(field) == [
        ("standing", "02 16:30", "02 22:00"),
        ("counted", "02 16:30", "02 17:00"),
        ("late", "02 17:00", "02 20:00"),
    ]
    assert [lane.figure for lane in found.lanes] == ["1 h", "2 h 30 min", "3 h 30 min"]
    assert [(mark.kind, mark.instant) for mark in found.marks] == [
        ("due", us(2, 17)),
        ("breach", us(2, 17)),
        ("now", us(2, 22)),
    ]
    assert found.title.startswith("resolved: late since")


def test_closed_hours_are_those_that_counted() -> None:
    """Until the hand-over the office's lunch is shaded, afterwards only the field's night."""
    found = drawn(read(*HANDS, as_of=at(2, 22)))
    assert [(low, high) for low, high in found.closed if us(2, 10) <= low < us(2, 22)] == [
        (us(2, 12), us(2, 13)),
        (us(2, 20), found.last),
    ]


def test_a_customer_sees_one_lane() -> None:
    """Nobody is named."""
    found = drawn(read(*HANDS, as_of=at(2, 22)), for_="customer")
    (lane,) = found.lanes
    assert (lane.name, lane.figure) == ("resolved", "7 h")
    everything = "\n".join(draw_lines(found, 100)) + draw_timeline(found, "x")
    assert not any(name in everything for name in ("Li", "Wu", "first", "field"))


def test_agents_stand_for_groups() -> None:
    """Where no group is named, each agent has a lane."""
    told = [Event("assigned", at=at(2, 11), group="", actor="Li")]
    assert [lane.name for lane in drawn(read(*told, as_of=at(2, 12))).lanes] == ["nobody named", ""]
    assert [lane.name for lane in drawn(read(as_of=at(2, 12))).lanes] == ["resolved"]


def test_decided_and_reopened() -> None:
    """The time between the answer and the reopening is drawn as such."""
    told = [Event("resolved", at=at(2, 11)), Event("reopened", at=at(2, 14)), Event("resolved", at=at(2, 15))]
    found = drawn(read(*told, as_of=at(5, 9)))
    assert ("decided", "02 11:00", "02 14:00") in pieces(found.lanes[0])
    assert [mark.kind for mark in found.marks] == ["due"]  # decided: there is no now


def test_the_utc_line_is_never_closed() -> None:
    """Elapsed time has no closed hours, and all of it counts."""
    found = drawn(read(as_of=at(3, 20), key="line"))
    assert found.closed == ()
    assert pieces(found.lanes[0]) == [("counted", "02 10:00", "03 16:00"), ("late", "03 16:00", "03 20:00")]


def test_a_count_has_no_due() -> None:
    """A limit to a count is drawn with its breach alone."""
    rings = [Event("rung", at=at(2, 10, number)) for number in range(1, 5)]
    found = drawn(read(*rings, as_of=at(2, 11), key="rings"))
    assert [(mark.kind, mark.instant) for mark in found.marks] == [("breach", us(2, 10, 4)), ("now", us(2, 11))]


def test_a_clock_that_never_began_has_no_picture() -> None:
    """There is nothing to draw before the start."""
    before = STANDARD.clocks(Case("T-1", {}, [Event("created", at=at(2, 10))]), as_of=at(2, 9))["resolve"]
    assert timeline_of(before) is None


def test_read_back_from_json_there_are_no_calendars() -> None:
    """Without calendars nothing is shaded, and a running segment is one piece."""
    readings = STANDARD.clocks(Case("T-1", {}, [Event("created", at=at(2, 10))]), as_of=at(2, 12))
    again = drawn(Readings.from_json(readings.to_json())["resolve"])
    assert again.closed == ()
    assert pieces(again.lanes[0]) == [("counted", "02 10:00", "02 12:00")]


def test_a_very_long_case() -> None:
    """Years of open days are too many to shade; ticks stay few."""
    found = drawn(read(as_of=at(2, 10).add(years=3)))
    assert found.closed == ()
    assert len(found.ticks) <= MOST_TICKS + 1
    assert MOST_SPANS < 3 * 250 * 2


@pytest.mark.parametrize(
    ("length", "step"),
    [
        (timedelta(minutes=6), timedelta(minutes=1)),
        (timedelta(hours=3), timedelta(hours=1)),
        (timedelta(hours=29), timedelta(hours=4)),
        (timedelta(days=6), timedelta(days=1)),
        (timedelta(days=40), timedelta(days=6)),
    ],
)
def test_ticks(length: timedelta, step: timedelta) -> None:
    """Minutes, hours or days, as the case is long; never more than fit."""
    reading = read(Event("resolved", at=at(2, 10) + length), as_of=at(2, 10) + length, key="rings")
    ticks = drawn(reading).ticks
    assert len(ticks) <= MOST_TICKS + 1
    assert {later - earlier for (earlier, _), (later, _) in pairwise(ticks)} == {step // timedelta(microseconds=1)}


def test_the_drawing() -> None:
    """Each mark and piece is there, named, within the picture; a file of its own carries its style."""
    found = drawn(read(*HANDS, as_of=at(2, 22)))
    text = standalone(draw_timeline(found, "clock"))
    root = ET.fromstring(text)  # noqa: S314 - ours
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    titles = [title.text for title in root.iter(f"{space}title")]
    assert titles[0] == found.title
    assert {"paused: hold", "counted", "counted, late", "running, closed hours do not count"} <= set(titles)
    flags = [one.attrib["class"] for one in root.iter(f"{space}path")]
    assert sorted(flags) == ["breach", "due", "now"]
    _, _, width, high = map(float, root.attrib["viewBox"].split())
    for mark in root.iter(f"{space}rect"):
        if "x" in mark.attrib:
            assert -0.5 <= float(mark.attrib["x"]) <= width
            assert 0 <= float(mark.attrib["y"]) <= high
    assert "style=" not in text
    assert "<script" not in text


def test_the_letters() -> None:
    """In a terminal: marks above, a lane each, an axis and a key; 30 cells for 12 hours and their margins."""
    told = [Event("hold", at=at(2, 12)), Event("resumed", at=at(2, 14)), Event("resolved", at=at(2, 20))]
    found = drawn(read(*told, as_of=at(3, 9)))
    lines = list(draw_lines(found, 80, plain=True))
    assert lines[0].strip() == "v due Mon 2 Mar 2026 16:00 Shanghai"
    assert lines[1].strip() in ("x broken Mon 2 Mar 2026 16:00 Shanghai", "broken Mon 2 Mar 2026 16:00 Shanghai x")
    lane = lines[2]
    assert lane.startswith("resolved ")
    assert lane.endswith(" 5 h")
    # counted, paused, counted, then late, then closed
    order = [sign for sign, before in zip(lane[9:], " " + lane[9:], strict=False) if sign != before and sign in "#/%."]
    assert "".join(order) == "#/#%."
    assert lines[-1].strip() == "# counted  % late  / paused  = decided  . closed"
    fancy = list(draw_lines(found, 80))
    assert "\N{FULL BLOCK}" in fancy[2]
    assert all(len(line) <= 80 for line in [*lines, *fancy])


def test_marks_near_the_right_edge_speak_to_the_left() -> None:
    """Words that would leave the line stand before their sign."""
    lines = list(draw_lines(drawn(read(as_of=at(2, 11))), 60))
    assert lines[0].rstrip().endswith("v")
    assert all(len(line) <= 60 for line in lines)


def test_long_names_are_cut() -> None:
    """A lane's name leaves room for the lane."""
    assert short_name(Lane("x" * 20, "", ())) == "x" * 20
    assert short_name(Lane("x" * 21, "", ())) == "x" * 19 + "\N{HORIZONTAL ELLIPSIS}"


def test_a_stretch_shorter_than_a_letter_is_still_seen() -> None:
    """One minute of a day keeps a cell of its own."""
    told = [Event("hold", at=at(2, 10, 1)), Event("resumed", at=at(3, 10)), Event("resolved", at=at(3, 11))]
    lines = list(draw_lines(drawn(read(*told, as_of=at(3, 12))), 60, plain=True))
    assert "#" in lines[1]


def test_months_are_told_where_weekdays_say_nothing() -> None:
    """Over a few days the weekday helps, over months the month does."""
    days, months = (drawn(read(as_of=at(2, 10).add(days=length), key="line")).ticks for length in (6, 90))
    assert [words for _, words in days][:2] == ["Tue 3", "Wed 4"]
    assert [words for _, words in months][:3] == ["27 Feb", "12 Mar", "25 Mar"]


def test_a_picture_in_somebodys_page() -> None:
    """Its style touches nothing around it, and two pictures have no id in common."""
    found = drawn(read(*HANDS, as_of=at(2, 22)))
    pictures = [standalone(draw_timeline(found, name)) for name in ("T 1/resolve", "T-2")]
    for picture in pictures:
        style = picture.split("<style>")[1].split("</style>")[0]
        rules = [
            rule.strip() for rule in style.replace("@media screen and (prefers-color-scheme:dark){", "").split("}")
        ]
        named = [one for rule in rules if "{" in rule for one in rule.split("{")[0].split(",")]
        assert named
        assert all(one.startswith("svg.timeline") for one in named)
        assert style.count("{") == style.count("}")
    ids = [set(re.findall(r'id="([^"]+)"', picture)) for picture in pictures]
    assert not ids[0] & ids[1]
    assert all(re.fullmatch("[A-Za-z0-9_-]+", one) for one in ids[0] | ids[1])
