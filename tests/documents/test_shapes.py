"""Shapes: one description reads, writes and documents; these are the corners that no standard reaches."""

from __future__ import annotations

import pytest

from svcstd.documents.shapes import FAULT, REQUIRED, Anything, Flag, Reader, Text, kind_of
from svcstd.documents.structures import Field, Listed, Record
from svcstd.errors import DefinitionError, StandardError


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("x", "a text"),
        (1, "a whole number"),
        (True, "true or false"),
        ([], "a list"),
        ({}, "a table"),
        (None, "nothing"),
    ],
)
def test_kinds_have_words(raw: object, kind: str) -> None:
    """A fault says what stands there in words that people use."""
    assert kind_of(raw) == kind
    assert kind_of(1.5) == "a number"


def test_marks_are_readable() -> None:
    """Marks show as what they are in a debugger."""
    assert (repr(FAULT), repr(REQUIRED)) == ("FAULT", "REQUIRED")


def test_a_value_that_refuses_with_many_faults_tells_them_all() -> None:
    """Faults found while a value is built come out each under its path."""

    def build(**_: object) -> None:
        raise StandardError.of([DefinitionError("a", "shape.empty"), DefinitionError("b", "shape.empty")])

    reader = Reader()
    assert Record(build, (Field("a", Text()),)).read({"a": "x"}, "$.part", reader) is FAULT
    assert [fault.where for fault in reader.faults] == ["$.part.a", "$.part.b"]


def test_the_same_fault_is_told_once() -> None:
    """A fault met again counts, and is not told again."""
    reader = Reader()
    for _ in range(2):
        assert reader.fault(DefinitionError("x", "shape.empty"), "$.x") is FAULT
    assert (reader.count, len(reader.faults)) == (2, 1)


def test_the_nearest_place_is_told() -> None:
    """A path without place of its own stands where the part above it does."""
    reader = Reader(places={"$": (1, 1), "$.a": (3, 5)})
    assert reader.where("$.a.b.c") == "$.a.b.c (line 3, column 5)"
    assert Reader().where("$.a") == "$.a"


def test_plain_shapes_write_what_they_read() -> None:
    """Lists, flags and anything come back as they went in."""
    assert Listed(Flag()).write((True, False)) == [True, False]
    assert Anything("x").write({"a": 1}) == {"a": 1}
    assert Text().schema() == {"type": "string"}
