"""Batch rules: every row what the condition, the table or the tree says of it alone, faults too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.batch.fact_rows import CASES, DIRTY_CASES, columns_of, objects
from tests.rules.tables import (
    OUTPUTS,
    POINTS,
    SMALL,
    SMALL_CONDITIONS,
    WIDE,
    WIDE_CONDITIONS,
    rules,
)

from svcstd.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Contains,
    Eq,
    FactSchema,
    FactType,
    In,
    Interval,
    Not,
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
)
from svcstd.errors import DefinitionError, FactError, SvcstdError
from svcstd.routing import Route, RouteTree
from svcstd.rules import DecisionTable, Else, Output, Rule

np: Any = pytest.importorskip("numpy", reason="the extra batch is not installed")
batch: Any = pytest.importorskip("svcstd.batch.rules.decisions", reason="the extra batch is not installed")
fact_columns: Any = pytest.importorskip("svcstd.batch.rules.fact_columns", reason="the extra batch is not installed")
kleene: Any = pytest.importorskip("svcstd.batch.rules.kleene", reason="the extra batch is not installed")
parts: Any = pytest.importorskip("svcstd.batch.chunks")
rule_words: Any = pytest.importorskip("svcstd.batch.rules.rule_words", reason="the extra batch is not installed")
plan_of: Any = pytest.importorskip("svcstd.batch.rules.plan", reason="the extra batch is not installed").plan_of
encoded: Any = pytest.importorskip("svcstd.batch.encoded", reason="the extra batch is not installed")

decide, read_facts, holds, Encoded = batch.decide, fact_columns.read_facts, kleene.holds, encoded.Encoded
ANSWERS = {True: (True, False), False: (False, False), None: (False, True)}

DESK = FactSchema(
    {
        "kind": FactType(one_of=("fault", "complaint", "claim")),
        "vip": FactType("true or false"),
        "amount": FactType("integer", within=Interval(0, None)),
        "subject": FactType(),
    }
)
TICKETS = {
    "kind": np.array(["fault", "claim", "claim", "complaint", "fualt", "claim"]),
    "vip": np.ma.array([True, False, False, True, True, False], mask=[0, 0, 1, 0, 0, 0]),
    "amount": np.array([10, 900, 900, 5, 5, -1]),
    "subject": Encoded(("no heat", "my refund"), np.array([0, 1, -1, 1, 0, 1])),
}
RULES = {
    "refunds": Rule(AllOf((Contains("subject", "refund"), Range("amount", 500, None))), {"role": "cashier"}),
    "repairs": Rule(Eq("kind", "fault"), {"role": "engineer", "hours": 4}),
    "heard": Rule(AnyOf((Eq("vip", True), Eq("kind", "complaint"))), {"role": "manager", "hours": 1}),
}
ROLES = {"role": Output(one_of=("manager", "cashier", "engineer")), "hours": Output("integer")}


def table(**given: Any) -> DecisionTable:
    """The table of the desk."""
    options: dict[str, Any] = {"facts": DESK, "outputs": ROLES, "rules": RULES, "hit": "first"}
    return DecisionTable(**options | given)


def told(found: Any) -> list[tuple[str, Any, str]]:
    """By row the rule, the outputs and the fault."""
    names = [*found.rules, ""]
    outputs = {name: column.to_list() for name, column in found.outputs.items()}
    rows = [{name: column[row] for name, column in outputs.items()} for row in range(len(found.rule))]
    return [
        (names[number], row if number >= 0 else None, fault)
        for number, row, fault in zip(found.rule.tolist(), rows, found.faults.tolist(), strict=True)
    ]


def alone(part: Any, case: Mapping[str, Any], on: date | None = None) -> tuple[str, Any, str]:
    """What the part says of one row."""
    try:
        decision = part.decide(case, on=on)
    except SvcstdError as error:
        return "", None, error.message
    return decision.rule, dict(decision) if decision.rules else None, ""


def test_a_supervisor_signs_the_decisions_of_a_day() -> None:
    """The first rule that fits, its outputs, nothing where none fits, and wrong facts by their row."""
    assert told(decide(table(), TICKETS)) == [
        ("repairs", {"role": "engineer", "hours": 4}, ""),
        ("refunds", {"role": "cashier", "hours": None}, ""),
        ("", None, ""),
        ("heard", {"role": "manager", "hours": 1}, ""),
        ("", None, "facts.value"),
        ("", None, "facts.within"),
    ]


@pytest.mark.parametrize(
    ("given", "first", "third"),
    [
        ({"hit": "priority"}, ("heard", ""), ("", "")),
        ({"hit": "unique"}, ("", "rules.several"), ("", "")),
        ({"hit": "any"}, ("", "rules.conflict"), ("", "")),
        ({"hit": "any", "outputs": ROLES | {"role": Output(default="cashier")}}, ("", "rules.conflict"), ("else", "")),
        ({"otherwise": Else({"role": "manager"}, because="all others")}, ("repairs", ""), ("else", "")),
        ({"on_no_match": "error"}, ("repairs", ""), ("", "rules.no_rule")),
    ],
)
def test_what_several_hits_or_none_mean(given: Any, first: tuple[str, str], third: tuple[str, str]) -> None:
    """The hit policy is that of the table; what breaks it is a fault of the row."""
    found = told(decide(table(**given), TICKETS))
    assert (found[0][::2], found[2][::2]) == (first, third)


LIMITED = {"aggregate": "sum", "hit": "collect", "outputs": {"points": Output("integer")}}
POINTS_OF = {
    "a": Rule(Eq("kind", "fault"), {"points": 5}),
    "b": Rule(Eq("vip", True), {"points": 3}),
    "c": Rule(Eq("vip", True)),
    "d": Rule(Eq("vip", False)),
}


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({"aggregate": "count"}, [3, 1, 0, 2]),
        ({"aggregate": "sum"}, [8, None, None, 3]),
        ({"aggregate": "min"}, [3, None, None, 3]),
        ({"aggregate": "max"}, [5, None, None, 3]),
        ({"aggregate": "sum", "otherwise": Else({"points": 7}, because="all others")}, [8, None, 7, 3]),
        ({"aggregate": "sum", "otherwise": Else({}, because="all others")}, [8, None, None, 3]),
        ({"aggregate": "count", "otherwise": Else({"points": 7}, because="all others")}, [3, 1, 1, 2]),
        ({"aggregate": "count", "outputs": {"points": Output("integer", default=9)}}, [3, 1, None, 2]),
    ],
)
def test_rows_are_gathered_into_one_number(given: Any, values: list[int | None]) -> None:
    """Exactly as the table does it for one case."""
    made = table(**LIMITED | {"rules": POINTS_OF} | given)
    found = decide(made, TICKETS)
    assert found.value.tolist() == [*values, None, None]
    assert found.outputs == {}
    cases: list[dict[str, Any]] = [
        {"kind": "fault", "vip": True},
        {"vip": False},
        {"kind": "claim"},
        {"kind": "complaint", "vip": True},
    ]
    assert [made.decide(case).value for case in cases] == values


def test_rules_hold_on_their_days() -> None:
    """One day for all rows, or a day for each; a row without a day has a fault."""
    winter = Rule(Eq("kind", "fault"), {"role": "engineer"}, first=date(2026, 11, 1), last=date(2027, 2, 28))
    late = Rule(Eq("kind", "claim"), {"role": "cashier"}, first=date(2027, 1, 1))
    made = table(rules={"winter": winter, "late": late, "always": Rule(Eq("kind", "fault"), {"role": "manager"})})
    facts = {"kind": np.array(["fault", "fault", "claim", "fault", "fault"])}
    assert [rule for rule, _, _ in told(decide(made, facts, on=date(2026, 11, 1)))] == [
        *["winter"] * 2,
        "",
        *["winter"] * 2,
    ]
    assert {rule for rule, _, _ in told(decide(made, facts, on=date(2027, 3, 1)))} == {"always", "late"}
    days = np.array(["2027-02-28", "2027-03-01", "2027-03-01", "NaT", "2026-10-31"], dtype="datetime64[D]")
    named = Encoded((date(2027, 2, 28), date(2027, 3, 1), date(2026, 10, 31)), np.array([0, 1, 1, -1, 2]))
    for on in (days, named):
        found = told(decide(made, facts, on=on))
        assert [(rule, fault) for rule, _, fault in found] == [
            ("winter", ""),
            ("always", ""),
            ("late", ""),
            ("", "rules.day"),
            ("always", ""),
        ]
    for on, message in ((None, "rules.day"), (days[:2], "batch.rows"), ("2027-03-01", "shape.kind")):
        with pytest.raises(DefinitionError) as refused:
            decide(made, facts, on=on)
        assert refused.value.message == message
    assert decide(table(), {"kind": facts["kind"]}, on=None).rule.tolist() == [1, 1, -1, 1, 1]


LUCKY = Rule(AllOf((Not(AnyOf((Opaque("lucky", lambda _: True),))),)))
BIG = {"points": Rule(Eq("vip", True), {"points": 2**62}), "more": Rule(Eq("vip", True), {"points": 2**62})}


@pytest.mark.parametrize(
    ("made", "where", "message"),
    [
        (lambda: table(hit="rule order"), "hit", "batch.option"),
        (lambda: table(hit="output order"), "hit", "batch.option"),
        (lambda: table(hit="collect"), "aggregate", "batch.option"),
        (lambda: table(rules={"a": LUCKY}), "rules.a.when", "batch.opaque"),
        (lambda: table(**LIMITED | {"rules": BIG}), "aggregate", "batch.whole"),
        (
            lambda: table(
                **LIMITED
                | {"outputs": {"points": Output("number")}, "rules": {"a": Rule(AllOf(), {"points": Decimal(1)})}}
            ),
            "aggregate",
            "batch.whole",
        ),
        (
            lambda: RouteTree(facts=DESK, outputs=ROLES, routes={"a": Route(routes={"b": Route(continues=True)})}),
            "routes.a.routes.b",
            "batch.option",
        ),
        (
            lambda: RouteTree(facts=DESK, outputs=ROLES, routes={"a": Route(LUCKY.when)}),
            "routes.a.when",
            "batch.opaque",
        ),
        (lambda: "a table", "part", "shape.kind"),
    ],
)
def test_what_has_no_form_over_columns_is_refused_by_name(made: Any, where: str, message: str) -> None:
    """Nothing is decided in another way than the part says."""
    with pytest.raises(DefinitionError) as refused:
        decide(made(), TICKETS)
    assert (refused.value.where, refused.value.message) == (where, message)


def test_facts_are_read_once_for_several_parts() -> None:
    """What was read by another schema is refused."""
    facts = read_facts(TICKETS, DESK)
    assert facts.faults.tolist() == ["", "", "", "", "facts.value", "facts.within"]
    assert told(decide(table(), facts)) == told(decide(table(), TICKETS))
    with pytest.raises(DefinitionError, match="read by another schema"):
        decide(table(), read_facts({}, FactSchema({"kind": FactType()})))
    assert len(decide(table(), {}).rule) == 0


KINDS_OF_COLUMNS: Sequence[tuple[FactType, Any, list[str]]] = [
    (FactType("integer"), np.array([1, 2], dtype=np.uint8), ["", ""]),
    (FactType("integer"), np.array([1, 2**63], dtype=np.uint64), ["", ""]),
    (FactType("integer"), np.array([True, False]), ["facts.kind", "facts.kind"]),
    (FactType("text"), np.array([1, 2]), ["facts.kind", "facts.kind"]),
    (FactType("text"), np.ma.array([1, 2], mask=[0, 1]), ["facts.kind", ""]),
    (FactType("text"), np.ma.array(["a", "b"], mask=[0, 1]), ["", ""]),
    (FactType("true or false"), np.array([True, False]), ["", ""]),
    (FactType("number", within=Interval(0, Decimal("1.5"))), np.array([1, 2]), ["", "facts.within"]),
    (FactType("number", float_digits=1), np.array([0.25, np.nan]), ["", "facts.float"]),
    (FactType("number"), objects(np, [Decimal("0.5"), 0.5]), ["", "facts.float"]),
    (FactType("date"), np.array(["2026-03-01", "NaT"], dtype="datetime64[D]"), ["", ""]),
    (FactType("date"), np.array([2**62, -(2**62)]).view("datetime64[D]"), ["facts.kind", "facts.kind"]),
    (FactType("date"), np.array(["2026-03-01", "NaT"], dtype="datetime64[s]"), ["facts.kind", ""]),
    (FactType("moment"), np.array(["2026-03-01", "1799-01-01"], dtype="datetime64[h]"), ["", "facts.kind"]),
    (FactType("moment"), np.array([2**62, -(2**62)]).view("datetime64[s]"), ["facts.kind", "facts.kind"]),
    (FactType("moment"), np.array([1_000, 1_001]).view("datetime64[ns]"), ["", "batch.precision"]),
    (FactType("moment"), np.array(["2026-03-01", "NaT"], dtype="datetime64[D]"), ["facts.kind", ""]),
    (FactType("duration"), np.array([1, -1]).view("timedelta64[D]"), ["", "facts.kind"]),
    (FactType(one_of=("a",)), Encoded(("a", None, "b"), np.array([1, 2])), ["", "facts.value"]),
]


@pytest.mark.parametrize(("kind", "column", "faults"), KINDS_OF_COLUMNS)
def test_a_wrong_value_is_a_fault_of_its_row(kind: FactType, column: Any, faults: list[str]) -> None:
    """Never an exception, and never a lost row; the fact is missing there."""
    facts = read_facts({"x": column}, FactSchema({"x": kind}))
    assert facts.faults.tolist() == faults
    missing = holds(Present("x", expected=False), facts)
    assert all(gone for gone, fault in zip(missing.true.tolist(), faults, strict=True) if fault)
    assert not missing.unknown.any()


@pytest.mark.parametrize(
    ("kind", "column", "message"),
    [
        (FactType("number"), np.array([0.5]), "facts.float"),
        (FactType(), np.array([[1, 2]]), "batch.fact_column"),
        (FactType(), np.array([1j]), "batch.fact_column"),
        (FactType(), "fault", "batch.fact_column"),
        (FactType("duration"), np.array([1], dtype="timedelta64[M]"), "batch.fact_column"),
        (FactType(), Encoded(("a",), np.array([0.0])), "batch.fact_column"),
        (FactType(), Encoded(("a",), np.array([1])), "batch.codes"),
        (FactType(), Encoded(("a",), np.array([-2])), "batch.codes"),
    ],
)
def test_a_column_of_no_facts_is_refused(kind: FactType, column: Any, message: str) -> None:
    """With its name."""
    with pytest.raises(DefinitionError) as refused:
        read_facts({"x": column}, FactSchema({"x": kind}))
    assert (refused.value.where, refused.value.message) == ("facts.x", message)


def test_columns_have_declared_names_and_one_length() -> None:
    """An undeclared name is an error of the whole call, as it is of a case."""
    with pytest.raises(FactError, match="write kind"):
        read_facts({"knid": np.array(["claim"])}, DESK)
    with pytest.raises(DefinitionError, match="2 rows beside one of 1"):
        read_facts({"kind": np.array(["claim"]), "vip": np.array([True, True])}, DESK)


def test_moments_that_look_alike_stay_apart() -> None:
    """An hour that happens twice is two moments, though Python calls them equal."""
    berlin = ZoneInfo("Europe/Berlin")
    twice = [datetime(2024, 10, 27, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1)]
    facts = read_facts({"at": objects(np, twice)}, FactSchema({"at": FactType("moment")}))
    assert holds(Eq("at", datetime(2024, 10, 27, 1, 30, tzinfo=UTC)), facts).true.tolist() == [False, True]


@pytest.mark.parametrize(
    ("test", "true"),
    [
        (Range("x", Decimal("0.5"), 10**30), [False, True, True]),
        (Range("x", -(10**30), Decimal("1.5")), [True, True, False]),
        (Range("x", 10**30, None), [False, False, False]),
        (Range("x", None, -(10**30)), [False, False, False]),
        (Range("x", 0, 2, low_closed=False, high_closed=False), [False, True, False]),
        (Eq("x", Decimal("1.0")), [False, True, False]),
        (In("x", (Decimal("1.5"), 10**30, 2)), [False, False, True]),
        (Present("x"), [True, True, True]),
        (Eq("y", 1), [False, False, False]),
        (Present("y", expected=False), [True, True, True]),
    ],
)
def test_whole_numbers_are_compared_exactly(test: Condition, true: list[bool]) -> None:
    """With fractions, and with what no 64 bits hold; as a condition and as the rule of a table."""
    schema = FactSchema({"x": FactType("number"), "y": FactType("number")})
    facts = read_facts({"x": np.array([0, 1, 2])}, schema)
    assert holds(test, facts).true.tolist() == true
    made = DecisionTable(facts=schema, outputs=OUTPUTS, rules={"a": Rule(test)})
    assert (decide(made, facts).rule == 0).tolist() == true


def test_the_ends_of_64_bits() -> None:
    """Nothing wraps around."""
    low, high = -(2**63), 2**63 - 1
    schema = FactSchema({"x": FactType("integer")})
    facts = read_facts({"x": np.array([low, 0, high])}, schema)
    for bound in (low - 1, low, low + 1, 0, high - 1, high, high + 1):
        test = Range("x", bound, None)
        made = DecisionTable(facts=schema, outputs=OUTPUTS, rules={"a": Rule(test)})
        expected = [test.holds({"x": value}) for value in (low, 0, high)]
        assert (decide(made, facts).rule == 0).tolist() == expected == holds(test, facts).true.tolist()


def test_a_program_is_no_condition_over_columns() -> None:
    """Refused by its name; so is a test that does not fit the facts."""
    facts = read_facts(TICKETS, DESK)
    with pytest.raises(DefinitionError, match="the test 'lucky' is a program"):
        holds(LUCKY.when, facts)
    with pytest.raises(DefinitionError, match="does not fit"):
        holds(Range("kind", 1, 2), facts)


@given(WIDE_CONDITIONS, CASES, st.booleans())
@example(Not(Suffix("city", "a")), [dict.fromkeys(WIDE.types)], True)
def test_a_condition_says_of_columns_what_it_says_of_rows(
    condition: Condition,
    cases: list[dict[str, Any]],
    plain: bool,  # noqa: FBT001 - drawn
) -> None:
    """True, false and unknown, for every kind of fact and test."""
    found = holds(condition, read_facts(columns_of(np, cases, plain=plain), WIDE))
    expected = [ANSWERS[condition.holds(case)] for case in cases]
    assert list(zip(found.true.tolist(), found.unknown.tolist(), strict=True)) == expected


OUTCOMES = st.sampled_from([{"role": "desk"}, {"role": "engineer"}, {}])
SPANS = st.sampled_from([{}, {"first": date(2026, 3, 1)}, {"last": date(2026, 2, 28)}])
WIDE_RULES = st.lists(
    st.builds(lambda when, then, span: Rule(when, then, **span), WIDE_CONDITIONS, OUTCOMES, SPANS), max_size=8
).map(lambda many: {f"r{n}": one for n, one in enumerate(many)})
PARTS = st.builds(
    lambda some, hit, on_no_match, otherwise: DecisionTable(
        facts=WIDE, outputs=OUTPUTS, rules=some, hit=hit, on_no_match=on_no_match, otherwise=otherwise
    ),
    WIDE_RULES,
    st.sampled_from(["first", "unique", "any", "priority"]),
    st.sampled_from(["outcome", "error"]),
    st.sampled_from([None, Else({"role": "desk"}, because="all others")]),
)


@given(PARTS, DIRTY_CASES)
def test_a_table_decides_columns_as_it_decides_rows(made: DecisionTable, cases: list[dict[str, Any]]) -> None:
    """The rule, its outputs and what is wrong, for every kind of fact, missing and wrong ones among them."""
    on = date(2026, 3, 1)
    found = decide(made, columns_of(np, cases, plain=True), on=on)
    assert told(found) == [alone(made, case, on) for case in cases]


@given(PARTS, CASES, st.data())
def test_each_row_may_have_its_day(made: DecisionTable, cases: list[dict[str, Any]], data: st.DataObject) -> None:
    """And its columns may be as NumPy holds them."""
    days = [data.draw(st.sampled_from([date.min, date(2026, 2, 28), date(2026, 3, 1), date.max])) for _ in cases]
    found = decide(made, columns_of(np, cases, plain=False), on=np.array(days, dtype="datetime64[D]"))
    assert told(found) == [alone(made, case, day) for case, day in zip(cases, days, strict=True)]


ROUTES = st.recursive(
    st.builds(Route, SMALL_CONDITIONS, OUTCOMES),
    lambda below: st.builds(
        Route,
        SMALL_CONDITIONS,
        OUTCOMES,
        st.lists(below, min_size=1, max_size=3).map(lambda many: {str(n): one for n, one in enumerate(many)}),
    ),
    max_leaves=6,
)
TREES = st.builds(
    lambda many, sets: RouteTree(
        facts=SMALL, outputs=OUTPUTS, routes={str(n): one for n, one in enumerate(many)}, sets=sets
    ),
    st.lists(ROUTES, max_size=4),
    OUTCOMES,
)
EVERY_POINT = {name: objects(np, [point.get(name) for point in POINTS]) for name in SMALL.types}


@given(TREES)
def test_a_tree_routes_columns_as_it_routes_rows(some: RouteTree) -> None:
    """Every case of the small world goes as deep as routes fit."""
    assert told(decide(some, EVERY_POINT)) == [alone(some, point) for point in POINTS]


@given(rules(SMALL_CONDITIONS), st.sampled_from(["count", "sum", "min", "max"]), st.data())
def test_collected_numbers_are_those_of_rows(some: Mapping[str, Rule], aggregate: Any, data: st.DataObject) -> None:
    """Over every case of the small world."""
    points = st.sampled_from([-5, 0, 7, None])
    numbered = {key: attrs.evolve(rule, then={"points": data.draw(points)}) for key, rule in some.items()}
    made = DecisionTable(
        facts=SMALL, outputs={"points": Output("integer")}, rules=numbered, hit="collect", aggregate=aggregate
    )
    assert decide(made, EVERY_POINT).value.tolist() == [made.decide(point).value for point in POINTS]


def test_many_rules_and_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules beyond one word, chunks that end within the rows, and tables that are read by a detour."""
    schema = FactSchema({"n": FactType("integer"), "word": FactType(), "age": FactType("duration")})
    some = {
        f"r{n}": Rule(AllOf((Range("n", n, n + 3), Not(Eq("word", f"w{n}")), Not(Eq("age", timedelta(seconds=n))))))
        for n in range(0, 300, 2)
    }
    made = DecisionTable(facts=schema, outputs=OUTPUTS, rules=some, hit="first")
    numbers = [(n * 7) % 310 - 3 for n in range(500)]
    facts = {
        "n": np.array(numbers),
        "word": objects(np, [f"w{n}" if n % 3 else None for n in numbers]),
        "age": np.array(numbers).clip(0).astype("timedelta64[s]"),
    }
    expected = [
        alone(made, {"n": n, "word": f"w{n}" if n % 3 else None, "age": timedelta(seconds=max(n, 0))}) for n in numbers
    ]
    assert told(decide(made, facts)) == expected
    monkeypatch.setattr(parts, "CHUNK", 64)
    monkeypatch.setattr(rule_words, "MOST_WORDS", 8)
    plan = plan_of(made)
    assert plan_of(plan) is plan
    assert told(decide(plan, facts)) == expected


def test_texts_are_asked_where_they_are_still_open() -> None:
    """The end and the middle of a text, only for the rows that passed everything else."""
    words = [f"{n} file.pdf" if n % 2 else f"{n} bill.txt" for n in range(40)]
    some = {
        "pdf": Rule(AllOf((Suffix("subject", ".pdf"), Prefix("subject", "1")))),
        "bill": Rule(AllOf((Contains("subject", "bill"), Range("amount", 20, None)))),
    }
    made = table(rules=some)
    cases = [{"subject": word, "amount": n} for n, word in enumerate(words)]
    found = decide(made, {"subject": objects(np, words), "amount": np.arange(40)})
    assert told(found) == [alone(made, case) for case in cases]
