"""The handbook of a standard as a plain model: chapters of headings, tables and pictures, for any rendering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

from svcstd.catalogues import catalogue
from svcstd.handbook.pictures import NOTHING
from svcstd.keyed import Keyed, as_tuple
from svcstd.standard import Edition

__all__ = ["Block", "Book", "Chapter", "Heading", "Inline", "Link", "Picture", "Table", "inline_text"]


@attrs.frozen
class Link:
    """A name that leads to where it is explained.

    Attributes:
        text: shown.
        to: path of the entry, such as ``calendars.north``; where no block has it, only the text is shown.
    """

    text: str
    to: str


Inline: TypeAlias = "str | tuple[str | Link, ...]"
"""A cell of a table: a text, or pieces of text and links."""


def inline_text(cell: Inline) -> str:
    """A cell without its links."""
    if isinstance(cell, str):
        return cell
    return "".join(piece if isinstance(piece, str) else piece.text for piece in cell)


@attrs.frozen
class Heading:
    """A heading, or a sentence, between blocks.

    Attributes:
        text: of it.
        anchor: path of the entry that begins here; empty for none.
    """

    text: str
    anchor: str = ""


@attrs.frozen(kw_only=True)
class Table:
    """Rows under heads.

    Attributes:
        columns: heads.
        rows: cells; the first names the row.
        anchors: paths of the entries, one for each row, or none at all.
        title: above it; empty for none.
        folded: shown only when it is opened.
    """

    columns: tuple[str, ...] = attrs.field(converter=as_tuple)
    rows: tuple[tuple[Inline, ...], ...] = attrs.field(converter=as_tuple)
    anchors: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    title: str = ""
    folded: bool = False


@attrs.frozen(kw_only=True)
class Picture:
    """A picture.

    Attributes:
        svg: of it.
        title: what it is.
        anchor: path of the entry that it draws; empty for none.
    """

    svg: str
    title: str
    anchor: str = ""


Block: TypeAlias = "Heading | Table | Picture"
"""A part of a chapter."""


@attrs.frozen(kw_only=True)
class Chapter:
    """One chapter.

    Attributes:
        key: for links.
        title: of it.
        blocks: in order.
    """

    key: str
    title: str
    blocks: tuple[Block, ...] = attrs.field(converter=as_tuple)


@attrs.frozen(kw_only=True)
class Book:
    """A handbook.

    Attributes:
        title: of the standard.
        headline: the one sentence that a manager can repeat.
        meta: edition, zone and approval.
        language: of its words.
        chapters: those that have something to tell.
    """

    title: str
    headline: str
    meta: str
    language: str
    chapters: tuple[Chapter, ...] = attrs.field(converter=as_tuple)

    @property
    def anchors(self) -> frozenset[str]:
        """The paths that a link may lead to."""
        found: set[str] = set()
        for chapter in self.chapters:
            for block in chapter.blocks:
                found |= set(block.anchors) if isinstance(block, Table) else {block.anchor}
        return frozenset(found - {""})


def link(edition: Edition, path: str, short: str = "") -> Link:
    """The name of an entry that leads to it; without one, what is short for it, or the path."""
    part, _, key = path.partition(".")
    found, inside = getattr(edition, part, None), ""
    entries = found if isinstance(found, Keyed) else {}  # of hand-offs there is one rule
    while key not in entries and "." in key:  # a path into an entry leads to the entry
        key, _, last = key.rpartition(".")
        inside = f"{last}.{inside}" if inside else last
    entry = entries.get(key)
    if entry is None:
        inside = ""
    path = f"{part}.{key}" if inside else path
    said = getattr(entry, "name", "") or getattr(entry, "title", "") or short or path
    return Link(f"{said}: {inside}" if inside else said, path)


def links(edition: Edition, names: Iterable[str], part: str = "") -> Inline:
    """Names with commas between them, each leading to its entry; a dash for none.

    Args:
        edition: in which entries have their names for people.
        names: keys of a part, or whole paths; those that are empty are left out.
        part: of the standard; empty where the names are paths.
    """
    found = [link(edition, f"{part}.{name}", name) if part else link(edition, name) for name in names if name]
    return NOTHING if not found else tuple(piece for one in found for piece in (", ", one))[1:]


def table(
    language: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Inline]],
    *,
    part: str = "",
    title: str = "",
    folded: bool = False,
) -> Table:
    """A table whose heads are message ids under ``book``.

    Args:
        language: of its heads.
        columns: ids of the heads.
        rows: cells.
        part: of the standard, where each row begins with the key of its entry, which is not shown.
        title: message id of the title; empty for none.
        folded: shown only when it is opened.
    """
    words = catalogue(language)
    made = [tuple(row) for row in rows]
    return Table(
        columns=[words.sentence(f"book.{column}", {}) for column in columns],
        rows=[row[1:] if part else row for row in made],
        anchors=[f"{part}.{inline_text(row[0])}" for row in made] if part else (),
        title=words.sentence(f"book.{title}", {}) if title else "",
        folded=folded,
    )
