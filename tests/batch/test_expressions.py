"""Conditions and decisions in the words of Polars and DuckDB: row by row what NumPy says, and the row alone."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.batch.fact_rows import CASES, objects
from tests.rules.tables import OUTPUTS, WIDE, WIDE_CONDITIONS

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
from svcstd.errors import DefinitionError, ExtraMissing, SvcstdError
from svcstd.routing import Route, RouteTree
from svcstd.rules import DecisionTable, Else, Output, Rule

np: Any = pytest.importorskip("numpy", reason="the extra batch is not installed")
pl: Any = pytest.importorskip("polars", reason="the extra polars is not installed")
duckdb: Any = pytest.importorskip("duckdb", reason="the extra duckdb is not installed")
pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
expressions: Any = pytest.importorskip("svcstd.batch.rules.expressions")
decide: Any = pytest.importorskip("svcstd.batch.rules.decisions").decide
read_facts: Any = pytest.importorskip("svcstd.batch.rules.fact_columns").read_facts
holds: Any = pytest.importorskip("svcstd.batch.rules.kleene").holds

TYPES = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Decimal(38, 9),
    "true or false": pl.Boolean,
    "date": pl.Date,
    "moment": pl.Datetime("us", "UTC"),
    "duration": pl.Duration("us"),
}
CONNECTION = duckdb.connect()
"""One for all tests: a new one costs more than a question."""
CONNECTION.execute("SET TimeZone = 'America/New_York'")


def frame(schema: FactSchema, cases: Sequence[Mapping[str, Any]]) -> Any:
    """The cases as a frame, every fact in the type of its kind."""
    return pl.DataFrame(
        {
            name: pl.Series([as_polars(case.get(name), kind) for case in cases], dtype=TYPES[kind.kind])
            for name, kind in schema.types.items()
        }
    )


def as_polars(value: Any, kind: FactType) -> Any:
    """A value as Polars takes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return Decimal(value) if kind.kind == "number" and value is not None else value


def asked(facts: Any, *questions: str) -> list[tuple[Any, ...]]:
    """What DuckDB answers, row by row."""
    CONNECTION.register("facts", facts.to_arrow())
    named = ", ".join(f"{question} AS a{number}" for number, question in enumerate(questions))
    found: list[tuple[Any, ...]] = CONNECTION.execute(f"SELECT {named} FROM facts").fetchall()  # noqa: S608 - under test
    return found


def said(condition: Condition, schema: FactSchema, cases: Sequence[Mapping[str, Any]]) -> list[list[bool | None]]:
    """What Polars and DuckDB say of a condition."""
    facts = frame(schema, cases)
    mask = expressions.polars_condition(condition, schema)
    query = expressions.duckdb_condition(condition, schema)
    return [
        facts.select(pl.repeat(0, pl.len()).alias("row"), mask.alias("answer"))["answer"].to_list(),
        [answer for (answer,) in asked(facts, query)],
    ]


def fits(case: Mapping[str, Any]) -> bool:
    """Whether the types of the engines hold the case."""
    return case["level"] is None or abs(case["level"]) < 2**63


ENGINE_CASES = CASES.map(lambda cases: [case for case in cases if fits(case)] or [dict.fromkeys(WIDE.types)])


@given(WIDE_CONDITIONS, ENGINE_CASES)
@example(Eq("level", 10**30), [dict.fromkeys(WIDE.types) | {"level": 1}])
def test_a_condition_means_the_same_everywhere(condition: Condition, cases: list[dict[str, Any]]) -> None:
    """In a row, in NumPy, in Polars and in DuckDB: true, false and unknown, for every kind of fact and test."""
    expected = [condition.holds(case) for case in cases]
    columns = {name: objects(np, [case[name] for case in cases]) for name in WIDE.types}
    found = holds(condition, read_facts(columns, WIDE))
    answers = zip(found.true.tolist(), found.unknown.tolist(), strict=True)
    assert [None if unknown else true for true, unknown in answers] == expected
    assert said(condition, WIDE, cases) == [expected, expected]


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        (AllOf(), [True, True]),
        (AnyOf(), [False, False]),
        (Not(AnyOf()), [True, True]),
        (In("kind", ()), [False, None]),
        (Not(In("kind", ())), [True, None]),
        (In("kind", ("a", "b")), [True, None]),
        (Present("kind"), [True, False]),
        (AnyOf((Eq("kind", "b"), Eq("vip", True))), [True, True]),
        (AllOf((Eq("kind", "b"), Eq("vip", True))), [False, None]),
        (Range("level", Decimal("1.5"), None), [True, None]),
        (Eq("amount", 10**20), [False, None]),
    ],
)
def test_missing_facts_are_unknown(condition: Condition, answers: list[bool | None]) -> None:
    """Nothing more, and nothing less."""
    cases: list[dict[str, Any]] = [{"kind": "a", "vip": True, "level": 2, "amount": Decimal("0.5")}, {"vip": True}]
    assert [condition.holds(case) for case in cases] == answers
    assert said(condition, WIDE, cases) == [answers, answers]


NASTY = (
    "'; DROP TABLE facts; --",
    "' OR '1'='1",
    'a"b',
    "a''b",
    "\\",
    "\\'",
    "%_",
    ".*",
    "^.*$",
    "*",
    "?",
    "$1",
    "{x}",
    "/* */",
    "a\0b'c",
    "\0",
    "\n\r\t",
    "名称",
    "\U0010ffff",
)
"""Values of strangers."""


@pytest.mark.parametrize("text", NASTY)
def test_no_value_becomes_code(text: str) -> None:
    """Whatever a stranger writes is a text, and stands for itself alone."""
    cases = [{"city": text}, {"city": f"x{text}x"}, {"city": "x"}, {}]
    for condition in (Eq("city", text), In("city", (text, "y")), Prefix("city", text), Suffix("city", text)):
        expected = [True, False, False, None]
        assert said(condition, WIDE, cases) == [expected, expected]
    assert said(Contains("city", text), WIDE, cases) == [[True, True, False, None]] * 2
    made = DecisionTable(
        facts=WIDE, outputs={text: Output()}, rules={text: Rule(Eq("city", text), {text: text})}, hit="first"
    )
    assert decided(made, cases)[0] == [(text, {text: text}, ""), *[(None, {text: None}, "")] * 3]


@pytest.mark.parametrize("name", [text for text in NASTY if "\0" not in text and "." not in text])
def test_no_name_becomes_code(name: str) -> None:
    """Nor does the name of a fact become a pattern, or another column."""
    schema = FactSchema({name: FactType(), f"{name} 2": FactType()})
    cases = [{name: "a", f"{name} 2": "b"}, {name: "b", f"{name} 2": "a"}, {f"{name} 2": "a"}]
    assert said(Eq(name, "a"), schema, cases) == [[True, False, None]] * 2
    assert said(Present(name, expected=False), schema, cases) == [[False, False, True]] * 2


LONE = "\ud800"


@pytest.mark.parametrize(
    ("condition", "schema", "message"),
    [
        (Opaque("lucky", lambda _: True), FactSchema(), "batch.opaque"),
        (Range("x", 1, 2), FactSchema({"x": FactType()}), "condition.order"),
        (Present("x"), FactSchema({"x": FactType("number", float_digits=2)}), "batch.rounds"),
        (Eq("x", LONE), FactSchema({"x": FactType()}), "batch.text"),
        (Prefix("x", LONE), FactSchema({"x": FactType()}), "batch.text"),
        (Present(LONE), FactSchema({LONE: FactType()}), "batch.text"),
        (Eq("x", 10**38), FactSchema({"x": FactType("integer")}), "batch.digits"),
        (Eq("x", Decimal("1E-39")), FactSchema({"x": FactType("number")}), "batch.digits"),
        (Range("x", Decimal("1." + "0" * 37 + "1"), None), FactSchema({"x": FactType("number")}), "batch.digits"),
    ],
)
def test_what_an_engine_cannot_say_is_refused(condition: Condition, schema: FactSchema, message: str) -> None:
    """By its name, before anything is asked."""
    for write in (expressions.polars_condition, expressions.duckdb_condition):
        with pytest.raises(DefinitionError) as refused:
            write(condition, schema)
        assert refused.value.message == message


def test_names_that_duckdb_cannot_tell_apart_are_refused() -> None:
    """It is blind to capitals, and ends a name at a zero byte; Polars is and does neither."""
    for names, message in ((("Kind", "kind"), "batch.capitals"), (("a\0b",), "batch.text")):
        schema = FactSchema(dict.fromkeys(names, FactType()))
        with pytest.raises(DefinitionError) as refused:
            expressions.duckdb_condition(Present(names[0]), schema)
        assert refused.value.message == message
        assert frame(schema, [{}]).select(expressions.polars_condition(Present(names[0]), schema)).item() is False
    made = DecisionTable(facts=FactSchema({"Kind": FactType(), "kind": FactType()}), outputs=OUTPUTS)
    with pytest.raises(DefinitionError, match="takes 'kind' and 'Kind' for one name"):
        expressions.duckdb_decision(made)


def decided(part: Any, cases: Sequence[Mapping[str, Any]], on: date | None = None) -> list[list[tuple[Any, Any, str]]]:
    """What Polars and DuckDB answer: the rule, the outputs and the fault of each row."""
    facts = frame(part.facts, cases)
    found = expressions.polars_decision(part, on=on)
    columns = [found.rule, *found.outputs.values(), found.fault]
    told = facts.select(pl.repeat(0, pl.len()).alias("row"), *(one.alias(f"a{n}") for n, one in enumerate(columns)))
    query = expressions.duckdb_decision(part, on=on)
    answers = asked(facts, query.rule, *query.outputs.values(), query.fault)
    return [
        [(rule, dict(zip(part.outputs, rest[:-1], strict=True)), rest[-1]) for rule, *rest in rows]
        for rows in ([row[1:] for row in told.rows()], answers)
    ]


def alone(part: Any, case: Mapping[str, Any], on: date | None = None) -> tuple[Any, Any, str]:
    """What the part says of one row, as the engines tell it."""
    nothing = dict.fromkeys(part.outputs)
    try:
        decision = part.decide({name: value for name, value in case.items() if name in part.fields}, on=on)
    except SvcstdError as error:
        return None, nothing, error.message
    return decision.rule or None, nothing | dict(decision), ""


TOUGH = FactSchema(
    {
        "kind": FactType(one_of=("fault", "claim")),
        "level": FactType("integer", within=Interval(0, 5, high_closed=False)),
        "opened": FactType("moment"),
        "age": FactType("duration", within=Interval(None, timedelta(days=9))),
    }
)
ROWS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["fault", "claim", "fualt", None]),
        "level": st.sampled_from([-1, 0, 4, 5, None]),
        "opened": st.sampled_from([datetime(2026, 3, 1, tzinfo=UTC), datetime(1799, 12, 31, tzinfo=UTC), None]),
        "age": st.sampled_from([timedelta(0), timedelta(-1), timedelta(days=9), timedelta(days=10), None]),
    }
).map(lambda row: {name: row[name] for name in TOUGH.types})
TESTS: st.SearchStrategy[Condition] = st.sampled_from(
    [
        Eq("kind", "fault"),
        In("kind", ("fault", "claim")),
        Range("level", 1, None),
        Present("level", expected=False),
        Range("opened", None, datetime(2026, 3, 1, tzinfo=UTC)),
        Range("age", timedelta(1), None),
        AllOf(),
    ]
)
CONDITIONS = st.lists(TESTS, max_size=2).map(tuple).flatmap(lambda some: st.sampled_from([AllOf(some), AnyOf(some)]))
ANSWERS: Mapping[str, Output] = {
    "role": Output(one_of=("desk", "engineer")),
    "hours": Output("integer"),
    "rate": Output("number"),
    "call": Output("true or false"),
    "day": Output("date"),
    "from": Output("moment"),
    "wait": Output("duration"),
}
THEN = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(["desk", "engineer"]),
        "hours": st.sampled_from([-(2**63), 0, 2**63 - 1]),
        "rate": st.sampled_from([1, Decimal("0.05"), Decimal("-1E+3")]),
        "call": st.booleans(),
        "day": st.sampled_from([date.min, date.max]),
        "from": st.sampled_from([datetime(2026, 3, 1, 8, 0, 0, 1, tzinfo=UTC)]),
        "wait": st.sampled_from([timedelta(0), timedelta(days=9, microseconds=1)]),
    },
)
SPANS = st.sampled_from([{}, {}, {"first": date(2026, 3, 1)}, {"last": date(2026, 2, 28)}])
TABLES = st.builds(
    lambda some, hit, on_no_match, otherwise: DecisionTable(
        facts=TOUGH,
        outputs=ANSWERS,
        rules={f"r{n}": one for n, one in enumerate(some)},
        hit=hit,
        on_no_match=on_no_match,
        otherwise=otherwise,
    ),
    st.lists(st.builds(lambda when, then, span: Rule(when, then, **span), CONDITIONS, THEN, SPANS), max_size=5),
    st.sampled_from(["first", "unique", "any", "priority"]),
    st.sampled_from(["outcome", "error"]),
    st.sampled_from([None, Else({"role": "desk"}, because="all others")]),
)


@given(TABLES, st.lists(ROWS, min_size=1, max_size=8))
def test_a_table_decides_the_same_everywhere(made: DecisionTable, cases: list[dict[str, Any]]) -> None:
    """The rule, every output and what is wrong, under each policy by which one rule answers."""
    on = date(2026, 3, 1)
    expected = [alone(made, case, on) for case in cases]
    assert decided(made, cases, on) == [expected, expected]
    columns = {name: objects(np, [case[name] for case in cases]) for name in TOUGH.types if name in made.fields}
    if columns:
        found = decide(made, columns, on=on)
        rules = [(*found.rules, None)[number] for number in found.rule.tolist()]
        assert list(zip(rules, found.faults.tolist(), strict=True)) == [(rule, fault) for rule, _, fault in expected]


ROUTES = st.recursive(
    st.builds(Route, CONDITIONS, THEN),
    lambda below: st.builds(
        Route,
        CONDITIONS,
        THEN,
        st.lists(below, max_size=2).map(lambda some: {str(n): one for n, one in enumerate(some)}),
    ),
    max_leaves=4,
)


@given(st.lists(ROUTES, max_size=3), THEN, st.lists(ROWS, min_size=1, max_size=8))
def test_a_tree_routes_the_same_everywhere(some: list[Route], sets: Any, cases: list[dict[str, Any]]) -> None:
    """As deep as routes fit."""
    made = RouteTree(facts=TOUGH, outputs=ANSWERS, routes={str(n): one for n, one in enumerate(some)}, sets=sets)
    expected = [alone(made, case) for case in cases]
    assert decided(made, cases) == [expected, expected]


def test_a_supervisor_signs_the_query() -> None:
    """A table as SQL, to be read."""
    made = DecisionTable(
        facts=FactSchema({"kind": FactType(one_of=("fault", "claim")), "level": FactType("integer")}),
        outputs={"role": Output(default="desk")},
        rules={
            "urgent": Rule(AllOf((Eq("kind", "fault"), Range("level", 3, None))), {"role": "engineer"}),
            "claims": Rule(Eq("kind", "claim"), {"role": "cashier"}),
        },
        hit="first",
    )
    found = expressions.duckdb_decision(made)
    wrong = "(NOT (\"kind\" IN ('fault', 'claim')))"
    tests = ('(("kind" IN (\'fault\')) AND ("level" >= 3))', "(\"kind\" IN ('claim'))")
    assert found.rule == (
        f"(CASE WHEN {wrong} THEN CAST(NULL AS VARCHAR) WHEN {tests[0]} THEN 'urgent'"
        f" WHEN {tests[1]} THEN 'claims' WHEN TRUE THEN 'else' END)"
    )
    assert found.outputs["role"] == (
        f"(CASE WHEN {wrong} THEN CAST(NULL AS VARCHAR) WHEN {tests[0]} THEN 'engineer'"
        f" WHEN {tests[1]} THEN 'cashier' WHEN TRUE THEN 'desk' END)"
    )
    assert found.fault == (
        f"(CASE WHEN {wrong} THEN 'facts.value' WHEN {tests[0]} THEN '' WHEN {tests[1]} THEN '' WHEN TRUE THEN '' END)"
    )


@pytest.mark.parametrize(
    ("given", "on", "message"),
    [
        ({"hit": "collect", "aggregate": "count"}, None, "batch.option"),
        ({"hit": "rule order"}, None, "batch.option"),
        ({"rules": {"a": Rule(AllOf(), {"role": LONE})}}, None, "batch.text"),
        ({"rules": {"a": Rule(AllOf(), {"hours": 2**63})}}, None, "batch.digits"),
        ({"rules": {"a": Rule(first=date(2026, 1, 1))}}, None, "rules.day"),
        ({"rules": {"a": Rule(first=date(2026, 1, 1))}}, datetime(2026, 1, 1, tzinfo=UTC), "shape.kind"),
        (
            {"facts": FactSchema({"x": FactType("number", float_digits=1)}), "rules": {"a": Rule(Eq("x", 1))}},
            None,
            "batch.rounds",
        ),
    ],
)
def test_what_has_no_expression_is_refused(given: Any, on: Any, message: str) -> None:
    """By its name."""
    options: dict[str, Any] = {"facts": TOUGH, "outputs": {"role": Output(), "hours": Output("integer")}}
    made = DecisionTable(**options | given)
    for write in (expressions.polars_decision, expressions.duckdb_decision):
        with pytest.raises(DefinitionError) as refused:
            write(made, on=on)
        assert refused.value.message == message


def test_many_rules_make_no_deep_query() -> None:
    """A thousand rules are one flat list, whose order is that of the table."""
    some = {f"r{n}": Rule(Eq("level", n), {"role": "desk"}) for n in range(1_000)}
    made = DecisionTable(facts=WIDE, outputs=OUTPUTS, rules=some)
    facts = frame(WIDE, [{"level": 999}, {"level": 1_000}])
    assert facts.select(expressions.polars_decision(made).rule.alias("a"))["a"].to_list() == ["r999", None]
    assert asked(facts, expressions.duckdb_decision(made).rule) == [("r999",), (None,)]


def test_without_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said; what else is missing is not called Polars."""
    monkeypatch.delitem(sys.modules, "svcstd.batch.rules.polars_words", raising=False)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'svcstd\[polars\]'"):
        expressions.polars_condition(AllOf(), WIDE)
    monkeypatch.setitem(sys.modules, "svcstd.batch.rules.polars_words", None)
    with pytest.raises(ModuleNotFoundError):
        expressions.polars_condition(AllOf(), WIDE)
