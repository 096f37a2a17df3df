"""A mapping that is a value."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.errors import DefinitionError
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple


def test_equal_whatever_the_order() -> None:
    """Order is kept, but is no content."""
    first, second = Keyed({"b": 2, "a": 1}), Keyed([("a", 1), ("b", 2)])
    assert first == second
    assert hash(first) == hash(second)
    assert (list(first), list(second)) == (["b", "a"], ["a", "b"])
    assert first != Keyed({"a": 1})
    assert first == {"a": 1, "b": 2}


def test_reads_as_a_mapping() -> None:
    """Length, membership, values and absence are those of a mapping."""
    found = Keyed({"a": 1})
    assert (len(found), "a" in found, "b" in found, found["a"], found.get("b")) == (1, True, False, 1, None)
    with pytest.raises(KeyError):
        found["b"]
    assert repr(found) == "Keyed({'a': 1})"
    assert not EMPTY


def test_frozen() -> None:
    """Nothing can be put in, and what it was made from can change without it."""
    source = {"a": 1}
    found = Keyed(source)
    source["b"] = 2
    assert "b" not in found
    with pytest.raises(TypeError):
        found["b"] = 2  # type: ignore[index]
    with pytest.raises(AttributeError):
        found.b = 2  # type: ignore[attr-defined]


def test_joined() -> None:
    """The right side overrules, and the left side stays as it was."""
    base = Keyed({"a": 1, "b": 2})
    assert base | {"b": 3, "c": 4} == Keyed({"a": 1, "b": 3, "c": 4})
    assert base == {"a": 1, "b": 2}


def test_hash_needs_hashable_values() -> None:
    """A value that cannot be hashed makes no hash, but reads well."""
    found = Keyed({"a": [1]})
    assert found["a"] == [1]
    with pytest.raises(TypeError):
        hash(found)


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=5))
def test_round_trips(pairs: dict[str, int]) -> None:
    """Pickling and copying keep content, hash and order."""
    found = Keyed(pairs)
    hash(found)
    for other in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):  # noqa: S301 - our own
        assert other == found
        assert hash(other) == hash(found)
        assert list(other) == list(pairs)


def test_converters() -> None:
    """A field takes any mapping or pairs, and anything iterable."""
    found = Keyed({"a": 1})
    assert as_keyed(found) is found
    assert as_keyed({"a": 1}) == as_keyed([("a", 1)]) == found
    assert as_tuple(iter([1, 2])) == (1, 2)


def test_text_is_no_list() -> None:
    """A single text where a list belongs is refused, before it falls apart into letters."""
    with pytest.raises(DefinitionError) as caught:
        as_tuple("opened")
    assert (caught.value.where, caught.value.message) == ("value", "shape.kind")
    assert "the text 'opened'" in str(caught.value)
    assert "['opened']" in str(caught.value)
