"""What a standard says of itself: its examples come out as written, and its review finds no error."""

from __future__ import annotations

from datetime import date

import attrs

from svcstd.errors import UnknownName, nearest
from svcstd.keyed import Keyed
from svcstd.standard import ServiceStandard
from svcstd.standard.example import check_examples
from svcstd.testing.laws.law import Breach, Law, clause_of

__all__ = ["comes_out", "reviewed"]


def comes_out(standard: ServiceStandard, example: str) -> Law:
    """An example comes out as written.

    Args:
        standard: with the example.
        example: its key under ``examples``.

    Raises:
        UnknownName: no such example.
    """
    if example not in standard.examples:
        near = nearest(example, standard.examples)
        raise UnknownName("example", "choice.nearest", value=example, nearest=near)
    alone = attrs.evolve(standard, examples=Keyed({example: standard.examples[example]}))

    def breach(_: object) -> Breach | None:
        found = next(check_examples(alone), None)
        if found is None:
            return None
        asked = ".".join(filter(None, (found.where, found.objective, found.field)))
        return Breach(asked, found.expected, found.got, f"objectives.{found.objective}")

    return Law(
        where=f"examples.{example}",
        name="",
        says="it comes out as written",
        breach=breach,
        clause=clause_of(standard),
    )


def reviewed(standard: ServiceStandard, *, as_of: date) -> Law:
    """The review finds no error.

    Args:
        standard: to be reviewed.
        as_of: the date on which it is.
    """

    def breach(_: object) -> Breach | None:
        errors = standard.review(as_of=as_of).errors
        if not errors:
            return None
        told = "\n".join(f"{one.where}: {one.sentence()}" for one in errors)
        return Breach(
            told, "no error", f"{len(errors)} of {', '.join(sorted({one.rule for one in errors}))}", errors[0].where
        )

    return Law(where="review", name="", says="the review finds no error", breach=breach, clause=clause_of(standard))
