"""What improvements name that no edition has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from svcstd.errors import DefinitionError, nearest
from svcstd.scoring import Improvement

if TYPE_CHECKING:
    from svcstd.standard.edition import Edition

__all__ = ["faults_of_improvements"]


def faults_of_improvements(
    improvements: Mapping[str, Improvement], editions: Sequence[Edition]
) -> Iterator[DefinitionError]:
    """Every fault, with its place; a figure or a role may be that of any edition, for a register is older than them."""
    kpis = {key for edition in editions for key in edition.kpis}
    roles = {key for edition in editions for key in edition.roles}
    days = {edition.label for edition in editions if edition.label}
    for key, one in improvements.items():
        where = f"improvements.{key}"
        if one.kpi not in kpis:
            yield DefinitionError(f"{where}.kpi", "kpis.unknown", value=one.kpi, nearest=nearest(one.kpi, kpis))
        if one.owner and one.owner not in roles:
            yield DefinitionError(f"{where}.owner", "roles.unknown", value=one.owner, nearest=nearest(one.owner, roles))
        if one.edition and one.edition not in days:
            near = nearest(one.edition, days)
            yield DefinitionError(f"{where}.edition", "improvements.edition", value=one.edition, nearest=near)
