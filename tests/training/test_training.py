"""Courses and certificates: what comes before what, what marks earn, and what ends it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.training import CertificateRule, Course, certify, learning_path

COURSE = Course(name="Permit", passing={"exam": 60, "practical": 80}, covers=["3.3", "4.5"])
MARKS: dict[Any, int] = {"exam": 60, "practical": 95}
RULE = CertificateRule(name="Permit", course="permit", months=24, stale="new edition", grace=90)
PASSED = date(2026, 1, 31)


def test_both_marks_are_needed() -> None:
    """The least is enough; below it, or without a mark, nothing is earned."""
    good = certify(RULE, COURSE, MARKS, passed=PASSED)
    assert (good.first, good.last) == (PASSED, date(2028, 1, 30))
    assert good.on(PASSED)
    assert good.on(date(2028, 1, 30))
    assert not good.on(date(2028, 1, 31))
    assert not good.on(date(2026, 1, 30))
    for marks, words in (
        ({"exam": 59, "practical": 95}, "exam: 59, but at least 60"),
        ({"exam": 60}, "practical: no mark"),
    ):
        bad = certify(RULE, COURSE, marks, passed=PASSED)  # type: ignore[arg-type]
        assert (bad.first, bad.last, bad.on(PASSED)) == (None, None, False)
        assert words in bad.explanation.text()


def test_for_good() -> None:
    """Without months there is no end; without a least mark taking part is enough."""
    rule = CertificateRule(name="Welcome", course="welcome")
    found = certify(rule, Course(name="Welcome"), {}, passed=PASSED)
    assert (found.first, found.last) == (PASSED, None)
    assert found.on(date(2090, 1, 1))
    assert found.explanation.text() == "Welcome: valid from Sat 31 Jan 2026 on, without an end"


@pytest.mark.parametrize(
    ("passed", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 27)),  # the month ends on the 28th, and the day before is the last
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 3, 1), 1, date(2026, 3, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(9999, 11, 30), 1, date(9999, 12, 29)),
        (date(9999, 12, 1), 1, date.max),
        (date(2026, 1, 1), 10**9, date.max),
    ],
)
def test_months(passed: date, months: int, last: date) -> None:
    """A day that a month does not have ends with the month."""
    rule = CertificateRule(name="x", course="x", months=months)
    assert certify(rule, Course(name="x"), {}, passed=passed).last == last


CHANGES = [
    (date(2025, 1, 1), ["4.5"]),
    (date(2026, 7, 1), ["9.9"]),
    (date(2026, 9, 1), ["4.5", "9.9"]),
    (date(2026, 10, 1), ["3.3"]),
]


def test_a_new_edition_makes_it_stale() -> None:
    """The first later edition that changes what was taught, after the days of grace."""
    found = certify(RULE, COURSE, MARKS, passed=PASSED, changes=reversed(CHANGES))
    assert found.last == date(2026, 11, 29)  # 90 days: the first of September is the first of them
    assert "changed what it covers (4.5); it counts for 90 days more" in found.explanation.text()
    never = CertificateRule(name="Permit", course="permit", months=24)
    assert certify(never, COURSE, MARKS, passed=PASSED, changes=CHANGES).last == date(2028, 1, 30)
    short = CertificateRule(name="Permit", course="permit", months=1, stale="new edition", grace=90)
    assert certify(short, COURSE, MARKS, passed=PASSED, changes=CHANGES).last == date(2026, 2, 27)
    open_end = CertificateRule(name="Permit", course="permit", stale="new edition")
    assert certify(open_end, COURSE, MARKS, passed=PASSED, changes=CHANGES).last == date(2026, 8, 31)
    long = CertificateRule(name="Permit", course="permit", stale="new edition", grace=10**9)
    assert certify(long, COURSE, MARKS, passed=PASSED, changes=CHANGES).last == date.max
    later = certify(open_end, COURSE, MARKS, passed=date(2026, 10, 1), changes=CHANGES)
    assert later.last is None


def test_stale_on_the_next_day() -> None:
    """An edition on the day after the marks, without grace, leaves one day."""
    rule = CertificateRule(name="x", course="x", stale="new edition")
    course = Course(name="x", covers=["1"])
    found = certify(rule, course, {}, passed=PASSED, changes=[(date(2026, 2, 1), ["1"])])
    assert (found.first, found.last) == (PASSED, PASSED)


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(1, 120), st.integers(1, 120))
def test_more_months_end_later(passed: date, one: int, more: int) -> None:
    """Never earlier, and always after the day of the marks."""
    ends = [
        certify(CertificateRule(name="x", course="x", months=months), Course(name="x"), {}, passed=passed).last
        for months in (one, one + more)
    ]
    assert ends[0] is not None
    assert ends[1] is not None
    assert passed < ends[0] < ends[1]


def test_what_comes_before() -> None:
    """Each course once, after all that it needs, the easier first."""
    courses = {
        "goal": Course(name="Goal", level=3, after=["b", "a", "c"]),
        "a": Course(name="A", level=2, after=["base"]),
        "b": Course(name="B", level=1, after=["base"]),
        "c": Course(name="C", level=1),
        "base": Course(name="Base"),
    }
    assert learning_path(courses, "goal") == ("base", "b", "c", "a", "goal")
    assert learning_path(courses, "base") == ("base",)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Course(name="x", level=0),
        lambda: Course(name="x", modes=["dreaming"]),
        lambda: Course(name="x", passing={"luck": 1}),
        lambda: CertificateRule(name="x", course="x", months=0),
        lambda: CertificateRule(name="x", course="x", grace=-1),
        lambda: CertificateRule(name="x", course="x", stale="soon"),  # type: ignore[arg-type]
        lambda: certify(RULE, COURSE, MARKS, passed="2026-01-31"),  # type: ignore[arg-type]
    ],
)
def test_refusals(make: Any) -> None:
    """What could not be taught or counted."""
    with pytest.raises(DefinitionError):
        make()
