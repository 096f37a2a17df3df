"""What every page has: the template shop, the head with its strict policy, the foot."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from svcstd.errors import ExtraMissing
from svcstd.handbook.style import STYLE

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["FOOT", "HEAD", "policy", "template_of"]

HEAD = """\
{% macro th(key) %}<th>{{ say(key) }}</th>{% endmacro %}
{% macro thn(key) %}<th class="n">{{ say(key) }}</th>{% endmacro %}
{% macro tdn(figure) %}<td class="n">{{ figure }}</td>{% endmacro %}
<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<header>
<h1>{{ title }}</h1>
<p class="lede">{{ headline }}</p>
{% if meta %}
<p class="meta">{{ meta }}</p>
{% endif %}
</header>
<main>
"""
FOOT = """</main>
<footer><p>{{ foot }}</p></footer>
</body>
</html>
"""


@cache
def policy() -> str:
    """The content security policy: nothing but the one style sheet, named by its hash."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def template_of(text: str, where: str, what: str) -> Template:
    """A template that escapes every value and knows every name.

    Args:
        text: of the template.
        where: the place that an error names.
        what: is made by it, in words.

    Raises:
        ExtraMissing: jinja2 is not installed (extra ``pages``).
    """
    try:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - an extra
    except ImportError:
        raise ExtraMissing(where, "extra.missing", what=what, extra="pages") from None
    shop = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return shop.from_string(text)
