"""Waivers: findings of a review that are accepted, with the reason."""

from __future__ import annotations

import attrs

from svcstd.errors import DefinitionError
from svcstd.standard.findings import PartFinding
from svcstd.standard.handbook_faults import is_in

__all__ = ["ReviewWaiver"]


@attrs.frozen(kw_only=True)
class ReviewWaiver:
    """A finding that is accepted, with the reason.

    Attributes:
        rule: id of the rule, such as ``routing.swallowed``.
        where: path at which it is accepted, or of the part around; empty for everywhere.
        because: why.

    Raises:
        DefinitionError: no rule, or no reason.
    """

    rule: str
    where: str = ""
    because: str

    def __attrs_post_init__(self) -> None:
        if not self.rule or not self.because.strip():
            raise DefinitionError("because", "review.waiver")

    def covers(self, finding: PartFinding) -> bool:
        """Whether it accepts a finding."""
        return finding.rule == self.rule and (not self.where or is_in(self.where, finding.where))
