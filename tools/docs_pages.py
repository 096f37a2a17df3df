"""What the site's builder does to a page before it reads it; loaded by mkdocs.yml."""

from __future__ import annotations

import re

SESSION = re.compile(r"^```python(?=\n>>> )", re.MULTILINE)
SENTENCES = re.compile(r"(?<=[\u3002\uff1a\uff1b\uff1f\uff01])\n(?=[\u4e00-\u9fff\u201c\u300a])")
"""Between the end of a Chinese sentence and the beginning of the next."""


def on_page_markdown(markdown: str, **_: object) -> str:
    r"""A block that shows a session is coloured as one; Chinese sentences follow each other without a space.

    >>> on_page_markdown("```python\n>>> 1 + 1\n2\n```")
    '```pycon\n>>> 1 + 1\n2\n```'
    >>> on_page_markdown("到期。\n逾期。")
    '到期。逾期。'
    """
    return SENTENCES.sub("", SESSION.sub("```pycon", markdown))
