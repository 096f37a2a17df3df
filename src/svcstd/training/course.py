"""Courses: what is taught to whom, in which ways, after which others, and which marks end it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError, must_be_one_of
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple

__all__ = ["Course", "CourseMode", "MarkSource", "learning_path"]

CourseMode: TypeAlias = Literal["classroom", "online", "drill", "case study", "role play", "on the job", "reading"]
MarkSource: TypeAlias = Literal["exam", "practical", "simulation"]
"""Of what was taught; of work itself; of work played through."""


@attrs.frozen(kw_only=True)
class Course:
    """What is taught.

    Attributes:
        name: for people.
        goals: what it leads to.
        covers: clauses of the standard that it teaches; where one changes, the course is to be taught again.
        modes: how it is taught.
        level: the higher, the more advanced, from 1.
        after: courses that come before it.
        audience: roles that take it.
        teaches: results that it improves, such as ``kpis.attitude``.
        hours: of work that it takes; ``None`` where nobody says.
        passing: by source, the least mark; both sources may be needed.

    Raises:
        DefinitionError: another mode or source, or a level below 1.
    """

    name: str
    goals: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    covers: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    modes: tuple[CourseMode, ...] = attrs.field(default=(), converter=as_tuple)
    level: int = 1
    after: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    audience: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    teaches: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    hours: int | None = None
    passing: Keyed[MarkSource, int] = attrs.field(default=EMPTY, converter=as_keyed)

    def __attrs_post_init__(self) -> None:
        for mode in self.modes:
            must_be_one_of(mode, get_args(CourseMode), "modes")
        for source in self.passing:
            must_be_one_of(source, get_args(MarkSource), "passing")
        if self.level < 1:
            raise DefinitionError("level", "courses.level", value=self.level)


def learning_path(courses: Mapping[str, Course], goal: str) -> tuple[str, ...]:
    """The courses that lead to one, each after those it needs, the easier and then the smaller key first.

    Raises:
        UnknownName: nothing here; the standard has checked the keys.

    >>> basic, more = Course(name="Basics"), Course(name="More", level=2, after=["basic"])
    >>> learning_path({"more": more, "basic": basic}, "more")
    ('basic', 'more')
    """
    return tuple(dict.fromkeys(_path(courses, goal)))


def _path(courses: Mapping[str, Course], goal: str) -> Iterator[str]:
    for before in sorted(courses[goal].after, key=lambda key: (courses[key].level, key)):
        yield from _path(courses, before)
    yield goal
