"""Promises that a standard forgot: declared values of a fact to which a table promises nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svcstd.standard.findings import PartFinding, remark

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["gaps"]


def gaps(standard: ServiceStandard) -> Iterator[PartFinding]:
    """Remarks on tables of the last edition that lack a row for a declared value, and have no ``else``."""
    edition = standard.current
    for key, objective in edition.in_order:
        if objective.status != "in_force" or not objective.by or objective.target is not None:
            continue
        table = objective.table
        for value in edition.facts.types[objective.by].one_of if table is None else map(str, table.answers):
            if value not in objective.rows:
                told = {"objective": key, "fact": objective.by, "value": value}
                yield remark(f"objectives.{key}", "no_row", "warning", "check.no_row", **told)
