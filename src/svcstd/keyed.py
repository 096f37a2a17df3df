"""A mapping that is a value: frozen, hashable, picklable, in the order it was written."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Generic, TypeVar, overload

from svcstd.errors import DefinitionError

__all__ = ["EMPTY", "Keyed", "as_keyed", "as_tuple"]

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class Keyed(Mapping[K, V], Generic[K, V]):
    """Values by key. Equal by content whatever the order; iteration keeps the order it was given.

    >>> Keyed({"a": 1, "b": 2}) == Keyed([("b", 2), ("a", 1)])
    True
    """

    __slots__ = ("_found", "_hash")
    _found: dict[K, V]
    _hash: int | None

    def __init__(self, pairs: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._found = dict(pairs)
        self._hash = None

    def __getitem__(self, key: K) -> V:
        return self._found[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        return key in self._found

    @overload
    def get(self, key: K, /) -> V | None: ...

    @overload
    def get(self, key: K, /, default: V | T) -> V | T: ...

    def get(self, key: K, /, default: object = None) -> object:
        """The value of a key, or the default; as all views here, at the speed of a dict."""
        return self._found.get(key, default)

    def keys(self) -> KeysView[K]:
        """The keys, in order."""
        return self._found.keys()

    def values(self) -> ValuesView[V]:
        """The values, in order."""
        return self._found.values()

    def items(self) -> ItemsView[K, V]:
        """The pairs, in order."""
        return self._found.items()

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._found.items()))
        return self._hash

    def __or__(self, others: Mapping[K, V]) -> Keyed[K, V]:
        """These values, overruled and joined by others."""
        return Keyed({**self._found, **others})

    def __repr__(self) -> str:
        return f"Keyed({self._found!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Keyed, (self._found,)


EMPTY: Keyed[Any, Any] = Keyed()


def as_keyed(pairs: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> Keyed[Any, Any]:
    """A field's converter: any mapping or pairs as a :class:`Keyed`."""
    return pairs if isinstance(pairs, Keyed) else Keyed(pairs)


def as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """A field's converter: anything iterable as a tuple, but no text, which would fall apart into letters.

    Raises:
        DefinitionError: a text.
    """
    if isinstance(items, str):
        raise DefinitionError("value", "shape.kind", got=f"the text '{items}'", expected=f"a list, e.g. ['{items}']")
    return tuple(items)
