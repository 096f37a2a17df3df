"""The attainment report as one HTML file: the answer first, then the picture, the table, the detail.

No network, no script; a strict content security policy names the one style sheet by its hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any

import attrs

from svcstd.calendars.period import WEEKDAYS
from svcstd.catalogues import catalogue
from svcstd.explain import Explanation
from svcstd.handbook.burn import Burn, Escalated
from svcstd.handbook.change_section import change_section
from svcstd.handbook.frame import policy, template_of
from svcstd.handbook.pictures import (
    FEW,
    NOTHING,
    Amount,
    Bar,
    Column,
    HeatCell,
    Rate,
    amounts,
    bars,
    columns,
    heat_map,
    percent,
    rates,
)
from svcstd.handbook.report_sections import report_sections
from svcstd.handbook.sections import Section
from svcstd.handbook.style import STYLE
from svcstd.handbook.tally import Report, Result, overdue
from svcstd.handbook.template import TEMPLATE
from svcstd.moment import moment, timezone
from svcstd.sla import Attainment, Owner, Reading, write_target
from svcstd.sla.objective import BY_HAND

__all__ = ["headline", "promise_name", "render_report"]

MOST_ROWS = 1_000
"""Rows that a table lists; the page says how many more there are."""
MOST_BARS = 40
DAYS = timedelta(1)
MOST_WEEKS = 160
"""Weeks that are drawn: three years; one mistyped year must not fill a page."""


def promise_name(report: Report, key: tuple[str, str]) -> str:
    """A promise for people: its row, or the objective's name where there is no table."""
    objective, row = key
    found = report.standard.current.objectives.get(objective)
    name = (found.name if found is not None else "") or objective
    several = len({one for (one, _), _ in report.promises}) > 1
    return row if row and not several else f"{name}: {row}" if row else name


def headline(report: Report, language: str = "en") -> str:
    """The one sentence that a manager can repeat."""
    say, total = catalogue(language).sentence, report.total
    if not report.counted and report.results:
        return say("report.outside", {"cases": f"{len({one.row.case.id for one in report.results}):,}"})
    if not report.promises:
        return say("report.empty", {"cases": f"{len(report.counted):,}"})
    if not total.decided:
        promises = sum(attrs.astuple(total))
        return say("report.nothing", {"promises": f"{promises:,}"})
    facts: dict[str, object] = {"share": percent(total.share), "decided": f"{total.decided:,}"}
    if report.weakest is None:
        return say("report.headline", facts)
    key, count = report.weakest
    weak = {"weak": promise_name(report, key), "weak_share": percent(count.share), "weak_of": f"{count.decided:,}"}
    return say("report.headline_weak", facts | weak)


def render_report(report: Report, *, version: str = "", language: str = "en", before: Report | None = None) -> str:
    """The page of a report.

    Args:
        report: of a period, or of everything.
        version: of svcstd, for the footer.
        language: of its words.
        before: the report of another period, by the same standard, to compare with.

    Raises:
        ExtraMissing: jinja2 is not installed (extra ``pages``).
    """
    words = catalogue(language)
    editions = (edition.label or words.sentence("report.first", {}) for edition in report.standard.editions)
    return template_of(TEMPLATE, "report", "The HTML report").render(
        style=STYLE,
        policy=policy(),
        language=language,
        say=lambda message, **facts: words.sentence(f"report.{message}", facts),
        words=words.say,
        report=report,
        title=report.standard.name,
        headline=headline(report, language),
        meta=words.sentence(
            "report.meta",
            {
                "as_of": report.as_of,
                "span": _span(report, language),
                "zone": report.standard.zone,
                "editions": ", ".join(editions),
            },
        ),
        promises=_promises(report, language),
        weeks=[(week.label, count) for week, count in report.weeks[-MOST_WEEKS:]],
        earlier_weeks=len(report.weeks[:-MOST_WEEKS]),
        promise_picture=_promise_picture(report, language),
        week_picture=_week_picture(report, language),
        hour_picture=_hour_picture(report, language),
        hours=_hours(report, language),
        burns=[_burn(number, burn, report, language) for number, burn in enumerate(report.burns)],
        escalations=[_escalation(one, report) for one in report.escalated],
        escalation_picture=_escalation_picture(report, language),
        owner_picture=_owner_picture(report, language),
        owners=[(_owner(one, language), _counted(one, language), one.breaches) for one in report.owners],
        slowest=[_slow(one, reading, report, language) for one, reading in report.slowest],
        without=[
            (one.row.case.id, promise_name(report, one.promise), words.say(reading.start), words.say(reading.due))
            for one, reading in report.without[:MOST_ROWS]
        ],
        desk=[(promise_name(report, key), count) for key, count in report.desk],
        reasons=_reasons(report, language),
        differences=_differences(report, language),
        most=MOST_ROWS,
        few=FEW,
        percent=percent,
        sections=[
            *_changes(report, before, language),
            *report_sections(report, _late_names(report), words.days, language),
        ],
        column=lambda name: words.sentence(f"scores.{name}", {}),
        foot=_foot(report, version, language),
        share=lambda part, whole: percent(Fraction(part, whole) if whole else None),
    )


def _changes(report: Report, before: Report | None, language: str) -> Iterator[Section]:
    if before is not None:
        yield change_section(before, report, named=lambda key: promise_name(report, key), language=language)


def _foot(report: Report, version: str, language: str) -> str:
    told = {"version": version, "by": report.reports.by, "week": report.reports.week}
    return catalogue(language).sentence("report.footer", told)


def _late_names(report: Report) -> list[tuple[str, int]]:
    """Promises by name, with how many were late; rows of the same name are one."""
    found: Counter[str] = Counter()
    for key, count in report.promises:
        found[promise_name(report, key)] += count.late
    return list(found.items())


def _span(report: Report, language: str) -> str:
    words = catalogue(language)
    kinds = {(False, False): "all_time", (True, False): "span_since", (False, True): "span_until", (True, True): "span"}
    kind = kinds[report.since is not None, report.until is not None]
    return words.sentence(f"report.{kind}", {"since": report.since, "until": report.until})


def _told(reading: Reading, language: str) -> str:
    """What a row of the table promises, before any factor; due times by hand are each their own."""
    if reading.row == BY_HAND:
        return catalogue(language).sentence("report.by_hand", {})
    rows = [promise.row for promise in reading.promises if promise.row is not None]
    scale = rows[-1].scale if rows else None
    return write_target(reading.target if scale is None else scale.of)


def _promises(report: Report, language: str) -> list[tuple[str, str, Attainment]]:
    """Each promise with its targets in the order of the editions."""
    targets: dict[tuple[str, str], dict[str, str]] = {}
    for one in report.counted:
        if one.reading is not None:
            targets.setdefault(one.promise, {})[one.reading.edition] = _told(one.reading, language)
    found = []
    for key, count in report.promises:
        by_edition = (target for _, target in sorted(targets[key].items()))
        found.append((promise_name(report, key), " → ".join(target for target, _ in groupby(by_edition)), count))
    return found


def _of(count: Attainment, language: str) -> str:
    """A share with its cases."""
    facts = {"share": percent(count.share), "cases": f"{count.decided:,}"}
    return catalogue(language).sentence("report.of", facts)


def _promise_picture(report: Report, language: str) -> str:
    lines = [
        Bar(promise_name(report, key), _of(count, language), count.share, count.decided)
        for key, count in report.promises
    ]
    lines.sort(key=lambda line: (line.share is None, line.share or 0))
    title = catalogue(language).sentence("report.promises_title", {})
    return bars("promises", title, headline(report, language), lines[:MOST_BARS])


def _week_picture(report: Report, language: str) -> str:
    words = catalogue(language)
    weeks = report.weeks[-MOST_WEEKS:]
    labelled = 0
    found = []
    for number, (week, count) in enumerate(weeks):
        first_of_month = week.last.day <= 7  # noqa: PLR2004 - the days of a week
        ticked = not number or (first_of_month and (number - labelled) * 10 >= len(weeks) and number - labelled > 1)
        labelled = number if ticked else labelled
        found.append(Column(week.label, _of(count, language), week.label if ticked else "", count.share, count.decided))
    title = words.sentence("report.weeks_title", {})
    note = words.sentence("report.weeks_by", {"week": report.reports.week, "by": report.reports.by})
    return columns("weeks", title, note, found)


def _burn(number: int, burn: Burn, report: Report, language: str) -> dict[str, Any]:
    """One objective's error budget: a sentence, a picture, and its figures."""
    words = catalogue(language)
    name, total = promise_name(report, (burn.objective, "")), burn.total
    facts = {
        "name": name,
        "goal": percent(burn.goal),
        "share": percent(total.counts.share),
        "decided": f"{total.counts.decided:,}",
        "late": f"{total.counts.late:,}",
        "allowed": _tenths(total.allowed),
        "rate": _rate(total.burn_rate),
    }
    forecast = total.forecast
    weeks = [
        Rate(week.label, f"{_rate(budget.burn_rate)} ({_of(budget.counts, language)})", "", budget.burn_rate)
        for week, budget in burn.weeks[-MOST_WEEKS:]
    ]
    ticks = {index: week.label for index, (week, _) in enumerate(burn.weeks[-MOST_WEEKS:]) if index % 10 == 0}
    ticked = [attrs.evolve(week, tick=ticks.get(index, "")) for index, week in enumerate(weeks)]
    title = words.sentence("report.burn_of", {"name": name})
    return {
        "sentence": words.sentence("report.burn", facts),
        "picture": rates(
            f"burn{number}",
            title,
            words.sentence("report.burn", facts),
            ticked,
            words.sentence("report.burn_limit", {}),
        ),
        "weeks": [(week.label, week.figure) for week in weeks],
        "forecast": None
        if forecast is None or not total.counts.not_yet_due
        else words.sentence(
            "report.forecast",
            {
                "open": f"{total.counts.not_yet_due:,}",
                "worst": percent(forecast.worst),
                "best": percent(forecast.best),
                "expected": percent(forecast.expected),
            },
        ),
    }


def _tenths(number: Fraction) -> str:
    """A number to one digit, never more than it is."""
    tenths = number * 10 // 1
    return f"{tenths // 10:,}.{tenths % 10}"


def _rate(rate: Fraction | None) -> str:
    return NOTHING if rate is None else f"{float(rate):.2f}"


def _escalation(one: Escalated, report: Report) -> tuple[str, str, str, int, int]:
    return promise_name(report, (one.objective, "")), one.threshold, ", ".join(one.to), one.fired, one.promises


def _escalation_picture(report: Report, language: str) -> str:
    words = catalogue(language)
    lines = []
    for one in report.escalated:
        name, threshold, to, fired, promises = _escalation(one, report)
        figure = words.sentence("report.fired", {"fired": f"{fired:,}", "promises": f"{promises:,}", "to": to})
        lines.append(Amount(f"{name}: {threshold}", figure, fired))
    title = words.sentence("report.escalations_title", {})
    return amounts("escalations", title, words.sentence("report.escalations_note", {}), lines)


def _owner(one: Owner, language: str) -> str:
    words = catalogue(language)
    return words.sentence("timeline.nobody", {}) if one.name is None else words.say(one.name)


def _counted(one: Owner, language: str) -> str:
    return NOTHING if one.counted is None else catalogue(language).say(one.counted)


def _owner_picture(report: Report, language: str) -> str:
    words = catalogue(language)
    lines = [
        Amount(
            _owner(one, language),
            words.sentence("report.owner_figure", {"time": _counted(one, language), "breaches": f"{one.breaches:,}"}),
            (one.counted or timedelta()) / timedelta(hours=1),
        )
        for one in report.owners
    ]
    title = words.sentence("report.owners_title", {})
    return amounts("owners", title, words.sentence("report.owners_note", {}), lines)


def _hour_picture(report: Report, language: str) -> str:
    """Hours by weekday, the declared first day of the week on top."""
    words = catalogue(language)
    names, first = words.days, WEEKDAYS.index(report.reports.week)
    cells = []
    for (day, hour), (late, decided) in report.hours:
        facts = {"late": f"{late:,}", "cases": f"{decided:,}", "share": percent(Fraction(late, decided))}
        told = f"{names[day]} {hour:02d}:00: {words.sentence('report.hour_of', facts)}"
        cells.append(HeatCell((day - first) % 7, hour, told, late, decided))
    title = words.sentence("report.hours_title", {"zone": report.standard.zone})
    description = words.sentence("report.hours_desc", {})
    return heat_map("hours", title, description, names[first:] + names[:first], cells)


def _hours(report: Report, language: str) -> list[tuple[str, str, int, int]]:
    names, first = catalogue(language).days, WEEKDAYS.index(report.reports.week)
    rows = sorted(report.hours, key=lambda pair: ((pair[0][0] - first) % 7, pair[0][1]))
    return [(names[day], f"{hour:02d}:00", late, decided) for (day, hour), (late, decided) in rows]


def _slow(one: Result, reading: Reading, report: Report, language: str) -> tuple[str, ...]:
    words = catalogue(language)
    stop = words.say(reading.stop) if reading.stop else words.sentence("report.still_open", {})
    stop = words.sentence("report.cancelled", {"at": stop}) if reading.activity == "cancelled" else stop
    late = overdue(reading)
    shown = words.sentence("report.days", {"days": late.days}) if late >= 2 * DAYS else words.say(late)
    return (
        one.row.case.id,
        promise_name(report, one.promise),
        words.say(reading.start),
        words.say(reading.due),
        stop,
        shown,
    )


def _reasons(report: Report, language: str) -> list[tuple[str, str, int]]:
    counts = Counter(
        (promise_name(report, (one.reading.objective, one.reading.row)), _general(one.reason, language))
        for one in report.differences
    )
    return [(name, reason, count) for (name, reason), count in counts.most_common()]


def _general(reason: Explanation, language: str) -> str:
    """A reason without the moments of one case, so that like ones count together."""
    if reason.message == "desk.same_day":
        return catalogue(language).sentence("desk.same_day_all", {})
    return reason.sentence(language)


def _differences(report: Report, language: str) -> list[tuple[str, ...]]:
    zone = timezone(report.standard.zone)
    words = catalogue(language)
    return [
        (
            one.row.case.id,
            promise_name(report, (one.reading.objective, one.reading.row)),
            _moment(one.reading.start, language),
            _moment(one.reading.due, language),
            _moment(None if one.row.desk_due is None else moment(one.row.desk_due, zone), language),
            words.sentence(f"report.{one.reading.verdict}", {}),
            words.sentence(f"report.desk_{one.row.desk_verdict or 'silent'}", {}),
            one.reason.sentence(language),
        )
        for one in report.differences[:MOST_ROWS]
    ]


def _moment(at: datetime | None, language: str) -> str:
    return NOTHING if at is None else catalogue(language).say(at)
