"""Rules as boxes of cells: which of them meet, which hold a box, and what they leave of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import prod

import attrs

from svcstd.conditions import AllOf, AnyOf, Box, Cells, Condition, FactSchema, Not, Opaque, cells_of
from svcstd.conditions.cells import meet

__all__ = ["MISSING", "Budget", "OutOfBudget", "Space", "bits", "merged", "volume"]

MISSING = 1
"""The cell of a missing fact, which is the first of each."""


class OutOfBudget(Exception):  # noqa: N818 - reads as the sentence it is
    """The work is bounded."""


@attrs.frozen(eq=False, slots=False)
class Space:
    """Conditions, here called rules, as boxes.

    Attributes:
        cells: of every fact the rules read.
        sure: by rule, where it fits for sure.
        maybe: by rule, where it may fit, if a test from Python says so.
    """

    cells: Cells
    sure: tuple[list[Box], ...]
    maybe: tuple[list[Box], ...]

    @classmethod
    def of(cls, conditions: Sequence[Condition], schema: FactSchema) -> Space:
        """The boxes of these conditions.

        Raises:
            TooManyCells: more than will be looked at.
        """
        cells = cells_of(conditions, schema)
        sure = tuple(cells.boxes(condition) for condition in conditions)
        maybe = tuple(
            cells.boxes(condition, sure=False) if _is_opaque(condition) else boxes
            for condition, boxes in zip(conditions, sure, strict=True)
        )
        return cls(cells, sure, maybe)

    def is_sure(self, number: int) -> bool:
        """Whether no test from Python has a say in it."""
        return self.sure[number] is self.maybe[number]

    @cached_property
    def rows(self) -> list[tuple[int, Box]]:
        """Every box that may fit, with the number of its rule."""
        return [(number, box) for number, boxes in enumerate(self.maybe) for box in boxes]

    @cached_property
    def _at(self) -> list[list[int]]:
        """By fact and cell, the rows that hold it."""
        found = [[0] * len(values) for values in self.cells.values]
        for number, (_, box) in enumerate(self.rows):
            for field, mask in enumerate(box):
                if mask != self.cells.full[field]:
                    for bit in bits(mask):
                        found[field][bit] |= 1 << number
        return found

    @cached_property
    def _free(self) -> list[int]:
        """By fact, the rows that do not ask for it."""
        full = self.cells.full
        return [
            sum(1 << number for number, (_, box) in enumerate(self.rows) if box[field] == full[field])
            for field in range(len(full))
        ]

    def meeting(self, box: Box) -> int:
        """The rows that have a case in common with a box."""
        found = (1 << len(self.rows)) - 1
        for field, mask in enumerate(box):
            if mask != self.cells.full[field]:
                at, some = self._at[field], self._free[field]
                for bit in bits(mask):
                    some |= at[bit]
                found &= some
        return found

    def covering(self, box: Box) -> int:
        """The rows that hold every case of a box."""
        found = (1 << len(self.rows)) - 1
        for field, mask in enumerate(box):
            if mask == self.cells.full[field]:
                found &= self._free[field]
            else:
                at, every = self._at[field], -1
                for bit in bits(mask):
                    every &= at[bit]
                found &= every | self._free[field]
        return found

    def pairs(self) -> Iterator[tuple[int, int, Box]]:
        """Rules that may fit one case, each pair once, with a box of such cases."""
        for second, boxes in enumerate(self.maybe):
            told: set[int] = set()
            for box in boxes:
                for number in bits(self.meeting(box)):
                    first, other = self.rows[number]
                    if first < second and first not in told:
                        told.add(first)
                        common = meet(box, other)
                        assert common is not None  # noqa: S101 - they meet
                        yield first, second, common


class Budget:
    """Steps of cutting boxes that may still be made."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def uncovered(self, box: Box, others: Sequence[Box]) -> Box | None:
        """A part of a box that none of the others holds; ``None`` if they cover it.

        Raises:
            OutOfBudget: the boxes are too tangled.
        """
        common = [(one, part) for one in others if (part := meet(box, one)) is not None]
        common.sort(key=lambda pair: volume(pair[1]), reverse=True)
        return next(self.pieces(box, [one for one, _ in common]), None)

    def pieces(self, box: Box, others: Sequence[Box], start: int = 0) -> Iterator[Box]:
        """All parts of a box that none of the others holds, apart from each other.

        Raises:
            OutOfBudget: the boxes are too tangled.
        """
        self._left -= 1
        if self._left < 0:
            raise OutOfBudget
        for number in range(start, len(others)):
            common = meet(box, others[number])
            if common is None:
                continue
            rest = list(box)
            for field, mask in enumerate(common):
                outside = rest[field] & ~mask
                if outside:
                    piece = (*rest[:field], outside, *rest[field + 1 :])
                    yield from self.pieces(piece, others, number + 1)
                    rest[field] = mask
            return
        yield box


def merged(boxes: Sequence[Box]) -> list[Box]:
    """The same cases in fewer boxes: those that differ in one fact only are joined.

    >>> merged([(1, 1), (2, 1), (3, 2)])
    [(3, 3)]
    """
    found: list[Box] = []
    for box in boxes:
        joined: Box | None = box
        while joined is not None:
            box, joined = joined, None  # noqa: PLW2901 - grown by each it joins
            for other in found:
                apart = [field for field, mask in enumerate(box) if mask != other[field]]
                if len(apart) == 1:
                    place = apart[0]
                    found.remove(other)
                    joined = (*box[:place], box[place] | other[place], *box[place + 1 :])
                    break
        found.append(box)
    return found


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def volume(box: Box) -> int:
    """How many cells a box holds."""
    return prod(mask.bit_count() for mask in box)


def _is_opaque(condition: Condition) -> bool:
    match condition:
        case Opaque():
            return True
        case AllOf(tests) | AnyOf(tests):
            return any(_is_opaque(test) for test in tests)
        case Not(test):
            return _is_opaque(test)
        case _:
            return False
