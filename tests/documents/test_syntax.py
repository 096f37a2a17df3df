"""Text to plain data: the three formats mean the same, and hostile text is refused in time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.documents import Format, parse_text, show_text
from svcstd.errors import DefinitionError, SvcstdError

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
scalars = st.one_of(
    texts,
    st.integers(-(10**18), 10**18),  # TOML promises 64 bits
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1000, max_value=1000),
)
plain = st.dictionaries(
    texts,
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@pytest.mark.parametrize("format", FORMATS)
@given(raw=plain)
def test_plain_data_survive_a_round_trip(format: Format, raw: dict[str, Any]) -> None:  # noqa: A002
    """What is shown in a format is read back equal, decimals digit by digit."""
    assert parse_text(show_text(raw, format), format)[0] == raw


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("toml", 'a = 0.10\nb = 2015-02-17\nc = 2015-10-12T10:35:06\nd = 17:30:00\ne = [1, true, "x"]\nf = {g = 1}'),
        ("yaml", "a: 0.10\nb: 2015-02-17\nc: 2015-10-12T10:35:06\nd: 17:30:00\ne: [1, true, x]\nf: {g: 1}"),
        (
            "json",
            (
                '{"a": 0.10, "b": "2015-02-17", "c": "2015-10-12T10:35:06", '
                '"d": "17:30:00", "e": [1, true, "x"], "f": {"g": 1}}'
            ),
        ),
    ],
)
def test_formats_mean_the_same(format: Format, text: str) -> None:  # noqa: A002
    """Dates become ISO text and decimals stay exact in every format."""
    found, _ = parse_text(text, format)
    assert found == {
        "a": Decimal("0.10"),
        "b": "2015-02-17",
        "c": "2015-10-12T10:35:06",
        "d": "17:30:00",
        "e": [1, True, "x"],
        "f": {"g": 1},
    }
    assert str(found["a"]) == "0.10"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17:30", "17:30"),  # 1050 in YAML 1.1
        ("NO", "NO"),  # false there
        ("on", "on"),  # true there
        ("yes", "yes"),
        ("0.10", Decimal("0.10")),  # a float there
        ("012", 12),  # 10 there
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),  # 1000 there
        ("2015-02-17", "2015-02-17"),  # a date there
        ("1e3", Decimal(1000)),
        ("true", True),
        ("<<", "<<"),
        ("!!str 5", "5"),
        ("~", None),
    ],
)
def test_yaml_is_read_as_1_2(text: str, value: object) -> None:
    """The traps of YAML 1.1 keep the meaning that a reader sees."""
    found, _ = parse_text(f"a: {text}", "yaml")
    assert found == {"a": value}
    assert type(found["a"]) is type(value)


def test_yaml_on_is_a_key() -> None:
    """The keys on and NO are texts too."""
    assert parse_text("on: 1\nNO: 2", "yaml")[0] == {"on": 1, "NO": 2}


def test_yaml_tells_places() -> None:
    """Line and column of every value are known by path."""
    _, places = parse_text("a:\n  b: 1\n  c:\n  - x\n  - y\n", "yaml")
    assert (places["$.a.b"], places["$.a.c[1]"]) == ((2, 6), (5, 5))


SYNTAX: list[tuple[Format, str, str, str]] = [
    ("toml", "a = 1\nb = ", "$ (line 2, column 5)", "syntax.toml"),
    ("toml", "a = 1\na = 2", "$ (line 2, column 6)", "syntax.toml"),
    ("toml", "a", "$ (line 1, column 2)", "syntax.toml"),
    ("toml", 'a = "\0"', "$ (line 1, column 6)", "syntax.toml"),
    ("toml", "a = inf", "$", "syntax.number"),
    ("toml", "a = nan", "$", "syntax.number"),
    ("toml", "a = 1e999999999", "$", "syntax.number"),
    ("toml", "a = " + "9" * 5_000, "$", "syntax.toml"),
    ("toml", "a = " + "9" * 41, "$.a", "syntax.number"),
    ("toml", "a = 0x" + "f" * 590_000, "$.a", "syntax.number"),
    ("toml", "a = " + "[" * 100_000, "$", "syntax.toml"),
    ("toml", "a." * 290_000 + "a = 1", "$", "syntax.large"),
    ("toml", "[" + "a." * 290_000 + "a]", "$", "syntax.large"),
    ("toml", "a = " + "[" * 40 + "]" * 40, "$.a" + "[0]" * 32, "syntax.large"),
    ("toml", "a = [" + "1," * 200_000 + "]", "$.a[99999]", "syntax.large"),
    ("toml", "\x01" * 3_000_000, "$", "syntax.long"),
    ("json", '{"a": 1,\n "b" 2}', "$ (line 2, column 6)", "syntax.json"),
    ("json", "", "$ (line 1, column 1)", "syntax.json"),
    ("json", '{"a": 1, "a": 2}', "$", "syntax.twice"),
    ("json", '{"a": "\0"}', "$ (line 1, column 8)", "syntax.json"),
    ("json", '{"a": Infinity}', "$", "syntax.number"),
    ("json", '{"a": NaN}', "$", "syntax.number"),
    ("json", '{"a": 1e999999999}', "$", "syntax.number"),
    ("json", '{"a": ' + "9" * 5_000 + "}", "$", "syntax.json"),
    ("json", "[" * 590_000, "$", "syntax.json"),
    ("json", '{"a":' * 110_000, "$", "syntax.json"),
    ("json", "[1, 2]", "$", "syntax.top"),
    ("json", "null", "$", "syntax.top"),
    ("json", '{"a": "\\ud800"}', "$.a", "syntax.encoding"),
    ("json", '{"\\ud800": 1}', "$", "syntax.encoding"),
    ("json", '{"' + "k" * 400_000 + '": [' + "1," * 90_000 + "1]}", "$." + "k" * 498 + "…", "syntax.large"),
    ("yaml", "a: [", "$ (line 2, column 1)", "syntax.yaml"),
    ("yaml", "", "$", "syntax.top"),
    ("yaml", "- 1\n- 2", "$", "syntax.top"),
    ("yaml", "a" * 590_000, "$", "syntax.top"),
    ("yaml", "a: 1\n---\nb: 2", "$ (line 2, column 1)", "syntax.yaml"),
    ("yaml", "a: 1\nb: {c: 1, c: 2}", "$.b.? (line 2, column 11)", "syntax.twice"),
    ("yaml", "1: 2", "$.? (line 1, column 1)", "syntax.key"),
    ("yaml", "? {a: 1}\n: 2", "$.? (line 1, column 3)", "syntax.key"),
    ("yaml", "a: .inf", "$.a (line 1, column 4)", "syntax.number"),
    ("yaml", "a: .nan", "$.a (line 1, column 4)", "syntax.number"),
    ("yaml", "a: 1e999999999", "$.a (line 1, column 4)", "syntax.number"),
    ("yaml", "a: " + "9" * 5_000, "$.a (line 1, column 4)", "syntax.number"),
    ("yaml", 'a: !!int ""', "$.a (line 1, column 4)", "syntax.number"),
    ("yaml", "a: !!bool maybe", "$.a (line 1, column 4)", "syntax.number"),
    ("yaml", "a: !!float x", "$.a (line 1, column 4)", "syntax.number"),
    ("yaml", "a: \0", "$", "syntax.yaml"),
    ("yaml", "a: *nowhere", "$ (line 1, column 4)", "syntax.yaml"),
    ("yaml", 'a: "\ud800"', "$", "syntax.encoding"),
    ("yaml", "a: !!python/object:os.system {x: 1}", "$.a (line 1, column 4)", "syntax.yaml"),
    ("yaml", 'a: !!python/object/apply:os.system ["true"]', "$.a (line 1, column 4)", "syntax.yaml"),
    ("yaml", "a: !!python/name:os.system x", "$.a (line 1, column 4)", "syntax.yaml"),
    ("yaml", "a: !!binary aGVsbG8=", "$.a (line 1, column 4)", "syntax.yaml"),
    ("yaml", "a: !!set {x, y}", "$.a (line 1, column 4)", "syntax.yaml"),
    ("yaml", "a: !!str {x: 1}", "$.a (line 1, column 4)", "syntax.yaml"),
    ("yaml", "a: !mine 1", "$.a (line 1, column 4)", "syntax.yaml"),
    ("yaml", "a: &x [*x]", "$.a" + "[0]" * 32 + " (line 1, column 4)", "syntax.large"),
    ("yaml", "a: " + "[" * 900, "$ (line 1, column 36)", "syntax.large"),
    ("yaml", "a: " + "{b: " * 140_000, "$ (line 1, column 132)", "syntax.large"),
    ("yaml", "a:\n" + "-\n" * 240_000, "$ (line 199998, column 2)", "syntax.large"),
    ("yaml", "? " + "k" * 100_000 + "\n: 1", "$." + "k" * 498 + "…", "syntax.large"),
]


@pytest.mark.long
@pytest.mark.parametrize(("format", "text", "where", "message"), SYNTAX, ids=range(len(SYNTAX)))
def test_bad_text_is_refused(format: Format, text: str, where: str, message: str) -> None:  # noqa: A002
    """Hostile or broken text is refused with a place and a way out; bench/standard.py tells how fast."""
    with pytest.raises(DefinitionError) as caught:
        parse_text(text, format)
    assert (caught.value.where, caught.value.message) == (where, message)
    assert "; " in str(caught.value)
    assert len(str(caught.value)) < 1_500


def test_a_very_deep_document_is_too_large() -> None:
    """The C composer would overflow its stack; some releases of libyaml refuse at the thousandth level themselves."""
    with pytest.raises(DefinitionError) as caught:
        parse_text("a: " + "[" * 400_000, "yaml")
    assert caught.value.message == "syntax.large"
    assert caught.value.where.startswith("$ (line 1, column ")


def test_an_alias_bomb_is_counted_out() -> None:
    """Aliases count each time they are met: a billion laughs end early."""
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 13)]
    with pytest.raises(DefinitionError, match="too deep or too large"):
        parse_text("\n".join(lines), "yaml")


@pytest.mark.parametrize("verb", ["read", "show"])
def test_an_unknown_format_is_refused(verb: str) -> None:
    """A format is one of three."""
    with pytest.raises(DefinitionError) as caught:
        parse_text("", "xml") if verb == "read" else show_text({}, "xml")  # type: ignore[arg-type]
    assert str(caught.value) == "format: xml is not a choice here; choose one of toml, yaml, json"


def test_long_decimals_stay_exact_in_json() -> None:
    """A decimal of 40 digits is written as it stands, not as a float."""
    text = "0.12345678901234567890123456789012345678"
    assert (
        show_text({"a": Decimal(text), "b": [], "c": {}}, "json")
        == f'{{\n  "a": {text},\n  "b": [],\n  "c": {{}}\n}}\n'
    )


@given(st.sampled_from(FORMATS), st.text(max_size=200))
def test_any_text_is_read_or_refused(format: Format, text: str) -> None:  # noqa: A002
    """No text brings out another error than ours."""
    try:
        parse_text(text, format)
    except SvcstdError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
