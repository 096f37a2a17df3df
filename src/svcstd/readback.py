"""Parts of plain data that ``to_json`` wrote, read back with suspicion, since they may come from anywhere.

What does not fit raises a plain :class:`TypeError` or :class:`ValueError`; the reader of the whole names the document.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from typing import Any

__all__ = ["a_choice", "a_fraction", "a_fraction_or_none", "a_list", "a_text"]

_FRACTION = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?", re.ASCII)
"""As exact numbers are written; ``1e999999999`` would fill the memory."""


def a_text(found: object) -> str:
    """A text."""
    if not isinstance(found, str):
        raise TypeError(f"a text is wanted, not {type(found).__name__}")
    return found


def a_list(found: object) -> list[Any]:
    """An array of anything."""
    if not isinstance(found, list):
        raise TypeError(f"an array is wanted, not {type(found).__name__}")
    return found


def a_choice(found: object, choices: Collection[str]) -> Any:  # noqa: ANN401 - one of the literals
    """One of several texts."""
    if found not in choices:
        raise ValueError(f"one of {', '.join(choices)} is wanted, not {found!r:.40}")
    return found


def a_fraction(found: object) -> Fraction:
    """An exact number.

    >>> a_fraction("7/10")
    Fraction(7, 10)
    """
    text = a_text(found)
    if not _FRACTION.fullmatch(text):
        raise ValueError(f"an exact number is wanted, not {text!r:.40}")
    return Fraction(text)


def a_fraction_or_none(found: object) -> Fraction | None:
    """An exact number, or nothing."""
    return None if found is None else a_fraction(found)
