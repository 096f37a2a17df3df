"""What the terminal shows of rules: decisions with reasons, counts, and findings with examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from svcstd.catalogues import catalogue
from svcstd.catalogues.words import plain
from svcstd.cli.show import plain_table
from svcstd.conditions import plain_value, show_value
from svcstd.explain import Audience
from svcstd.keyed import Keyed
from svcstd.rules import Decision, RuleCounts
from svcstd.standard import PartFinding

__all__ = ["counts_json", "decision_json", "decision_lines", "print_counts", "print_findings", "rule_finding"]


def decision_lines(decision: Decision, language: str, audience: Audience) -> Iterator[str]:
    """What a table answers, a line a row, then its reasons."""
    for row in decision.rows:
        yield ", ".join(f"{plain(name)} = {'-' if value is None else show_value(value)}" for name, value in row.items())
    if decision.value is not None:
        yield f"value = {decision.value}"
    yield decision.explanation.text(language, for_=audience)


def decision_json(decision: Decision, audience: Audience) -> dict[str, Any]:
    """The same as plain data; numbers as text where they are no whole ones."""
    rows = [{name: _json(plain_value(value)) for name, value in row.items()} for row in decision.rows]
    return {
        "rules": list(decision.rules),
        "matched": decision.matched,
        "rows": rows,
        "value": _json(decision.value),
        "explanation": decision.explanation.to_json(for_=audience),
    }


def _json(value: object) -> object:
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def print_counts(console: Console, counts: RuleCounts) -> None:
    """How often each rule decided; a rule that never did is marked."""
    table = plain_table(("rule", "", "cases"), 2)
    for rule, count in counts.rules.items():
        table.add_row(Text(plain(rule)), "" if count else "never", f"{count:,}")
    for name, count in (("else", counts.otherwise), ("no rule", counts.none), ("violations", counts.violations)):
        table.add_row(name, "", f"{count:,}")
    console.print(table)


def counts_json(counts: RuleCounts) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "rules": dict(counts.rules),
        "otherwise": counts.otherwise,
        "none": counts.none,
        "violations": counts.violations,
    }


def print_findings(console: Console, found: Iterable[PartFinding], language: str) -> None:
    """Findings with their examples, errors first."""
    say = catalogue(language).sentence
    columns = ("severity", "rule", "where", "finding", "example")
    table = plain_table([say(f"check.{column}", {}) for column in columns], len(columns))
    for one in found:
        texts = (one.rule, one.where, one.sentence(language), one.finding.example)
        table.add_row(say(f"check.{one.severity}", {}), *(Text(plain(text)) for text in texts))
    console.print(table)


def rule_finding(one: PartFinding, language: str) -> dict[str, Any]:
    """A finding as plain data."""
    finding = one.finding
    witness = None if finding.witness is None else _facts(finding.witness)
    return {
        "rule": one.rule,
        "where": one.where,
        "severity": finding.severity,
        "sentence": finding.sentence(language),
        "example": witness,
    }


def _facts(witness: Keyed[str, Any]) -> dict[str, object]:
    return {name: _json(plain_value(value)) for name, value in witness.items()}
