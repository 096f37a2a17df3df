"""How a condition stands in a file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.conditions import (
    ANYTHING,
    AllOf,
    AnyOf,
    Condition,
    Contains,
    Eq,
    FactSchema,
    FactType,
    In,
    Not,
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
    read_cell,
    read_condition,
    read_interval,
    write_cell,
)
from svcstd.conditions import write_condition as write
from svcstd.errors import DefinitionError

DAY, LATER = date(2026, 2, 14), date(2026, 3, 1)
SCHEMA = FactSchema(
    {
        "kind": FactType(one_of=("fault", "complaint")),
        "city": FactType(),
        "count": FactType("integer"),
        "amount": FactType("number"),
        "vip": FactType("true or false"),
        "bought": FactType("date"),
    }
)


def over(low: int) -> Range:
    """More than so many kilometres."""
    return Range("km", low, None, low_closed=False)


def under(high: int) -> Range:
    """Fewer than so many kilometres."""
    return Range("km", None, high, high_closed=False)


TABLE: list[tuple[str, Any, Condition]] = [
    ("kind", "fault", Eq("kind", "fault")),
    ("kind", ["fault", "complaint"], In("kind", ("fault", "complaint"))),
    ("city", ">= 5", Eq("city", ">= 5")),  # texts are literals, never parsed
    ("city", "[1..5)", Eq("city", "[1..5)")),
    ("city", {"present": True}, Present("city")),
    ("city", {"present": False}, Present("city", expected=False)),
    ("vip", True, Eq("vip", True)),
    ("count", 5, Eq("count", 5)),
    ("count", "5", Eq("count", 5)),
    ("count", "5.0", Eq("count", 5)),
    ("count", "1e3", Eq("count", 1000)),
    ("count", [1, 2], In("count", (1, 2))),
    ("count", ">= 1000", Range("count", 1000, None)),
    ("count", ">1000", Range("count", 1000, None, low_closed=False)),
    ("count", "<= -3", Range("count", None, -3)),
    ("count", " < 3 ", Range("count", None, 3, high_closed=False)),
    ("count", "[1..5)", Range("count", 1, 5, high_closed=False)),
    ("count", "( 1 .. 5 ]", Range("count", 1, 5, low_closed=False)),
    ("amount", Decimal("1.5"), Eq("amount", Decimal("1.5"))),
    ("amount", "(0.5..1.50)", Range("amount", Decimal("0.5"), Decimal("1.5"), low_closed=False, high_closed=False)),
    ("bought", DAY, Eq("bought", DAY)),
    ("bought", "2026-02-14", Eq("bought", DAY)),
    ("bought", ["2026-02-14", LATER], In("bought", (DAY, LATER))),
    ("bought", ">= 2026-02-14", Range("bought", DAY, None)),
    ("bought", "[2026-02-14..2026-03-01)", Range("bought", DAY, LATER, high_closed=False)),
]


@pytest.mark.parametrize(("field", "cell", "test"), TABLE)
def test_reading(field: str, cell: object, test: Condition) -> None:
    """A cell is a literal, a list, or for ordered kinds a test."""
    assert read_condition({field: cell}, SCHEMA) == AllOf((test,))


def test_an_empty_table_holds_always() -> None:
    """No tests, no hindrance."""
    assert read_condition({}, SCHEMA) == ANYTHING
    assert write(ANYTHING) == {}


@pytest.mark.parametrize(
    ("table", "where", "message", "words"),
    [
        ({"knid": "fault"}, "when.knid", "facts.name", "write kind"),
        ({"kind": "faul"}, "when.kind", "facts.value", "faul is not a declared value; write fault"),
        ({"kind": ["fault", "x"]}, "when.kind", "facts.value", "x is not"),
        ({"kind": 3}, "when.kind", "facts.kind", "3 is not of the kind text"),
        ({"kind": []}, "when.kind", "facts.kind", "[] is not of the kind text"),
        ({"kind": None}, "when.kind", "facts.null", "write {present = false} to ask"),
        ({"kind": ["fault", None]}, "when.kind", "facts.null", "always unknown"),
        ({"city": {"present": 1}}, "when.city", "condition.cell", "present"),
        ({"city": {"present": True, "or": 1}}, "when.city", "condition.cell", "present, or"),
        ({"vip": "true"}, "when.vip", "facts.kind", "'true' is not of the kind true or false"),
        ({"count": 1.5}, "when.count", "facts.float", "1.5"),
        ({"count": "1.5"}, "when.count", "facts.test", "1.5 is no test or value of the kind integer"),
        ({"count": ["1.5"]}, "when.count", "facts.test", "1.5"),
        ({"count": "[5..1]"}, "when.count", "range.empty", "between 5 and 1"),
        ({"count": "[1..5"}, "when.count", "facts.test", "write e.g. >= 1000 or [1..5)"),
        ({"count": "[1..x]"}, "when.count", "facts.test", "x is no test"),
        ({"count": ">> 5"}, "when.count", "facts.test", "> 5"),
        ({"count": ">= many"}, "when.count", "facts.test", "many"),
        ({"count": ""}, "when.count", "facts.test", "kind integer"),
        ({"amount": Decimal("NaN")}, "when.amount", "facts.kind", "NaN"),
        ({"bought": "2026-02-30"}, "when.bought", "facts.test", "2026-02-30"),
        ({"bought": ">= 5"}, "when.bought", "facts.test", "5 is no test or value of the kind date"),
        ({"bought": datetime(2026, 1, 1)}, "when.bought", "facts.kind", "datetime"),  # noqa: DTZ001 - to be refused
    ],
)
def test_faults(table: dict[str, object], where: str, message: str, words: str) -> None:
    """A cell that its fact cannot have is refused with its path and the way out."""
    with pytest.raises(DefinitionError) as caught:
        read_condition(table, SCHEMA)
    assert (caught.value.where, caught.value.message) == (where, message)
    assert words in str(caught.value)


def test_the_path_of_a_fault() -> None:
    """The caller's path stands before the name of the fact."""
    with pytest.raises(DefinitionError, match=r"\$\.objectives\.close\.when\.count: "):
        read_condition({"count": "x"}, SCHEMA, "$.objectives.close.when")


@pytest.mark.parametrize(
    "text",
    [
        "1e999999999",
        ">= 1e999999999",
        "1e-999999999",
        "0e999999",
        "NaN",
        "sNaN",
        "Infinity",
        "-inf",
        "1_000",
        "٣",
        "1" * 1_000_000,
        "1." + "0" * 1_000_000 + "1",
        "[" + "." * 1_000_000,
        "[" + "1.." * 300_000,
        ">=" + " " * 1_000_000 + "x",
        "[1" + " " * 100_000 + "..",
    ],
)
@pytest.mark.parametrize("field", ["count", "amount", "bought"])
def test_hostile_tests_are_refused_at_once(field: str, text: str) -> None:
    """Huge exponents, endless digits and texts made for backtracking cost nothing."""
    with pytest.raises(DefinitionError) as caught:
        read_condition({field: text}, SCHEMA)
    assert caught.value.message == "facts.test"
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("test", "table"),
    [
        (Eq("kind", "fault"), {"kind": "fault"}),
        (In("count", (1, 2)), {"count": [1, 2]}),
        (Present("city", expected=False), {"city": {"present": False}}),
        (Range("count", 1000, None), {"count": ">= 1000"}),
        (Range("count", 1000, None, low_closed=False), {"count": "> 1000"}),
        (Range("count", None, 3), {"count": "<= 3"}),
        (Range("count", None, 3, high_closed=False), {"count": "< 3"}),
        (Range("bought", DAY, LATER, low_closed=False), {"bought": "(2026-02-14..2026-03-01]"}),
        (AllOf((Eq("kind", "fault"), Eq("vip", True))), {"kind": "fault", "vip": True}),
    ],
)
def test_writing(test: Condition, table: dict[str, object]) -> None:
    """A condition is written as people write it."""
    assert write(test) == table


@pytest.mark.parametrize(
    "test",
    [
        AnyOf(()),
        Opaque("from Python", lambda _: True),
        Eq("kind", None),
        In("kind", ()),
    ],
)
def test_what_no_file_can_hold(test: Condition) -> None:
    """A condition without a form in the file is refused on writing, rather than lost."""
    with pytest.raises(DefinitionError) as caught:
        write(test)
    assert (caught.value.where, caught.value.message) == ("when", "conditions.unwritable")
    assert str(caught.value) == (
        "when: this condition cannot stand in a file; write it with the tests that a file knows; "
        "a test from Python stays there"
    )


INTEGERS = st.integers(-(10**38), 10**38)
NUMBERS = INTEGERS | st.decimals(-(10**6), 10**6, places=4) | st.just(Decimal("1E+5")) | st.just(Decimal("1.5E-9"))


@st.composite
def ranges(draw: st.DrawFn, field: str, values: st.SearchStrategy[Any]) -> Range:
    """A range of any form that is not empty."""
    low, high = sorted(draw(st.lists(values, min_size=2, max_size=2)))
    ends = draw(st.booleans()), draw(st.booleans())
    form = draw(st.sampled_from(["low", "high", "both"]))
    if form == "low":
        return Range(field, low, None, low_closed=ends[0])
    if form == "high":
        return Range(field, None, high, high_closed=ends[1])
    return Range(field, low, high, low_closed=low == high or ends[0], high_closed=low == high or ends[1])


def cells(field: str, values: st.SearchStrategy[Any], *, ordered: bool = True) -> st.SearchStrategy[Any]:
    """Every test that a file can hold."""
    found: st.SearchStrategy[Any] = st.builds(Eq, st.just(field), values)
    found |= st.builds(In, st.just(field), st.lists(values, min_size=1, max_size=3).map(tuple))
    found |= st.builds(Present, st.just(field), expected=st.booleans())
    return found | ranges(field, values) if ordered else found


CONDITIONS = st.tuples(
    cells("kind", st.sampled_from(["fault", "complaint"]), ordered=False),
    cells("city", st.text(), ordered=False),
    cells("count", INTEGERS),
    cells("amount", NUMBERS),
    cells("vip", st.booleans(), ordered=False),
    cells("bought", st.dates()),
).flatmap(lambda tests: st.lists(st.sampled_from(tests), unique_by=lambda test: test.field).map(tuple).map(AllOf))


@given(CONDITIONS)
@example(AllOf((Range("amount", Decimal("1E+5"), None),)))
def test_round_trip(condition: AllOf) -> None:
    """What is written reads back as the equal condition."""
    assert read_condition(write(condition), SCHEMA) == condition


@given(st.text() | st.from_regex(r"[<>=\[\(0-9.eE+\-\])_ ]{1,20}", fullmatch=True))
def test_reading_never_crashes(text: str) -> None:
    """Any text is a test or a DefinitionError."""
    for field in ("count", "amount", "bought"):
        try:
            found = read_condition({field: text}, SCHEMA)
        except DefinitionError:
            continue
        assert read_condition(write(found), SCHEMA) == found


NESTED = FactSchema(
    {"kind": FactType(), "km": FactType("number", unit="km"), "age": FactType("duration"), "site.city": FactType()}
)


@pytest.mark.parametrize(
    ("table", "test"),
    [
        ({"not": {"kind": "a"}}, AllOf((Not(Eq("kind", "a")),))),
        ({"any_of": [{"kind": "a"}, {"km": 5}]}, AllOf((AnyOf((Eq("kind", "a"), Eq("km", 5))),))),
        ({"all_of": [{"km": "> 1"}, {"km": "< 5 km"}]}, AllOf((over(1), under(5)))),
        ({"km": ["> 1 km", 5]}, AllOf((AnyOf((over(1), Eq("km", 5))),))),
        ({"km": {"not": "> 1"}}, AllOf((Not(over(1)),))),
        ({"kind": {"starts": "a"}}, AllOf((Prefix("kind", "a"),))),
        ({"kind": {"ends": "a"}}, AllOf((Suffix("kind", "a"),))),
        ({"kind": {"not": {"contains": "a"}}}, AllOf((Not(Contains("kind", "a")),))),
        ({"age": ">= PT8H"}, AllOf((Range("age", timedelta(hours=8), None),))),
        ({"site": {"city": "Oslo"}}, AllOf((Eq("site.city", "Oslo"),))),
    ],
)
def test_the_whole_algebra_in_a_file(table: dict[str, object], test: Condition) -> None:
    """Beside facts, any_of, all_of and not; small tables for parts of a text; facts within facts; units."""
    assert read_condition(table, NESTED) == test
    assert read_condition(write(test), NESTED) == test


@pytest.mark.parametrize(
    ("table", "where", "message"),
    [
        ({"any_of": []}, "when.any_of", "condition.list"),
        ({"any_of": {"kind": "a"}}, "when.any_of", "condition.list"),
        ({"all_of": ["a"]}, "when.all_of[0]", "condition.table"),
        ({"not": "a"}, "when.not", "condition.table"),
        ({"any_off": [{}]}, "when.any_off", "facts.name"),
        ({"km": {"starts": "5"}}, "when.km.starts", "condition.text_only"),
        ({"kind": {"starts": ""}}, "when.kind.starts", "condition.part"),
        ({"kind": {"begins": "a"}}, "when.kind", "condition.cell"),
        ({"kind": {"not": {"not": "a"}}}, "when.kind", "condition.cell"),
        ({"km": "5 mi"}, "when.km", "facts.test_unit"),
        ({"km": "> " + "1" * 200}, "when.km", "facts.test"),
        ({"km": "1e99"}, "when.km", "facts.test_unit"),
        ({"km": "5_000"}, "when.km", "facts.test_unit"),
    ],
)
def test_faults_of_the_whole_algebra(table: dict[str, object], where: str, message: str) -> None:
    """At the place, in whatever it is nested."""
    with pytest.raises(DefinitionError) as caught:
        read_condition(table, NESTED)
    assert (caught.value.where, caught.value.message) == (where, message)


def test_tables_may_be_nested_to_a_bound() -> None:
    """Reading and writing."""
    deep: dict[str, object] = {"kind": "a"}
    test: Condition = Eq("kind", "a")
    for _ in range(60):
        deep, test = {"not": deep}, Not(Not(test))
    with pytest.raises(DefinitionError) as caught:
        read_condition(deep, NESTED)
    assert caught.value.message == "condition.deep"
    with pytest.raises(DefinitionError) as refused:
        write(test)
    assert refused.value.message == "condition.deep"


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [("a", FactType(), "within"), ("5", FactType("integer"), "within"), ("often", FactType("integer"), "within")],
)
def test_an_interval_is_a_test_or_a_range_and_nothing_else(text: str, kind: FactType, where: str) -> None:
    """No kind without order, no single value."""
    with pytest.raises(DefinitionError) as caught:
        read_interval(text, kind, where)
    assert (caught.value.where, caught.value.message) == (where, "facts.test")
    assert read_interval("[1..5]", FactType("integer"), where) == Range("", 1, 5)


@pytest.mark.parametrize(
    "test", [AnyOf(), Eq("kind", None), In("kind", ()), In("kind", ("a", None)), Not(In("kind", ())), AnyOf((AnyOf(),))]
)
def test_what_no_file_can_hold_is_refused(test: Condition) -> None:
    """Nothing at all, and tests on nothing."""
    with pytest.raises(DefinitionError):
        write(test)


@pytest.mark.parametrize(
    "test", [AllOf((Eq("kind", "a"), Eq("km", 1))), AnyOf((Eq("kind", "a"), over(1))), Not(Not(Eq("km", 1)))]
)
def test_a_cell_holds_tests_of_one_fact(test: Condition) -> None:
    """Others have no cell."""
    with pytest.raises(DefinitionError):
        write_cell(test)


@pytest.mark.parametrize(
    ("test", "cell"),
    [
        (AnyOf((over(1), Eq("km", 5))), ["> 1", 5]),
        (Not(AnyOf((over(1), Eq("km", 5)))), {"not": ["> 1", 5]}),
        (Not(Present("km")), {"not": {"present": True}}),
        (Range("km", Decimal("0.5"), 5, low_closed=False), "(0.5..5]"),
    ],
)
def test_cells(test: Condition, cell: object) -> None:
    """As they stand in a row."""
    assert write_cell(test) == cell
    assert read_cell("km", cell, FactType("number"), "row") == test
