"""The improvement loop: every way through it, and days that go by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.scoring import ActionKind, BeforeAfter, Improvement, ImprovementFinding, ImprovementState, Measure
from svcstd.scoring import check_improvements as review

OPENED = date(2026, 1, 5)
DAYS = st.integers(0, 60).map(lambda number: OPENED + timedelta(number))
VERDICTS = ("better", "same", "worse", "insufficient")


def result(verdict: Any) -> BeforeAfter:
    """With this verdict."""
    return BeforeAfter(verdict=verdict, before=Measure(1, 2, 2), after=Measure(1, 2, 2), delta=None)


def improvement(**changes: Any) -> Improvement:
    """Opened on a Monday, for February."""
    told: dict[str, Any] = {
        "key": "i1",
        "kpi": "fcr",
        "shortfall": "62 % instead of 75 %",
        "cause": "no parts in the van",
        "action": "stock list by region",
        "kind": "parts",
        "owner": "csd",
        "opened": OPENED,
        "due": date(2026, 2, 1),
    }
    return Improvement(**told | changes)


@pytest.mark.parametrize(
    ("verdict", "edition", "state", "findings"),
    [
        (None, "", "to be judged", ["not judged"]),
        (None, "2026-07", "to be judged", ["not judged"]),
        ("insufficient", "", "to be judged", ["judged too early"]),
        ("insufficient", "2026-07", "to be judged", ["judged too early"]),
        ("better", "", "to be kept", ["helped and not kept"]),
        ("better", "2026-07", "kept", []),
        ("same", "", "to be tried again", ["did not help"]),
        ("same", "2026-07", "to be tried again", ["kept without help"]),
        ("worse", "", "to be tried again", ["did not help"]),
        ("worse", "2026-07", "to be tried again", ["kept without help"]),
    ],
)
def test_what_is_done(verdict: Any, edition: str, state: str, findings: list[str]) -> None:
    """By what came of it, and whether a standard has it; before it was done, it is still to be done."""
    found = improvement(done=OPENED, result=None if verdict is None else result(verdict), edition=edition)
    assert (found.state(OPENED), list(found.findings(OPENED)), found.verdict) == (state, findings, verdict)
    later = attrs.evolve(found, done=date(2026, 2, 3))
    assert [later.state(date(2026, 2, day)) for day in (1, 2, 3)] == ["open", "overdue", state]


@given(DAYS, st.none() | DAYS, st.none() | st.sampled_from(VERDICTS), st.sampled_from(["", "2026-07"]), DAYS)
def test_every_state_has_its_finding(due: date, done: Any, verdict: Any, edition: str, on: date) -> None:
    """At most one besides the cause and the owner; none only where it is open or kept."""
    told = None if done is None or verdict is None else result(verdict)
    found = improvement(due=due, done=done, result=told, edition=edition)
    state, findings = found.state(on), list(found.findings(on))
    assert state in get_args(ImprovementState)
    assert set(findings) <= set(get_args(ImprovementFinding))
    assert len(findings) == (state not in ("open", "kept"))
    nobody = attrs.evolve(found, cause="", owner="")
    assert list(nobody.findings(on)) == ["no cause", "no owner", *findings]
    if done is None:
        assert state == ("overdue" if on > due else "open")


def test_a_review_names_them_in_order() -> None:
    """By key, as they are given, from any iterable."""
    first, second = improvement(key="b", owner=""), improvement(key="a", cause="", due=OPENED)
    on = OPENED + timedelta(1)
    expected = (("b", "no owner"), ("a", "no cause"), ("a", "overdue"))
    assert review(iter([first, second]), on=on) == expected
    assert review([], on=on) == ()


@pytest.mark.parametrize("kind", get_args(ActionKind))
def test_kinds(kind: Any) -> None:
    """Every one that is named."""
    assert improvement(kind=kind).kind == kind


NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"opened": NOON}, "opened", "shape.kind"),
        ({"opened": None}, "opened", "shape.kind"),
        ({"due": "2026-02-01"}, "due", "shape.kind"),
        ({"due": None}, "due", "shape.kind"),
        ({"done": NOON}, "done", "shape.kind"),
        ({"due": date(2026, 1, 4)}, "due", "improvements.order"),
        ({"done": date(2026, 1, 4)}, "done", "improvements.order"),
        ({"kind": "magic"}, "kind", "choice.unknown"),
        ({"kind": None}, "kind", "choice.unknown"),
        ({"result": result("better")}, "result", "improvements.early"),
        ({"done": OPENED, "result": "better"}, "result", "shape.kind"),
    ],
)
def test_no_such_improvement(changes: Any, where: str, message: str) -> None:
    """Refused at birth."""
    with pytest.raises(DefinitionError) as refused:
        improvement(**changes)
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    ("call", "where", "message"),
    [
        (lambda: review([improvement(), improvement()], on=OPENED), "improvements.i1", "shape.twice"),
        (lambda: review([improvement()], on=NOON), "on", "shape.kind"),
        (lambda: review([], on="today"), "on", "shape.kind"),  # type: ignore[arg-type]
        (lambda: improvement().state(NOON), "on", "shape.kind"),
        (lambda: list(improvement().findings(NOON)), "on", "shape.kind"),
    ],
)
def test_no_such_review(call: Any, where: str, message: str) -> None:
    """Keys once, and a date, even of nothing."""
    with pytest.raises(DefinitionError) as refused:
        call()
    assert (refused.value.where, refused.value.message) == (where, message)
