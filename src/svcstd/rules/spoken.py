"""The condition of a rule in words, test by test, made once."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from svcstd.conditions import AllOf, Condition, Facts, show_condition

__all__ = ["Spoken"]


@attrs.frozen
class Spoken:
    """A condition in words.

    Attributes:
        text: all of it.
        fields: the facts it reads, by name.
        tests: the tests that all must hold, each with the facts it reads and in words.

    >>> from svcstd.conditions import Eq
    >>> Spoken.of(AllOf((Eq("kind", "fault"), Eq("vip", True)))).failing("vip", {"vip": False})
    ('vip = true', ('vip',))
    """

    text: str
    fields: tuple[str, ...]
    tests: tuple[tuple[Condition, tuple[str, ...], str], ...]

    @classmethod
    def of(cls, condition: Condition) -> Spoken:
        """The words of a condition."""
        tests = tuple((test, tuple(sorted(test.fields)), show_condition(test)) for test in _tests(condition))
        return cls(show_condition(condition), tuple(sorted(condition.fields)), tests)

    def failing(self, field: str, facts: Facts) -> tuple[str, tuple[str, ...]]:
        """The tests of one fact, and those of several, that do not hold, in words; and the facts that they read."""
        failed = [
            one for one in self.tests if (len(one[1]) != 1 or one[1][0] == field) and one[0].holds(facts) is not True
        ]
        if len(failed) == 1:
            return failed[0][2], failed[0][1]
        return show_condition(AllOf(test for test, _, _ in failed)), tuple(
            sorted({n for one in failed for n in one[1]})
        )


def _tests(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for test in condition.tests:
            yield from _tests(test)
    else:
        yield condition
