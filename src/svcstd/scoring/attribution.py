"""Attribution: one rating of a project may touch a unit head, a department and an engineer, each by a share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from svcstd.curves import exact
from svcstd.errors import DefinitionError, FactError, nearest
from svcstd.keyed import Keyed
from svcstd.scoring.record import Record, amount_of

__all__ = ["SHARE", "SUBJECT", "Attribution", "attributed"]

SUBJECT, SHARE = "subject", "share"
"""The fields that an attributed record has besides its own."""


def _shares(given: Mapping[str, object]) -> Keyed[str, Fraction]:
    return Keyed({subject: exact(share, f"shares.{subject}") for subject, share in dict(given).items()})


@attrs.frozen
class Attribution:
    """Whose work something was.

    Attributes:
        shares: by subject, above 0; together exactly 1.

    Raises:
        DefinitionError: shares that do not add up to 1, one that is not above 0, or a float.

    >>> Attribution({"engineer": Fraction(1, 2), "unit head": Fraction(1, 3)})
    Traceback (most recent call last):
        ...
    svcstd.errors.DefinitionError: shares: the shares add up to 5/6; let them add up to 1, none below 0
    """

    shares: Keyed[str, Fraction] = attrs.field(converter=_shares)

    def __attrs_post_init__(self) -> None:
        for subject, share in self.shares.items():
            if share <= 0:
                raise DefinitionError(f"shares.{subject}", "scoring.weight", value=str(share))
        whole = sum(self.shares.values(), Fraction(0))
        if whole != 1:
            raise DefinitionError("shares", "scoring.shares", value=str(whole))


def attributed(
    records: Iterable[Record], field: str, table: Mapping[str, Attribution]
) -> tuple[dict[str, object], ...]:
    """The records once for each subject they touch, with ``subject`` and ``share``: nothing counts twice or gets lost.

    A KPI over them weighs by the share: ``Average("technical", weight="share")``. A record that has a share already, of
    a department say, is split further: each subject gets a share of that.

    Args:
        records: the ratings.
        field: what they rate, e.g. the project.
        table: by value of that field, whose work it was.

    Raises:
        FactError: a record of something that the table does not attribute, or a share that is no exact number.

    >>> table = {"P1": Attribution({"E07": Fraction(3, 4), "E08": Fraction(1, 4)})}
    >>> [(one["subject"], str(one["share"])) for one in attributed([{"project": "P1"}], "project", table)]
    [('E07', '3/4'), ('E08', '1/4')]
    """
    found: list[dict[str, object]] = []
    for record in records:
        key = record.get(field)
        if not isinstance(key, str) or key not in table:
            raise FactError(f"records.{field}", "attribution.unknown", value=str(key), nearest=nearest(key, table))
        held = amount_of(record, SHARE)
        part = Fraction(1) if held is None else held
        found += ({**record, SUBJECT: subject, SHARE: part * share} for subject, share in table[key].shares.items())
    return tuple(found)
