"""The page of the attainment report; every sentence comes from the catalogue, every value is escaped."""

from __future__ import annotations

from svcstd.handbook.frame import FOOT, HEAD
from svcstd.handbook.section_template import SECTIONS

__all__ = ["TEMPLATE"]

TEMPLATE = (
    """\
{% macro n(number) %}{{ "{:,}".format(number) }}{% endmacro %}
{% macro tdw(name) %}<td class="w">{{ words(name) }}</td>{% endmacro %}
{% macro rest(found, file="results.csv") %}
{% if found|length > most %}
<p class="note">{{ say("more", count=n(found|length - most), file=file) }}</p>
{% endif %}
{% endmacro %}
"""
    + HEAD
    + """<section>
<h2>{{ say("promises_title") }}</h2>
<p class="note"><span class="key met"></span>{{ say("met_key") }}
<span class="key late"></span>{{ say("late_key") }}</p>
<figure>{{ promise_picture|safe }}<figcaption>{{ say("promises_note") }}</figcaption></figure>
<div class="scroll"><table>
<thead><tr>{{ th("promise") }}{{ th("target") }}{{ thn("share") }}
{{ thn("met") }}{{ thn("met_late") }}{{ thn("late_open") }}
{% for name in report.apart %}
{{ thn(name) }}
{% endfor %}
</tr></thead>
{% macro counts(count) %}
{{ tdn(percent(count.share)) }}{{ tdn(n(count.met)) }}
{{ tdn(n(count.met_late)) }}{{ tdn(n(count.late_open)) }}
{% for name in report.apart %}
{{ tdn(n(count[name])) }}
{% endfor %}
{% endmacro %}
<tbody>
{% for name, target, count in promises[:most] %}
<tr>{{ tdw(name) }}<td class="w">{{ target }}</td>{{ counts(count) }}</tr>
{% endfor %}
</tbody>
<tfoot><tr><td>{{ say("total") }}</td><td></td>{{ counts(report.total) }}</tr></tfoot>
</table></div>
{{ rest(promises) }}
</section>
<section>
<h2>{{ say("weeks_title") }}</h2>
<figure><div class="scroll">{{ week_picture|safe }}</div>
<figcaption>{{ say("weeks_by", week=report.reports.week, by=report.reports.by) }}
{{ say("weeks_note", few=few) }}</figcaption></figure>
{% if earlier_weeks %}
<p class="note">{{ say("earlier_weeks", count=n(earlier_weeks)) }}</p>
{% endif %}
<details><summary>{{ say("figures") }}</summary><div class="scroll"><table>
<thead><tr>{{ th("week") }}{{ thn("share") }}{{ thn("met") }}
{{ thn("decided") }}</tr></thead><tbody>
{% for label, count in weeks %}
<tr><td>{{ label }}</td>{{ tdn(percent(count.share)) }}{{ tdn(n(count.met)) }}{{ tdn(n(count.decided)) }}</tr>
{% endfor %}
</tbody></table></div></details>
</section>
<section>
<h2>{{ say("hours_title", zone=report.standard.zone) }}</h2>
<figure><div class="scroll">{{ hour_picture|safe }}</div>
<figcaption>{{ say("hours_note", few=few) }}</figcaption></figure>
<details><summary>{{ say("figures") }}</summary><div class="scroll"><table>
<thead><tr>{{ th("day") }}{{ th("hour") }}{{ thn("late") }}{{ thn("decided") }}
{{ thn("late_share") }}</tr></thead><tbody>
{% for day, hour, late, decided in hours %}
<tr><td>{{ day }}</td><td>{{ hour }}</td>{{ tdn(n(late)) }}{{ tdn(n(decided)) }}{{ tdn(share(late, decided)) }}</tr>
{% endfor %}
</tbody></table></div></details>
</section>
"""
    + SECTIONS
    + """{% if burns %}
<section>
<h2>{{ say("burn_title") }}</h2>
<p class="note">{{ say("burn_note") }}</p>
{% for burn in burns %}
<p>{{ burn.sentence }}{% if burn.forecast %} {{ burn.forecast }}{% endif %}</p>
<figure><div class="scroll">{{ burn.picture|safe }}</div></figure>
<details><summary>{{ say("figures") }}</summary><div class="scroll"><table>
<thead><tr>{{ th("week") }}{{ th("burn_rate") }}</tr></thead><tbody>
{% for week, figure in burn.weeks %}
<tr><td>{{ week }}</td><td>{{ figure }}</td></tr>
{% endfor %}
</tbody></table></div></details>
{% endfor %}
</section>
{% endif %}
{% if escalations %}
<section>
<h2>{{ say("escalations_title") }}</h2>
<figure>{{ escalation_picture|safe }}<figcaption>{{ say("escalations_note") }}</figcaption></figure>
<details><summary>{{ say("figures") }}</summary><div class="scroll"><table>
<thead><tr>{{ th("promise") }}{{ th("threshold") }}{{ th("told") }}{{ thn("notices") }}
{{ thn("promises") }}</tr></thead><tbody>
{% for name, threshold, to, fired, promised in escalations %}
<tr>{{ tdw(name) }}<td>{{ threshold }}</td>{{ tdw(to) }}{{ tdn(n(fired)) }}{{ tdn(n(promised)) }}</tr>
{% endfor %}
</tbody></table></div></details>
</section>
{% endif %}
{% if owners %}
<section>
<h2>{{ say("owners_title") }}</h2>
<figure>{{ owner_picture|safe }}<figcaption>{{ say("owners_note") }}</figcaption></figure>
<details><summary>{{ say("figures") }}</summary><div class="scroll"><table>
<thead><tr>{{ th("owner") }}{{ thn("counted") }}{{ thn("breaches") }}</tr></thead><tbody>
{% for name, counted, breaches in owners %}
<tr>{{ tdw(name) }}{{ tdn(counted) }}{{ tdn(n(breaches)) }}</tr>
{% endfor %}
</tbody></table></div></details>
</section>
{% endif %}
{% if slowest %}
<section>
<h2>{{ say("slowest_title") }}</h2>
<div class="scroll"><table>
<thead><tr>{{ th("case") }}{{ th("promise") }}{{ th("start") }}{{ th("due") }}
{{ th("stop") }}{{ thn("overdue") }}</tr></thead><tbody>
{% for case, name, start, due, stop, late in slowest %}
<tr>{{ tdw(case) }}{{ tdw(name) }}<td class="t">{{ start }}</td><td class="t">{{ due }}</td>
<td>{{ stop }}</td><td class="n">{{ late }}</td></tr>
{% endfor %}
</tbody></table></div>
</section>
{% endif %}
{% if desk %}
{% with all = report.desk_total %}
<section>
<h2>{{ say("desk_title") }}</h2>
<p>{{ say("desk_lede", due=share(all.due, all.compared), compared=n(all.compared),
verdict=share(all.verdict, all.closed), closed=n(all.closed)) }}</p>
<div class="scroll"><table>
<thead><tr>{{ th("promise") }}{{ thn("compared") }}{{ thn("same_due") }}{{ thn("share_same") }}
{{ thn("closed") }}{{ thn("same_verdict") }}{{ thn("share_same") }}{{ thn("without_due") }}</tr></thead><tbody>
{% for name, count in desk[:most] %}
<tr>{{ tdw(name) }}{{ tdn(n(count.compared)) }}{{ tdn(n(count.due)) }}
{{ tdn(share(count.due, count.compared)) }}{{ tdn(n(count.closed)) }}{{ tdn(n(count.verdict)) }}
{{ tdn(share(count.verdict, count.closed)) }}{{ tdn(n(count.without)) }}</tr>
{% endfor %}
</tbody></table></div>
{{ rest(desk) }}
{% if reasons %}
<h3>{{ say("reasons_title") }}</h3>
<div class="scroll"><table><thead><tr>{{ th("promise") }}{{ th("reason") }}{{ thn("cases") }}</tr></thead><tbody>
{% for name, reason, count in reasons[:most] %}
<tr>{{ tdw(name) }}<td class="w">{{ reason }}</td>{{ tdn(n(count)) }}</tr>
{% endfor %}
</tbody></table></div>
{{ rest(reasons) }}
<details><summary>{{ say("differences", count=n(report.differences|length)) }}</summary><div class="scroll"><table>
<thead><tr>{{ th("case") }}{{ th("promise") }}{{ th("start") }}{{ th("our_due") }}
{{ th("desk_due") }}{{ th("our_verdict") }}{{ th("desk_verdict") }}{{ th("reason") }}</tr></thead><tbody>
{% for case, name, start, ours, theirs, our_verdict, desk_verdict, reason in differences %}
<tr>{{ tdw(case) }}{{ tdw(name) }}<td class="t">{{ start }}</td><td class="t">{{ ours }}</td>
<td class="t">{{ theirs }}</td><td>{{ our_verdict }}</td><td>{{ desk_verdict }}</td><td class="t">{{ reason }}</td></tr>
{% endfor %}
</tbody></table></div>
{{ rest(report.differences) }}
</details>
{% endif %}
</section>
{% endwith %}
{% endif %}
<section>
<h2>{{ say("apart_title") }}</h2>
<p>{{ say("apart_note", rejected=n(report.rejected|length), ignored=n(report.ignored|sum(attribute=1))) }}</p>
{% if report.unpromised %}
<div class="scroll"><table><thead><tr>{{ th("no_promise") }}{{ thn("cases") }}</tr></thead><tbody>
{% for reason, count in report.unpromised[:most] %}
<tr><td class="w">{{ reason.sentence(language) }}</td>{{ tdn(n(count)) }}</tr>
{% endfor %}
</tbody></table></div>
{{ rest(report.unpromised) }}
{% endif %}
{% if without %}
<details><summary>{{ say("without_rows", count=n(report.without|length)) }}</summary><div class="scroll"><table>
<thead><tr>{{ th("case") }}{{ th("promise") }}{{ th("start") }}{{ th("our_due") }}</tr></thead><tbody>
{% for case, name, start, due in without %}
<tr>{{ tdw(case) }}{{ tdw(name) }}<td class="t">{{ start }}</td><td class="t">{{ due }}</td></tr>
{% endfor %}
</tbody></table></div>
{{ rest(report.without) }}
</details>
{% endif %}
{% if report.rejected %}
<details><summary>{{ say("rejected_rows", count=n(report.rejected|length)) }}</summary><div class="scroll"><table>
<thead><tr>{{ thn("line") }}{{ th("case") }}{{ th("reason") }}</tr></thead><tbody>
{% for one in report.rejected[:most] %}
<tr>{{ tdn(one.line) }}{{ tdw(one.case) }}<td class="w">{{ one.reason.text(language) }}</td></tr>
{% endfor %}
</tbody></table></div>
{{ rest(report.rejected, "rejected.csv") }}
</details>
{% endif %}
</section>
"""
    + FOOT
)
