"""The page of the attainment report; every sentence comes from the catalogue, every value is escaped."""

from __future__ import annotations

__all__ = ["TEMPLATE"]

TEMPLATE = """\
{% macro n(number) %}{{ "{:,}".format(number) }}{% endmacro %}
<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ report.standard.name }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<header>
<h1>{{ report.standard.name }}</h1>
<p class="lede">{{ headline }}</p>
<p class="meta">{{ say("meta", as_of=report.as_of, span=span, zone=report.standard.zone, editions=editions) }}</p>
</header>
<main>
<section>
<h2>{{ say("promises_title") }}</h2>
<p class="note"><span class="key met"></span>{{ say("met_key") }} <span class="key late"></span>{{ say("late_key") }}</p>
<figure><div class="scroll">{{ promise_picture|safe }}</div><figcaption>{{ say("promises_note") }}</figcaption></figure>
<div class="scroll"><table>
<thead><tr><th>{{ say("promise") }}</th><th>{{ say("target") }}</th><th class="n">{{ say("share") }}</th>
<th class="n">{{ say("met") }}</th><th class="n">{{ say("met_late") }}</th><th class="n">{{ say("late_open") }}</th>
<th class="n">{{ say("not_yet_due") }}</th><th class="n">{{ say("unknown") }}</th></tr></thead>
<tbody>
{% for name, target, count in promises %}
<tr><td>{{ name }}</td><td>{{ target }}</td><td class="n">{{ percent(count.share) }}</td><td class="n">{{ n(count.met) }}</td>
<td class="n">{{ n(count.met_late) }}</td><td class="n">{{ n(count.late_open) }}</td>
<td class="n">{{ n(count.not_yet_due) }}</td><td class="n">{{ n(count.unknown) }}</td></tr>
{% endfor %}
</tbody>
{% with count = report.total %}
<tfoot><tr><td>{{ say("total") }}</td><td></td><td class="n">{{ percent(count.share) }}</td><td class="n">{{ n(count.met) }}</td>
<td class="n">{{ n(count.met_late) }}</td><td class="n">{{ n(count.late_open) }}</td>
<td class="n">{{ n(count.not_yet_due) }}</td><td class="n">{{ n(count.unknown) }}</td></tr></tfoot>
{% endwith %}
</table></div>
</section>
<section>
<h2>{{ say("weeks_title", week=report.reports.week, by=report.reports.by) }}</h2>
<figure><div class="scroll">{{ week_picture|safe }}</div><figcaption>{{ say("weeks_note") }}</figcaption></figure>
<details><summary>{{ say("figures") }}</summary><div class="scroll"><table>
<thead><tr><th>{{ say("week") }}</th><th class="n">{{ say("share") }}</th><th class="n">{{ say("met") }}</th>
<th class="n">{{ say("decided") }}</th></tr></thead><tbody>
{% for label, count in weeks %}
<tr><td>{{ label }}</td><td class="n">{{ percent(count.share) }}</td><td class="n">{{ n(count.met) }}</td><td class="n">{{ n(count.decided) }}</td></tr>
{% endfor %}
</tbody></table></div></details>
</section>
<section>
<h2>{{ say("hours_title", zone=report.standard.zone) }}</h2>
<figure><div class="scroll">{{ hour_picture|safe }}</div><figcaption>{{ say("hours_note") }}</figcaption></figure>
<details><summary>{{ say("figures") }}</summary><div class="scroll"><table>
<thead><tr><th>{{ say("day") }}</th><th>{{ say("hour") }}</th><th class="n">{{ say("late") }}</th><th class="n">{{ say("decided") }}</th>
<th class="n">{{ say("late_share") }}</th></tr></thead><tbody>
{% for day, hour, late, decided in hours %}
<tr><td>{{ day }}</td><td>{{ hour }}</td><td class="n">{{ n(late) }}</td><td class="n">{{ n(decided) }}</td><td class="n">{{ share(late, decided) }}</td></tr>
{% endfor %}
</tbody></table></div></details>
</section>
{% if slowest %}
<section>
<h2>{{ say("slowest_title") }}</h2>
<div class="scroll"><table>
<thead><tr><th>{{ say("case") }}</th><th>{{ say("promise") }}</th><th>{{ say("start") }}</th><th>{{ say("due") }}</th>
<th>{{ say("stop") }}</th><th class="n">{{ say("overdue") }}</th></tr></thead><tbody>
{% for case, name, start, due, stop, late in slowest %}
<tr><td>{{ case }}</td><td>{{ name }}</td><td>{{ start }}</td><td>{{ due }}</td><td>{{ stop }}</td><td class="n">{{ late }}</td></tr>
{% endfor %}
</tbody></table></div>
</section>
{% endif %}
{% if desk %}
{% with all = report.desk_total %}
<section>
<h2>{{ say("desk_title") }}</h2>
<p>{{ say("desk_lede", due=share(all.due, all.compared), compared=n(all.compared), verdict=share(all.verdict, all.closed), closed=n(all.closed)) }}</p>
<div class="scroll"><table>
<thead><tr><th>{{ say("promise") }}</th><th class="n">{{ say("compared") }}</th><th class="n">{{ say("same_due") }}</th><th class="n">%</th>
<th class="n">{{ say("closed") }}</th><th class="n">{{ say("same_verdict") }}</th><th class="n">%</th><th class="n">{{ say("without_due") }}</th></tr></thead><tbody>
{% for name, count in desk %}
<tr><td>{{ name }}</td><td class="n">{{ n(count.compared) }}</td><td class="n">{{ n(count.due) }}</td>
<td class="n">{{ share(count.due, count.compared) }}</td><td class="n">{{ n(count.closed) }}</td><td class="n">{{ n(count.verdict) }}</td>
<td class="n">{{ share(count.verdict, count.closed) }}</td><td class="n">{{ n(count.without) }}</td></tr>
{% endfor %}
</tbody></table></div>
{% if reasons %}
<h3>{{ say("reasons_title") }}</h3>
<div class="scroll"><table><thead><tr><th>{{ say("promise") }}</th><th>{{ say("reason") }}</th><th class="n">{{ say("cases") }}</th></tr></thead><tbody>
{% for name, reason, count in reasons %}
<tr><td>{{ name }}</td><td>{{ reason }}</td><td class="n">{{ n(count) }}</td></tr>
{% endfor %}
</tbody></table></div>
<details><summary>{{ say("differences", count=n(report.differences|length)) }}</summary><div class="scroll"><table>
<thead><tr><th>{{ say("case") }}</th><th>{{ say("promise") }}</th><th>{{ say("start") }}</th><th>{{ say("our_due") }}</th>
<th>{{ say("desk_due") }}</th><th>{{ say("our_verdict") }}</th><th>{{ say("desk_verdict") }}</th><th>{{ say("reason") }}</th></tr></thead><tbody>
{% for row in differences %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table></div>
{% if more %}<p class="note">{{ say("more", count=n(more)) }}</p>{% endif %}
</details>
{% endif %}
</section>
{% endwith %}
{% endif %}
<section>
<h2>{{ say("apart_title") }}</h2>
<p>{{ say("apart_note", rejected=n(report.rejected|length), ignored=n(report.ignored)) }}</p>
{% if report.unpromised %}
<div class="scroll"><table><thead><tr><th>{{ say("no_promise") }}</th><th class="n">{{ say("cases") }}</th></tr></thead><tbody>
{% for reason, count in report.unpromised %}
<tr><td>{{ reason.sentence(language) }}</td><td class="n">{{ n(count) }}</td></tr>
{% endfor %}
</tbody></table></div>
{% endif %}
{% if refused %}
<details><summary>{{ say("rejected_rows", count=n(report.rejected|length)) }}</summary><div class="scroll"><table>
<thead><tr><th class="n">{{ say("line") }}</th><th>{{ say("case") }}</th><th>{{ say("reason") }}</th></tr></thead><tbody>
{% for one in refused %}
<tr><td class="n">{{ one.line }}</td><td>{{ one.case }}</td><td>{{ one.reason.text(language) }}</td></tr>
{% endfor %}
</tbody></table></div></details>
{% endif %}
</section>
</main>
<footer><p>{{ say("footer", version=version, by=report.reports.by, week=report.reports.week) }}</p></footer>
</body>
</html>
"""
