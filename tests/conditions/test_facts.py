"""Facts keep their declared kinds: nothing is coerced, typos are found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcstd.conditions import FactSchema, FactType
from svcstd.errors import DefinitionError, FactError

DAY = date(2026, 2, 14)
VALUES: list[Any] = ["fault", 3, Decimal("2.5"), True, DAY]


@pytest.mark.parametrize(
    ("kind", "fitting"),
    [
        ("text", ["fault"]),
        ("integer", [3]),
        ("number", [3, Decimal("2.5")]),
        ("true or false", [True]),
        ("date", [DAY]),
    ],
)
def test_each_kind_takes_its_own(kind: Any, fitting: list[Any]) -> None:
    """Of one value of each kind only the declared kind passes; missing always does."""
    fact = FactType(kind)
    fact.check("x", None)
    for value in VALUES:
        if any(value is one for one in fitting) or value in fitting:
            fact.check("x", value)
            continue
        with pytest.raises(FactError) as caught:
            fact.check("x", value)
        assert (caught.value.where, caught.value.message) == ("facts.x", "facts.kind")
        assert str(caught.value).endswith("give a value of that kind; nothing is converted")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", True),
        ("number", False),
        ("number", 0.1),
        ("number", Decimal("NaN")),
        ("number", Decimal("sNaN")),
        ("number", Decimal("Infinity")),
        ("integer", Decimal(3)),
        ("true or false", 1),
        ("date", datetime(2026, 2, 14, tzinfo=UTC)),
        ("text", b"fault"),
        ("text", Decimal("NaN")),
    ],
)
def test_near_misses_are_refused(kind: Any, value: Any) -> None:
    """What Python or a spreadsheet would convert is refused, with the value shown."""
    with pytest.raises(FactError) as caught:
        FactType(kind).check("amount", value)
    assert caught.value.message == ("facts.float" if isinstance(value, float) else "facts.kind")
    assert isinstance(caught.value, TypeError)
    problem = "a float, whose digits are not exact" if isinstance(value, float) else f"not of the kind {kind}"
    assert str(caught.value).startswith(f"facts.amount: {value!r} is {problem}; ")


@pytest.mark.parametrize(
    ("build", "where", "message", "words"),
    [
        (lambda: FactType("txt"), "kind", "choice.nearest", "txt is not a choice here; write text"),  # type: ignore[arg-type]
        (lambda: FactType("integer", one_of=("1",)), "one_of", "facts.one_of", "integer has no list of values"),
        (lambda: FactType("date", also={"a": "b"}), "one_of", "facts.one_of", "only for texts"),
        (
            lambda: FactType(one_of=("high", "low"), also={"urgent": "hihg"}),
            "also",
            "facts.value",
            "hihg is not a declared value; write high",
        ),
    ],
)
def test_contradictions(build: Any, where: str, message: str, words: str) -> None:
    """A declaration that contradicts itself is refused at birth."""
    with pytest.raises(DefinitionError) as caught:
        build()
    assert (caught.value.where, caught.value.message) == (where, message)
    assert words in str(caught.value)


def test_aliases_of_open_texts() -> None:
    """Without a list of values an alias may mean anything."""
    assert FactType(also={"hi": "high"}).also["hi"] == "high"


@pytest.mark.parametrize(
    ("kind", "ordered"),
    [("text", False), ("integer", True), ("number", True), ("true or false", False), ("date", True)],
)
def test_ordered_kinds(kind: Any, ordered: object) -> None:
    """Numbers and dates have a size."""
    assert FactType(kind).is_ordered is ordered


SCHEMA = FactSchema(
    {
        "priority": FactType(one_of=("P1", "P2"), also={"urgent": "P1"}),
        "city": FactType(),
        "count": FactType("integer"),
        "amount": FactType("number"),
        "vip": FactType("true or false"),
        "bought": FactType("date"),
    }
)


def test_a_schema_checks_all_facts() -> None:
    """Declared facts of the right kind pass."""
    SCHEMA.check({"priority": "P1", "amount": 3, "vip": None})


@pytest.mark.parametrize(
    ("facts", "where", "words"),
    [
        (
            {"prioritty": "P1"},
            "facts.prioritty",
            "'prioritty' is not declared; declare it under facts, or write priority",
        ),
        ({"priority": "P3"}, "facts.priority", "P3 is not a declared value; write P1, P2"),
        ({"priority": 1}, "facts.priority", "1 is not of the kind text"),
    ],
)
def test_a_schema_finds_the_fault(facts: dict[str, Any], where: str, words: str) -> None:
    """A typo is answered with the nearest name or value."""
    with pytest.raises(FactError) as caught:
        SCHEMA.check(facts)
    assert caught.value.where == where
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("city", "Bari", "Bari"),
        ("city", "  Bari ", "Bari"),
        ("city", "   ", None),
        ("priority", "urgent", "P1"),
        ("priority", "P2", "P2"),
        ("count", "12", 12),
        ("count", "-7", -7),
        ("count", "", None),
        ("amount", "12", 12),
        ("amount", "12.", 12),
        ("amount", "-0.50", Decimal("-0.50")),
        ("vip", "TRUE", True),
        ("vip", "false", False),
        ("bought", "2026-02-14", DAY),
    ],
)
def test_reading_a_log(name: str, text: str, value: Any) -> None:
    """A log's text becomes a value of the declared kind; empty is missing."""
    found = SCHEMA.read(name, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("count", "1.0"),
        ("count", "+1"),
        ("count", "--1"),
        ("count", "-"),
        ("count", "1_000"),
        ("count", "٣"),  # a digit, but not of ours
        ("count", "9" * 40),
        ("count", "9" * 100_000),
        ("amount", "1e5"),
        ("amount", ".5"),
        ("amount", "1.²"),  # a digit to str.isdigit, a crash to Decimal
        ("amount", "1.٣"),
        ("amount", "1.5.5"),
        ("amount", "NaN"),
        ("amount", "0." + "9" * 100_000),
        ("vip", "yes"),
        ("vip", "1"),
        ("bought", "14/02/2026"),
        ("bought", "2026-02-30"),
    ],
)
def test_a_log_that_cannot_be_read(name: str, text: str) -> None:
    """What is not exactly of the kind is refused at once, however long it is."""
    with pytest.raises(FactError) as caught:
        SCHEMA.read(name, text)
    assert (caught.value.where, caught.value.message) == (f"facts.{name}", "facts.kind")
    assert len(str(caught.value)) < 500


def test_reading_what_is_not_declared() -> None:
    """An undeclared name is a fault of the caller's table, not a bare KeyError."""
    with pytest.raises(FactError, match="'citty' is not declared; declare it under facts, or write city"):
        SCHEMA.read("citty", "Bari")


def test_reading_outside_the_list() -> None:
    """A value that is neither declared nor an alias is refused."""
    with pytest.raises(FactError) as caught:
        SCHEMA.read("priority", "P9")
    assert caught.value.message == "facts.value"


@given(st.text())
@example("1.²")
@example("\ud800")
def test_reading_never_crashes(text: str) -> None:
    """Any text is a value, missing, or a FactError; nothing else comes out."""
    for name, kind in SCHEMA.types.items():
        try:
            value = SCHEMA.read(name, text)
        except FactError:
            continue
        kind.check(name, value)


@given(st.integers(-(10**30), 10**30), st.integers(0, 5))
def test_numbers_are_exact(whole: int, places: int) -> None:
    """A decimal text is read without loss."""
    value = Decimal(whole).scaleb(-places)
    assert SCHEMA.read("amount", f"{value:f}") == value


def test_an_alias_is_no_value_of_its_own() -> None:
    """What is a value cannot silently stand for another one."""
    with pytest.raises(DefinitionError, match="'P2' is a value of its own") as caught:
        FactType(one_of=("P1", "P2"), also={"P2": "P1"})
    assert (caught.value.where, caught.value.message) == ("also", "facts.alias")


def test_an_alias_of_logs_is_told_what_it_stands_for() -> None:
    """Aliases are read in logs; elsewhere the value itself is named."""
    with pytest.raises(FactError, match="urgent is not a declared value; write P1"):
        FactType(one_of=("P1", "P2"), also={"urgent": "P1"}).check("priority", "urgent")


@pytest.mark.parametrize("name", ["all_of", "any_of.kind", "not", "a..b", ".a", "a."])
def test_no_fact_has_the_name_of_a_condition(name: str) -> None:
    """Nor an empty part between dots: neither could be asked for in a file."""
    with pytest.raises(DefinitionError) as caught:
        FactSchema({name: FactType("text")})
    assert (caught.value.where, caught.value.message) == (f"facts.{name}", "facts.reserved")
