"""The part of a page that shows sections: a picture, what it shows, and its figures; both pages have it."""

from __future__ import annotations

__all__ = ["SECTIONS"]

SECTIONS = """\
{% for section in sections %}
<section>
<h2>{{ section.title }}</h2>
<p class="note">{{ section.note }}</p>
<figure><div class="scroll">{{ section.picture|safe }}</div></figure>
<details><summary>{{ column("figures") }}</summary>
<div class="scroll"><table>
<thead><tr>
{% for name in section.columns %}
<th{{ "" if loop.first else ' class="n"'|safe }}>{{ column(name) }}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for line in section.lines[:most] %}
<tr><td class="w">{{ line[0] }}</td>
{% for figure in line[1:] %}
<td class="n">{{ figure }}</td>
{% endfor %}
</tr>
{% endfor %}
</tbody>
</table></div>
</details>
</section>
{% endfor %}
"""
