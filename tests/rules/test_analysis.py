"""What analysis says of tables a supervisor would recognise, with the example it gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from svcstd.conditions import (
    AllOf,
    AnyOf,
    Contains,
    Eq,
    FactSchema,
    FactType,
    Interval,
    Not,
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
    TooManyCells,
)
from svcstd.keyed import Keyed
from svcstd.rules import DecisionTable, Else, Output, Rule, RuleFinding, analyse, overlaps
from svcstd.rules.findings import by_severity

FACTS = FactSchema(
    {
        "kind": FactType(one_of=("fault", "complaint", "other")),
        "vip": FactType("true or false"),
        "product": FactType(),
        "amount": FactType("integer", within=Interval(0, None)),
    }
)
OUTPUTS = {"role": Output(one_of=("desk", "engineer", "manager"))}
FAULT = Rule(Eq("kind", "fault"), {"role": "engineer"})
REST = Else({"role": "desk"}, "the desk takes the rest")
LIMIT = date(2026, 7, 1)


def is_big(facts: Mapping[str, Any]) -> bool:
    """A test from Python."""
    return int(facts.get("amount", 0)) > 5


BIG = Opaque("big", is_big, reads=("amount",))


def table(rules: Mapping[str, Rule], **options: Any) -> DecisionTable:
    """A table of one output, by the first rule that fits unless another policy is given."""
    given: dict[str, Any] = {"facts": FACTS, "outputs": OUTPUTS, "rules": rules, "hit": "first"}
    return DecisionTable(**given | options)


def lines(found: tuple[RuleFinding, ...]) -> list[str]:
    """Each finding on one line: how bad, in words, the example."""
    return [f"{one.severity}: {one.sentence()} [{one.example}]" for one in found]


def desk(when: Any, **options: Any) -> Rule:
    """A rule to the desk."""
    return Rule(when, {"role": "desk"}, **options)


def test_the_else_of_a_table_is_told_all_that_it_swallows() -> None:
    """As information, region by region."""
    assert lines(analyse(table({"fault": FAULT}, otherwise=REST))) == [
        "info: else takes kind in (complaint, other) [kind = complaint]",
        "info: else takes kind is missing [-]",
    ]


def test_defaults_swallow_as_else_does() -> None:
    """And nothing is a gap then."""
    found = analyse(table({"fault": FAULT}, outputs={"role": Output(default="desk")}))
    assert [(one.kind, one.about) for one in found] == [("swallowed", ""), ("swallowed", "kind")]


@pytest.mark.parametrize(("on_no_match", "severity"), [("outcome", "warning"), ("error", "error")])
def test_a_gap_is_an_error_where_no_match_is_one(on_no_match: str, severity: str) -> None:
    """Else a warning; errors go first."""
    found = analyse(table({"fault": FAULT}, on_no_match=on_no_match))
    assert [(one.kind, one.severity) for one in found] == [("gap", severity), ("missing", "info")]


def test_policies_that_list_have_no_gaps() -> None:
    """None fitting is the usual thing for them."""
    assert analyse(table({"fault": FAULT}, hit="collect")) == ()


def test_rules_that_earlier_ones_take_together_are_unreachable() -> None:
    """Named with all that take their cases."""
    rules = {"vip": desk(Eq("vip", True)), "not vip": FAULT, "fault vip": FAULT, "never": FAULT}
    rules["not vip"] = Rule(Eq("vip", False), {"role": "engineer"})
    rules["fault vip"] = Rule(AllOf((Eq("kind", "fault"), Present("vip"))), {"role": "manager"})
    del rules["never"]
    assert lines(analyse(table(rules, otherwise=REST)))[0] == (
        "error: the last of these never decides, the others take all its cases: vip, not vip, fault vip "
        "[kind = fault, vip = true]"
    )


def test_a_rule_with_a_condition_that_cannot_be_is_impossible() -> None:
    """Nothing else is said of it."""
    rules = {"never": desk(AllOf((Eq("kind", "fault"), Eq("kind", "other")))), "ever": desk(AllOf(()))}
    assert lines(analyse(table(rules))) == [
        "error: no case can fit never []",
        "info: no two rules overlap: the hit policy unique would say so []",
        "info: the output role is always the same []",
    ]


def test_dated_rules_are_asked_on_their_days() -> None:
    """Rules of two years do not meet; the example says on which day it is one."""
    rules = {
        "old": desk(Eq("kind", "fault"), last=date(2026, 6, 30)),
        "new": Rule(Eq("kind", "fault"), {"role": "engineer"}, first=LIMIT),
        "both": Rule(Eq("kind", "fault"), {"role": "manager"}, first=date(2026, 6, 30), last=LIMIT),
        "other": desk(Not(Eq("kind", "fault"))),
    }
    found = analyse(table(rules, hit="unique"))
    assert [(one.rules, one.on) for one in found if one.kind == "violation"] == [
        (("old", "both"), "2026-06-30"),
        (("new", "both"), "2026-07-01"),
    ]
    assert [one.kind for one in found if one.kind not in ("violation", "missing")] == []
    assert found[0].example == "kind = fault, on 2026-06-30"


def test_examples_of_patterns_fit_them() -> None:
    """The beginning, the end and the middle of texts, together."""
    rules = {
        "tv": Rule(AllOf((Prefix("product", "TV-"), Suffix("product", "-X"))), {"role": "engineer"}),
        "any x": desk(Contains("product", "X")),
    }
    found = [one for one in analyse(table(rules, hit="unique")) if one.kind == "violation"]
    assert len(found) == 1
    assert found[0].witness is not None
    product = found[0].witness["product"]
    assert isinstance(product, str)
    assert product.startswith("TV-")
    assert product.endswith("-X")


def test_of_a_test_from_python_nothing_is_claimed() -> None:
    """It shadows nothing, it is not shadowed by itself, and examples that hang on it are unknown."""
    rules = {"big": desk(BIG), "vip": desk(AllOf((Eq("vip", True), BIG))), "all": Rule(then={"role": "engineer"})}
    assert lines(analyse(table(rules, hit="unique"))) == [
        "warning: not settled: violation big, vip []",
        "warning: not settled: violation big, all []",
        "warning: not settled: violation vip, all []",
    ]
    assert analyse(table(rules)) == ()
    nested = {
        "not": desk(Not(BIG)),
        "either": desk(AnyOf((BIG, Eq("vip", True)))),
        "all": Rule(then={"role": "engineer"}),
    }
    assert [one.kind for one in analyse(table(nested))] == []


def test_a_rule_that_always_holds_shadows_one_from_python() -> None:
    """Whatever the program says, it never decides."""
    rules = {"all": Rule(then={"role": "engineer"}), "big": desk(BIG)}
    found = analyse(table(rules))
    assert [(one.kind, one.about) for one in found] == [("unknown", "shadowed")]


def test_without_a_budget_nothing_is_guessed() -> None:
    """Gaps and rules that are taken together need cutting: not settled."""
    rules = {"a": desk(Eq("vip", True)), "b": Rule(Eq("vip", False), {"role": "engineer"}), "c": FAULT}
    assert [(one.kind, one.about) for one in analyse(table(rules), budget=0)] == [
        ("unknown", "unreachable"),
        ("unknown", "unreachable"),
        ("unknown", "unreachable"),
        ("unknown", "gap"),
    ]


def test_a_table_of_too_many_cells_is_not_settled() -> None:
    """More values of one fact than will be looked at."""
    many = {f"r{n}": desk(Eq("amount", n)) for n in range(5_001)}
    assert lines(analyse(table(many))) == ["warning: not settled: cells  []"]
    with pytest.raises(TooManyCells):
        list(overlaps(table(many)))


def test_pairs_that_meet_are_told_up_to_a_thousand() -> None:
    """The rest is said to be unsettled, as bad as what it may hide."""
    many = {f"r{n}": Rule(Range("amount", None, 1_000 + n), {"role": "desk"}) for n in range(50)}
    found = analyse(table(many, hit="unique"))
    assert len([one for one in found if one.kind == "violation"]) == 1_000
    assert [(one.severity, one.about) for one in found if one.kind == "unknown"] == [("error", "pairs")]
    assert len(list(overlaps(table(many), most=3))) == 3


def test_gaps_in_many_pieces_are_told_up_to_twenty() -> None:
    """The rest is said to be there."""
    rules = {
        f"r{n}": desk(AllOf((Eq("amount", n), Eq("product", f"p{n}"), Eq("vip", True), Eq("kind", "fault"))))
        for n in range(30)
    }
    found = analyse(table(rules))
    assert len([one for one in found if one.kind == "gap"]) <= 20
    assert [one.about for one in found if one.kind == "unknown"] == ["regions"]


def test_an_unused_order_is_advised_against() -> None:
    """Where no two rules overlap, unique would do."""
    rules = {"fault": FAULT, "other": desk(Not(Eq("kind", "fault")))}
    assert lines(analyse(table(rules)))[0] == "info: no two rules overlap: the hit policy unique would say so []"


def test_a_rule_that_a_later_one_covers_with_the_same_outcome_changes_nothing() -> None:
    """Unless one between them takes some of its cases otherwise."""
    rules = {"vip fault": desk(AllOf((Eq("kind", "fault"), Eq("vip", True)))), "all": desk(AllOf(()))}
    assert "info: vip fault changes nothing: all gives the same [kind = fault, vip = true]" in lines(
        analyse(table(rules))
    )
    between = {"vip fault": rules["vip fault"], "fault": FAULT, "all": rules["all"]}
    assert not [one for one in analyse(table(between)) if one.kind == "subsumed"]


def test_decimals_and_dates_make_examples_that_people_can_read() -> None:
    """The nearest round value beside a bound."""
    facts = FactSchema({"price": FactType("number"), "bought": FactType("date")})
    rules = {
        "dear": Rule(Range("price", Decimal("99.90"), None, low_closed=False), {"role": "manager"}),
        "new": Rule(Range("bought", LIMIT, None), {"role": "desk"}),
    }
    found = [
        one for one in analyse(DecisionTable(facts=facts, outputs=OUTPUTS, rules=rules)) if one.kind == "violation"
    ]
    assert [one.example for one in found] == ["price = 100.90, bought = 2026-07-01"]


def test_findings_of_a_case_of_which_nothing_is_known_show_a_dash() -> None:
    """And one without an example shows nothing."""
    assert RuleFinding("missing", "info", witness=Keyed({})).example == "-"
    assert RuleFinding("constant", "info", about="role").example == ""
    assert RuleFinding("constant", "info", about="role").sentence("en") == "the output role is always the same"


def test_errors_go_first() -> None:
    """Else in the order they were found."""
    one, two, three = (RuleFinding("gap", severity) for severity in ("info", "error", "warning"))
    assert by_severity([one, two, three]) == (two, three, one)
