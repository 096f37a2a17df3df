"""Forms know what is still empty, scripts fill their slots and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError, UnknownName
from svcstd.procedures import Form, Script

INTAKE = Form(("customer", "problem", "count", "article?"), "Intake")


@pytest.mark.parametrize(
    ("filled", "missing"),
    [
        ({}, ("customer", "problem", "count")),
        ({"customer": "Li", "problem": "no cash", "count": 1}, ()),
        ({"customer": " \t", "problem": "", "count": 0}, ("customer", "problem")),
        ({"customer": None, "problem": False, "count": 0, "article": ""}, ("customer",)),
    ],
)
def test_what_is_still_empty(filled: dict[str, Any], missing: tuple[str, ...]) -> None:
    """Blanks are nothing; zero and false are something; what may be left out is never missing."""
    assert INTAKE.missing(filled) == missing


def test_a_form_names_its_fields() -> None:
    """All of them, and those that must be filled in."""
    assert INTAKE.names == ("customer", "problem", "count", "article")
    assert INTAKE.required == ("customer", "problem", "count")
    with pytest.raises(UnknownName) as refused:
        INTAKE.missing({"custommer": "Li"})
    assert (refused.value.where, refused.value.params["nearest"]) == ("filled.custommer", "customer")


@pytest.mark.parametrize("fields", [(), ("a", "b", "a?"), ("a", ""), ("?",), tuple(map(str, range(1_001)))])
def test_a_form_that_cannot_be_is_refused(fields: tuple[str, ...]) -> None:
    """No fields, one twice, one without a name, too many."""
    with pytest.raises(DefinitionError) as refused:
        Form(fields)
    assert refused.value.where == "fields"


def test_a_script_fills_its_slots() -> None:
    """Each as often as it stands there; what is filled in is not read for slots."""
    script = Script("{name}, this is {company}. {name}?")
    assert script.slots == ("name", "company")
    assert script.say(name="{company}", company="ACME") == "{company}, this is ACME. {company}?"
    assert Script("上海 {城}".replace("{城}", "{city}")).say(city="\\1") == "上海 \\1"


@pytest.mark.parametrize(
    ("values", "where", "message"),
    [
        ({"name": "Li"}, "say.company", "forms.unsaid"),
        ({"name": "Li", "company": "ACME", "compny": "x"}, "say.compny", "forms.slot"),
    ],
)
def test_slots_and_values_must_meet(values: dict[str, str], where: str, message: str) -> None:
    """A slot without a value, a value without a slot."""
    with pytest.raises(UnknownName) as refused:
        Script("{name} {company}").say(**values)
    assert (refused.value.where, refused.value.message) == (where, message)


@pytest.mark.parametrize(
    "text", ["{", "}", "{}", "{a.b}", "{a!r}", "{0}", "{{a}}", "{a b}", "x" * 10_001, "{" + "a" * 62 + "}"]
)
def test_braces_that_are_no_slots_are_refused(text: str) -> None:
    """No paths into objects, no formats, nothing too long."""
    with pytest.raises(DefinitionError) as refused:
        Script(text)
    assert refused.value.message == "forms.script"


@given(st.text(max_size=30))
def test_any_text_without_braces_is_said_as_it_is(text: str) -> None:
    """And any other is refused."""
    if "{" in text or "}" in text:
        return
    assert Script(text).say() == text
    assert Script(text).slots == ()
