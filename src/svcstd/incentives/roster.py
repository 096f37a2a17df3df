"""Where records tell of payees: which kind, and which of its fields say what pay asks."""

from __future__ import annotations

from typing import get_args

import attrs

from svcstd.errors import must_be_one_of
from svcstd.incentives.payee import ProratedBy
from svcstd.keyed import EMPTY, Keyed, as_keyed

__all__ = ["Roster"]


@attrs.frozen(kw_only=True)
class Roster:
    """The records of people: one for each payee, or one for each period where they are dated.

    Attributes:
        records: their kind; conditions on payees speak of its fields.
        cost_centre: field with the cost centre; empty for none.
        team: field with the team, whose results are those of all its members; empty for none.
        served: by unit, the fields with the days of service and with the days of the whole period.

    Raises:
        DefinitionError: another unit.
    """

    records: str
    cost_centre: str = ""
    team: str = ""
    served: Keyed[str, tuple[str, str]] = attrs.field(default=EMPTY, converter=as_keyed)

    def __attrs_post_init__(self) -> None:
        for unit in self.served:
            must_be_one_of(unit, get_args(ProratedBy), "served")
