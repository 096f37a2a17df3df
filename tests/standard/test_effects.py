"""What another standard would have done: verdicts, routes, scores and pay, each with reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from svcstd import Case, Event, Period, ServiceStandard, loads
from svcstd.errors import DefinitionError
from svcstd.standard import Chronicle, Effect, as_if_always, replay_history, what_if

TEXT = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
from = 2026-01-01
[facts]
kind = { one_of = ["fault", "question"] }
[events]
opened = "opened"
closed = "closed"
[objectives.close]
clock = { start = "opened", stop = "closed" }
target = "8 hours"
[routing.intake]
hit = "first"
in = ["kind"]
out = ["role"]
rules.fault = ["fault", "engineer"]
rules.rest = ["-", "desk"]
[records.rating]
at = "day"
fields = { agent = "text", value = "number", day = "date" }
[kpis.value]
of = "rating"
mean = "value"
better = "more"
unit = "share"
[scorecards.card]
of = "agent"
every = "month"
weights = { value = 1 }
mean = "arithmetic"
missing = "withhold"
least_covered = 1
round = "0.01 half up"
[plans.pay]
of = "agent"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
lines.value = { pays = "100.00 CNY", times = "scorecards.card", missing = "nothing" }
"""
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def case(name: str, kind: str, hours: int | None) -> Case:
    """A case that was open for so many hours."""
    opened = datetime(2026, 3, 1, 0, tzinfo=UTC)
    events = [Event("opened", at=opened)]
    if hours is not None:
        events.append(Event("closed", at=opened.replace(hour=hours)))
    return Case(name, {"kind": kind}, events)


CASES = [case("quick", "fault", 2), case("slow", "question", 6), case("open", "fault", None)]
RATINGS = [
    {"agent": name, "value": Decimal(value), "day": date(2026, 1, 9)} for name, value in (("a", "0.9"), ("b", "0.5"))
]
HISTORY = Chronicle(
    as_of=AT,
    cases=CASES,
    records={"rating": RATINGS},
    period=Period.parse("2026-01", "UTC"),
    cards=["card"],
    plans=["pay"],
)
OLD = loads(TEXT)


def changed(*pairs: tuple[str, str]) -> ServiceStandard:
    """Another standard."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return loads(text)


def told(new: ServiceStandard, history: Chronicle = HISTORY, **options: Any) -> list[tuple[str, str, str]]:
    """Of whom, in which part, and in words."""
    return [(one.of, one.part, one.sentence()) for one in what_if(OLD, new, history, **options)]


def test_the_same_standard_changes_nothing() -> None:
    """Asked again, or as if its newest edition had always held."""
    assert list(replay_history(OLD, HISTORY)) == []
    assert told(OLD) == []
    assert told(OLD, as_if="dated") == []
    assert as_if_always(OLD).editions[0].starts is None


def test_verdicts() -> None:
    """A shorter promise breaks what was kept, and says from what to what."""
    found = told(changed(('"8 hours"', '"4 hours"')))
    assert ("slow", "objectives.close", "close: met before, met_late now") in found
    assert ("quick", "objectives.close", "close: 8 hours promised before, 4 hours now") in found
    assert not [one for one in found if one[0] == "quick" and "met_late" in one[2]]


def test_routes() -> None:
    """Other rules, another table, no table at all."""
    found = told(changed(('["-", "desk"]', '["-", "lead"]')))
    assert found == [("slow", "routing.intake", "slow: routed to role = desk before, to role = lead now")]
    gone = changed(('rules.rest = ["-", "desk"]\n', ""))
    assert told(gone) == [("slow", "routing.intake", "slow: routed to role = desk before, to - now")]
    start, end = TEXT.index("[routing.intake]"), TEXT.index("[records.rating]")
    without = loads(TEXT[:start] + TEXT[end:])
    assert {one[0] for one in told(without)} == {"quick", "slow", "open"}
    assert [one.part for one in what_if(without, OLD, HISTORY)] == ["routing.intake"] * 3


@pytest.mark.rows("B114")
def test_scores_and_pay() -> None:
    """Person by person, with the reasons of both."""
    halved = changed(('"100.00 CNY"', '"50.00 CNY"'))
    effects = list(what_if(OLD, halved, HISTORY))
    assert [(one.of, one.part) for one in effects] == [("a", "plans.pay"), ("b", "plans.pay")]
    assert effects[0].sentence() == "a: 90.00 CNY (due) before, 45.00 CNY (due) now"
    assert len(effects[0].why.children) == 2
    graded = changed(('round = "0.01 half up"\n[plans', 'round = "1 half up"\n[plans'))
    assert told(graded) == [
        ("a", "scorecards.card", "a: 0.90 before, 1 now"),
        ("b", "scorecards.card", "b: 0.50 before, 1 now"),
        ("a", "plans.pay", "a: 90.00 CNY (due) before, 100.00 CNY (due) now"),
        ("b", "plans.pay", "b: 50.00 CNY (due) before, 100.00 CNY (due) now"),
    ]


def test_what_cannot_be_told() -> None:
    """An event, a fact or a kind of records that one of both does not know is an effect as well."""
    unknown = changed(('closed = "closed"', 'done = "done"'), ('stop = "closed"', 'stop = "done"'))
    assert [(one[0], one[1]) for one in told(unknown)][:1] == [("quick", "objectives")]
    renamed = changed(("kind = {", "sort = {"), ('in = ["kind"]', 'in = ["sort"]'))
    parts = {one[1] for one in told(renamed)}
    assert parts == {"objectives", "routing.intake"}
    other = changed(("agent", "person"))
    asked = attrs.evolve(HISTORY, cases=())
    assert [(one[0], one[1]) for one in told(other, asked)] == [("card", "scorecards.card"), ("pay", "plans.pay")]


def test_as_if_always() -> None:
    """An edition of July says nothing of March, unless it is asked as if it had always held."""
    later = loads(TEXT + '[changes.2026-07-01]\nobjectives.close.target = "4 hours"\n')
    assert told(later, as_if="dated") == []
    assert ("slow", "objectives.close", "close: met before, met_late now") in told(later, as_if="always")
    with pytest.raises(DefinitionError):
        list(what_if(OLD, OLD, HISTORY, as_if="never"))  # type: ignore[arg-type]


def test_somebody_new() -> None:
    """Whom only one of both pays or scores."""
    people = changed(
        ('[plans.pay]\nof = "agent"\n', '[plans.pay]\nof = "agent"\npeople = "staff"\n'),
        ("[kpis.value]", '[records.staff]\nfields = { agent = "text" }\n[kpis.value]'),
    )
    history = attrs.evolve(HISTORY, cases=(), cards=(), records={"rating": RATINGS, "staff": [{"agent": "a"}]})
    both = loads(TEXT.replace("[kpis.value]", '[records.staff]\nfields = { agent = "text" }\n[kpis.value]'))
    found = [one.sentence() for one in what_if(both, people, history)]
    assert found == ["b: 50.00 CNY (due) before, - now"]


def test_a_history_of_scores_needs_a_period() -> None:
    """They belong to one."""
    with pytest.raises(DefinitionError, match="belong to a period"):
        Chronicle(as_of=AT, cards=["card"])
    assert Chronicle(as_of=AT).cases == ()
    effect = Effect(of="a", part="b", why=next(iter(what_if(OLD, changed(('"8 hours"', '"4 hours"')), HISTORY))).why)
    assert "承诺" in effect.sentence("zh")


def test_an_empty_month() -> None:
    """No score is a dash; the same dash on both sides is nothing."""
    history = Chronicle(as_of=AT, records={"rating": RATINGS}, period=Period.parse("2026-02", "UTC"), cards=["card"])
    assert told(changed(("least_covered = 1", "least_covered = 0.5")), history) == []


def test_a_table_that_stays_is_asked_once_and_still_refuses() -> None:
    """Where only a promise changes, routes change nothing; what a table refuses is told all the same."""
    old = loads(TEXT.replace('rules.rest = ["-", "desk"]\n', "").replace("from = 2026-01-01\n", ""))
    new = loads(
        TEXT.replace('rules.rest = ["-", "desk"]\n', "")
        .replace("from = 2026-01-01\n", "")
        .replace("8 hours", "9 hours")
    )
    case = Case("a", {"kind": "question"}, [Event("opened", at=AT)])
    asked = Chronicle(as_of=AT, cases=[case])
    first, second = (
        attrs.evolve(one, editions=[attrs.evolve(one.current, routing=_strict(one))]) for one in (old, new)
    )
    parts = [effect.part for effect in what_if(first, second, asked)]
    assert parts.count("routing.intake") == 1
    assert "routing.intake" not in [effect.part for effect in what_if(old, new, asked)]


def _strict(standard: ServiceStandard) -> Any:
    """The tables of a standard, which refuse where no rule fits."""
    tables: dict[str, Any] = dict(standard.current.routing)
    return {key: attrs.evolve(table, on_no_match="error") for key, table in tables.items()}
