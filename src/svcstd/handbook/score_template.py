"""The page of scores; every sentence comes from the catalogue, every value is escaped."""

from __future__ import annotations

from svcstd.handbook.frame import FOOT, HEAD
from svcstd.handbook.section_template import SECTIONS

__all__ = ["SCORE_TEMPLATE"]

SCORE_TEMPLATE = (
    HEAD
    + """\
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
    + FOOT
)
