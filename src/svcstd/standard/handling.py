"""Who handles a case and how, under the edition that holds: routes, assignment, procedures, hand-offs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from svcstd.conditions import Facts
from svcstd.errors import DefinitionError, UnknownName, nearest
from svcstd.moment import date_of, timezone
from svcstd.routing import Handoff, RouteTree, Team
from svcstd.rules import DecisionTable
from svcstd.sla import Case
from svcstd.sla.events import in_order
from svcstd.standard.edition import UNNAMED, Edition
from svcstd.standard.one_case import check_case
from svcstd.standard.pilot import piloted

if TYPE_CHECKING:
    from svcstd.standard.service_standard import ServiceStandard

__all__ = ["asked_table", "edition_and_facts", "handoffs_of", "named", "teams_of"]

T = TypeVar("T")


def edition_and_facts(
    standard: ServiceStandard, facts: Mapping[str, Any] | Case, asked: int | None
) -> tuple[Edition, Facts]:
    """The edition that holds, and the facts as it takes them.

    Raises:
        FactError: a fact that is not declared, or of another kind.
        DefinitionError: no moment, although the edition or the facts depend on it.
    """
    edition = standard.current
    if asked is None and (edition.starts is not None or standard.pilots or isinstance(facts, Case)):
        raise DefinitionError("as_of", "rules.as_of")
    if isinstance(facts, Case):
        edition = standard.edition_for(facts, as_of=asked or 0)
        return edition, check_case(edition, facts).facts_at(asked or 0)
    if asked is not None:
        day = date_of(asked, timezone(standard.zone))
        edition = piloted(standard.pilots, day, facts) or standard.edition_on(day)
    return edition, edition.facts.exact(facts)


def named(found: Mapping[str, T], part: str, where: str, key: str) -> T:
    """One entry of a part by its key.

    Raises:
        UnknownName: with the nearest key.
    """
    if key not in found:
        raise UnknownName(where, UNNAMED[part], value=key, nearest=nearest(key, found))
    return found[key]


def asked_table(
    standard: ServiceStandard, table: str, facts: Mapping[str, Any] | Case, asked: int | None
) -> tuple[DecisionTable | RouteTree, Facts, date | None]:
    """A routing table as it is asked: with the facts as its edition takes them, and the local date for dated rules.

    Raises:
        UnknownName: no such table.
        FactError, DefinitionError: as for :func:`edition_and_facts`.
    """
    edition, known = edition_and_facts(standard, facts, asked)
    day = None if asked is None else date_of(asked, timezone(standard.zone))
    return named(edition.routing, "routing", "table", table), known, day


def teams_of(edition: Edition, facts: Facts, stock: Mapping[str, Mapping[str, int]]) -> tuple[Team, ...]:
    """The teams of an edition as a case finds them, each with its calendar, its traits and its stock.

    Raises:
        UnknownName: stock of a team that is not declared.
    """
    for team in stock:
        named(edition.teams, "teams", f"stock.{team}", team)
    return tuple(
        Team(key, calendar=edition.team_hours(key, facts), stock=stock.get(key, {}), traits=desk.traits)
        for key, desk in edition.teams.items()
    )


def handoffs_of(case: Case, asked: int) -> tuple[Handoff, ...]:
    """The hand-offs that the events of a case tell: whenever one names a group."""
    events = in_order(case.events, {}, as_of=asked)
    return tuple(Handoff(event.at, event.group) for event in events if event.group is not None)
