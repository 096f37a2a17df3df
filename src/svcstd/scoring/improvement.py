"""The improvement loop: a shortfall, its cause, who mends it until when, whether it helped, and where it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError, must_be, must_be_date, must_be_one_of
from svcstd.scoring.before_after import BeforeAfter, ChangeVerdict

__all__ = ["ActionKind", "Improvement", "ImprovementFinding", "ImprovementState", "check_improvements"]

ActionKind: TypeAlias = Literal["training", "process", "staffing", "tool", "rule", "parts", "other"]
"""What is done about it."""
ImprovementState: TypeAlias = Literal["open", "overdue", "to be judged", "kept", "to be kept", "to be tried again"]
ImprovementFinding: TypeAlias = Literal[
    "no cause",
    "no owner",
    "overdue",
    "not judged",
    "judged too early",
    "helped and not kept",
    "kept without help",
    "did not help",
]
"""What a review of improvements complains of."""


@attrs.frozen(kw_only=True)
class Improvement:
    """One round of getting better.

    Attributes:
        key: its id.
        kpi: the figure that fell short.
        shortfall: what was missing, in words.
        cause: why, in words; empty while nobody knows.
        action: what is done about it, in words.
        kind: of the action.
        owner: the role or person who sees to it; empty for nobody yet.
        opened: the day it was found.
        due: the day by which it is to be done.
        done: the day it was done; ``None`` until then.
        result: before and after; ``None`` until it is judged.
        edition: of the standard that absorbed it; empty until then.

    Raises:
        DefinitionError: a due or done day before the opening, another kind, or a result of something not done.

    >>> one = Improvement(key="i1", kpi="fcr", shortfall="62 % instead of 75 %", cause="no parts in the van",
    ...     action="stock list by region", kind="parts", owner="csd", opened=date(2026, 1, 5), due=date(2026, 2, 1))
    >>> one.state(date(2026, 2, 2))
    'overdue'
    """

    key: str
    kpi: str
    shortfall: str
    cause: str = ""
    action: str
    kind: ActionKind
    owner: str = ""
    opened: date
    due: date
    done: date | None = None
    result: BeforeAfter | None = None
    edition: str = ""

    def __attrs_post_init__(self) -> None:
        for name in ("opened", "due"):
            must_be_date(getattr(self, name), name)
        must_be_one_of(self.kind, get_args(ActionKind), "kind")
        for name in ("due", "done"):
            day = getattr(self, name)
            if day is not None:
                must_be_date(day, name)
            if day is not None and day < self.opened:
                raise DefinitionError(name, "improvements.order", opened=self.opened, day=day)
        if self.result is not None:
            must_be(self.result, BeforeAfter, "result", "a BeforeAfter")
            if self.done is None:
                raise DefinitionError("result", "improvements.early")

    @property
    def verdict(self) -> ChangeVerdict | None:
        """Whether it helped; ``None`` until it is judged."""
        return None if self.result is None else self.result.verdict

    def state(self, on: date) -> ImprovementState:
        """Where it stands on a day.

        Raises:
            DefinitionError: no date.
        """
        must_be_date(on, "on")
        if self.done is None or self.done > on:
            return "overdue" if on > self.due else "open"
        match self.verdict:
            case None | "insufficient":
                return "to be judged"
            case "better":
                return "kept" if self.edition else "to be kept"
            case _:
                return "to be tried again"

    def findings(self, on: date) -> Iterator[ImprovementFinding]:
        """What is wrong with it on a day.

        Raises:
            DefinitionError: no date.
        """
        state = self.state(on)
        if not self.cause:
            yield "no cause"
        if not self.owner:
            yield "no owner"
        if state == "overdue":
            yield "overdue"
        if state == "to be judged":
            yield "judged too early" if self.result is not None else "not judged"
        if state == "to be kept":
            yield "helped and not kept"
        if state == "to be tried again":
            yield "kept without help" if self.edition else "did not help"


def check_improvements(improvements: Iterable[Improvement], *, on: date) -> tuple[tuple[str, ImprovementFinding], ...]:
    """All that a review finds on a day, by key.

    Args:
        improvements: with keys of their own.
        on: the day of the review.

    Raises:
        DefinitionError: a key told twice, or no date.
    """
    must_be_date(on, "on")
    found: list[tuple[str, ImprovementFinding]] = []
    keys: set[str] = set()
    for one in improvements:
        if one.key in keys:
            raise DefinitionError(f"improvements.{one.key}", "shape.twice", key=one.key)
        keys.add(one.key)
        found.extend((one.key, finding) for finding in one.findings(on))
    return tuple(found)
