"""A law: what must hold whatever is the case, how cases are drawn, and the smallest case that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from svcstd.errors import SvcstdError
from svcstd.standard import ServiceStandard

__all__ = ["Breach", "Law", "LawBroken", "clause_of"]


CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example)
"""What Hypothesis says of slow tests is no breach of a law."""


@attrs.frozen
class Breach:
    """How a case breaks a law.

    Attributes:
        case: the case, in words.
        expected: what should have come out.
        got: what came out.
        where: path of the part of the standard that answered so.
    """

    case: str
    expected: str
    got: str
    where: str = ""


class LawBroken(AssertionError):  # noqa: N818 - what has happened, as pytest shows it
    """A law does not hold; the message tells the clause, the smallest case that was found, and what was expected.

    Attributes:
        law: the law.
        breach: its breach.
        clause: number of the clause of the handbook that the part keeps; empty for none.
    """

    law: Law
    breach: Breach
    clause: str

    def __init__(self, law: Law, breach: Breach) -> None:
        super().__init__(law, breach)
        self.law, self.breach = law, breach
        self.clause = law.clause(breach.where or law.where)

    def __str__(self) -> str:
        clause = f", clause {self.clause}" if self.clause else ""
        told = "\n".join(f"    {line}" for line in self.breach.case.splitlines())
        where = f" ({self.breach.where})" if self.breach.where else ""
        return (
            f"{self.law}{clause} is broken: {self.law.says}\n"
            f"  the smallest case found{where}:\n{told}\n"
            f"  expected: {self.breach.expected}\n"
            f"  got:      {self.breach.got}"
        )


@attrs.frozen(kw_only=True, eq=False)
class Law:
    """Something that must hold for every case.

    Attributes:
        where: path of the part that it is about, such as ``calendars.office``.
        name: of the law, such as ``add_then_elapsed``.
        says: what must hold, in words.
        cases: gives the strategy that draws cases; made when the law is first checked.
        breach: how one case breaks it; ``None`` where it holds.
        clause: number of the clause that a part keeps, by its path.
    """

    where: str
    name: str
    says: str
    cases: Callable[[], st.SearchStrategy[Any]] = attrs.field(default=lambda: st.just(None))
    breach: Callable[[Any], Breach | None]
    clause: Callable[[str], str] = attrs.field(default=lambda _: "")

    def __str__(self) -> str:
        return f"{self.where}.{self.name}" if self.name else self.where

    def find(self, *, max_examples: int = 100, shrink: bool = True) -> Breach | None:
        """The smallest case found that breaks it; always the same, and ``None`` where it held for every case drawn.

        Args:
            max_examples: how many cases to draw.
            shrink: whether to look for a smaller one, which takes longer than to find the first.
        """
        found: list[Breach] = []

        @settings(
            max_examples=max_examples,
            deadline=None,
            database=None,
            derandomize=True,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            suppress_health_check=CHECKS,
            verbosity=Verbosity.quiet,
        )
        @given(self.cases())
        def holds(case: Any) -> None:  # noqa: ANN401 - whatever the law speaks of
            try:
                breach = self.breach(case)
            except SvcstdError as error:
                breach = Breach(repr(case), "an answer", str(error))
            if breach is not None:
                found.append(breach)
                raise _Found

        try:
            holds()
        except _Found:  # Hypothesis runs the smallest case last
            return found[-1]
        return None

    def check(self, *, max_examples: int = 100, shrink: bool = True) -> None:
        """Draw cases until one breaks the law.

        Args:
            max_examples: as for :meth:`find`.
            shrink: as for :meth:`find`.

        Raises:
            LawBroken: one does.
        """
        breach = self.find(max_examples=max_examples, shrink=shrink)
        if breach is not None:
            raise LawBroken(self, breach) from None


class _Found(Exception):  # noqa: N818 - it ends a search
    """A case that breaks the law."""


def clause_of(standard: ServiceStandard) -> Callable[[str], str]:
    """Finds the number of the clause that a part keeps: the one that means it, or else what it belongs to."""
    clauses = standard.current.clauses

    def found(where: str) -> str:
        path = where
        while path:
            number = next((number for number, clause in clauses.items() if path in clause.means), None)
            if number is not None:
                return number
            path = path.rpartition(".")[0]
        return ""

    return found
