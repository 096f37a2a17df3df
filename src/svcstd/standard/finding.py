"""A finding of an example: what came out otherwise than expected."""

from __future__ import annotations

import attrs

__all__ = ["Finding"]


@attrs.frozen
class Finding:
    """What an example got that it did not expect.

    Attributes:
        where: path of the example.
        objective: key of the objective, the table or the plan; empty when the case cannot be read at all.
        field: of the reading, the decision or the statement, ``because``, or ``case``.
        expected, got: both as text.
    """

    where: str
    objective: str
    field: str
    expected: str
    got: str
