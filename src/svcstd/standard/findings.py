"""All that analysis says against the rules of a standard: tables, trees, procedures and plans, in every edition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from svcstd.explain import Value, because
from svcstd.incentives import Better, PayFinding, review_plan
from svcstd.procedures import FlowFinding, check_procedure
from svcstd.routing import RouteTree, analyse_routes
from svcstd.rules import RuleFinding, Severity, analyse
from svcstd.rules.findings import by_severity
from svcstd.standard.edition import Edition
from svcstd.standard.pay_faults import FIGURES
from svcstd.standard.remark import Remark, RemarkKind

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["PartFinding", "part_findings", "remark"]

ANY_DAY = date(2026, 1, 1)
"""A plan pays on every day by the same rules."""


@attrs.frozen
class PartFinding:
    """A finding, and where in the file it is.

    Attributes:
        where: path of the part, such as ``routing.intake``.
        finding: what was found.
    """

    where: str
    finding: RuleFinding | FlowFinding | PayFinding | Remark

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.finding.severity

    def sentence(self, language: str = "en") -> str:
        """What was found, in words."""
        return self.finding.sentence(language)

    @property
    def rule(self) -> str:
        """Id of the rule of the review, such as ``routing.gap``: the part, and what was found."""
        part, _, below = self.where.partition("[")[0].partition(".")
        inner = below.split(".")[1:]
        return f"{inner[0] if part == 'changes' and inner else part}.{self.finding.kind}"


def remark(where: str, kind: RemarkKind, severity: Severity, message: str, /, **told: Value) -> PartFinding:
    """A :class:`Remark` at its place, written as a call."""
    return PartFinding(where, Remark(kind=kind, severity=severity, why=because(message, **told)))


def part_findings(standard: ServiceStandard) -> tuple[PartFinding, ...]:
    """Findings of every edition, errors first; what an edition leaves as it was is told once."""
    found: list[PartFinding] = []
    before: Edition | None = None
    for edition in standard.editions:
        prefix = f"changes.{edition.label}." if before is not None else ""
        found += _of_edition(edition, before, prefix, standard.zone)
        before = edition
    for key, pilot in standard.pilots.items():
        found += _of_edition(pilot.edition, standard.edition_on(pilot.starts), f"pilots.{key}.", standard.zone)
    return by_severity(found)


def _of_edition(edition: Edition, before: Edition | None, prefix: str, zone: str) -> Iterator[PartFinding]:
    for key, part in edition.routing.items():
        if before is None or before.routing.get(key) != part:
            listed = analyse_routes(part) if isinstance(part, RouteTree) else analyse(part)
            yield from (PartFinding(f"{prefix}routing.{key}", one) for one in listed)
    for key, procedure in edition.procedures.items():
        if before is None or before.procedures.get(key) != procedure:
            yield from (PartFinding(f"{prefix}procedures.{key}", one) for one in check_procedure(procedure))
    directions: dict[str, Better] = {FIGURES + key: kpi.direction for key, kpi in edition.kpis.items()}
    for key, plan in edition.plans.items():
        if before is None or before.plans.get(key) != plan:
            falls = review_plan(plan, directions, zone=zone, day=edition.starts or ANY_DAY)
            yield from (PartFinding(f"{prefix}plans.{key}", one) for one in falls)
