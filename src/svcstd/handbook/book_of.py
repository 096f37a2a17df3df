"""From a standard to its handbook: the chapters in the order in which people read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from svcstd.catalogues import catalogue
from svcstd.conditions import show_condition
from svcstd.documents import diff_editions
from svcstd.errors import DefinitionError, must_be
from svcstd.handbook.book import Block, Book, Chapter, Heading, Table, table
from svcstd.handbook.book_people import (
    glossary_blocks,
    improvement_blocks,
    knowledge_blocks,
    pay_blocks,
    score_blocks,
    training_blocks,
)
from svcstd.handbook.book_service import (
    calendar_blocks,
    clause_blocks,
    desk_blocks,
    form_blocks,
    objective_blocks,
    procedure_blocks,
    role_blocks,
    routing_blocks,
)
from svcstd.handbook.pictures import NOTHING
from svcstd.standard import ServiceStandard

__all__ = ["book_headline", "book_of"]

MOST_YEARS = 9998


def book_headline(standard: ServiceStandard, language: str = "en") -> str:
    """How much is promised, and how much of what is written holds."""
    edition = standard.current
    told = {
        "objectives": sum(one.status == "in_force" for one in edition.objectives.values()),
        "clauses": len(edition.clauses),
        "binding": sum(one.binds for one in edition.clauses.values()),
        "editions": len(standard.editions),
    }
    return catalogue(language).sentence("book.headline" if edition.clauses else "book.headline_plain", told)


def book_of(standard: ServiceStandard, *, year: int, language: str = "en") -> Book:
    """The handbook of the newest edition.

    Args:
        standard: to be told.
        year: that calendars are drawn for.
        language: of the frame; what the standard says stays as it is written.

    Raises:
        DefinitionError: a year that is none, or the last one, which has no end.
    """
    must_be(year, int, "year", "a year from 1 to 9998")
    if not 1 <= year <= MOST_YEARS:
        raise DefinitionError("year", "shape.bounds", value=year, low=1, high=MOST_YEARS)
    words, edition = catalogue(language), standard.current
    builders = (
        ("clauses", clause_blocks(edition, language)),
        ("objectives", objective_blocks(edition, language)),
        ("calendars", calendar_blocks(edition, year, language)),
        ("channels", desk_blocks(edition, language)),
        ("roles", role_blocks(edition, language)),
        ("routing", routing_blocks(edition, language)),
        ("procedures", procedure_blocks(edition)),
        ("forms", form_blocks(edition, language)),
        ("scores", score_blocks(edition, language)),
        ("pay", pay_blocks(edition, language)),
        ("training", training_blocks(edition, language)),
        ("knowledge", knowledge_blocks(edition, language)),
        ("improvements", improvement_blocks(standard, language)),
        ("glossary", glossary_blocks(edition, language)),
        ("changes", _changes(standard, language)),
    )
    chapters = []
    for key, made in builders:
        blocks = [block for block in made if not isinstance(block, Table) or block.rows]
        if blocks:
            chapters.append(Chapter(key=key, title=words.sentence(f"book.{key}", {}), blocks=blocks))
    approved = edition.approved
    told = {"edition": edition.label or words.sentence("report.first", {}), "zone": standard.zone}
    meta = [words.sentence("book.meta", told)]
    if approved is not None:
        role = edition.roles[approved.role].name if approved.role in edition.roles else approved.role
        meta.append(words.sentence("book.approved", {"role": role, "day": approved.on}))
    return Book(
        title=standard.name,
        headline=book_headline(standard, language),
        meta=" ".join(meta),
        language=language,
        chapters=chapters,
    )


def _changes(standard: ServiceStandard, language: str) -> Iterator[Block]:
    words = catalogue(language)
    for before, after in zip(standard.editions, standard.editions[1:], strict=False):
        day = date.fromisoformat(after.label)
        yield Heading(words.sentence("diff.edition", {"day": words.say(day), "why": after.why or NOTHING}))
        yield table(language, ("what",), ((one.sentence(language),) for one in diff_editions(before, after)))
    for key, pilot in standard.pilots.items():
        told = {"pilot": key, "day": words.say(pilot.starts), "scope": show_condition(pilot.scope)}
        ends = {} if pilot.until is None else {"until": words.say(pilot.until)}
        yield Heading(words.sentence("book.pilot_until" if ends else "book.pilot", told | ends), f"pilots.{key}")
        changed = diff_editions(standard.edition_on(pilot.starts), pilot.edition)
        yield table(language, ("what",), ((one.sentence(language),) for one in changed))
