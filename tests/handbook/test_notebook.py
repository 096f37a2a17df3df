"""Values in a notebook: every kind shows itself, escaped, without script or network, in both languages and themes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from svcstd import Case, Event, Period, loads
from svcstd.calendars import BusinessCalendar, Calendar, History, HolidayTable
from svcstd.conditions import ANYTHING, FactSchema, Opaque
from svcstd.errors import DefinitionError
from svcstd.handbook import Shown, load_ipython_extension, notebook, show, unload_ipython_extension
from svcstd.incentives import Statement
from svcstd.keyed import EMPTY
from svcstd.rules import DecisionTable, Else, Output, Rule
from svcstd.scoring import Grades
from svcstd.sla import Attainment
from svcstd.standard import PayInputs

DESK = """
svcstd = 1
id = "desk"
name = "Desk <b> & co"
zone = "UTC"

[facts]
kind = { one_of = ["fault", "question"] }
wait = "duration"

[events]
opened = ""
hold = ""
closed = ""

[calendars.office]
hours = "Mon-Fri 09:00-17:00"
holidays = { covers = "[2026-01-01..2026-12-31]", days = { 2026-02-16 = "Founders' <day>" } }

[objectives.answer]
name = "answered"
calendar = "office"
clock = { start = "opened", stop = "closed", pauses = { customer = { on = "hold", until = "any other event" } } }
by = "kind"
target = { fault = "8 working hours", else = "16 working hours" }
order = 1

[objectives.praise]
name = "praised"
clock = { start = "closed", stop = "hold" }
target = "1 hour"
order = 2

[objectives.wish]
clock = { start = "opened", stop = "closed" }
target = "?"
status = "needs_value"
order = 3

[routing.intake]
hit = "unique"
in = ["kind"]
out = ["role"]
[routing.intake.rules]
repairs = ["fault", "engineer"]

[records.month]
fields = { agent = "text", solved = "number", liked = "number" }
[kpis.solved]
of = "month"
better = "more"
unit = "cases"
sum = "solved"
empty = "missing"
[kpis.liked]
of = "month"
better = "more"
unit = "share"
mean = "liked"

[scorecards.agent]
of = "agent"
every = "month"
weights = { work = 3, liked = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = "100 %"
round = "0.1 half up"
grades = { A = ">= 50", B = "else" }
[scorecards.agent.parts.work]
weights = { solved = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = "100 %"
[scorecards.agent.parts.work.parts.solved]
kpi = "solved"

[plans.bonus]
of = "agent"
every = "month"
currency = "EUR"
round = "0.01 half up"
round_at = "line"
[plans.bonus.lines.solved]
pays = "1.50 EUR"
times = "kpis.solved"
missing = "withhold"
[plans.bonus.gates.liked]
figure = "kpis.liked"
keeps = ">= 0.5"
reads = "exact"
missing = "nothing"
"""
STANDARD = loads(DESK)
JANUARY = Period.of("month", date(2026, 1, 1), "UTC")
RECORDS = {
    "month": [
        {"agent": "Ann", "solved": 80, "liked": Decimal("0.9")},
        {"agent": "Ben", "solved": 80, "liked": Decimal("0.1")},
    ]
}
OFFICE = STANDARD.current.hours("office")
WEEK = BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00")


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


CASE = Case(
    "<T&1>",
    {"kind": "fault"},
    [
        Event("opened", at=_at(2, 9), group="first line"),
        Event("hold", at=_at(2, 12), actor="Dora", reason="asks <him>"),
    ],
)
READINGS = STANDARD.clocks(CASE, as_of=_at(2, 16))
LATE = STANDARD.clocks(Case("T-2", {"kind": "fault"}, [Event("opened", at=_at(2, 9))]), as_of=_at(4, 9))


def _score(agent: str) -> Any:
    return STANDARD.score("agent", RECORDS, of=agent, period=JANUARY)


def _pay(agent: str) -> Statement:
    return STANDARD.pay("bonus", PayInputs(records=RECORDS), of=agent, period=JANUARY)


def _read(found: Shown) -> ET.Element:
    return ET.fromstring(found.html)  # noqa: S314 - ours


def _texts(found: Shown) -> str:
    root = _read(found)
    for style in root.iter("style"):
        style.text = ""
    return " ".join("".join(root.itertext()).split())


def _cells(found: Shown, row: int) -> list[str]:
    rows = list(_read(found).iter("tr"))
    return ["".join(cell.itertext()) for cell in rows[row]]


EVERY = {
    "calendar": OFFICE,
    "reading": READINGS["answer"],
    "readings": READINGS,
    "attainment": Attainment(met=3, met_late=1),
    "table": STANDARD.current.routing["intake"],
    "decision": STANDARD.route("intake", {"kind": "fault"}),
    "card": STANDARD.current.scorecards["agent"],
    "score": _score("Ann"),
    "statement": _pay("Ann"),
    "standard": STANDARD,
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("value", EVERY.values(), ids=EVERY)
def test_a_piece_stands_alone(value: object, language: str) -> None:
    """Well formed, so that everything in it is escaped; no script, no address, no style attribute; its own style."""
    found = show(value, language=language)
    root = _read(found)
    assert root.tag == "div"
    assert root.attrib == {"class": "svcstd", "lang": language}
    assert {one.tag for one in root.iter()}.isdisjoint({"script", "link", "img", "iframe", "a", "form"})
    attributes = {name for one in root.iter() for name in one.attrib}
    assert attributes.isdisjoint({"style", "src", "href"})
    assert not any(name.startswith("on") for name in attributes)
    assert "://" not in found.html
    assert "@import" not in found.html
    assert len([one for one in root.iter() if one.tag == "style"]) == 1
    assert found._repr_html_() == found.html
    assert repr(found) == repr(value)


def test_every_kind_is_tried() -> None:
    """What this file tries is all there is."""
    assert {kind for kind in notebook.KINDS if any(isinstance(one, kind) for one in EVERY.values())} == set(
        notebook.KINDS
    )


def test_ids_differ_between_values_and_not_between_runs() -> None:
    """Two pictures of one page share no id; the same value has the same text, and every reference leads somewhere."""
    one, other = show(READINGS), show(LATE)
    ids = [{mark.attrib["id"] for mark in _read(found).iter() if "id" in mark.attrib} for found in (one, other)]
    assert all(ids)
    assert ids[0].isdisjoint(ids[1])
    assert show(READINGS) == one
    asked = set(re.findall(r"url\(#([^)]+)\)", one.html))
    assert asked
    assert asked <= ids[0]


def test_themes() -> None:
    """Light and dark follow the page where it says so, else the reader's system."""
    style = next(_read(show(STANDARD)).iter("style")).text or ""
    assert style.index("prefers-color-scheme:dark") < style.index('[data-jp-theme-light="true"]')  # the page wins
    assert style.count("--paper:#14171a") == 2
    assert style.count("--paper:#fff") == 2
    selectors = re.findall(r"(?:^|[}])\s*([^{}@]+)\{", style)
    assert all("svcstd" in selector for selector in selectors)  # nothing of the page around it is touched


def _year(found: Shown) -> str:
    titles = [one.text or "" for one in _read(found).iter("title")]
    return titles[0].rsplit(", ", 1)[1] if titles else ""


@pytest.mark.parametrize(
    ("calendar", "year"),
    [
        (OFFICE, "2026"),  # the last covered one, although coverage ends at the beginning of 2027
        (WEEK, ""),  # every year is alike
        (BusinessCalendar(zone="UTC", hours="daily 09:00-17:00", exceptions={date(2026, 12, 31): "closed"}), "2026"),
        (BusinessCalendar(zone="UTC", hours="daily 09:00-17:00", exceptions={date(2026, 1, 1): "closed"}), "2026"),
        (History(OFFICE, {date(2027, 1, 1): WEEK}, zone="UTC"), "2027"),
        (History(WEEK, {date(2027, 1, 1): OFFICE}, zone="UTC"), "2026"),  # of 2027 nothing is known
        (History(WEEK, {}, zone="UTC"), ""),
        (OFFICE | BusinessCalendar(zone="Asia/Tokyo", hours="Mon-Fri 09:00-17:00"), "2026"),
        (BusinessCalendar(zone="UTC", hours="Mon-Fri 09:00-17:00", holidays=HolidayTable()), ""),
    ],
)
def test_the_year_that_is_drawn(calendar: Calendar, year: str) -> None:
    """Nobody's clock is asked: the last year with dates of its own, or none."""
    assert _year(show(calendar)) == year


def test_a_year_asked_for() -> None:
    """Any year may be asked for; a year that is none is refused."""
    assert _year(show(WEEK, year=2031)) == "2031"
    assert "Founders' <day>" in _texts(show(OFFICE, year=2026))
    assert "Founders" not in _texts(show(OFFICE, year=2025))
    with pytest.raises(DefinitionError, match="year: 0 is out of bounds"):
        show(WEEK, year=0)
    with pytest.raises(DefinitionError, match="year"):
        show(WEEK, year="2026")  # type: ignore[arg-type]


def test_readings() -> None:
    """A row a promise: three of eight hours are used while the clock is paused; what is not promised, and why."""
    found = show(READINGS)
    assert _cells(found, 0) == ["promise", "promised", "due", "time counted", "verdict"]
    assert _cells(found, 1) == ["answered", "fault: 8 working hours", "\N{EN DASH}", "3 h", "not yet due"]
    assert _cells(found, 2) == ["praised", "1 hour", "\N{EN DASH}", "0 s", "not yet due"]
    assert "<T&1>: Mon 2 Mar 2026 16:00 UTC" in _texts(found)
    assert "not in force: needs_value" in _texts(found)
    assert len(list(_read(found).iter("svg"))) == 1  # a clock that nothing started has no life to draw
    assert _cells(show(LATE), 1)[4] == "overdue"


def test_a_due_time_that_cannot_be_told() -> None:
    """Where holidays are unknown, the table says so and how to mend it."""
    case = Case("T-3", {"kind": "fault"}, [Event("opened", at=datetime(2026, 12, 31, 16, tzinfo=UTC))])
    found = show(STANDARD.clocks(case, as_of=datetime(2026, 12, 31, 16, tzinfo=UTC)))
    assert "holidays" in _cells(found, 1)[2]


def test_nothing_promised() -> None:
    """A case without promise has no table of promises."""
    text = DESK.replace("order = 1", 'order = 1\nstatus = "withdrawn"')
    text = text.replace("order = 2", 'order = 2\nstatus = "withdrawn"')
    readings = loads(text).clocks(CASE, as_of=_at(2, 16))
    assert not readings
    assert _cells(show(readings), 0) == ["promise", "no promise, because"]
    kept = attrs.evolve(READINGS, unpromised=EMPTY)
    assert "no promise" not in _texts(show(kept))


def test_a_customer_sees_no_colleague() -> None:
    """Names, groups and what was said among colleagues are left out, in the picture as in the reasons."""
    ours, theirs = show(READINGS), show(READINGS, for_="customer")
    assert _texts(ours).count("first line") == 2  # beside the picture, and among the reasons
    assert "first line" not in _texts(theirs)
    assert "paused from Mon 2 Mar 2026 12:00 UTC" in _texts(theirs)


def test_a_decision() -> None:
    """Outputs under their names, and why; no match has no row."""
    found = show(EVERY["decision"])
    assert _cells(found, 0) == ["role"]
    assert _cells(found, 1) == ["engineer"]
    assert "kind = fault" in _texts(found)
    none = show(STANDARD.route("intake", {"kind": "question"}))
    assert not list(_read(none).iter("table"))
    facts = FactSchema()
    several = DecisionTable(
        facts=facts, outputs={"a": Output(), "b": Output()}, otherwise=Else({"a": "x"}, "nobody else")
    )
    assert _cells(show(several.decide({})), 1) == ["x", "\N{EN DASH}"]


def test_a_table() -> None:
    """As it is exchanged; a table with a function in it says that it cannot be."""
    found = show(STANDARD.current.routing["intake"])
    assert _cells(found, 1)[:3] == ["repairs", "fault", "engineer"]
    assert "role" in _texts(found)
    opaque = Opaque("lucky", lambda _facts: True)
    rules = {"lucky": Rule(opaque, {"role": "desk"})}
    table = DecisionTable(facts=FactSchema(), outputs={"role": Output()}, rules=rules, name="<Luck>")
    assert "<Luck>" in _texts(show(table))
    assert not list(_read(show(table)).iter("table"))
    plain = DecisionTable(facts=FactSchema(), outputs={"role": Output()}, rules={"all": Rule(ANYTHING, {"role": "x"})})
    assert "all" in _texts(show(plain))


def test_a_card() -> None:
    """Weights as shares of their level, levels with their mean; the side of a bound is told."""
    card = STANDARD.current.scorecards["agent"]
    found = show(card)
    rows = [_cells(found, row) for row in range(1, 4)]
    assert rows == [
        ["work", "arithmetic", "75.0 %"],
        ["work / solved", "solved", "100 %"],
        ["liked", "liked", "25.0 %"],
    ]
    assert _cells(found, 5) == ["A", ">= 50"]
    assert "else" in _texts(found)
    lower = attrs.evolve(card, grades=Grades(["low", "high"], [50], bound="lower"))
    assert "> 50" in _texts(show(lower))
    assert "50" not in _texts(show(attrs.evolve(card, grades=None)))


def test_a_score() -> None:
    """80 times 3/4 and 0.9 times 1/4 are 60.225, which is 60.2."""
    found = show(_score("Ann"))
    assert _texts(found).startswith("Ann: 60.2, grade A.")
    assert _cells(found, 2) == ["work / solved", "80", "\N{EN DASH}", "1", "80", "100 %", "60"]
    assert _cells(found, 3) == ["liked", "0.9", "0.9 / 1", "1", "0.9", "25.0 %", "0.225"]
    missing = show(_score("nobody"))
    assert "None of 1 has a score." in _texts(missing)
    assert _cells(missing, 2)[1] == "\N{EN DASH}"


def test_a_statement() -> None:
    """80 times 1.50 EUR are 120.00 EUR; a shut gate pays nothing and says why."""
    found = show(_pay("Ann"))
    assert _texts(found).startswith("Ann is paid 120.00 EUR for 2026-01 by bonus.")
    assert _cells(found, 1)[:3] == ["solved", "80", "120.00 EUR"]
    assert _cells(found, 2)[2] == "120.00 EUR"
    shut = show(_pay("Ben"))
    assert _texts(shut).startswith("Ben is paid 0.00 EUR for 2026-01 by bonus.")
    assert "0.5" in _texts(shut)
    refused = show(attrs.evolve(_pay("Ben"), lines=(), state="refused"))
    assert _texts(refused).startswith("Ben is paid nothing for 2026-01 by bonus: not eligible.")
    assert not list(_read(refused).iter("svg"))


def test_a_standard() -> None:
    """What is promised, and how far it holds."""
    found = show(STANDARD)
    assert _texts(found).startswith("Desk <b> & co: Objectives with a promise: 2")
    assert "answered" in _cells(found, 1)


def test_what_nobody_can_show() -> None:
    """Another value is refused, with what could be shown."""
    with pytest.raises(DefinitionError, match=r"int.*Calendar, Reading"):
        show(3)


class _Formatter:
    """As much of IPython's formatter as an extension uses: the nearest class of a value decides."""

    def __init__(self) -> None:
        self.found: dict[type, Callable[[object], str]] = {}

    def for_type(self, kind: type, made: Callable[[object], str]) -> None:
        """Register."""
        self.found[kind] = made

    def pop(self, kind: type, default: object) -> object:
        """Forget."""
        return self.found.pop(kind, default)

    def html(self, value: object) -> str | None:
        """What is shown of a value."""
        made = next((self.found[kind] for kind in type(value).__mro__ if kind in self.found), None)
        return None if made is None else made(value)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_extension(language: str) -> None:
    """Loaded, every kind is shown as by ``show``, in the language asked for; unloaded, none."""
    formatter = _Formatter()
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    load_ipython_extension(shell, language)
    assert [formatter.html(one) for one in EVERY.values()] == [
        show(one, language=language).html for one in EVERY.values()
    ]
    assert formatter.html(timedelta(1)) is None
    unload_ipython_extension(shell)
    unload_ipython_extension(shell)
    assert not formatter.found
