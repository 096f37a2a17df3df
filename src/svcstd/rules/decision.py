"""What a table or a tree of routes answers for one case, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import attrs

from svcstd.conditions import FactValue
from svcstd.errors import UnknownName, nearest
from svcstd.explain import Explanation
from svcstd.keyed import Keyed, as_tuple

__all__ = ["ELSE", "Decision"]

ELSE = "else"
"""Stands for a rule where none fitted and the table has an outcome for that."""


@attrs.frozen
class Decision(Mapping[str, FactValue]):
    """An answer; a mapping of its outputs where there is one row of them.

    Attributes:
        rules: ids of the rules that gave it, ``else``, or nothing where no rule fitted.
        rows: by output, the values; one row for a policy of one hit, several for a list.
        value: what ``collect`` made of the rows, where it sums, counts or takes an extreme.
        matched: whether a rule fitted.
        explanation: which tests held, and what came close.

    >>> from svcstd.explain import because
    >>> Decision(("web",), (Keyed({"role": "desk"}),), because("rules.no_match"))["role"]
    'desk'
    """

    rules: tuple[str, ...] = attrs.field(converter=as_tuple)
    rows: tuple[Keyed[str, FactValue], ...] = attrs.field(converter=as_tuple)
    explanation: Explanation = attrs.field(eq=False, repr=False)
    value: int | Decimal | None = attrs.field(default=None, kw_only=True)

    @property
    def matched(self) -> bool:
        """Whether a rule fitted; ``else`` and defaults are no match."""
        return bool(self.rules) and self.rules != (ELSE,)

    @property
    def rule(self) -> str:
        """The rule that decided, ``else``, or empty where nothing did; of several, the first."""
        return self.rules[0] if self.rules else ""

    def __getitem__(self, output: str) -> FactValue:
        found = self.rows[0] if len(self.rows) == 1 else {}
        if output in found:
            return found[output]
        if len(self.rows) != 1:
            raise UnknownName(output, "rules.rows", value=output, rows=len(self.rows))
        raise UnknownName(output, "rules.output", value=output, nearest=nearest(output, found))

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows[0] if len(self.rows) == 1 else ())

    def __len__(self) -> int:
        return len(self.rows[0]) if len(self.rows) == 1 else 0
