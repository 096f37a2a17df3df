"""Clauses: what the handbook says, in force or not, and which part of the file keeps it."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias, get_args

import attrs

from svcstd.errors import DefinitionError, must_be_date, one_of
from svcstd.keyed import as_tuple

__all__ = ["Clause", "ClauseKind", "ClauseStatus", "Provenance"]

ClauseKind: TypeAlias = Literal["principle", "commitment", "conduct", "prohibition", "definition", "criterion"]
"""A value to live by; a promise to customers; how work is done; what is never done; what a word means; by what people
are chosen or judged."""
ClauseStatus: TypeAlias = Literal["in_force", "aspirational", "pending", "needs_value", "withdrawn"]
"""It holds; it is wished for; it is not decided; it says a time in words that nobody can count; it holds no more."""


@attrs.frozen(kw_only=True)
class Provenance:
    """Where a clause comes from.

    Attributes:
        source: document or meeting.
        consulted: who was asked, such as employees, customers, experts.
        on: when; ``None`` where nobody knows.
    """

    source: str = ""
    consulted: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    on: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.on is not None:
            must_be_date(self.on, "on")


@attrs.frozen(kw_only=True)
class Clause:
    """One sentence of the handbook.

    Attributes:
        text: in words.
        kind: what it is.
        status: whether it holds; only a clause in force can be broken.
        means: paths of the parts that keep it, such as ``objectives.resolve``.
        rows: ids of the requirements that it meets.
        provenance: where it comes from; ``None`` where nothing is told.

    Raises:
        DefinitionError: no text, or another kind or status.
    """

    text: str
    kind: ClauseKind = attrs.field(validator=one_of(get_args(ClauseKind)))
    status: ClauseStatus = attrs.field(default="in_force", validator=one_of(get_args(ClauseStatus)))
    means: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    rows: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    provenance: Provenance | None = None

    def __attrs_post_init__(self) -> None:
        if not self.text.strip():
            raise DefinitionError("text", "clauses.silent")

    @property
    def binds(self) -> bool:
        """Whether it can be broken."""
        return self.status == "in_force"
