"""S-FEEL cells: what DMN 1.3 writes is read, written back, and a fault is shown under a caret."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from svcstd.conditions import (
    ANYTHING,
    AllOf,
    AnyOf,
    Condition,
    Contains,
    Eq,
    FactType,
    In,
    Interval,
    Not,
    Prefix,
    Present,
    Range,
    Suffix,
    read_literal,
    read_unary,
    write_literal,
    write_unary,
)
from svcstd.errors import DefinitionError, TextError

KINDS = {
    "text": FactType(),
    "listed": FactType(one_of=("a", "b", "c")),
    "integer": FactType("integer"),
    "number": FactType("number"),
    "bounded": FactType("number", within=Interval(0, 10)),
    "flag": FactType("true or false"),
    "date": FactType("date"),
    "moment": FactType("moment"),
    "duration": FactType("duration"),
}
NOON = datetime(2026, 2, 17, 12, tzinfo=UTC)

CELLS: list[tuple[str, str, Condition]] = [
    ("text", "-", ANYTHING),
    ("text", '"a"', Eq("it", "a")),
    ("text", '"a","b"', In("it", ("a", "b"))),
    ("text", 'not("a")', Not(Eq("it", "a"))),
    ("text", 'not("a","b")', Not(In("it", ("a", "b")))),
    ("text", "null", Present("it", expected=False)),
    ("text", "not(null)", Present("it")),
    ("text", '"a \\"b\\" \\\\ \\n上"', Eq("it", 'a "b" \\ \n上')),
    ("text", 'starts with(?, "AB")', Prefix("it", "AB")),
    ("text", 'ends with(?, "AB")', Suffix("it", "AB")),
    ("text", 'contains(?, "AB")', Contains("it", "AB")),
    ("text", 'null,"a"', AnyOf((Present("it", expected=False), Eq("it", "a")))),
    ("listed", '"a","c"', In("it", ("a", "c"))),
    ("listed", 'starts with(?, "x")', Prefix("it", "x")),
    ("integer", "5", Eq("it", 5)),
    ("integer", "-5", Eq("it", -5)),
    ("integer", "1,2,3", In("it", (1, 2, 3))),
    ("integer", ">= 5", Range("it", 5, None)),
    ("integer", "< 5", Range("it", None, 5, high_closed=False)),
    ("integer", "[1..5]", Range("it", 1, 5)),
    ("integer", "(1..5)", Range("it", 1, 5, low_closed=False, high_closed=False)),
    ("integer", "1,[3..5]", AnyOf((Eq("it", 1), Range("it", 3, 5)))),
    ("integer", "not(> 5)", Not(Range("it", 5, None, low_closed=False))),
    ("number", "0.50", Eq("it", Decimal("0.50"))),
    ("number", "<= -0.5", Range("it", None, Decimal("-0.5"))),
    ("bounded", ">= 20", Range("it", 20, None)),
    ("flag", "true", Eq("it", True)),
    ("flag", "not(false)", Not(Eq("it", False))),
    ("date", 'date("2026-02-17")', Eq("it", date(2026, 2, 17))),
    ("date", '[date("2026-02-17")..date("2026-03-01")]', Range("it", date(2026, 2, 17), date(2026, 3, 1))),
    ("moment", '>= date and time("2026-02-17T12:00:00+00:00")', Range("it", NOON, None)),
    ("duration", '> duration("PT8H")', Range("it", timedelta(hours=8), None, low_closed=False)),
]


@pytest.mark.parametrize(("kind", "text", "test"), CELLS)
def test_a_cell_is_read_and_written(kind: str, text: str, test: Condition) -> None:
    """Either way, the same."""
    assert read_unary(text, "it", KINDS[kind]) == test
    assert write_unary(test) == text


@pytest.mark.parametrize(
    ("kind", "text", "test"),
    [
        ("text", "", ANYTHING),
        ("text", "  ", ANYTHING),
        ("text", ' "a" , "b" ', In("it", ("a", "b"))),
        ("integer", "]1..5[", Range("it", 1, 5, low_closed=False, high_closed=False)),
        ("integer", "1.0", Eq("it", 1)),
        ("integer", "1e3", Eq("it", 1000)),
        ("number", "+.5", Eq("it", Decimal("0.5"))),
        ("number", "1..5", None),
        ("date", '@"2026-02-17"', Eq("it", date(2026, 2, 17))),
        ("moment", 'date  and\ttime("2026-02-17T12:00:00Z")', Eq("it", NOON)),
        ("text", 'not(null,"a")', Not(AnyOf((Present("it", expected=False), Eq("it", "a"))))),
    ],
)
def test_other_spellings(kind: str, text: str, test: Condition | None) -> None:
    """Blanks, turned brackets, exponents, at-literals."""
    if test is None:
        with pytest.raises(TextError):
            read_unary(text, "it", KINDS[kind])
    else:
        assert read_unary(text, "it", KINDS[kind]) == test


@pytest.mark.parametrize(
    ("kind", "text", "at", "message"),
    [
        ("text", "a", 0, "unary.quotes"),
        ("text", '"a" "b"', 4, "unary.unexpected"),
        ("text", '"a",', 4, "unary.early"),
        ("text", '"a', 0, "unary.unclosed"),
        ("text", '@"a', 0, "unary.unclosed"),
        ("text", "故障", 0, "unary.unexpected"),
        ("text", '"\\x41"', 0, "unary.escape"),
        ("text", "5", 0, "facts.kind"),
        ("text", '> "a"', 2, "unary.order"),
        ("text", 'contains(?, "")', 0, "unary.unexpected"),
        ("text", 'contains("a")', 9, "unary.unexpected"),
        ("text", 'contains(?, "a"', 15, "unary.early"),
        ("listed", '"a","d"', 4, "facts.value"),
        ("integer", "1.5", 0, "facts.kind"),
        ("integer", ">", 1, "unary.early"),
        ("integer", ">= [1..2]", 3, "unary.unexpected"),
        ("integer", "[1..5", 5, "unary.early"),
        ("integer", "[5..1]", 0, "unary.range"),
        ("integer", "[1, 5]", 2, "unary.unexpected"),
        ("integer", "not 5", 4, "unary.unexpected"),
        ("integer", "not(not(5))", 4, "unary.quotes"),
        ("integer", "- 5", 0, "unary.unexpected"),
        ("number", "1e999", 0, "unary.unexpected"),
        ("number", "0." + "1" * 90, 0, "unary.unexpected"),
        ("bounded", "20", 0, "facts.within"),
        ("flag", '"true"', 0, "facts.kind"),
        ("flag", "> true", 2, "unary.order"),
        ("date", 'date("2026-02-30")', 0, "unary.typed"),
        ("date", "date(5)", 5, "unary.unexpected"),
        ("date", "date(", 5, "unary.early"),
        ("date", 'duration("PT8H")', 0, "facts.kind"),
        ("moment", 'date and time("2026-02-17T12:00:00")', 0, "unary.typed"),
        ("text", '@"2026-02-17"', 0, "unary.typed"),
    ],
)
def test_a_fault_stands_under_its_caret(kind: str, text: str, at: int, message: str) -> None:
    """At the token that is wrong, or at the end that comes too early."""
    with pytest.raises(TextError) as refused:
        read_unary(text, "it", KINDS[kind], "row 3")
    assert (refused.value.where, refused.value.params["at"], refused.value.message) == ("row 3", at, message)
    lines = str(refused.value).split("\n")
    assert lines[2] == " " * (at + 2) + "^" or len(text) > 80


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", '"desk"', "desk"),
        ("text", "null", None),
        ("text", " ", None),
        ("number", "-1.50", Decimal("-1.50")),
        ("integer", "3", 3),
        ("flag", "false", False),
        ("date", 'date("2026-02-17")', date(2026, 2, 17)),
        ("duration", 'duration("PT8H")', timedelta(hours=8)),
    ],
)
def test_one_value(kind: str, text: str, value: Any) -> None:
    """Read, and written back where it was written so."""
    assert read_literal(text, KINDS[kind]) == value
    assert write_literal(value) == (text.strip() or "null")


@pytest.mark.parametrize(("text", "message"), [('"a","b"', "unary.unexpected"), ("-", "unary.unexpected")])
def test_one_value_is_no_list_and_no_test(text: str, message: str) -> None:
    """Nothing but the value."""
    with pytest.raises(TextError) as refused:
        read_literal(text, KINDS["text"])
    assert refused.value.message == message


def test_a_cell_that_is_too_long_is_refused() -> None:
    """Before it is looked at."""
    for read in (lambda text: read_unary(text, "it", FactType()), lambda text: read_literal(text, FactType())):
        with pytest.raises(DefinitionError) as refused:
            read('"' + "a" * 10_000)
        assert refused.value.message == "text.long"


@pytest.mark.parametrize(
    "condition",
    [
        AllOf((Eq("a", 1), Eq("b", 2))),
        AnyOf((Eq("a", 1), Range("b", 1, 2))),
        AnyOf((Eq("a", 1), Not(Eq("a", 2)))),
        AnyOf((Eq("a", 1), Eq("a", 2))),
        AnyOf((Eq("a", 1),)),
        AnyOf(),
        Not(Not(Eq("a", 1))),
        Not(Present("a")),
        In("a", ()),
        In("a", (1,)),
        In("a", (1, None)),
        Eq("a", None),
    ],
)
def test_what_a_cell_cannot_say_is_refused(condition: Condition) -> None:
    """Rather than said otherwise."""
    with pytest.raises(DefinitionError) as refused:
        write_unary(condition)
    assert refused.value.message == "unary.unwritable"
