"""Label matchers: what they mean for a missing label, which patterns are words, and where a fault stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.conditions import AllOf, Matcher, matchers_condition, read_matchers
from svcstd.errors import DefinitionError, TextError


@pytest.mark.parametrize(
    ("text", "facts", "fits"),
    [
        ('team="desk"', {"team": "desk"}, True),
        ('team="desk"', {"team": "Desk"}, False),
        ('team="desk"', {}, None),
        ('team!="desk"', {}, True),
        ('team!="desk"', {"team": "desk"}, False),
        ('team=""', {}, True),
        ('team=""', {"team": ""}, True),
        ('team!=""', {}, False),
        ('team!=""', {"team": "desk"}, True),
        ('team=~"desk|field"', {"team": "field"}, True),
        ('team=~"(desk|field)-1"', {"team": "field-1"}, True),
        ('team=~"(desk|field)-1"', {"team": "field"}, False),
        ('team=~"a-(?:b|c)"', {"team": "a-c"}, True),
        ('team=~"a|(b)"', {"team": "b"}, True),
        ('team=~"(a|b)|x(c|d)"', {"team": "b"}, True),
        ('team=~"(a|b)|x(c|d)"', {"team": "xd"}, True),
        ('team=~"(a|b)|x(c|d)"', {"team": "d"}, False),
        ('team=~"desk|"', {}, True),
        ('team!~"desk|field"', {}, True),
        ('team!~"desk|field"', {"team": "desk"}, False),
        ('team!~"desk|"', {}, False),
        ('{a="1",b="2"}', {"a": "1", "b": "2"}, True),
        ('{a="1",b="2"}', {"a": "1", "b": "3"}, False),
    ],
)
def test_what_matchers_mean(text: str, facts: dict[str, Any], fits: bool | None) -> None:  # noqa: FBT001 - the answer
    """A missing label counts as an empty one; a plain match of it is unknown, which is no."""
    assert matchers_condition(read_matchers(text)).holds(facts) is fits


@pytest.mark.parametrize(
    "pattern", ["a.*", "a.b", "[ab]", "a+", "a?", "^a", "a$", "a{2}", "\\d", "(a|(b|c.))", "((a)", "a)", "(a|b)|c."]
)
def test_a_pattern_that_is_more_than_words_is_refused(pattern: str) -> None:
    """It is read, and named when it is asked."""
    with pytest.raises(DefinitionError) as refused:
        Matcher("team", "=~", pattern).condition()
    assert (refused.value.where, refused.value.message) == ("matchers.team", "matchers.pattern")


@pytest.mark.parametrize(
    ("text", "dialect", "at", "message"),
    [
        ("a", "utf8", 1, "matchers.early"),
        ("a b", "utf8", 2, "matchers.unexpected"),
        ("=b", "utf8", 0, "matchers.unexpected"),
        ('a="b', "utf8", 2, "matchers.unclosed"),
        ('a="\\ud800"', "utf8", 3, "matchers.escape"),
        ('a="\\U00110000"', "utf8", 3, "matchers.escape"),
        ("{a=b", "utf8", 4, "matchers.early"),
        ("a=b}", "utf8", 3, "matchers.unexpected"),
        ("a=b c=d", "utf8", 4, "matchers.unexpected"),
        ("a", "classic", 0, "matchers.unexpected"),
        ("a=b,,c=d", "classic", 4, "matchers.unexpected"),
        ('a="b', "classic", 2, "matchers.unclosed"),
        ('a="b\\"', "classic", 2, "matchers.unclosed"),
        ('a="', "classic", 2, "matchers.unclosed"),
        ('a=b"c', "classic", 3, "matchers.quote"),
        ('a="b"c"', "classic", 4, "matchers.quote"),
    ],
)
def test_a_fault_stands_where_it_is(text: str, dialect: Any, at: int, message: str) -> None:
    """With the text and a caret."""
    with pytest.raises(TextError) as refused:
        read_matchers(text, dialect=dialect)
    assert (refused.value.params["at"], refused.value.message) == (at, message)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a="\\x41\\u0042\\U00000043\\104"', "ABCD"),
        ('a="\\a\\b\\f\\n\\r\\t\\v\\\\\\""', '\a\b\f\n\r\t\v\\"'),
    ],
)
def test_escapes(text: str, value: str) -> None:
    """Those of Go, in the strict dialect."""
    assert read_matchers(text)[0].value == value


def test_an_unknown_dialect_and_a_text_too_long_are_refused() -> None:
    """Before anything is read."""
    with pytest.raises(DefinitionError):
        read_matchers("a=b", dialect="latin")  # type: ignore[arg-type] # on purpose
    with pytest.raises(DefinitionError):
        read_matchers("a" * 10_001)


NAMES = st.from_regex(r"[a-z_:][a-z0-9_:]{0,5}", fullmatch=True)
MATCHERS = st.builds(
    Matcher, NAMES, st.sampled_from(("=", "!=", "=~", "!~")), st.text(st.characters(codec="utf-8"), max_size=8)
)


@given(st.lists(MATCHERS, max_size=3).map(tuple), st.sampled_from(("utf8", "classic")))
def test_what_is_written_is_read_as_the_same(matchers: tuple[Matcher, ...], dialect: Any) -> None:
    """By both dialects, whatever the values."""
    assert read_matchers("{" + ", ".join(map(str, matchers)) + "}", dialect=dialect) == matchers


def test_no_matchers_fit_everything() -> None:
    """As an empty pair of braces does."""
    assert matchers_condition(read_matchers("{}")) == AllOf(())
