"""The rows of long columns in parts, so that extra memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["chunks"]

CHUNK = 1 << 15
"""Rows that are worked out at a time: all their arrays stay in the cache of a processor."""


def chunks(count: int) -> Iterator[slice]:
    """So many rows in parts, in order.

    >>> list(chunks(40_000))
    [slice(0, 32768, None), slice(32768, 40000, None)]
    """
    return (slice(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK))
