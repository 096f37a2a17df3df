"""The handbook as one HTML file: contents, chapters, pictures, tables; no network, no script."""

from __future__ import annotations

from svcstd.catalogues import catalogue
from svcstd.handbook.book import Book, Heading, Picture, Table
from svcstd.handbook.frame import FOOT, HEAD, policy, template_of
from svcstd.handbook.style import STYLE

__all__ = ["render_book"]

TEMPLATE = (
    HEAD
    + """\
<nav aria-label="{{ say("contents") }}">
<h2>{{ say("contents") }}</h2>
<ol>
{% for chapter in chapters %}
<li><a href="#{{ chapter.key }}">{{ chapter.title }}</a></li>
{% endfor %}
</ol>
</nav>
{% macro at(block) %}{% if block.anchor %} id="{{ block.anchor }}"{% endif %}{% endmacro %}
{% macro inline(cell) %}
{%- if cell is string %}{{ cell }}
{%- else %}{% for piece in cell %}
{%- if piece is string %}{{ piece }}
{%- elif piece.to in anchors %}<a href="#{{ piece.to }}">{{ piece.text }}</a>
{%- else %}{{ piece.text }}
{%- endif %}{% endfor %}
{%- endif %}
{%- endmacro %}
{% macro box(cell, head) -%}
<td{% if cell is string and cell|length < 12 %} class="s"{% endif %} data-head="{{ head }}">{{ inline(cell) }}</td>
{%- endmacro %}
{% macro table(block) %}
<div class="scroll"><table class="book">
<thead><tr>{% for column in block.columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in block.rows %}
<tr{% if block.anchors %} id="{{ block.anchors[loop.index0] }}"{% endif %}>
{%- for cell in row %}{{ box(cell, block.columns[loop.index0]) }}{% endfor %}</tr>
{% endfor %}
</tbody>
</table></div>
{% endmacro %}
{% for chapter in chapters %}
<section id="{{ chapter.key }}">
<h2>{{ chapter.title }}</h2>
{% for kind, block in chapter.blocks %}
{% if kind == "text" %}
<h3{{ at(block) }}>{{ block.text }}</h3>
{% elif kind == "picture" %}
<figure{{ at(block) }}><figcaption>{{ block.title }}</figcaption><div class="scroll">{{ block.svg|safe }}</div></figure>
{% elif block.folded %}
<details><summary>{{ say("table") }}</summary>
{{ table(block) }}</details>
{% else %}
{% if block.title %}
<h3>{{ block.title }}</h3>
{% endif %}
{{ table(block) }}
{% endif %}
{% endfor %}
</section>
{% endfor %}
"""
    + FOOT
)
KINDS: dict[type, str] = {Heading: "text", Picture: "picture", Table: "table"}


def render_book(book: Book, *, version: str = "") -> str:
    """The page of a handbook.

    Args:
        book: its chapters.
        version: of svcstd, for the footer; empty for none.

    Raises:
        ExtraMissing: jinja2 is not installed (extra ``pages``).
    """
    words = catalogue(book.language)
    chapters = [
        {"key": chapter.key, "title": chapter.title, "blocks": [(KINDS[type(one)], one) for one in chapter.blocks]}
        for chapter in book.chapters
    ]
    return template_of(TEMPLATE, "handbook", "The HTML handbook").render(
        style=STYLE,
        policy=policy(),
        language=book.language,
        say=lambda message: words.sentence(f"book.{message}", {}),
        title=book.title,
        headline=book.headline,
        meta=book.meta,
        chapters=chapters,
        anchors=book.anchors,
        foot=words.sentence("book.made", {"version": version}) if version else "",
    )
