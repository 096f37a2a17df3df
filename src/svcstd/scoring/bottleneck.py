"""Bottlenecks: in which step of a procedure the time goes, and where cases wait for somebody to take them up."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from svcstd.errors import FactError
from svcstd.scoring.rank import quantile
from svcstd.scoring.record import Record, amount_of

__all__ = ["StepLoad", "bottlenecks"]

HALF = Fraction(1, 2)


@attrs.frozen(kw_only=True)
class StepLoad:
    """What one step takes.

    Attributes:
        step: its id.
        n: how often it was passed.
        waiting, handling: seconds in all, before it began and while it was done.
        median: of the seconds that one passage takes, waiting included; by linear interpolation.
        share: of all the time of all steps.
    """

    step: str
    n: int
    waiting: Fraction
    handling: Fraction
    median: Fraction
    share: Fraction

    @property
    def total(self) -> Fraction:
        """Seconds in all."""
        return self.waiting + self.handling


def bottlenecks(passages: Iterable[Record]) -> tuple[StepLoad, ...]:
    """The steps by the time that goes into them, the most first; equal ones by id.

    Args:
        passages: records with ``step``, ``handling`` and, if it is known, ``waiting``: lengths of time, or seconds.

    Raises:
        FactError: a passage without its step or handling, or seconds below 0.
        DurationError: a length of time below 0, or in months.

    >>> from datetime import timedelta
    >>> visits = [{"step": "diagnose", "handling": timedelta(minutes=10)},
    ...     {"step": "parts", "waiting": timedelta(hours=5), "handling": timedelta(minutes=5)}]
    >>> [(one.step, str(one.share)) for one in bottlenecks(visits)]
    [('parts', '61/63'), ('diagnose', '2/63')]
    """
    steps: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for record in passages:
        step, handling = record.get("step"), amount_of(record, "handling")
        if step in (None, "") or handling is None:
            missing = "step" if step in (None, "") else "handling"
            raise FactError(f"records.{missing}", "kpis.missing", value=missing)
        waiting = amount_of(record, "waiting") or Fraction(0)
        for field, length in (("waiting", waiting), ("handling", handling)):
            if length < 0:
                raise FactError(f"records.{field}", "scoring.negative", value=str(length))
        steps.setdefault(str(step), []).append((waiting, handling))
    whole = sum((sum(pair) for passed in steps.values() for pair in passed), Fraction(0))
    found = []
    for step, passed in steps.items():
        waiting = sum((pair[0] for pair in passed), Fraction(0))
        handling = sum((pair[1] for pair in passed), Fraction(0))
        median = quantile([sum(pair, Fraction(0)) for pair in passed], HALF, method="linear")
        share = (waiting + handling) / whole if whole else Fraction(0)
        found.append(StepLoad(step=step, n=len(passed), waiting=waiting, handling=handling, median=median, share=share))
    return tuple(sorted(found, key=lambda one: (-one.total, one.step)))
