"""DMN's own answers, and what dmn-check and KIE find in a table: the vectors of ``routing.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from svcstd.conditions import (
    AllOf,
    FactKind,
    FactSchema,
    FactType,
    FactValue,
    Interval,
    read_unary,
)
from svcstd.errors import HitPolicyError
from svcstd.rules import DecisionTable, FindingKind, Output, Rule, RuleFinding, analyse
from svcstd.rules.findings import shown_region

KINDS: Mapping[str, FactKind] = {"number": "number", "string": "text", "boolean": "true or false", "any": "text"}
DOMAINS = {"": None, ">=0": Interval(0, None)}
BROKEN = {"rules.several": "multiple-match", "rules.conflict": "conflicting-any"}
FINDINGS: Mapping[str, FindingKind] = {
    "conflict": "conflict",
    "duplicate": "duplicate",
    "shadowed": "shadowed",
    "overlaps": "violation",
}
"""What the sources call a finding, and what we do."""

SPOKEN = {"<0": "{} < 0", "0": "{} = 0", ">=0": "{} >= 0", ">0": "{} > 0"}
"""The cells of a gap as conditions are written."""


def vectors(shared: Path, group: str) -> list[dict[str, Any]]:
    """The vectors of one group."""
    text = (shared / "conformance" / "routing.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text, parse_float=Decimal)[group]
    return found


def kind_of(values: list[FactValue]) -> FactKind:
    """The kind of an output, by its values; bool before numbers, as bool is an int."""
    if any(isinstance(value, bool) for value in values):
        return "true or false"
    return "number" if any(isinstance(value, int | Decimal) for value in values) else "text"


def table_of(source: Mapping[str, Any]) -> DecisionTable:
    """A table as the vectors write it; rules are r1, r2 and so on."""
    inputs = {
        one["name"]: FactType(KINDS[one["type"]], tuple(one.get("allowed", ())), within=DOMAINS[one.get("domain", "")])
        for one in source["inputs"]
    }
    hit, outputs = source["hit_policy"].lower(), {}
    for place, one in enumerate(source["outputs"]):
        values = [rule["then"][place] for rule in source["rules"]]
        order = one.get("priority", one.get("allowed", ()))
        if not order and hit in ("output order", "priority"):
            order = dict.fromkeys(values)
        outputs[one["name"]] = Output(kind_of(values), tuple(order), one.get("default"))
    rules = {
        f"r{number}": Rule(
            AllOf(
                tuple(
                    read_unary(cell, name, kind)
                    for cell, (name, kind) in zip(rule["when"], inputs.items(), strict=True)
                    if cell
                )
            ),
            dict(zip(outputs, rule["then"], strict=True)),
        )
        for number, rule in enumerate(source["rules"], 1)
    }
    aggregate = source.get("aggregation", "list").lower()
    return DecisionTable(facts=FactSchema(inputs), outputs=outputs, rules=rules, hit=hit, aggregate=aggregate)


def answer(table: DecisionTable, given: Mapping[str, Any]) -> Any:
    """What a table says to one case, in the words of the vectors."""
    try:
        decision = table.decide(table.facts.flat(given))
    except HitPolicyError as error:
        return {"$error": BROKEN[error.message], "rules": [int(rule[1:]) for rule in error.rules]}
    if table.aggregate != "list":
        return decision.value
    rows = [next(iter(row.values())) if len(row) == 1 else dict(row) for row in decision.rows]
    if table.hit in ("collect", "rule order", "output order"):
        return rows
    return rows[0] if rows else None


def test_every_table_of_the_standard_answers_as_it_says(shared: Path) -> None:
    """All hit policies, aggregates, defaults, missing values and violations: 35 cases of 14 tables."""
    asked = [(one, case) for one in vectors(shared, "decision_tables") for case in one["cases"]]
    wrong = [
        (one["id"], case["given"], found)
        for one, case in asked
        if (found := answer(table_of(one), case["given"])) != case["expected"]
    ]
    assert wrong == []
    assert len(asked) == 35


def rules_of(found: RuleFinding) -> list[int]:
    """The numbers of its rules."""
    return [int(rule[1:]) for rule in found.rules]


def expected_rules(wanted: Any) -> list[int]:
    """The rules of an expected finding: a pair, an overlap, or a rule and those that shadow it."""
    if isinstance(wanted, list):
        return wanted
    return [*wanted["by"], wanted["rule"]] if "by" in wanted else list(wanted["rules"])


def test_what_other_checkers_find_in_a_table_we_find(shared: Path) -> None:
    """Duplicates, conflicts, shadows, overlaps, masks, gaps and advice, with the severity that is given."""
    checked = 0
    for one in vectors(shared, "table_findings"):
        table = table_of(one["table"] | {"aggregation": one.get("aggregation", "LIST")})
        found, wanted = analyse(table), one["expected"]
        for word, kind in FINDINGS.items():
            if word in wanted and (word != "overlaps" or table.hit in ("unique", "any")):
                mine = [each for each in found if each.kind == kind]
                assert [rules_of(each) for each in mine] == [expected_rules(each) for each in wanted[word]], one["id"]
                assert {each.severity for each in mine} <= {wanted.get("severity", "error")}, one["id"]
                checked += 1
        if "masked" in wanted:
            masked = [rules_of(each) for each in found if each.kind == "shadowed"]
            assert masked == [[each["by"], each["rule"]] for each in wanted["masked"]], one["id"]
            checked += 1
        if "gaps" in wanted:
            assert {shown_region(each.region) for each in found if each.kind == "gap"} == {
                " and ".join(SPOKEN[cell].format(name) for cell, name in zip(gap, table.facts.types, strict=True))
                for gap in wanted["gaps"]
            }, one["id"]
            checked += 1
        advice = wanted.get("advice") or wanted.get("recommended_policy")
        if "advice" in wanted or "recommended_policy" in wanted:
            assert any(each.kind == "policy" for each in found) == bool(advice), one["id"]
            checked += 1
    assert checked == 34
