"""Courses that build on each other, certificates, and what marks earn."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from svcstd.testing.strategies.drawn import Strategies
from svcstd.testing.strategies.moments import dates
from svcstd.training import CertificateRule, Certified, Course, CourseMode, MarkSource, StaleAfter, certify

__all__ = ["STRATEGIES", "certificate_rules", "certified", "course_sets", "courses", "marks"]

KEYS = ("basic", "more", "most", "进阶")
NAMES = st.sampled_from(["Basics", "Repairs", "服务礼仪"])
CLAUSES = ("sla.resolve", "routing.intake")
SOURCES: tuple[MarkSource, ...] = get_args(MarkSource)


def marks(*sources: MarkSource) -> st.SearchStrategy[dict[MarkSource, int]]:
    """Marks from 0 to 100, by source; some are missing.

    Args:
        sources: of marks; all by default.
    """
    return st.dictionaries(st.sampled_from(sources or SOURCES), st.integers(0, 100), max_size=3)


def courses(*after: str) -> st.SearchStrategy[Course]:
    """Courses with what they teach, to whom, and the least marks.

    Args:
        after: keys of courses that may come before it; none by default.
    """
    before = st.lists(st.sampled_from(after), max_size=2, unique=True) if after else st.just([])
    return st.builds(
        Course,
        name=NAMES,
        goals=st.lists(st.sampled_from(["fewer second visits", "礼貌"]), max_size=2),
        covers=st.lists(st.sampled_from(CLAUSES), max_size=2, unique=True),
        modes=st.lists(st.sampled_from(get_args(CourseMode)), max_size=2, unique=True),
        level=st.integers(1, 3),
        after=before,
        audience=st.lists(st.sampled_from(["desk", "engineer"]), max_size=1),
        teaches=st.lists(st.just("kpis.attitude"), max_size=1),
        hours=st.one_of(st.none(), st.integers(0, 40)),
        passing=marks(),
    )


@st.composite
def course_sets(draw: st.DrawFn, max_size: int = 4) -> dict[str, Course]:
    """Courses by key, each after earlier ones only, so that there is a way to every one.

    Args:
        draw: of Hypothesis.
        max_size: the most courses, four at most.
    """
    keys = KEYS[: draw(st.integers(1, max_size))]
    return {key: draw(courses(*keys[:number])) for number, key in enumerate(keys)}


def certificate_rules() -> st.SearchStrategy[CertificateRule]:
    """What makes somebody certified, for good or for some months, until an edition changes what was taught or not."""
    return st.builds(
        CertificateRule,
        name=NAMES,
        course=st.sampled_from(KEYS),
        issuer=st.sampled_from(["", "trainer"]),
        per=st.sampled_from(["", "product"]),
        months=st.one_of(st.none(), st.integers(1, 36)),
        stale=st.sampled_from(get_args(StaleAfter)),
        grace=st.integers(0, 90),
    )


def certified() -> st.SearchStrategy[Certified]:
    """What marks earn, with editions of the standard before and after."""
    changes = st.lists(st.tuples(dates(), st.lists(st.sampled_from(CLAUSES), max_size=2)), max_size=2)
    return st.builds(certify, certificate_rules(), courses(), marks(), passed=dates(), changes=changes)


STRATEGIES: Strategies = {
    CertificateRule: certificate_rules,
    Certified: certified,
    Course: courses,
}
