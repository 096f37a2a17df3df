"""Laws of conditions and of their texts: nothing is lost on the way, no text of a stranger hangs or breaks a reader."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tables import POINTS, SMALL, SMALL_CONDITIONS, WIDE, WIDE_CASES, WIDE_CONDITIONS

from svcstd.conditions import (
    AllOf,
    AnyOf,
    Condition,
    FactSchema,
    FactType,
    Not,
    as_all,
    judge,
    read_condition,
    read_literal,
    read_matchers,
    read_unary,
    show_condition,
    write_condition,
    write_unary,
)
from svcstd.errors import DefinitionError, SvcstdError

SECONDS = 0.1 if sys.gettrace() is None else 0.5
"""Of the processor, that a text of ten thousand characters may take; a tracer slows it down."""


@given(st.lists(SMALL_CONDITIONS, max_size=3).map(tuple))
def test_de_morgan(tests: tuple[Condition, ...]) -> None:
    """Not all of them is one of them not, unknowns included; and the other way round."""
    turned = tuple(Not(test) for test in tests)
    for point in POINTS:
        assert Not(AllOf(tests)).holds(point) is AnyOf(turned).holds(point)
        assert Not(AnyOf(tests)).holds(point) is AllOf(turned).holds(point)


@given(
    SMALL_CONDITIONS.filter(lambda test: "known" not in show_condition(test) and "missing" not in show_condition(test))
)
def test_what_is_known_is_not_taken_back(condition: Condition) -> None:
    """An answer that does not hang on a missing fact stays when more becomes known, unless it asks what is missing."""
    for point in POINTS:
        answer = condition.holds(point)
        if answer is not None:
            more = [one for one in POINTS if all(one.get(name) == value for name, value in point.items())]
            assert {condition.holds(one) for one in more} == {answer}


@given(WIDE_CONDITIONS, WIDE_CASES)
def test_a_judgement_answers_as_the_condition_does(condition: Condition, case: dict[str, Any]) -> None:
    """And says so first."""
    found = judge(condition, case)
    assert found.holds is condition.holds(case)
    word = {True: "yes: ", False: "no: ", None: "unknown: "}[found.holds]
    assert found.explanation.sentence().startswith(word)


@given(WIDE_CONDITIONS)
def test_what_is_written_in_a_file_is_read_as_the_same(condition: Condition) -> None:
    """Every condition that a file can hold."""
    with suppress(DefinitionError):
        written = write_condition(condition)
        assert read_condition(written, WIDE) == as_all(condition)


@given(WIDE_CONDITIONS)
def test_what_is_written_in_a_cell_is_read_as_the_same(condition: Condition) -> None:
    """Every test that S-FEEL can say."""
    fields = condition.fields
    if len(fields) == 1:
        field = next(iter(fields))
        with suppress(DefinitionError):
            assert read_unary(write_unary(condition), field, WIDE.types[field]) == condition


READERS: dict[str, Callable[[str], object]] = {
    "cell": lambda text: read_unary(text, "it", FactType("number")),
    "words": lambda text: read_unary(text, "it", FactType()),
    "literal": lambda text: read_literal(text, FactType("moment")),
    "matchers": read_matchers,
    "classic": lambda text: read_matchers(text, dialect="classic"),
    "patterns": lambda text: [one.condition() for one in read_matchers(text)],
    "condition": lambda text: read_condition({"n": text}, FactSchema({"n": FactType("number", unit="km")})),
    "age": lambda text: read_condition({"n": text}, FactSchema({"n": FactType("duration")})),
    "opened": lambda text: read_condition({"n": text}, FactSchema({"n": FactType("moment")})),
}


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text('[]()<>=.,-"\\{}!~@?|0159eExnotullaTZ :+') | st.text())
def test_no_text_breaks_a_reader(reader: str, text: str) -> None:
    """Only refusals of ours."""
    with suppress(SvcstdError):
        READERS[reader](text)


HOSTILE = (
    *("(", ")", "[", "{", "|", ",", "-", "+", "@", "0", " ", '"', '\\"', "..", "9.", "1e", "1,", '"a",', "null,", "T"),
    *("not(", "date(", ">= ", "PT1H", "\0", "é", "\U0001f642", "a=b,", 'a="b",', 'a=~"(a|b)",', "(|", '"\\\\'),
)


@pytest.mark.long
@pytest.mark.parametrize("reader", READERS)
def test_no_text_keeps_a_reader_long(reader: str) -> None:
    """Ten thousand characters of whatever repeats: the best of three is within the bound."""
    for part in HOSTILE:
        text = part * (10_000 // len(part))
        for one in (text, f'"{text[:-1]}', f'a=~"{text[:-5]}"'):
            assert min(taken(READERS[reader], one) for _ in range(3)) < SECONDS, (part, one[:20])


def taken(read: Callable[[str], object], text: str) -> float:
    """Seconds that a reader takes, refusals included."""
    begun = process_time()
    with suppress(SvcstdError):
        read(text)
    return process_time() - begun


def test_the_small_world_is_whole() -> None:
    """Four kinds with missing, three of a flag, five levels."""
    assert len(POINTS) == 4 * 3 * 5
    assert set(SMALL.types) == {"kind", "vip", "level"}
