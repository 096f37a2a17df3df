"""The page of scores; every sentence comes from the catalogue, every value is escaped."""

from __future__ import annotations

from svcstd.handbook.section_template import SECTIONS

__all__ = ["SCORE_TEMPLATE"]

SCORE_TEMPLATE = (
    """\
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
{% if rows %}
<section>
<h2>{{ say("all") }}</h2>
<div class="scroll"><table>
<thead><tr>{{ th("of") }}{{ thn("score") }}{{ th("grade") }}{{ th("state") }}{{ thn("records") }}</tr></thead>
<tbody>
{% for row in rows[:most] %}
<tr><td class="w">{{ row.of }}</td>{{ tdn(row.value) }}<td>{{ row.grade }}</td><td class="w">{{ row.state }}</td>
{{ tdn(row.n) }}</tr>
{% endfor %}
</tbody>
</table></div>
{% if rows|length > most %}
<p class="note">{{ say("page_more", count=rows|length - most) }}</p>
{% endif %}
</section>
<section>
<h2>{{ say("each") }}</h2>
<p class="note"><span class="key met"></span>{{ say("adds") }}
<span class="key late"></span>{{ say("takes") }}</p>
{% for one in shown %}
<h3>{{ one.heading }}</h3>
<figure><div class="scroll">{{ one.picture|safe }}</div></figure>
<details><summary>{{ say("why") }}</summary>
<div class="scroll"><table>
<thead><tr>{{ th("part") }}{{ thn("figure") }}{{ thn("made_of") }}{{ thn("n") }}{{ thn("points") }}{{ thn("weight") }}
{{ thn("adds") }}</tr></thead>
<tbody>
{% for line in one.lines %}
<tr><td class="w">{{ line[0] }}</td>{% for figure in line[1:] %}{{ tdn(figure) }}{% endfor %}</tr>
{% endfor %}
</tbody>
</table></div>
{% for sentence in one.sentences %}
<p class="note">{{ sentence }}</p>
{% endfor %}
</details>
{% endfor %}
</section>
{% endif %}
"""
    + SECTIONS
    + """</main>
<footer><p>{{ say("made", version=version) }}</p></footer>
</body>
</html>
"""
)
