"""The handbook as Markdown: chapters and tables; a picture is told by its title."""

from __future__ import annotations

from collections.abc import Iterator

from svcstd.explain import markdown_text
from svcstd.handbook.book import Block, Book, Heading, Picture, inline_text
from svcstd.handbook.statement_text import markdown_table

__all__ = ["book_markdown"]


def book_markdown(book: Book) -> str:
    """The text of a handbook."""
    parts = [f"# {markdown_text(book.title)}\n", f"{markdown_text(book.headline)}\n", f"{markdown_text(book.meta)}\n"]
    for chapter in book.chapters:
        parts.append(f"## {markdown_text(chapter.title)}\n")
        for block in chapter.blocks:
            parts += _block(block)
    return "\n".join(parts)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"### {markdown_text(block.text)}\n"
        case Picture():
            yield f"*{markdown_text(block.title)}*\n"
        case _:
            if block.title:
                yield f"### {markdown_text(block.title)}\n"
            yield markdown_table(block.columns, [[inline_text(cell) for cell in row] for row in block.rows])
