"""Sharing: who the members of a team are, and by what they share its pay."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError, must_be_one_of

__all__ = ["IfNoWeight", "Sharing"]

EQUALLY = "equally"
IfNoWeight: TypeAlias = Literal["refuse", "nothing"]
"""A member without a figure is an error, or gets nothing."""


@attrs.frozen(kw_only=True)
class Sharing:
    """How the pay of a team is shared.

    Attributes:
        records: kind of records that names members: one of a member, or one for each period where they are dated.
        of: its field with the member; the team stands in the field that the plan names.
        by: ``equally``, or the reference of a figure over the member's records, such as ``kpis.points``.
        missing: what a member without a figure gets; ``None`` where all share equally.

    Raises:
        DefinitionError: a figure without a policy, or a policy without a figure.
    """

    records: str
    of: str
    by: str
    missing: IfNoWeight | None = None

    def __attrs_post_init__(self) -> None:
        if (self.missing is None) != (self.by == EQUALLY):
            raise DefinitionError("missing", "pay.share_missing", by=self.by)
        if self.missing is not None:
            must_be_one_of(self.missing, get_args(IfNoWeight), "missing")
