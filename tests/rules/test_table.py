"""Decision tables: what they refuse, hit policies, defaults, dated rules, reasons and near misses."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from svcstd.conditions import AllOf, AnyOf, Condition, Eq, FactSchema, FactType, Opaque, Present, Range
from svcstd.errors import DefinitionError, FactError, HitPolicyError, StandardError, UnknownName
from svcstd.explain import Explanation
from svcstd.keyed import Keyed
from svcstd.rules import Decision, DecisionTable, Else, NearMiss, Output, Rule, RuleCounts

FACTS = FactSchema(
    {
        "kind": FactType(one_of=("fault", "complaint", "other")),
        "vip": FactType("true or false"),
        "amount": FactType("number", unit="CNY"),
    }
)
ROLE = {"role": Output(one_of=("desk", "engineer", "manager"))}
POINTS = {"points": Output("number")}
FAULT = Rule(Eq("kind", "fault"), {"role": "engineer"})
VIP = Rule(Eq("vip", True), {"role": "manager"})
DEAR = Rule(Range("amount", 100, None), {"role": "manager"})
BOTH = {"kind": "fault", "vip": True}


def table(rules: Mapping[str, Rule], **options: Any) -> DecisionTable:
    """A table over the facts above, with one output unless another is given."""
    given: dict[str, Any] = {"facts": FACTS, "outputs": ROLE, "rules": rules}
    return DecisionTable(**given | options)


def told(explanation: Explanation) -> list[str]:
    """The sentences of an explanation and of those below it."""
    return [explanation.sentence(), *(one for child in explanation.children for one in told(child))]


@pytest.mark.parametrize(
    ("options", "path", "message"),
    [
        ({"hit": "firts"}, "hit", "choice.nearest"),
        ({"hit": "collect", "aggregate": "avg"}, "aggregate", "choice.nearest"),
        ({"on_no_match": "ignore"}, "on_no_match", "choice.nearest"),
        ({"outputs": {}, "rules": {}}, "outputs", "shape.empty"),
        ({"rules": {"else": FAULT}}, "rules.else", "rules.reserved"),
        ({"rules": {"": FAULT}}, "rules.", "rules.reserved"),
        ({"rules": {f"r{n}": FAULT for n in range(10_001)}}, "rules", "shape.bounds"),
        ({"rules": {"r": Rule(Eq("knid", "fault"), {"role": "desk"})}}, "rules.r.when", "facts.name"),
        ({"rules": {"r": Rule(Eq("kind", 1), {"role": "desk"})}}, "rules.r.when", "facts.kind"),
        ({"rules": {"r": Rule(Eq("kind", "fault"), {"rôle": "desk"})}}, "rules.r.then.rôle", "rules.output"),
        ({"rules": {"r": Rule(Eq("kind", "fault"), {"role": "chef"})}}, "rules.r.then.role", "rules.output_value"),
        ({"rules": {"r": Rule(Eq("kind", "fault"), {"role": 1})}}, "rules.r.then.role", "facts.kind"),
        ({"otherwise": Else({"role": "chef"}, "nobody else")}, "otherwise.then.role", "rules.output_value"),
        ({"otherwise": Else({"roll": "desk"}, "nobody else")}, "otherwise.then.roll", "rules.output"),
        ({"aggregate": "count"}, "aggregate", "rules.aggregate"),
        ({"hit": "collect", "aggregate": "sum"}, "aggregate", "rules.aggregate_output"),
        (
            {"hit": "collect", "aggregate": "max", "rules": {}, "outputs": POINTS | {"more": Output("number")}},
            "aggregate",
            "rules.aggregate_output",
        ),
        ({"hit": "priority", "outputs": {"role": Output()}}, "outputs", "rules.no_order"),
        ({"hit": "output order", "outputs": {"role": Output()}}, "outputs", "rules.no_order"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(options: dict[str, Any], path: str, message: str) -> None:
    """At the place, with the message that names the way out."""
    with pytest.raises(StandardError) as refused:
        table(**({"rules": {"r": FAULT}} | options))
    assert [(one.where, one.message) for one in refused.value.faults] == [(path, message)]


def test_all_contradictions_are_told_at_once() -> None:
    """One fault of the policy and one of a rule, in one refusal."""
    with pytest.raises(StandardError) as refused:
        table({"r": Rule(Eq("kind", "fault"), {"role": "chef"})}, aggregate="count")
    assert [one.where for one in refused.value.faults] == ["aggregate", "rules.r.then.role"]


@pytest.mark.parametrize(
    ("made", "path", "message"),
    [
        (lambda: Output("integer", (1, "2")), "one_of", "facts.kind"),
        (lambda: Output("integer", default="2"), "default", "facts.kind"),
        (lambda: Output("text", ("a", "b"), "c"), "default", "rules.output_value"),
        (lambda: Rule(first=date(2026, 2, 1), last=date(2026, 1, 31)), "days", "range.empty"),
        (lambda: Rule(first="2026-02-01"), "first", "shape.kind"),  # type: ignore[arg-type] # on purpose
        (lambda: Else({"role": "desk"}, " "), "because", "rules.else"),
    ],
)
def test_a_part_that_cannot_be_is_refused(made: Any, path: str, message: str) -> None:
    """An output of two kinds, a rule that ends before it begins, an else without a reason."""
    with pytest.raises(DefinitionError) as refused:
        made()
    assert (refused.value.where, refused.value.message) == (path, message)


@pytest.mark.parametrize(
    ("hit", "rules", "roles"),
    [
        ("first", ("fault",), ["engineer"]),
        ("priority", ("fault",), ["engineer"]),
        ("rule order", ("fault", "vip"), ["engineer", "manager"]),
        ("output order", ("fault", "vip"), ["engineer", "manager"]),
        ("collect", ("fault", "vip"), ["engineer", "manager"]),
    ],
)
def test_where_two_rules_fit_the_hit_policy_says_which_decide(hit: Any, rules: tuple[str, ...], roles: Any) -> None:
    """One, or a list in an order that is given."""
    decision = table({"fault": FAULT, "vip": VIP}, hit=hit).decide(BOTH)
    assert decision.rules == rules
    assert [row["role"] for row in decision.rows] == roles


def test_priority_goes_by_the_listed_values_and_not_by_the_rules() -> None:
    """An engineer is listed before a manager, whichever rule stands first."""
    turned = {"vip": VIP, "fault": FAULT}
    assert table(turned, hit="priority").decide(BOTH).rules == ("fault",)
    assert table(turned, hit="output order").decide(BOTH).rules == ("fault", "vip")
    assert table(turned, hit="first").decide(BOTH).rules == ("vip",)


def test_an_output_that_is_left_out_comes_last_in_priority() -> None:
    """Nothing at all is no listed value."""
    silent = table({"none": Rule(), "vip": VIP}, hit="priority").decide(BOTH)
    assert silent.rules == ("vip",)


@pytest.mark.parametrize(
    ("hit", "rules", "message"),
    [
        ("unique", {"fault": FAULT, "also": attrs.evolve(VIP, then={"role": "engineer"})}, "rules.several"),
        ("any", {"fault": FAULT, "vip": VIP}, "rules.conflict"),
    ],
)
def test_rules_that_may_not_both_fit_are_a_typed_error(hit: Any, rules: Any, message: str) -> None:
    """Naming the rules."""
    with pytest.raises(HitPolicyError) as refused:
        table(rules, hit=hit).decide(BOTH)
    assert (refused.value.message, refused.value.rules) == (message, tuple(rules))
    assert pickle.loads(pickle.dumps(refused.value)).rules == tuple(rules)  # noqa: S301 - its own


def test_under_any_rules_that_agree_are_no_contradiction() -> None:
    """The first of them is named."""
    rules = {"fault": FAULT, "also": attrs.evolve(VIP, then={"role": "engineer"})}
    assert table(rules, hit="any").decide(BOTH).rules == ("fault",)


@pytest.mark.parametrize(
    ("aggregate", "value"), [("sum", Decimal("3.5")), ("min", 1), ("max", Decimal("2.5")), ("count", 2), ("list", None)]
)
def test_collect_makes_one_value_of_its_rows(aggregate: Any, value: Any) -> None:
    """Exactly, and rows without a value do not count but as rows."""
    rules = {
        "one": Rule(Eq("vip", True), {"points": 1}),
        "two": Rule(Eq("kind", "fault"), {"points": Decimal("2.5")}),
        "none": Rule(Eq("kind", "other"), {"points": 100}),
    }
    decision = table(rules, outputs=POINTS, hit="collect", aggregate=aggregate).decide(BOTH)
    assert decision.value == value
    assert len(decision.rows) == 2


def test_collect_of_nothing() -> None:
    """A count is 0, a sum of nothing is nothing."""
    assert table({}, outputs=POINTS, hit="collect", aggregate="count").decide({}).value == 0
    assert table({}, outputs=POINTS, hit="collect", aggregate="sum").decide({}).value is None
    silent = table({"r": Rule()}, outputs=POINTS, hit="collect", aggregate="sum").decide({})
    assert (silent.value, silent.rows) == (None, (Keyed({"points": None}),))


def test_where_no_rule_fits_else_answers_with_its_reason() -> None:
    """It is no match, and says so."""
    otherwise = Else({"role": "desk"}, "the desk takes the rest")
    decision = table({"fault": FAULT}, otherwise=otherwise).decide({"kind": "other"})
    assert (decision.rule, decision["role"], decision.matched) == ("else", "desk", False)
    assert "the desk takes the rest" in decision.explanation.sentence()


def test_where_no_rule_fits_the_defaults_hold() -> None:
    """As long as one output has any."""
    outputs = {"role": Output(default="desk"), "queue": Output()}
    decision = table({"fault": FAULT}, outputs=outputs).decide({})
    assert (decision.rule, dict(decision)) == ("else", {"role": "desk", "queue": None})
    assert decision.explanation.sentence() == "no rule fits: the defaults of the outputs hold"


def test_no_match_is_an_outcome_of_its_own_unless_it_is_an_error() -> None:
    """Without rows, without a rule; or refused."""
    nothing = table({"fault": FAULT}).decide({})
    assert (nothing.rule, nothing.rules, nothing.rows, nothing.matched, dict(nothing), len(nothing)) == (
        "",
        (),
        (),
        False,
        {},
        0,
    )
    with pytest.raises(UnknownName):
        nothing["role"]
    with pytest.raises(HitPolicyError) as refused:
        table({"fault": FAULT}, on_no_match="error").decide({})
    assert (refused.value.message, refused.value.rules) == ("rules.no_rule", ())


def test_a_decision_is_a_mapping_of_its_one_row() -> None:
    """Of several rows it is none, and says that there are several."""
    one = table({"fault": FAULT}).decide({"kind": "fault"})
    assert (dict(one), len(one), list(one)) == ({"role": "engineer"}, 1, ["role"])
    with pytest.raises(UnknownName) as refused:
        one["rol"]
    assert refused.value.params["nearest"] == "role"
    with pytest.raises(UnknownName) as several:
        table({"fault": FAULT, "vip": VIP}, hit="collect").decide(BOTH)["role"]
    assert (several.value.message, several.value.params["rows"]) == ("rules.rows", 2)
    assert len(table({"fault": FAULT, "vip": VIP}, hit="collect").decide(BOTH)) == 0


LAUNCH = date(2026, 7, 1)
DATED = {
    "old": Rule(Eq("kind", "fault"), {"role": "desk"}, last=date(2026, 6, 30)),
    "new": Rule(Eq("kind", "fault"), {"role": "engineer"}, first=LAUNCH),
    "ever": Rule(Eq("kind", "other"), {"role": "desk"}, last=date.max),
}


@pytest.mark.parametrize(
    ("day", "role"), [(date.min, "desk"), (date(2026, 6, 30), "desk"), (LAUNCH, "engineer"), (date.max, "engineer")]
)
def test_rules_hold_from_their_first_day_to_their_last(day: date, role: str) -> None:
    """Both days included."""
    dated = table(DATED)
    assert dated.decide({"kind": "fault"}, on=day)["role"] == role
    assert dated.match({"kind": "fault"}, on=day) == dated.matching({"kind": "fault"}, on=day)
    assert dated.decide({"kind": "other"}, on=day)["role"] == "desk"


def test_a_table_with_dated_rules_must_be_asked_on_a_day() -> None:
    """Never guessed; one without needs none."""
    for ask in (table(DATED).decide, table(DATED).match, table(DATED).matching, table(DATED).nearest_misses):
        with pytest.raises(DefinitionError) as refused:
            ask({"kind": "fault"})
        assert refused.value.message == "rules.day"
    assert FAULT.is_in_force(None)
    assert not DATED["new"].is_in_force(None)


def test_a_decision_gives_its_reasons() -> None:
    """The rule, its tests, the facts it saw, why there is such a rule, and what came close above it."""
    rules = {
        "dear": DEAR,
        "fault": attrs.evolve(FAULT, because="engineers mend"),
        "vip": attrs.evolve(VIP, then={"role": "desk"}),
    }
    assert told(table(rules, hit="first").decide({"kind": "fault", "amount": 5}).explanation) == [
        "decided by fault",
        "fault fits: kind = fault (kind is fault)",
        "engineers mend",
        "dear would have fitted if amount >= 100, but amount is 5",
    ]


def test_near_misses_fail_by_one_fact_alone() -> None:
    """By one test or several of it; a test of several facts counts as one, and its facts are shown."""
    either = AnyOf((Eq("vip", True), Eq("kind", "fault")))
    in_band = AllOf((Eq("kind", "other"), Range("amount", 5, None), Range("amount", None, 9)))
    rules = {
        "far": Rule(AllOf((Eq("kind", "fault"), Eq("vip", True))), {"role": "desk"}),
        "band": Rule(in_band, {"role": "desk"}),
        "either": Rule(AllOf((Eq("kind", "other"), either)), {"role": "desk"}),
        "fits": Rule(Eq("kind", "other"), {"role": "desk"}),
    }
    assert table(rules, hit="first").nearest_misses({"kind": "other", "vip": False, "amount": 3}) == (
        NearMiss("band", "amount >= 5", "amount is 3"),
        NearMiss("either", "vip = true or kind = fault", "kind is other, vip is false"),
    )


def test_why_a_rule_did_not_fit() -> None:
    """Each test that is not so, with the fact it saw; a day on which it does not hold; or that it does fit."""
    rules = {"both": Rule(AllOf((Eq("kind", "fault"), Eq("vip", True))), {"role": "desk"}, first=LAUNCH)}
    asked = table(rules)
    assert told(asked.why_not("both", {"kind": "other"}, on=date(2026, 6, 30))) == [
        "both does not fit",
        "kind = fault is not so: kind is other",
        "vip = true is not so: vip is missing",
        "it is not in force on Tue 30 Jun 2026",
    ]
    assert told(asked.why_not("both", BOTH, on=LAUNCH)) == ["both fits"]
    with pytest.raises(UnknownName) as refused:
        asked.why_not("bth", BOTH)
    assert refused.value.params["nearest"] == "both"


def test_counts_tell_which_rules_are_dead_in_practice() -> None:
    """By rule, how often else or nothing answered, and how often the policy was broken."""
    history: list[dict[str, Any]] = [{"kind": "fault"}, {"kind": "fault"}, BOTH, {"kind": "other"}, {"vip": True}]
    rules = {"fault": FAULT, "vip": VIP, "dear": DEAR}
    assert table(rules).counts(history) == RuleCounts(Keyed({"fault": 2, "vip": 1, "dear": 0}), 0, 1, 1)
    otherwise = Else({"role": "desk"}, "the rest")
    assert table(rules, otherwise=otherwise).counts(history).otherwise == 1
    strict = table(rules, on_no_match="error").counts(history)
    assert (strict.none, strict.violations) == (1, 1)


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"knd": "fault"}, "facts.knd"),
        ({"kind": "fault", "vip": 1}, "facts.vip"),
        ({"kind": "fault", "vip": "yes"}, "facts.vip"),
        ({"kind": "claim"}, "facts.kind"),
        ({"amount": 1.5}, "facts.amount"),
        ({"amount": True}, "facts.amount"),
        ({"amount": [1]}, "facts.amount"),
        ({"kind": ["fault"]}, "facts.kind"),
    ],
)
def test_facts_of_another_kind_are_refused_and_never_converted(facts: dict[str, Any], path: str) -> None:
    """By every way of asking; an unknown name with the nearest one."""
    asked = table({"fault": FAULT, "vip": VIP, "dear": DEAR}, hit="first")
    for ask in (asked.decide, asked.nearest_misses, lambda facts: asked.why_not("fault", facts)):
        with pytest.raises(FactError) as refused:
            ask(facts)
        assert refused.value.where == path


@pytest.mark.parametrize("facts", [{"amount": "5"}, {"amount": [1]}, {"vip": 1}, {"kind": []}])
def test_the_index_too_refuses_what_it_cannot_compare(facts: dict[str, Any]) -> None:
    """The fast path takes facts of their declared kinds, and says so of others it meets."""
    with pytest.raises(FactError):
        table({"fault": FAULT, "vip": VIP, "dear": DEAR}, hit="first").index.bits(facts)


def test_a_test_from_python_is_asked_as_it_is() -> None:
    """True, false or unknown; it has no say in the index, and one in the answer."""

    def big(facts: Mapping[str, Any]) -> bool | None:
        return None if facts.get("amount") is None else facts["amount"] > 5

    rules = {
        "big": Rule(Opaque("big", big, reads=("amount",)), {"role": "manager"}),
        "rest": Rule(then={"role": "desk"}),
    }
    asked = table(rules, hit="first")
    assert [asked.decide(facts)["role"] for facts in ({"amount": 6}, {"amount": 5}, {})] == ["manager", "desk", "desk"]
    assert asked.decide({"amount": 6}).rules == ("big",)


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        (AllOf(()), {}),
        (Eq("kind", "fault"), {"kind": Eq("kind", "fault")}),
        (AllOf((Eq("kind", "fault"), Present("vip"))), {"kind": Eq("kind", "fault"), "vip": Present("vip")}),
        (AllOf((Range("amount", 1, None), Range("amount", None, 5))), None),
        (AnyOf((Eq("kind", "fault"), Eq("vip", True))), None),
        (AllOf((AllOf((Eq("kind", "fault"),)),)), None),
    ],
)
def test_a_rule_as_the_cells_of_a_row(when: Condition, cells: Any) -> None:
    """Where each test reads one fact, and each fact has one test."""
    assert Rule(when).cells == cells


def test_tables_are_equal_by_content_and_survive_pickling() -> None:
    """A decision too, whatever words it was told in."""
    one, other = table({"fault": FAULT}), table({"fault": FAULT})
    assert one.decide({"kind": "fault"}) == other.decide({"kind": "fault"})
    assert one == other == pickle.loads(pickle.dumps(one))  # noqa: S301 - its own
    assert isinstance(one.decide({"kind": "fault"}), Decision)
