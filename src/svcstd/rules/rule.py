"""A rule, the outputs it may give, and what happens where several fit or none does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, TypeAlias

import attrs

from svcstd.conditions import ANYTHING, AllOf, Condition, FactKind, FactType, FactValue, as_all
from svcstd.errors import DefinitionError, SvcstdError, must_be_date, nearest
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple

__all__ = ["Aggregate", "Else", "HitPolicy", "Output", "Rule"]

HitPolicy: TypeAlias = Literal["unique", "any", "first", "priority", "rule order", "output order", "collect"]
"""What several fitting rules mean. Source: DMN 1.3."""
Aggregate: TypeAlias = Literal["list", "sum", "min", "max", "count"]
"""What becomes of the rows that ``collect`` gathers."""


@attrs.frozen
class Output:
    """One thing that a table answers.

    Attributes:
        kind: as of facts.
        one_of: the values it may have; their order is that of ``priority`` and ``output order``.
        default: its value where no rule fits; ``None`` for none.

    Raises:
        DefinitionError: a default or a listed value of another kind.
    """

    kind: FactKind = "text"
    one_of: tuple[FactValue, ...] = attrs.field(default=(), converter=as_tuple)
    default: FactValue = None

    def __attrs_post_init__(self) -> None:
        for value in self.one_of:
            _check(FactType(self.kind), value, "one_of")
        self.check(self.default, "default")

    def check(self, value: FactValue, where: str) -> None:
        """Refuse a value of another kind, or one that is not listed; nothing at all is allowed.

        Raises:
            DefinitionError: at that place.
        """
        _check(FactType(self.kind), value, where)
        if value is not None and self.one_of and value not in self.one_of:
            raise DefinitionError(
                where, "rules.output_value", value=str(value), values=", ".join(map(str, self.one_of))
            )

    def rank(self, value: FactValue) -> int:
        """The place of a value in the list; those that are not listed come last."""
        return self.one_of.index(value) if value in self.one_of else len(self.one_of)


def outcome_faults(
    outcome: Mapping[str, FactValue], outputs: Mapping[str, Output], where: str
) -> Iterator[SvcstdError]:
    """What is wrong with an outcome: outputs that are not declared, and values they may not have."""
    for name, value in outcome.items():
        if name not in outputs:
            yield DefinitionError(f"{where}.{name}", "rules.output", value=name, nearest=nearest(name, outputs))
            continue
        try:
            outputs[name].check(value, f"{where}.{name}")
        except DefinitionError as error:
            yield error


def _check(kind: FactType, value: FactValue, where: str) -> None:
    try:
        kind.check(where, value)
    except SvcstdError as error:
        raise DefinitionError(where, error.message, **error.params) from None


@attrs.frozen
class Rule:
    """If the condition is true, this is the outcome.

    Attributes:
        when: unknown is no.
        then: by output, its value; an output that is left out is nothing.
        first, last: the local dates on which it is in force; ``None`` for no end on that side.
        because: why there is such a rule, for people.

    Raises:
        DefinitionError: the last day before the first.
    """

    when: AllOf = attrs.field(default=ANYTHING, converter=as_all)
    then: Keyed[str, FactValue] = attrs.field(default=EMPTY, converter=as_keyed)
    first: date | None = attrs.field(default=None, kw_only=True)
    last: date | None = attrs.field(default=None, kw_only=True)
    because: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        for name in ("first", "last"):
            if getattr(self, name) is not None:
                must_be_date(getattr(self, name), name)
        if self.first is not None and self.last is not None and self.last < self.first:
            raise DefinitionError("days", "range.empty", low=self.first, high=self.last)

    @property
    def cells(self) -> Mapping[str, Condition] | None:
        """Its tests by fact, as the cells of a row; ``None`` where a test spans several facts, or a fact has two."""
        found: dict[str, Condition] = {}
        for test in self.when.tests:
            field = next(iter(test.fields), "")
            if len(test.fields) != 1 or field in found or isinstance(test, AllOf):
                return None
            found[field] = test
        return found

    @property
    def is_dated(self) -> bool:
        """Whether it is in force on some days only."""
        return self.first is not None or self.last is not None

    def is_in_force(self, day: date | None) -> bool:
        """Whether it holds on a local date; ``None`` asks a rule without dates only."""
        if day is None:
            return not self.is_dated
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@attrs.frozen
class Else:
    """The outcome where no rule fits.

    Attributes:
        then: by output, its value.
        because: why, for people; nobody should have to guess what falls through.

    Raises:
        DefinitionError: no reason.
    """

    then: Keyed[str, FactValue] = attrs.field(converter=as_keyed)
    because: str

    def __attrs_post_init__(self) -> None:
        if not self.because.strip():
            raise DefinitionError("because", "rules.else")
