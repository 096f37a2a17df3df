"""The whole algebra: logic with unknowns, intervals, words for people, reasons, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

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
    Interval,
    Not,
    Opaque,
    Prefix,
    Present,
    Range,
    Suffix,
    check_condition,
    judge,
    show_condition,
    show_facts,
    show_value,
)
from svcstd.errors import DefinitionError, FactError

NOTHING = AnyOf()
EAST = timezone(timedelta(hours=8))
EIGHT = datetime(2026, 1, 1, 8, tzinfo=EAST)
ASKED = (Eq("a", 1), Eq("b", 1))
ANSWERS = {1: True, 0: False, None: None}


@pytest.mark.parametrize(("a", "b"), list(product(ANSWERS, repeat=2)))
def test_kleenes_tables(a: int | None, b: int | None) -> None:
    """All nine cases of *and*, *or* and *not* with unknowns, as Kleene wrote them."""
    facts = {"a": a, "b": b}
    left, right = ANSWERS[a], ANSWERS[b]
    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False
    assert AllOf(ASKED).holds(facts) is both
    assert AnyOf(ASKED).holds(facts) is either
    assert Not(ASKED[0]).holds(facts) is (None if left is None else not left)


@pytest.mark.parametrize(
    ("test", "facts", "answer"),
    [
        (Prefix("city", "New"), {"city": "New York"}, True),
        (Prefix("city", "New"), {"city": "new york"}, False),
        (Suffix("city", "市"), {"city": "上海市"}, True),
        (Contains("city", "ew"), {"city": "New"}, True),
        (Contains("city", "x"), {"city": ""}, False),
        (Prefix("city", "New"), {}, None),
        (Suffix("city", "w"), {"city": None}, None),
        (NOTHING, {}, False),
        (Opaque("three", lambda facts: facts["n"] == 3, reads=("n",)), {"n": 3}, True),
        (Opaque("silent", lambda _: None), {}, None),
    ],
)
def test_answers(test: Condition, facts: dict[str, Any], answer: object) -> None:
    """Parts of texts, nothing at all, and tests from Python."""
    assert test.holds(facts) is answer


@pytest.mark.parametrize(
    ("test", "facts"),
    [
        (Prefix("city", "New"), {"city": 1}),
        (Suffix("city", "w"), {"city": True}),
        (Contains("city", "e"), {"city": date(2026, 1, 1)}),
        (Opaque("wrong", lambda _: 1), {}),  # type: ignore[arg-type,return-value] # on purpose
        (Range("amount", 1, 2), {"amount": "1"}),
    ],
)
def test_what_cannot_be_asked_is_an_error_and_no_answer(test: Condition, facts: dict[str, Any]) -> None:
    """A number has no beginning; a program must answer true, false or nothing."""
    with pytest.raises(FactError):
        test.holds(facts)


@pytest.mark.parametrize("kind", [Prefix, Suffix, Contains])
@pytest.mark.parametrize("part", ["", 1, None])
def test_a_part_of_a_text_is_a_text(kind: Any, part: object) -> None:
    """An empty one would fit everything."""
    with pytest.raises(DefinitionError):
        kind("city", part)


def test_conditions_are_equal_in_any_order() -> None:
    """And as sets of values, and by instants; a single test is not what denies it."""
    assert AllOf(ASKED) == AllOf(ASKED[::-1])
    assert AnyOf(ASKED) == AnyOf(ASKED[::-1])
    assert hash(AnyOf(ASKED)) == hash(AnyOf(ASKED[::-1]))
    assert Range("at", EIGHT, None) == Range("at", EIGHT.astimezone(UTC), None)
    assert AnyOf(ASKED).fields == {"a", "b"} == Not(AllOf(ASKED)).fields


@pytest.mark.parametrize(
    ("low", "high", "options", "inside", "outside", "elsewhere"),
    [
        (1, 5, {}, [1, 5, Decimal("2.5")], [0, 6, Decimal("5.01")], [True, "3", Decimal("NaN"), None]),
        (1, 5, {"low_closed": False, "high_closed": False}, [2, Decimal("4.99")], [1, 5], [1.5]),
        (None, date(2026, 1, 1), {}, [date.min], [date.max], [EIGHT]),
        (EIGHT, None, {}, [EIGHT.astimezone(UTC)], [EIGHT - timedelta(microseconds=1)], [EIGHT.replace(tzinfo=None)]),
        (timedelta(0), None, {"low_closed": False}, [timedelta(1)], [timedelta(0)], [timedelta(-1)]),
    ],
)
def test_what_lies_between_bounds(
    low: Any, high: Any, options: Any, inside: list[Any], outside: list[Any], elsewhere: list[Any]
) -> None:
    """Exactly; what has no place on the line is neither in nor out."""
    found = Interval(low, high, **options)
    assert [found.has(value) for value in inside] == [True] * len(inside)
    assert [found.has(value) for value in outside] == [False] * len(outside)
    assert [found.has(value) for value in elsewhere] == [None] * len(elsewhere)


@pytest.mark.parametrize(
    ("low", "high", "options", "message"),
    [
        (None, None, {}, "range.unbounded"),
        (1, date(2026, 1, 1), {}, "range.mixed"),
        (True, None, {}, "range.mixed"),
        (None, timedelta(-1), {}, "range.mixed"),
        (5, 1, {}, "range.empty"),
        (1, 1, {"low_closed": False}, "range.empty"),
        (1, Decimal("1.0"), {"high_closed": False}, "range.empty"),
    ],
)
def test_bounds_that_cannot_be(low: Any, high: Any, options: Any, message: str) -> None:
    """None at all, two kinds, without order, or with nothing between them."""
    with pytest.raises(DefinitionError) as refused:
        Interval(low, high, **options)
    assert refused.value.message == message
    with pytest.raises(DefinitionError):
        Range("it", low, high, **options)


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (ANYTHING, "anything"),
        (NOTHING, "nothing"),
        (AllOf((NOTHING,)), "nothing"),
        (Eq("kind", "fault"), "kind = fault"),
        (Eq("vip", False), "vip = false"),
        (In("n", tuple(range(14))), "n in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …)"),
        (Range("n", 1, None, low_closed=False), "n > 1"),
        (Range("n", None, Decimal("1.50")), "n <= 1.50"),
        (Range("n", None, 1, high_closed=False), "n < 1"),
        (Range("n", 1, 5, low_closed=False), "n in (1..5]"),
        (Range("n", 1, 5, high_closed=False), "n in [1..5)"),
        (Range("age", timedelta(hours=8), None), "age >= PT8H"),
        (Range("day", date(2026, 1, 1), None), "day >= 2026-01-01"),
        (Prefix("city", "New"), "city starts with New"),
        (Suffix("city", "市"), "city ends with 市"),
        (Contains("city", "ew"), "city contains ew"),
        (Present("city"), "city is known"),
        (Present("city", expected=False), "city is missing"),
        (Not(AnyOf(ASKED)), "not (a = 1 or b = 1)"),
        (AllOf((AnyOf(ASKED), Eq("c", 1))), "(a = 1 or b = 1) and c = 1"),
        (AnyOf((AllOf(ASKED), Eq("c", 1))), "(a = 1 and b = 1) or c = 1"),
        (AnyOf((Eq("c", 1),)), "c = 1"),
        (Opaque("is a regular", lambda _: True), "is a regular"),
        (Eq("evil", "a\x1b[31mb\n"), "evil = a\\x1b[31mb\\n"),
    ],
)
def test_a_condition_in_words(condition: Condition, text: str) -> None:
    """On one line, brackets where they are needed; what a terminal would obey is shown as an escape."""
    assert show_condition(condition) == text


def test_facts_in_words() -> None:
    """By name; nothing known of a fact is missing."""
    assert show_value(None) == "missing"
    assert show_value(EIGHT) == "2026-01-01T08:00:00+08:00"
    assert show_value(Decimal("1E+3")) == "1E+3"
    assert show_facts(("a", "b"), {"a": 1}) == "a is 1, b is missing"
    assert show_facts((), {}) == "-"


def told(condition: Condition, facts: dict[str, Any], **options: Any) -> list[str]:
    """The lines of a judgement."""
    return judge(condition, facts, **options).explanation.text().splitlines()


def test_a_judgement_gives_its_reasons() -> None:
    """Each test that spoke, with what it saw; a group of one is that one."""
    condition = AllOf(
        (AnyOf((Eq("kind", "fault"), Eq("vip", True))), Not(Range("amount", 9, None)), AllOf((Present("x"),)))
    )
    assert told(condition, {"kind": "fault", "amount": 10}) == [
        "no: (kind = fault or vip = true) and not (amount >= 9) and x is known",
        "  yes: kind = fault or vip = true",
        "    yes: kind = fault",
        "    unknown: vip = true, for vip is missing",
        "  no: not (amount >= 9)",
        "    yes: amount >= 9",
        "  no: x is known, for x is missing",
    ]
    assert judge(condition, {"kind": "fault"}).holds is False
    assert told(Opaque("no reason", lambda _: False), {}) == ["no: no reason"]
    assert told(NOTHING, {}) == ["no: nothing"]
    assert judge(ANYTHING, {}).holds is True


def test_in_strict_mode_every_fact_that_is_read_must_be_known() -> None:
    """But for those whose presence is asked."""
    condition = AnyOf((Eq("b", 1), Not(AllOf((Eq("a", 1), Present("c"))))))
    assert judge(condition, {"a": 1, "b": 2}, missing="refused").holds is True
    with pytest.raises(FactError) as refused:
        judge(condition, {"b": 1}, missing="refused")
    assert (refused.value.where, refused.value.message) == ("facts.a", "facts.missing")
    with pytest.raises(DefinitionError):
        judge(condition, {}, missing="no")  # type: ignore[arg-type] # on purpose


FACTS = FactSchema({"kind": FactType(one_of=("fault",)), "n": FactType("integer"), "at": FactType("moment")})


def nested(levels: int) -> Condition:
    """Conditions within conditions."""
    found: Condition = Eq("n", 1)
    for _ in range(levels):
        found = Not(found)
    return found


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (Eq("knd", "fault"), "facts.name"),
        (AnyOf((Eq("kind", "fault"), Not(Eq("kind", "claim")))), "facts.value"),
        (Eq("n", True), "facts.kind"),
        (In("n", (1, None)), "facts.null"),
        (Eq("kind", None), "facts.null"),
        (Range("kind", 1, None), "condition.order"),
        (Range("n", date(2026, 1, 1), None), "condition.order"),
        (Contains("n", "1"), "condition.text_only"),
        (Opaque("reads", lambda _: True, reads=("m",)), "facts.name"),
        (nested(50), "condition.deep"),
        (In("n", tuple(range(100_000))), "condition.long"),
    ],
)
def test_a_condition_that_does_not_fit_the_facts_is_refused(condition: Condition, message: str) -> None:
    """Undeclared, of another kind, outside the list, too deep, too long."""
    with pytest.raises(DefinitionError) as refused:
        check_condition(condition, FACTS)
    assert (refused.value.where, refused.value.message) == ("when", message)


def test_a_condition_that_fits_the_facts_is_taken() -> None:
    """Up to the very bounds."""
    check_condition(AllOf((nested(48), Present("kind"), Prefix("kind", "f"), Range("at", EIGHT, None))), FACTS)
    check_condition(Opaque("reads", lambda _: True, reads=("n",)), FACTS)
    check_condition(In("n", tuple(range(99_999))), FACTS)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "number", "within": Interval(date(2026, 1, 1), None)}, "facts.within_kind"),
        ({"within": Interval(1, None)}, "facts.within_kind"),
        ({"kind": "integer", "within": Interval(1, Decimal("5.5"))}, "facts.within_whole"),
        ({"kind": "integer", "within": Interval(Decimal("-0.5"), None)}, "facts.within_whole"),
        ({"unit": "km"}, "facts.unit"),
        ({"kind": "date", "unit": "km"}, "facts.unit"),
        ({"kind": "integer", "float_digits": 2}, "facts.float_digits"),
        ({"kind": "number", "float_digits": 16}, "facts.float_digits"),
    ],
)
def test_a_fact_that_contradicts_itself_is_refused(options: dict[str, Any], message: str) -> None:
    """A range of another kind, a unit of what is no number, decimals of what is none."""
    with pytest.raises(DefinitionError) as refused:
        FactType(**options)
    assert refused.value.message == message


def test_values_outside_the_declared_range_are_refused() -> None:
    """With the range; floats only where their digits are declared, and huge ones never."""
    kind = FactType("number", within=Interval(1, 5), float_digits=1)
    assert kind.exact("n", 4.96) == Decimal("5.0")
    for value in (6, 0.4):
        with pytest.raises(FactError) as refused:
            kind.exact("n", value)
        assert refused.value.message == "facts.within"
    with pytest.raises(FactError):
        FactType("number", float_digits=1).exact("n", 1e300)
    assert FactSchema({"n": kind}).rounds
    assert not FACTS.rounds


def test_facts_within_facts_go_by_dotted_names() -> None:
    """As far as the schema declares any there; told twice they stay, and are refused."""
    schema = FactSchema({"customer.tier": FactType(), "customer.site.city": FactType(), "n": FactType("integer")})
    assert schema.exact({"customer": {"tier": "gold", "site": {"city": "Oslo"}}}) == {
        "customer.tier": "gold",
        "customer.site.city": "Oslo",
    }
    for facts in ({"customer": {"tear": "gold"}}, {"n": {"a": 1}}, {"customer": {"tier": "a"}, "customer.tier": "b"}):
        with pytest.raises(FactError):
            schema.exact(facts)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("moment", "2026-01-01T08:00:00+08:00", EIGHT),
        ("duration", "PT8H", timedelta(hours=8)),
        ("moment", "2026-01-01T08:00:00", None),
        ("moment", "soon", None),
        ("duration", "forever", None),
    ],
)
def test_moments_and_durations_of_a_log(kind: Any, text: str, value: Any) -> None:
    """ISO 8601; a local time is no moment."""
    schema = FactSchema({"it": FactType(kind)})
    if value is not None:
        assert schema.read("it", text) == value
    else:
        with pytest.raises(FactError):
            schema.read("it", text)
