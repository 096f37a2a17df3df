"""Values as a notebook shows them: one piece of HTML each, without script or network, light or dark as its page is.

``%load_ext svcstd.handbook`` shows every value of :data:`KINDS` so; :func:`show` does it for one value, in the
language, for the year and for the reader that is asked for.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any, Protocol

import attrs

from svcstd.errors import DefinitionError, must_be
from svcstd.explain import Audience
from svcstd.handbook.book_of import MOST_YEARS
from svcstd.handbook.notebook_parts import PARTS, Parts, View
from svcstd.handbook.notebook_style import NOTEBOOK_STYLE

__all__ = ["KINDS", "Shown", "load_ipython_extension", "show", "unload_ipython_extension"]

KINDS = tuple(PARTS)
"""What can be shown."""


@attrs.frozen
class Shown:
    """A value as a notebook shows it.

    Attributes:
        text: for front ends that know no HTML.
        html: one ``div`` that holds its own style; every text in it is escaped.
    """

    text: str
    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


class Shell(Protocol):
    """What is used of IPython's shell."""

    display_formatter: Any


def show(value: object, *, language: str = "en", for_: Audience = "agent", year: int | None = None) -> Shown:
    """A value as pictures and tables, for the last line of a notebook's cell.

    Args:
        value: one of :data:`KINDS`.
        language: of the words.
        for_: a ``customer`` sees a clock without the names of colleagues.
        year: of a calendar; by default the last one that has dates of its own, and no picture where none has.

    Raises:
        DefinitionError: a value of another kind, or a year that is none.

    >>> from svcstd.sla import Attainment
    >>> show(Attainment(met=3, met_late=1)).html.count("75.0 %")
    1
    """
    if year is not None:
        must_be(year, int, "year", "a year from 1 to 9998")
        if not 1 <= year <= MOST_YEARS:
            raise DefinitionError("year", "shape.bounds", value=year, low=1, high=MOST_YEARS)
    parts = next((made for kind, made in PARTS.items() if isinstance(value, kind)), None)
    if parts is None:
        expected = ", ".join(kind.__name__ for kind in KINDS)
        raise DefinitionError("value", "shape.kind", got=type(value).__name__, expected=f"one of {expected}")
    made = partial(_div, parts, value, language, for_, year)
    digest = hashlib.sha256(made("s").encode()).hexdigest()[:12]  # ids differ between values that stand in one page
    return Shown(repr(value), made(f"s{digest}"))


def load_ipython_extension(shell: Shell, language: str = "en") -> None:
    """Show values of svcstd as HTML in this shell from now on; called by ``%load_ext svcstd.handbook``.

    Args:
        shell: of IPython.
        language: of the words.
    """
    formatter = shell.display_formatter.formatters["text/html"]
    for kind in KINDS:
        formatter.for_type(kind, partial(_html_of, language=language))


def unload_ipython_extension(shell: Shell) -> None:
    """Show them as text again; called by ``%unload_ext svcstd.handbook``."""
    formatter = shell.display_formatter.formatters["text/html"]
    for kind in KINDS:
        formatter.pop(kind, None)


def _html_of(value: object, *, language: str) -> str:
    return show(value, language=language).html


def _div(parts: Parts, value: object, language: str, for_: Audience, year: int | None, name: str) -> str:
    inside = "".join(parts(value, View(language, for_, year, name)))
    return f'<div class="svcstd" lang="{language}"><style>{NOTEBOOK_STYLE}</style>{inside}</div>'
