"""The marks of pictures as SVG text: no script, no style attribute; colours are classes of the page's style sheet."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from unicodedata import east_asian_width

from svcstd.handbook.style import picture_style

__all__ = ["breadth", "dot", "path", "rect", "standalone", "svg", "text"]


def breadth(words: str) -> int:
    """How many narrow letters are as wide: Chinese ones count twice.

    >>> breadth("due 到期")
    8
    """
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def svg(shape: str, name: str, size: tuple[float, float], title: str, description: str, marks: Iterable[str]) -> str:
    """A picture for those who see it and those who do not.

    Args:
        shape: its class.
        name: prefix of ids, unique in a page.
        size: width and height of the view box.
        title: what it is.
        description: the same, at more length.
        marks: what is drawn, from back to front.
    """
    inside = "".join(marks)
    width, height = size
    return (
        f'<svg class="{shape}" role="img" viewBox="0 0 {width:g} {height:g}" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" class="late"/>'
        f'<rect width="1.5" height="6" class="stroke"/></pattern>'
        f'<pattern id="{name}-pause-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(-45)"><rect width="6" height="6" class="held"/>'
        f'<rect width="1.5" height="6" class="count"/></pattern></defs>'
        f"{inside}</svg>"
    )


def text(x: float, y: float, words: str, css: str, anchor: str = "start") -> str:
    """Words at a place."""
    return f'<text x="{x:g}" y="{y:g}" class="{css}" text-anchor="{anchor}">{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, css: str, title: str = "") -> str:
    """A rectangle; a class that ends in ``-hatch`` names a pattern instead."""
    told = f"<title>{escape(title)}</title>" if title else ""
    fill = f' fill="url(#{css})"' if css.endswith("-hatch") else f' class="{css}"'
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{fill}>{told}</rect>'


def dot(x: float, y: float, radius: float, css: str, title: str = "") -> str:
    """A round mark."""
    told = f"<title>{escape(title)}</title>" if title else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" class="{css}">{told}</circle>'


def path(steps: str, css: str, title: str = "") -> str:
    """A shape drawn by steps."""
    told = f"<title>{escape(title)}</title>" if title else ""
    return f'<path d="{steps}" class="{css}">{told}</path>'


def standalone(picture: str) -> str:
    """A picture as a file of its own: with its name space, and a style that touches nothing of a page around it."""
    head, rest = picture.split(">", 1)
    shape = head.split('class="', 1)[1].split('"', 1)[0]
    return f'{head} xmlns="http://www.w3.org/2000/svg">\n<style>{picture_style(shape)}</style>\n{rest}\n'
