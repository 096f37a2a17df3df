"""The age of what is still open at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import attrs

from svcstd.errors import DefinitionError, FactError
from svcstd.moment import micros
from svcstd.scoring.formula import Average, IfMissing, Quantile
from svcstd.scoring.measure import Measured
from svcstd.scoring.rank import QuantileMethod
from svcstd.scoring.record import Record, at_of

__all__ = ["Backlog"]

AGE = "age"
"""The field that tells how long a record has been open."""


@attrs.frozen(kw_only=True)
class Backlog:
    """How old the open cases are: their mean age in seconds, or a quantile of it.

    Attributes:
        opened, closed: the fields with the moments; no closing means still open.
        share: for a quantile, which one; ``None`` for the mean.
        method: for a quantile, how what lies between two values is found.

    Raises:
        DefinitionError: a share without method, or a method without share.

    >>> from datetime import UTC
    >>> cases = [{"opened": datetime(2026, 3, 1, tzinfo=UTC)}, {"opened": datetime(2026, 3, 3, tzinfo=UTC)}]
    >>> age = Backlog(opened="opened", closed="closed")
    >>> age.measure(age.derive(cases, datetime(2026, 3, 4, tzinfo=UTC)), "refuse").value / 86_400
    Fraction(2, 1)
    """

    opened: str
    closed: str
    share: Fraction | None = None
    method: QuantileMethod | None = None
    formula: Average | Quantile = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if (self.share is None) != (self.method is None):
            raise DefinitionError("method", "kpis.quantile")
        found = Average(AGE) if self.share is None or self.method is None else None
        object.__setattr__(self, "formula", found or Quantile(AGE, share=self.share, method=self.method))  # type: ignore[arg-type]

    def derive(self, records: Sequence[Record], as_of: datetime | None) -> list[Record]:
        """The records that are open at the instant, with their age.

        Raises:
            DefinitionError: nobody says when we ask.
            FactError: a record without its opening.
        """
        if as_of is None:
            raise DefinitionError("as_of", "kpis.as_of")
        asked = micros(as_of, "as_of")
        found: list[Record] = []
        for record in records:
            opened, closed = at_of(record, self.opened), at_of(record, self.closed)
            if opened is None:
                raise FactError(f"records.{self.opened}", "kpis.missing", value=self.opened)
            begun = micros(opened)
            if begun <= asked and (closed is None or micros(closed) > asked):
                found.append({**record, AGE: timedelta(microseconds=asked - begun)})
        return found

    def measure(self, records: Sequence[Record], missing: IfMissing, as_of: datetime | None = None) -> Measured:
        """The mean or the quantile over the records of :meth:`derive`."""
        return self.formula.measure(records, missing, as_of)

    @property
    def fields(self) -> frozenset[str]:
        """The fields it reads."""
        return frozenset((self.opened, self.closed))
