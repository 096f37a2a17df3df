"""The condition of a rule in words, test by test, made once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from svcstd.conditions import AllOf, Condition, Facts, show_condition

__all__ = ["Spoken"]


@attrs.frozen(slots=False)
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
        asked = self._asking.get(field, self.tests)
        if len(asked) == 1:
            return asked[0][2], asked[0][1]
        failed = [one for one in asked if one[0].holds(facts) is not True]
        fields = {name for _, fields, _ in failed for name in fields}
        return show_condition(AllOf(test for test, _, _ in failed)), tuple(sorted(fields))

    @cached_property
    def _asking(self) -> dict[str, tuple[tuple[Condition, tuple[str, ...], str], ...]]:
        """By fact, the tests of it alone and those that span several."""
        several = [one for one in self.tests if len(one[1]) != 1]
        return {
            field: tuple(one for one in self.tests if one[1] == (field,) or one in several) for field in self.fields
        }


def _tests(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for test in condition.tests:
            yield from _tests(test)
    else:
        yield condition
