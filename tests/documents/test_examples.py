"""Examples of a standard: local times, variants, and what may be expected of a reading."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from svcstd import StandardError, dumps, loads
from svcstd.documents import read_standard
from svcstd.sla import Event
from svcstd.standard import Check

BASE: dict[str, Any] = {
    "svcstd": 1,
    "id": "desk",
    "name": "Desk",
    "zone": "Europe/Berlin",
    "facts": {"kind": {"one_of": ["fault", "complaint"]}, "amount": "number", "since": "date"},
    "events": {"opened": "", "closed": ""},
    "objectives": {"close": {"clock": {"start": "opened", "stop": "closed"}, "target": "8 hours"}},
}
OPENED = {"opened": "2026-07-01T10:00:00"}


def checks(example: dict[str, Any]) -> tuple[Check, ...]:
    """The checks of one example in the standard above."""
    found = read_standard(BASE | {"examples": {"one": example}}, {}).examples["one"].checks
    return tuple(check for check in found if isinstance(check, Check))


def utc(*parts: int) -> int:
    """UTC microseconds."""
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type,misc]


def test_times_are_local_and_the_last_event_asks() -> None:
    """Berlin is two hours ahead of UTC in July; without as_of the clocks are read at the last event."""
    (check,) = checks({"events": OPENED | {"closed": ["2026-07-01T12:00:00", "2026-07-01T11:00:00+02:00"]}})
    assert [(event.kind, event.instant) for event in check.case.events] == [
        ("closed", utc(2026, 7, 1, 10)),
        ("closed", utc(2026, 7, 1, 9)),
        ("opened", utc(2026, 7, 1, 8)),
    ]
    assert check.asked == utc(2026, 7, 1, 10)


def test_events_may_be_a_list_of_tables() -> None:
    """A list keeps facts, actor and group of each event."""
    given = {"event": "opened", "at": "2026-07-01T10:00:00", "facts": {"since": "2026-01-01"}, "actor": "ann"}
    (check,) = checks({"events": [given | {"group": "north"}], "as_of": "2026-07-01"})
    at = datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert check.case.events == (Event("opened", at=at, facts={"since": date(2026, 1, 1)}, actor="ann", group="north"),)
    assert check.asked == utc(2026, 6, 30, 22)


def test_an_event_may_say_all_that_an_event_is() -> None:
    """Details, who and why, a due time by hand, from when it counts, when it was recorded, and its identity."""
    given = {
        "event": "opened",
        "at": "2026-07-01T10:00:00",
        "details": {"kind": "fault", "since": "2026-01-01"},
        "actor": "ann",
        "group": "north",
        "reason": "the customer asked for it",
        "due": "2026-07-02T18:00:00",
        "since": "2026-06-30T10:00:00Z",
        "recorded_at": "2026-07-01T11:00:00+02:00",
        "id": "e1",
    }
    (check,) = checks({"events": [given]})
    assert check.case.events == (
        Event(
            "opened",
            at=datetime(2026, 7, 1, 8, tzinfo=UTC),
            details={"kind": "fault", "since": date(2026, 1, 1)},
            actor="ann",
            group="north",
            reason="the customer asked for it",
            due=datetime(2026, 7, 2, 16, tzinfo=UTC),
            since=datetime(2026, 6, 30, 10, tzinfo=UTC),
            recorded_at=datetime(2026, 7, 1, 9, tzinfo=UTC),
            id="e1",
        ),
    )
    standard = read_standard(BASE | {"examples": {"one": {"events": [given]}}}, {})
    for format in ("toml", "yaml", "json"):  # noqa: A001 - the word for it
        assert loads(dumps(standard, format=format), format=format) == standard


def test_given_facts_are_typed() -> None:
    """Dates are read, decimals stay exact, and both survive in the file."""
    raw = BASE | {"examples": {"one": {"events": OPENED, "given": {"amount": Decimal("0.10"), "since": "2026-01-01"}}}}
    standard = read_standard(raw, {})
    (check,) = standard.examples["one"].checks
    assert isinstance(check, Check)
    facts = check.case.facts
    assert dict(facts) == {"amount": Decimal("0.10"), "since": date(2026, 1, 1)}
    for format in ("toml", "yaml", "json"):  # noqa: A001 - the word for it
        assert loads(dumps(standard, format=format), format=format) == standard
    assert "0.10" in dumps(standard)


def test_each_makes_variants() -> None:
    """Facts and events vary together; what is expected may be a list of as many values, or one for all."""
    first, second = checks(
        {
            "events": {},
            "each": {"kind": ["fault", "complaint"], "opened": ["2026-07-01T10:00:00", "2026-07-02T10:00:00"]},
            "expect": {"close": {"due": ["2026-07-01T18:00:00", "2026-07-02T18:00:00"], "verdict": "open"}},
        }
    )
    assert (first.case.facts["kind"], second.case.facts["kind"]) == ("fault", "complaint")
    assert (first.expect["close"]["due"], second.expect["close"]["due"]) == (utc(2026, 7, 1, 16), utc(2026, 7, 2, 16))
    assert first.expect["close"]["verdict"] == second.expect["close"]["verdict"] == "open"


def test_expectations_are_typed() -> None:
    """Moments are instants, amounts are durations, none is nothing; the reasons may be one word or several."""
    (check,) = checks(
        {
            "events": OPENED,
            "expect": {
                "close": {
                    "start": "2026-07-01T10:00:00",
                    "stop": "none",
                    "elapsed": "2 working hours",
                    "remaining": "PT90M",
                    "budget": "8 hours",
                    "act_by": "2026-07-01T18:00:00",
                    "count": 3,
                    "cycle": 2,
                    "calendar": "office",
                    "advice": "too_early",
                    "row": "",
                }
            },
            "because": {"close": ["counted", "open"]},
        }
    )
    assert dict(check.expect["close"]) == {
        "start": utc(2026, 7, 1, 8),
        "stop": None,
        "elapsed": timedelta(hours=2),
        "remaining": timedelta(minutes=90),
        "budget": timedelta(hours=8),
        "act_by": utc(2026, 7, 1, 16),
        "count": 3,
        "cycle": 2,
        "calendar": "office",
        "advice": "too_early",
        "row": "",
    }
    assert check.because["close"] == ("counted", "open")
    assert checks({"events": OPENED, "because": {"close": "open"}})[0].because["close"] == ("open",)


def test_yaml_may_dot_its_keys() -> None:
    """``close.due`` means in YAML what it means in TOML."""
    yaml = checks({"events": OPENED, "expect": {"close.verdict": "open", "close": {"row": ""}}})
    assert yaml == checks({"events": OPENED, "expect": {"close": {"verdict": "open", "row": ""}}})


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"events": 5}, "events", "shape.kind"),
    ({"events": {"opend": "2026-07-01"}}, "events.opend", "events.unknown"),
    ({"events": {"opened": "soon"}}, "events.opened", "example.time"),
    ({"events": {"opened": 5}}, "events.opened", "example.time"),
    ({"events": {"opened": "2026-10-25T02:30:00"}}, "events.opened", "moment.fold"),
    ({"events": {"opened": "2026-03-29T02:30:00"}}, "events.opened", "moment.fold"),
    ({"events": {"opened": "0001-01-01T00:00:00"}}, "events.opened", "moment.years"),
    ({"events": {"opened": "9999-12-31T23:59:59"}}, "events.opened", "moment.years"),
    ({"events": {"opened": "9999-12-31T23:59:59-05:00"}}, "events.opened", "moment.years"),
    ({"events": {}}, "as_of", "example.as_of"),
    ({"events": OPENED, "as_of": None}, "as_of", "example.time"),
    ({"events": ["opened"]}, "events[0]", "shape.kind"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "who": "x"}]}, "events[0]", "example.event"),
    ({"events": [{"at": "2026-07-01"}]}, "events[0]", "example.event"),
    ({"events": [{"event": "opend", "at": "2026-07-01"}]}, "events[0].event", "events.unknown"),
    ({"events": [{"event": "opened"}]}, "events[0].at", "example.time"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "actor": ["x"]}]}, "events[0].actor", "shape.kind"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "group": 5}]}, "events[0].group", "shape.kind"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "facts": {"x": 1}}]}, "events[0].facts.x", "facts.name"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "details": 5}]}, "events[0].details", "shape.kind"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "details": {"x": 1}}]}, "events[0].details.x", "facts.name"),
    (
        {"events": [{"event": "opened", "at": "2026-07-01", "details": {"kind": "falt"}}]},
        "events[0].details.kind",
        "facts.value",
    ),
    ({"events": [{"event": "opened", "at": "2026-07-01", "reason": 5}]}, "events[0].reason", "shape.kind"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "id": 7}]}, "events[0].id", "shape.kind"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "due": "8 hours"}]}, "events[0].due", "example.time"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "due": "none"}]}, "events[0].due", "example.time"),
    ({"events": [{"event": "opened", "at": "2026-07-01", "since": 5}]}, "events[0].since", "example.time"),
    (
        {"events": [{"event": "opened", "at": "2026-07-01", "recorded_at": "2026-10-25T02:30:00"}]},
        "events[0].recorded_at",
        "moment.fold",
    ),
    ({"events": [{"event": "opened", "at": "2026-07-01", "recorded": "2026-07-01"}]}, "events[0]", "example.event"),
    ({"events": OPENED, "given": 5}, "given", "shape.kind"),
    ({"events": OPENED, "given": {"knd": "fault"}}, "given.knd", "facts.name"),
    ({"events": OPENED, "given": {"kind": "falt"}}, "given.kind", "facts.value"),
    ({"events": OPENED, "given": {"kind": None}}, "given.kind", "shape.kind"),
    ({"events": OPENED, "given": {"since": "soon"}}, "given.since", "facts.kind"),
    ({"events": OPENED, "given": {"since": ""}}, "given.since", "facts.kind"),
    ({"events": OPENED, "given": {"amount": True}}, "given.amount", "facts.kind"),
    ({"events": OPENED, "each": 5}, "each", "shape.kind"),
    ({"events": OPENED, "each": {"kind": "fault"}}, "each.kind", "shape.kind"),
    ({"events": OPENED, "each": {"kind": []}}, "each", "example.lengths"),
    ({"events": OPENED, "each": {"kind": ["fault"] * 1_001}}, "each", "example.lengths"),
    ({"events": OPENED, "each": {"kind": ["fault"], "amount": [1, 2]}}, "each", "example.lengths"),
    ({"events": OPENED, "each": {"knd": ["fault"]}}, "each.knd", "example.each"),
    ({"events": OPENED, "expect": 5}, "expect", "shape.kind"),
    ({"events": OPENED, "expect": {"close": 5}}, "expect.close", "shape.kind"),
    ({"events": OPENED, "expect": {"close": 5, "close.due": "none"}}, "expect.close", "shape.kind"),
    ({"events": OPENED, "expect": {"close.due": "none", "close": 5}}, "expect.close", "shape.kind"),
    ({"events": OPENED, "expect": {"clos": {}}}, "expect.clos", "objective.unknown"),
    ({"events": OPENED, "expect": {"close": {"dew": "x"}}}, "expect.close.dew", "example.field"),
    ({"events": OPENED, "expect": {"close": {"due": "x"}}}, "expect.close.due", "example.time"),
    ({"events": OPENED, "expect": {"close": {"row": 5}}}, "expect.close.row", "shape.kind"),
    ({"events": OPENED, "expect": {"close": {"row": ["a", "b"]}}}, "expect.close.row", "example.lengths"),
    ({"events": OPENED, "expect": {"close": {"elapsed": "2h"}}}, "expect.close.elapsed", "target.text"),
    ({"events": OPENED, "expect": {"close": {"elapsed": 5}}}, "expect.close.elapsed", "shape.kind"),
    ({"events": OPENED, "expect": {"close": {"count": "3"}}}, "expect.close.count", "shape.kind"),
    ({"events": OPENED, "expect": {"close": {"count": True}}}, "expect.close.count", "shape.kind"),
    ({"events": OPENED, "expect": {"close": {"cycle": Decimal("1.0")}}}, "expect.close.cycle", "shape.kind"),
    ({"events": OPENED, "expect": {"close": {"act_by": "soon"}}}, "expect.close.act_by", "example.time"),
    ({"events": OPENED, "expect": {"close": {"calendar": 5}}}, "expect.close.calendar", "shape.kind"),
    ({"events": OPENED, "expect": {"close": {"budget": "3 working days"}}}, "expect.close.budget", "target.no_amount"),
    (
        {"events": OPENED, "expect": {"close": {"elapsed": "2 working days"}}},
        "expect.close.elapsed",
        "target.no_amount",
    ),
    ({"events": OPENED, "because": {"clos": "x"}}, "because.clos", "objective.unknown"),
    ({"events": OPENED, "because": {"close": 5}}, "because.close", "shape.kind"),
    ({"events": OPENED, "because": 5}, "because", "shape.kind"),
]


@pytest.mark.parametrize(("example", "where", "message"), FAULTS, ids=range(len(FAULTS)))
def test_a_bad_example_is_a_fault(example: dict[str, Any], where: str, message: str) -> None:
    """What an example says wrong is told at its place, and the other examples are read."""
    with pytest.raises(StandardError) as caught:
        checks(example)
    (fault,) = caught.value.faults
    assert (fault.where, fault.message) == (f"$.examples.one.{where}", message)
    assert "; " in str(fault)


def test_what_a_table_must_answer_is_one_value() -> None:
    """A list of answers stands for variants, a table within one is a fault at its place."""
    table = {"hit": "first", "in": ["kind"], "out": ["role"], "rules": {"only": ["fault", "engineer"]}}
    odd = {"given": {"kind": "fault"}, "events": OPENED, "expect": {"intake": {"role": {"name": "engineer"}}}}
    with pytest.raises(StandardError) as caught:
        read_standard(BASE | {"routing": {"intake": table}, "examples": {"one": odd}}, {})
    (fault,) = caught.value.faults
    assert (fault.where, fault.message) == ("$.examples.one.expect.intake.role", "shape.kind")


def test_a_fact_that_cannot_be_read_is_not_called_unknown() -> None:
    """One fault of the fact's kind is enough: the example that gives it is not judged."""
    raw = BASE | {
        "facts": {"kind": {"one_of": ["x"]}, "odd": "txt"},
        "examples": {"one": {"events": OPENED, "given": {"odd": 5}}},
    }
    with pytest.raises(StandardError) as caught:
        read_standard(raw, {})
    assert [fault.where for fault in caught.value.faults] == ["$.facts.odd"]


def test_times_of_variants_are_not_overlooked() -> None:
    """A list of events has no place for the times of ``each``: what is written there must not vanish in silence."""
    with pytest.raises(StandardError) as caught:
        checks({"events": [], "as_of": "2026-07-01", "each": {"opened": ["2026-07-01"]}})
    assert len(caught.value.faults) == 1
