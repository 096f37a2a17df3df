"""Worked cases of routing and assignment from three whole standards, with the reasons that ``scenarios.json`` gives."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.requirements.page import STANDARDS, read

from svcstd import loads
from svcstd.routing import Agent, Credential

REFUNDS = """
svcstd = 1
id = "shop"
name = "Shop"
zone = "Asia/Shanghai"
[assignment.refund]
prefer = ["load", "longest idle", "id"]
[assignment.refund.needs]
refund = { skill = "refund", level = 3 }
room = "below capacity"
"""
SITES = """
svcstd = 1
id = "saas"
name = "Support desk that follows the sun"
zone = "UTC"
years = "2026"
[facts]
contract = "text"
[calendars]
KRK = { zone = "Europe/Warsaw", hours = "Mon-Fri 08:00-16:00", holidays = "PL" }
LIS = { zone = "Europe/Lisbon", hours = "Mon-Fri 10:00-18:00", holidays = "PT" }
SIN = { zone = "Asia/Singapore", hours = "Mon-Fri 09:00-17:00", holidays = "SG" }
SFO = { zone = "America/Los_Angeles", hours = "Mon-Fri 09:00-17:00", holidays = "US" }
[teams]
KRK = { calendar = "KRK", traits = { residency = "EU" } }
LIS = { calendar = "LIS", traits = { residency = "EU" } }
SIN = { calendar = "SIN" }
SFO = { calendar = "SFO" }
[assignment.site]
prefer = ["opens first", "id"]
[assignment.site.needs]
residency = { trait = "residency", is = "EU", when = { contract = "eu_only" } }
"""


@pytest.fixture(scope="module")
def worked(shared: Path) -> dict[str, Any]:
    """The worked cases by id."""
    text = (shared / "conformance" / "scenarios.json").read_text(encoding="utf-8")
    return {case["id"]: case for scenario in json.loads(text)["scenarios"] for case in scenario["cases"]}


def test_b06_skills_and_load(worked: dict[str, Any]) -> None:
    """Two of five is four of ten, exactly; the one who has been idle longer goes first, the level is a bound."""
    given, expected = worked["B06"]["input"], worked["B06"]["expected"]
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)
    agents = [
        Agent(
            id=one["id"],
            skills={given["need"]["skill"]: one["refund"]},
            load=one["load"][0],
            capacity=one["load"][1],
            idle_since=now - timedelta(seconds=one["idle_s"]),
        )
        for one in given["agents"]
    ]
    found = loads(REFUNDS).assign("refund", {}, agents=agents, as_of=now)
    assert found.agent is not None
    assert found.agent.id == expected["agent"]
    assert set(found.eligible[:2]) == set(expected["tie"])
    assert {key: reason.text() for key, reason in found.rejected.items()} == {
        "a3": "a3 has 5 of 5, and this takes 1",
        "a4": "a4 has refund at 2, 3 is needed",
    }
    assert set(found.rejected) == set(expected["rejected"])


def test_c08_data_residency_narrows_the_sites(worked: dict[str, Any]) -> None:
    """Two sites are outside; of the two that are left, the one that opens first gets the ticket."""
    given, expected = worked["C08"]["input"], worked["C08"]["expected"]
    created = datetime.fromisoformat(given["created"])
    standard = loads(SITES)
    found = standard.assign_team("site", {"contract": given["contract"]}, as_of=created)
    assert found.team == expected["site"]
    assert found.eligible == ("KRK", "LIS")
    assert {key: reason.text() for key, reason in found.rejected.items()} == {
        "SFO": "residency of SFO is -, EU is needed",
        "SIN": "residency of SIN is -, EU is needed",
    }
    assert set(found.eligible[1:]) | set(found.rejected) == set(expected["rejected"])
    assert "begins 2026-06-03T06:00:00+00:00" in found.explanation.text()
    assert standard.assign_team("site", {"contract": "any"}, as_of=created).team == "SFO"


def test_a07_the_nearest_centre_with_part_and_certificate(worked: dict[str, Any]) -> None:
    """By the standard of the handbook itself: the role from its table, team and agent from its assignment."""
    given, expected = worked["A07"]["input"], worked["A07"]["expected"]
    standard = read(STANDARDS["5s4e"])
    at = [datetime.fromisoformat(one) for one in given["as_of"]]
    facts = {"channel": given["channel"], "type": "technical", "software": False}
    assert standard.route("intake", facts, as_of=at[0])["role"] == "field_engineer"
    engineers = [
        Agent(
            id=one["id"],
            team=one["team"],
            roles=["field_engineer"],
            credentials=[
                Credential(
                    "permit",
                    one["cert"][0],
                    first=datetime.fromisoformat(one["cert"][1]).date(),
                    last=datetime.fromisoformat(one["cert"][2]).date(),
                )
            ],
            load=one["load"][0],
            capacity=one["load"][1],
        )
        for one in given["engineers"]
    ]
    stock = {team: {given["part"]: count} for team, count in given["stock"].items()}
    work = {name: given[name] for name in ("city", "product", "part")}
    found = [standard.assign("field", work, agents=engineers, stock=stock, as_of=one) for one in at]
    assert [one.agent.id for one in found if one.agent] == expected["agent"]
    assert {one.team for one in found} == {expected["team"]}
    assert set(found[0].rejected) == set(expected["rejected_at_first_instant"])
    extra = standard.route("intake", given["extra"], as_of=at[0])
    assert (extra["role"], extra.rule) == ("hotline_lead", "else")
