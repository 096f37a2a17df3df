"""The page of statements; every sentence comes from the catalogue, every value is escaped."""

from __future__ import annotations

from svcstd.handbook.frame import FOOT, HEAD
from svcstd.handbook.section_template import SECTIONS

__all__ = ["STATEMENT_TEMPLATE"]

STATEMENT_TEMPLATE = (
    HEAD
    + """\
{% if rows|length > 1 %}
<section>
<h2>{{ say("all") }}</h2>
<div class="scroll"><table>
<thead><tr>{{ th("of") }}{{ th("state") }}{{ th("centre") }}{{ thn("total") }}</tr></thead>
<tbody>
{% for row in rows[:most] %}
<tr><td class="w">{{ row.of }}</td><td class="w">{{ row.state }}</td><td>{{ row.centre }}</td>{{ tdn(row.total) }}</tr>
{% endfor %}
</tbody>
</table></div>
{% if rows|length > most %}
<p class="note">{{ say("page_more", count=rows|length - most) }}</p>
{% endif %}
{% if centres %}
<h3>{{ say("by_centre") }}</h3>
<div class="scroll"><table>
<thead><tr>{{ th("centre") }}{{ thn("total") }}</tr></thead>
<tbody>
{% for centre, total in centres %}
<tr><td class="w">{{ centre }}</td>{{ tdn(total) }}</tr>
{% endfor %}
</tbody>
</table></div>
{% endif %}
</section>
{% endif %}
{% if rows %}
<section>
<h2>{{ say("each") }}</h2>
<p class="note"><span class="key met"></span>{{ say("adds") }}
<span class="key late"></span>{{ say("takes") }}</p>
{% for one in shown %}
<h3>{{ one.heading }}</h3>
<p class="meta">{{ one.meta }}</p>
<figure><div class="scroll">{{ one.picture|safe }}</div></figure>
<div class="scroll"><table>
<thead><tr>{{ th("line") }}{{ thn("result") }}{{ thn("amount") }}{{ th("reason") }}</tr></thead>
<tbody>
{% for line in one.lines %}
<tr><td class="w">{{ line[0] }}</td>{{ tdn(line[1]) }}{{ tdn(line[2]) }}<td class="t">{{ line[3] }}</td></tr>
{% endfor %}
</tbody>
<tfoot><tr><td>{{ say("total") }}</td><td></td>{{ tdn(one.total) }}<td></td></tr></tfoot>
</table></div>
{% for title, sentences in ((say("refusals"), one.refusals), (say("ahead"), one.ahead)) if sentences %}
<h4>{{ title }}</h4>
<ul>
{% for sentence in sentences %}
<li>{{ sentence }}</li>
{% endfor %}
</ul>
{% endfor %}
{% if one.changes %}
<h4>{{ say("changes", label=one.label) }}</h4>
<div class="scroll"><table>
<thead><tr>{{ th("line") }}{{ thn("before") }}{{ thn("after") }}{{ thn("difference") }}</tr></thead>
<tbody>
{% for line in one.changes %}
<tr><td class="w">{{ line[0] }}</td>{% for figure in line[1:] %}{{ tdn(figure) }}{% endfor %}</tr>
{% endfor %}
</tbody>
</table></div>
{% endif %}
<details><summary>{{ say("why") }}</summary>
{% for sentence in one.sentences %}
<p class="note">{{ sentence }}</p>
{% endfor %}
</details>
{% endfor %}
{% if undrawn > 0 %}
<p class="note">{{ say("undrawn", count=undrawn) }}</p>
{% endif %}
</section>
{% endif %}
"""
    + SECTIONS
    + FOOT
)
