"""Pilots: an edition for the cases of a scope, from its first day to its last, in the file and in every answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd import Case, Event, Period, StandardError, dumps, loads
from svcstd.conditions import Eq
from svcstd.documents import Format, csv_records, diff, json_schema, parse_text, read_log
from svcstd.documents.freeze import frozen_blocks
from svcstd.errors import DefinitionError, UnknownName
from svcstd.handbook import Heading, book_of, evaluate, render_report, tally
from svcstd.sla import write_target
from svcstd.standard import Chronicle, Pilot, as_if_always, what_if

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
TEXT = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
city = "text"
tier = { one_of = ["gold", "plain"] }
[events]
opened = "opened"
closed = "closed"
[objectives.close]
clock = { start = "opened", stop = "closed" }
target = "8 hours"
[routing.desk]
hit = "first"
in = ["city"]
out = ["to"]
rules.all = ["-", "desk"]
[changes.2026-02-01]
objectives.close.target = "7 hours"
[pilots.north]
from = 2026-03-01
until = 2026-04-01
scope = { city = "oslo" }
why = "near the stock"
approved = { role = "board", on = 2026-02-15 }
objectives.close.target = "2 hours"
routing.desk.rules.all = ["-", "north"]
[pilots.gold]
from = 2026-03-15
scope = { tier = "gold" }
objectives.close.target = "1 hours"
"""
STANDARD = loads(TEXT)


def at(day: int, month: int = 3) -> datetime:
    """A morning of 2026."""
    return datetime(2026, month, day, 9, tzinfo=UTC)


def read(moment: datetime, standard: Any = STANDARD, **facts: Any) -> tuple[str, str]:
    """Target and edition of a case that begins then."""
    found = standard.clocks(Case("c", facts, [Event("opened", at=moment)]), as_of=moment + timedelta(days=90))["close"]
    return write_target(found.target), found.edition


@pytest.mark.parametrize(
    ("moment", "facts", "wanted"),
    [
        (at(28, 2), {"city": "oslo"}, ("7 hours", "2026-02-01")),
        (at(1), {"city": "oslo"}, ("2 hours", "2026-03-01 north")),
        (at(1), {"city": "rome"}, ("7 hours", "2026-02-01")),
        (at(1), {}, ("7 hours", "2026-02-01")),
        (at(31), {"city": "oslo"}, ("2 hours", "2026-03-01 north")),
        (at(1, 4), {"city": "oslo"}, ("7 hours", "2026-02-01")),
        (at(14), {"tier": "gold"}, ("7 hours", "2026-02-01")),
        (at(15), {"tier": "gold"}, ("1 hour", "2026-03-15 gold")),
        (at(15), {"tier": "gold", "city": "oslo"}, ("2 hours", "2026-03-01 north")),
        (at(9, 12), {"tier": "gold"}, ("1 hour", "2026-03-15 gold")),
        (at(1, 1), {"city": "oslo"}, ("8 hours", "")),
    ],
)
def test_who_is_in_it(moment: datetime, facts: dict[str, Any], wanted: tuple[str, str]) -> None:
    """By its days, both ends as told, and by its scope; the first pilot that takes a case has it; unknown is no."""
    assert read(moment, **facts) == wanted


def test_a_case_stays() -> None:
    """It is pinned by the facts with which it began, whatever is learned later, and after the pilot's end too."""
    moved = Event("opened", at=at(2), facts={"city": "rome"})
    found = STANDARD.clocks(Case("c", {"city": "oslo"}, [moved]), as_of=at(1, 6))["close"]
    assert found.edition == "2026-03-01 north"


def test_where_cases_keep_the_latest() -> None:
    """The day that counts is that on which we ask."""
    latest = loads(TEXT.replace("[facts]", '[keep]\nedition = "latest"\n[facts]', 1))
    case = Case("c", {"city": "oslo"}, [Event("opened", at=at(2, 1))])
    assert latest.clocks(case, as_of=at(5))["close"].edition == "2026-03-01 north"
    assert latest.clocks(case, as_of=at(5, 5))["close"].edition == "2026-02-01"


def test_routing() -> None:
    """A case by its pilot; plain facts by the day that is asked for, which is then needed."""
    case = Case("c", {"city": "oslo"}, [Event("opened", at=at(2))])
    assert STANDARD.route("desk", case, as_of=at(2, 6))["to"] == "north"
    assert STANDARD.route("desk", {"city": "oslo"}, as_of=at(2))["to"] == "north"
    assert STANDARD.route("desk", {"city": "oslo"}, as_of=at(2, 6))["to"] == "desk"
    assert STANDARD.route("desk", {"city": "rome"}, as_of=at(2))["to"] == "desk"
    alone = loads(TEXT.replace('[changes.2026-02-01]\nobjectives.close.target = "7 hours"\n', ""))
    with pytest.raises(DefinitionError):
        alone.route("desk", {"city": "oslo"})
    assert read(at(2), alone, city="oslo") == ("2 hours", "2026-03-01 north")


@pytest.mark.parametrize("form", FORMATS)
def test_round_trip(form: Format) -> None:
    """Whatever the format, nothing is lost."""
    assert loads(dumps(STANDARD, format=form), format=form) == STANDARD


def test_schema() -> None:
    """The schema allows what the loader reads, and wants a scope."""
    raw, _ = parse_text(TEXT, "toml")
    schema = jsonschema.Draft202012Validator(json_schema())
    schema.validate(raw)
    del raw["pilots"]["north"]["scope"]
    assert not schema.is_valid(raw)


NORTH = STANDARD.pilots["north"]


def test_as_a_value() -> None:
    """Its days, its edition, and what it is not."""
    assert (NORTH.starts, NORTH.until, NORTH.edition.why) == (date(2026, 3, 1), date(2026, 4, 1), "near the stock")
    assert NORTH.edition.approved is not None
    assert NORTH.takes(date(2026, 3, 1), {"city": "oslo"})
    assert STANDARD.pilots["gold"].until is None
    told: dict[str, Any] = {"scope": Eq("city", "oslo"), "edition": NORTH.edition, "until": None}
    for changes in ({"until": date(2026, 3, 1)}, {"until": "soon"}, {"edition": STANDARD.editions[0]}, {"edition": 5}):
        with pytest.raises(DefinitionError):
            Pilot(**told | changes)
    assert STANDARD.edition_called("2026-03-01 north") is NORTH.edition
    assert STANDARD.edition_called("") is STANDARD.editions[0]
    with pytest.raises(UnknownName, match="2026-03-01 north"):
        STANDARD.edition_called("2026-03-01 nroth")


def test_reports() -> None:
    """Count its cases by what it promised."""
    log = '[log]\nid = "id"\ntime = "YYYY-MM-DD HH:mm"\nzone = "UTC"\nfolds = "reject"\n'
    log += 'events = { opened = "opened", closed = "closed" }\nfacts = { city = "city" }\n'
    standard = loads(TEXT + log + '[reports.attainment]\nby = "started"\nweek = "Monday"\n')
    rows = "id,opened,closed,city\nA,2026-03-02 09:00,2026-03-02 12:00,oslo\nB,2026-03-02 09:00,2026-03-02 12:00,rome\n"
    rows += "C,2026-03-02 09:00,,oslo\n"
    read_rows = read_log(standard, csv_records(StringIO(rows), standard.log.columns if standard.log else ()))
    report = tally(standard, evaluate(standard, read_rows.rows, as_of=at(9)), read_rows, as_of=at(9))
    verdicts = [(one.row.case.id, one.reading.verdict) for one in report.results if one.reading is not None]
    assert verdicts == [("A", "met_late"), ("B", "met"), ("C", "late_open")]
    assert "<main" in render_report(report)


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ('scope = { city = "oslo" }', 'scope = { ctiy = "oslo" }', "north.scope.ctiy", "city"),
        ('scope = { city = "oslo" }\n', "", "north.scope", "missing"),
        ("from = 2026-03-01\n", "", "north.from", "missing"),
        ("from = 2026-03-01", 'from = "soon"', "north.from", ""),
        ("until = 2026-04-01", "until = 2026-03-01", "north.until", "is empty"),
        ('why = "near the stock"', "why = 5", "north.why", ""),
        ('why = "near the stock"', 'colour = "red"', "north.colour", "no key here"),
        ('objectives.close.target = "2 hours"', 'objectives.close.target = "2h"', "north.objectives.close.target", ""),
        (
            'objectives.close.target = "2 hours"',
            'objectives.clsoe.target = "2 hours"',
            "north.objectives.clsoe",
            "close",
        ),
        ('objectives.close.target = "2 hours"', 'remove = ["roles.x"]', "north.remove[0]", ""),
    ],
)
def test_faults(old: str, new: str, where: str, words: str) -> None:
    """Each with its place; the other pilot is read all the same."""
    assert old in TEXT
    with pytest.raises(StandardError) as caught:
        loads(
            TEXT.replace(old, new, 1).replace('objectives.close.target = "1 hours"', 'objectives.close.target = "1h"')
        )
    told = {fault.where.partition(" ")[0]: str(fault) for fault in caught.value.faults}
    assert words in told.get(f"$.pilots.{where}", ""), told
    assert f"$.pilots.{where}" in told
    assert "$.pilots.gold.objectives.close.target" in told


@pytest.mark.parametrize("text", ["pilots = 5\n", "[pilots]\nnorth = 5\n"])
def test_no_table(text: str) -> None:
    """Of another kind."""
    head = TEXT.partition("[pilots")[0]
    body = head.replace("[facts]", f"{text}[facts]", 1) if text.startswith("pilots") else head + text
    with pytest.raises(StandardError) as caught:
        loads(body)
    assert any(fault.where.startswith("$.pilots") for fault in caught.value.faults)


def test_bounds() -> None:
    """A pilot before the first edition, and too many of them."""
    early = TEXT.replace('zone = "UTC"\n', 'zone = "UTC"\nfrom = 2026-03-02\n', 1)
    early = early.replace('[changes.2026-02-01]\nobjectives.close.target = "7 hours"\n', "")
    with pytest.raises(StandardError, match=r"pilots\.north\.from"):
        loads(early)
    many = "".join(f'[pilots.p{number}]\nfrom = 2026-03-01\nscope = {{ city = "x" }}\n' for number in range(101))
    with pytest.raises(StandardError, match="101 pilots"):
        loads(TEXT.partition("[pilots")[0] + many)


def test_review_diff_and_handbook() -> None:
    """An idle pilot, one that is overtaken, what differs, and what people read."""
    assert [one.rule for one in STANDARD.review(as_of=date(2026, 3, 1)).findings if one.rule.startswith("pilots")] == []
    idle = loads(TEXT + '[pilots.idle]\nfrom = 2026-01-15\nscope = { city = "rome" }\nwhy = "x"\n')
    found = [(one.rule, one.where) for one in idle.review(as_of=date(2026, 3, 1)).findings]
    assert ("pilots.idle", "pilots.idle") in found
    assert ("pilots.overtaken", "pilots.idle") in found
    broken = loads(TEXT.replace('rules.all = ["-", "north"]', 'rules.none = ["-", "north"]'))
    places = [one.where for one in broken.review(as_of=date(2026, 3, 1)).findings]
    assert any(place.startswith("pilots.north.routing.desk") for place in places), places
    changed = loads(TEXT.replace('"2 hours"', '"3 hours"'))
    assert [one.path for one in diff(STANDARD, changed)] == ["pilots.north.objectives.close.target"]
    chapters = {one.key: one.blocks for one in book_of(STANDARD, year=2026).chapters}
    heads = [block.text for block in chapters["changes"] if isinstance(block, Heading)]
    assert heads[1:] == [
        "Pilot north from Sun 1 Mar 2026 until Wed 1 Apr 2026, for city = oslo",
        "Pilot gold from Sun 15 Mar 2026 on, for tier = gold",
    ]


def test_what_a_pilot_changed() -> None:
    """Against the standard without it; as if the newest had always held, there is none."""
    cases = [Case(city, {"city": city}, [Event("opened", at=at(2))]) for city in ("oslo", "rome")]
    history = Chronicle(as_of=at(3), cases=cases)
    without = attrs.evolve(STANDARD, pilots={})
    effects = list(what_if(without, STANDARD, history, as_if="dated"))
    assert {one.of for one in effects} == {"oslo"}
    assert {one.part for one in effects} == {"objectives.close", "routing.desk"}
    assert as_if_always(STANDARD).pilots == {}
    assert list(what_if(STANDARD, STANDARD, history, as_if="dated")) == []


PARTS = [
    'objectives.close.target = "3 hours"',
    'objectives.close.name = "answer"',
    'facts.size = "integer"',
    'events.more = "more"',
]


@given(st.lists(st.integers(0, 2), min_size=len(PARTS), max_size=len(PARTS)))
def test_overlays_in_any_grouping(days: list[int]) -> None:
    """The same changes, made on one day or on several, make the same last edition, and the same pilot on top of it."""
    head = TEXT.partition("[changes")[0]
    grouped: dict[int, list[str]] = {}
    for day, part in zip(days, PARTS, strict=True):
        grouped.setdefault(day, []).append(part)
    changes = "".join(
        f"[changes.2026-02-0{day + 1}]\n" + "\n".join(parts) + "\n" for day, parts in sorted(grouped.items())
    )
    pilot = '[pilots.p]\nfrom = 2026-03-01\nscope = { city = "oslo" }\nobjectives.close.target = "1 hours"\n'
    several = loads(head + changes + pilot)
    once = loads(head + "[changes.2026-02-01]\n" + "\n".join(PARTS) + "\n" + pilot)
    assert attrs.evolve(several.current, starts=None) == attrs.evolve(once.current, starts=None)
    assert several.pilots == once.pilots


# ── what a pilot alone declares, and facts as they come ──────────────────────────────────────────────────────────────

ALONE = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
years = "2026"
[facts]
city = "text"
"car.kind" = "text"
load = { kind = "number", float_digits = 1 }
[events]
opened = "opened"
closed = "closed"
[calendars]
office = { hours = "Mon-Fri 09:00-17:00", holidays = "CN" }
[objectives.close]
clock = { start = "opened", stop = "closed" }
target = "8 hours"
order = 1
[pilots.try]
from = 2026-03-01
scope = SCOPE
facts.fresh = "text"
events.paused = "paused"
calendars.branch = { hours = "Mon-Fri 09:00-17:00", holidays = "US" }
objectives.extra = { clock = { start = "opened", stop = "closed" }, target = "1 hours", order = 2 }
follow_ups.call = { on = "opened", due = "48 hours", done = "closed" }
follow_ups.feast = { dates = [2026-03-20], due = "20 calendar days by 18:00", done = "closed" }
routing.desk = { hit = "first", in = ["city"], out = ["to"], rules = { all = ["-", "new"] } }
[log]
id = "id"
time = "YYYY-MM-DD HH:mm"
zone = "UTC"
folds = "reject"
event = "what"
at = "when"
facts = { city = "city", fresh = "fresh" }
[reports.attainment]
by = "started"
week = "Monday"
"""


def alone(scope: str = '{ city = "oslo" }') -> Any:
    """A standard whose pilot declares what nothing else does."""
    return loads(ALONE.replace("SCOPE", scope))


def begun(**facts: Any) -> Case:
    """A case of the second of March."""
    return Case("c", facts, [Event("opened", at=at(2))])


def test_every_answer_knows_the_editions_of_pilots() -> None:
    """Duties, suppositions, counts of rules, attainment, logs, coverage and frozen holidays."""
    standard, case = alone(), begun(city="oslo")
    march = Period.of("month", date(2026, 3, 1), "UTC")
    duties = standard.follow_ups([case], march, as_of=at(25))
    assert {one.rule for one in duties} == {"call", "feast"}
    assert "extra" in standard.if_answered(case, at=at(3), objective="extra")
    assert standard.rule_counts("desk", [case], as_of=at(3)).rules == {"all": 1}
    assert ("extra", "") in standard.attainment([case], as_of=at(3), by=["fresh"])
    rows = "id,what,when,city,fresh\nc,opened,2026-03-02 09:00,oslo,yes\nc,paused,2026-03-02 10:00,oslo,yes\n"
    read_rows = read_log(standard, csv_records(StringIO(rows), standard.log.columns))
    assert (read_rows.ignored, read_rows.rejected) == ((), ())
    assert [event.kind for event in read_rows.rows[0].case.events] == ["opened", "paused"]
    rules = {(one.rule, one.where) for one in standard.review(as_of=date(2026, 12, 20)).findings}
    assert ("calendars.coverage_ends", "calendars.branch") in rules
    assert list(frozen_blocks(standard)["pilots"]["try"]["calendars"]) == ["branch"]
    assert "pilots" not in frozen_blocks(STANDARD)


@pytest.mark.parametrize(
    ("scope", "facts", "is_in"),
    [
        ("{ load = 0.3 }", {"load": 0.1 + 0.2}, True),
        ('{ load = "<= 0.3" }', {"load": 0.1 + 0.2}, True),
        ('{ load = "> 0.3" }', {"load": 0.1 + 0.2}, False),
    ],
)
def test_facts_as_the_edition_takes_them(scope: str, facts: dict[str, Any], is_in: bool) -> None:  # noqa: FBT001
    """A float is rounded before it is judged, as it is for every promise."""
    found = alone(scope).clocks(begun(**facts), as_of=at(3))["close"]
    assert (found.edition == "2026-03-01 try") is is_in


def test_facts_within_facts() -> None:
    """Told flat or within others, they are the same; a fact of another kind, or none at all, is not known."""
    standard = alone('{ "car.kind" = "van" }')
    told: Any
    for told in ({"car": {"kind": "van"}}, {"car.kind": "van"}):
        assert standard.route("desk", told, as_of=at(3))["to"] == "new"
    for told in ({"car": {"kind": "bus"}}, {"car": "van"}, {"car.kind": 5}, {}, None):
        assert not standard.pilots["try"].takes(date(2026, 3, 3), told)


@pytest.mark.parametrize("key", ['""', '"a.b"', '"<b>"'])
def test_keys(key: str) -> None:
    """An id, as of every other part."""
    with pytest.raises(StandardError, match=r"\$\.pilots\."):
        loads(TEXT.replace("[pilots.north]", f"[pilots.{key}]"))


def test_pilots_given_in_python() -> None:
    """Under their own keys, in the zone of the standard, not before it begins."""
    other = attrs.evolve(NORTH, edition=attrs.evolve(NORTH.edition, pilot=""))
    for pilots in ({"south": NORTH}, {"x": 3}, {"": other}):
        with pytest.raises(DefinitionError):
            attrs.evolve(STANDARD, pilots=pilots)
    late = [attrs.evolve(STANDARD.current, starts=date(2027, 1, 1))]
    with pytest.raises(DefinitionError):
        attrs.evolve(STANDARD, editions=late)
