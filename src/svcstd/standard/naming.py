"""Who names whom: every text that the entries of an edition hold, so that what nobody names is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svcstd.curves import GradeScale, Scale
from svcstd.standard.edition import Edition

__all__ = ["NAMEABLE", "unnamed"]

NAMEABLE = ("calendars", "roles", "forms", "scripts", "scales", "records", "kpis", "certificates")
"""Parts whose entries are there to be named by others."""
OTHERS = (
    "channels",
    "teams",
    "objectives",
    "follow_ups",
    "conversions",
    "routing",
    "assignment",
    "procedures",
    "scorecards",
    "panels",
    "plans",
    "awards",
    "ladders",
    "clauses",
    "courses",
    "articles",
    "segments",
    "surveys",
    "report_duties",
)


def unnamed(edition: Edition) -> Iterator[tuple[str, str]]:
    """Part and key of every entry that no other entry names."""
    named: dict[str, set[tuple[str, str]]] = {}
    for part in (*NAMEABLE, *OTHERS):
        for key, entry in getattr(edition, part).items():
            for word in {*_words(entry), *_scales_in(edition, part, entry)}:
                named.setdefault(word, set()).add((part, key))
    for word in (*_words(edition.exclude), *_words(edition.handoffs), edition.calendar):
        named.setdefault(word, set()).add(("", ""))
    for part in NAMEABLE:
        for key in getattr(edition, part):
            namers = named.get(key, set()) | named.get(f"{part}.{key}", set())
            if not namers - {(part, key)}:
                yield part, key


def _scales_in(edition: Edition, part: str, entry: object) -> Iterator[str]:
    """The scales that an entry holds: it holds the scale itself, no longer its name."""
    if part != "scales" and edition.scales:
        held = set(_held(entry))
        yield from (f"scales.{key}" for key, scale in edition.scales.items() if scale in held)


def _held(value: object) -> Iterator[Scale | GradeScale]:
    if isinstance(value, Scale | GradeScale):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _held(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _held(one)
    else:
        for field in getattr(type(value), "__attrs_attrs__", ()):
            yield from _held(getattr(value, field.name))


def _words(value: object) -> Iterator[str]:
    """Every text in a value, and the parts of texts with dots; values that are no data of the file have none."""
    if isinstance(value, str):
        yield value
        yield value.rpartition("@")[0]
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _words(key)
            yield from _words(one)
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from _words(one)
    else:
        for field in getattr(type(value), "__attrs_attrs__", ()):
            if field.init:
                yield from _words(getattr(value, field.name))
