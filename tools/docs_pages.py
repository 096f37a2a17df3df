"""What the site's builder does to a page before it reads it; loaded by mkdocs.yml."""

from __future__ import annotations

import re

SESSION = re.compile(r"^```python(?=\n>>> )", re.MULTILINE)


def on_page_markdown(markdown: str, **_: object) -> str:
    r"""A block that shows a session is coloured as one: what comes out of it is no Python.

    >>> on_page_markdown("```python\n>>> 1 + 1\n2\n```")
    '```pycon\n>>> 1 + 1\n2\n```'
    """
    return SESSION.sub("```pycon", markdown)
