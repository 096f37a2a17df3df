"""Procedures, walks, courses and marks are drawn as they are asked for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from svcstd.procedures import Procedure, Step, check_procedure, walk
from svcstd.testing.strategies.conditions import VOCABULARY, facts_of
from svcstd.testing.strategies.procedures import procedures, steps, walks
from svcstd.testing.strategies.training import course_sets, courses, marks
from svcstd.training import Course, learning_path

FEW = settings(max_examples=20, deadline=None)


@FEW
@given(procedure=procedures(max_steps=2, rounds=False), data=st.data())
def test_no_way_leads_back(procedure: Procedure, data: st.DataObject) -> None:
    """Where no round is asked for, nothing is endless, and a walk over all steps stands somewhere on its path."""
    assert len(procedure.steps) <= 3
    assert "endless" not in {finding.kind for finding in check_procedure(procedure)}
    assert "no_end" not in {finding.kind for finding in check_procedure(procedure)}
    found = walk(procedure, data.draw(facts_of(VOCABULARY)), procedure.steps)
    assert found.path[0] == procedure.start
    assert found.path[-1] == found.step


@FEW
@given(steps("a", "b", kind="ask", lane="desk"))
def test_steps(step: Step) -> None:
    """Of a kind, by a role, to where they are told."""
    assert (step.kind, step.lane) == ("ask", "desk")
    assert {way.to for way in step.ways} <= {"a", "b"}


@FEW
@given(data=st.data())
def test_walks_of_one_procedure(data: st.DataObject) -> None:
    """The path is one of its own."""
    procedure = data.draw(procedures())
    assert {*data.draw(walks(st.just(procedure))).path} <= {*procedure.steps}


@FEW
@given(several=course_sets(max_size=3), one=courses("basic"))
def test_every_course_can_be_reached(several: dict[str, Course], one: Course) -> None:
    """Each comes after earlier ones only."""
    assert 1 <= len(several) <= 3
    for key in several:
        path = learning_path(several, key)
        assert path[-1] == key
        assert all({*several[step].after} <= {*path[:place]} for place, step in enumerate(path))
    assert {*one.after} <= {"basic"}


@FEW
@given(marks("exam"))
def test_marks(found: dict[str, int]) -> None:
    """Of the sources that are asked for, from 0 to 100."""
    assert {*found} <= {"exam"}
    assert all(0 <= mark <= 100 for mark in found.values())
