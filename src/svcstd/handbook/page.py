"""The attainment report as one HTML file: the answer first, then the picture, the table, the detail.

No network, no script; a strict content security policy names the one style sheet by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from typing import Any

from svcstd.catalogues import catalogue
from svcstd.errors import ExtraMissing
from svcstd.handbook.pictures import Bar, Column, HeatCell, bars, columns, heat_map, percent
from svcstd.handbook.style import STYLE
from svcstd.handbook.tally import Report, Result, overdue
from svcstd.handbook.template import TEMPLATE
from svcstd.moment import moment, timezone
from svcstd.sla import Attainment, write_target

__all__ = ["MOST_DIFFERENCES", "headline", "promise_name", "render_report"]

MOST_DIFFERENCES = 1_000
"""Differences that a page lists; the rest stand in results.csv."""


@cache
def _template() -> Any:
    try:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - an extra
    except ImportError:
        raise ExtraMissing("report", "extra.missing", what="The HTML report", extra="pages") from None
    shop = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return shop.from_string(TEMPLATE)


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
    if not total.decided:
        return say("report.nothing", {"cases": f"{len(report.counted):,}"})
    weakest = report.weakest
    facts: dict[str, object] = {"share": percent(total.share), "decided": f"{total.decided:,}"}
    if weakest is None:
        return say("report.headline", facts)
    key, count = weakest
    return say("report.headline_weak", facts | {"weak": promise_name(report, key), "weak_share": percent(count.share)})


def render_report(report: Report, *, language: str = "en") -> str:
    """The page of a report.

    Raises:
        ExtraMissing: jinja2 is not installed (extra ``pages``).
    """
    words = catalogue(language)
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    page = _template().render(
        style=STYLE,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        language=language,
        say=lambda message, **facts: words.sentence(f"report.{message}", facts),
        words=words.say,
        report=report,
        headline=headline(report, language),
        span=_span(report, language),
        editions=", ".join(edition.label or words.sentence("report.first", {}) for edition in report.standard.editions),
        promises=_promises(report),
        weeks=[(week.label, count) for week, count in report.weeks],
        promise_picture=_promise_picture(report, language),
        week_picture=_week_picture(report, language),
        hour_picture=_hour_picture(report, language),
        hours=_hours(report, language),
        slowest=[_slow(one, report, language) for one in report.slowest],
        desk=[(promise_name(report, key), count) for key, count in report.desk],
        reasons=_reasons(report),
        differences=_differences(report),
        more=max(len(report.differences) - MOST_DIFFERENCES, 0),
        refused=report.rejected[:MOST_DIFFERENCES],
        percent=percent,
        version=version("svcstd"),
        share=lambda part, whole: percent(Fraction(part, whole) if whole else None),
    )
    return str(page)


def _span(report: Report, language: str) -> str:
    words = catalogue(language)
    kinds = {(False, False): "all_time", (True, False): "span_since", (False, True): "span_until", (True, True): "span"}
    kind = kinds[report.since is not None, report.until is not None]
    return words.sentence(f"report.{kind}", {"since": report.since, "until": report.until})


def _promises(report: Report) -> list[tuple[str, str, Attainment]]:
    """Each promise with its target in the last edition (and the earlier ones, where they differ)."""
    found = []
    for key, count in report.promises:
        readings = [one.reading for one in report.counted if one.promise == key and one.reading is not None]
        targets = dict.fromkeys(write_target(reading.target) for reading in readings)
        found.append((promise_name(report, key), " → ".join(targets), count))
    return found


def _promise_picture(report: Report, language: str) -> str:
    words = catalogue(language)
    lines = [Bar(promise_name(report, key), count.share, count.decided) for key, count in report.promises]
    lines.sort(key=lambda line: (line.share is None, line.share or 0))
    title = words.sentence("report.promises_title", {})
    return bars("promises", title, headline(report, language), lines, words.sentence("report.decided_unit", {}))


def _week_picture(report: Report, language: str) -> str:
    words = catalogue(language)
    labelled = -len(report.weeks)
    found = []
    for number, (week, count) in enumerate(report.weeks):
        begins = week.last.day <= 7 and (number - labelled) * 10 >= len(report.weeks)  # noqa: PLR2004 - a month's first week
        labelled = number if begins else labelled
        tick = f"{week.last:%Y-%m}" if begins else ""
        found.append(Column(week.label, tick, count.share, count.decided))
    title = words.sentence("report.weeks_title", {"week": report.reports.week, "by": report.reports.by})
    return columns("weeks", title, title, found, words.sentence("report.decided_unit", {}))


def _day_names(language: str) -> tuple[str, ...]:
    return tuple(catalogue(language).sentence(f"report.day_{number}", {}) for number in range(7))


def _rotated(report: Report, language: str) -> tuple[tuple[str, ...], int]:
    """Names of the days from the declared first one on, and its number."""
    from svcstd.calendars.period import WEEKDAYS  # noqa: PLC0415 - a table of names

    first = WEEKDAYS.index(report.reports.week)
    names = _day_names(language)
    return names[first:] + names[:first], first


def _hour_picture(report: Report, language: str) -> str:
    words = catalogue(language)
    days, first = _rotated(report, language)
    cells = [
        HeatCell((day - first) % 7, hour, f"{days[(day - first) % 7]} {hour:02d}:00", late, decided)
        for (day, hour), (late, decided) in report.hours
    ]
    title = words.sentence("report.hours_title", {"zone": report.standard.zone})
    description = words.sentence("report.hours_desc", {})
    pair = words.sentence("report.late_of", {}), words.sentence("report.no_cases", {})
    return heat_map("hours", title, description, days, cells, pair)


def _hours(report: Report, language: str) -> list[tuple[str, str, int, int]]:
    names = _day_names(language)
    return [(names[day], f"{hour:02d}:00", late, decided) for (day, hour), (late, decided) in report.hours]


def _slow(one: Result, report: Report, language: str) -> tuple[str, ...]:
    words = catalogue(language)
    reading = one.reading
    assert reading is not None  # noqa: S101 - only readings are slow
    stop = words.say(reading.stop) if reading.stop else words.sentence("report.still_open", {})
    late = overdue(reading)
    days = late.days
    shown = words.sentence("report.days", {"days": days}) if days else words.say(late)
    name = promise_name(report, one.promise)
    return one.row.case.id, name, words.say(reading.start), words.say(reading.due), stop, shown


def _reasons(report: Report) -> list[tuple[str, str, int]]:
    counts: dict[tuple[str, str], int] = {}
    for one in report.differences:
        key = promise_name(report, (one.reading.objective, one.reading.row)), _general(one.reason)
        counts[key] = counts.get(key, 0) + 1
    return [(name, reason, count) for (name, reason), count in sorted(counts.items(), key=lambda pair: -pair[1])]


def _general(reason: Any) -> str:
    """A reason without the moments of one case, so that like ones count together."""
    return str(reason.sentence() if reason.message != "desk.same_day" else catalogue("en").sentence("desk.same_day_all", {}))


def _differences(report: Report) -> list[tuple[str, ...]]:
    zone = timezone(report.standard.zone)
    say = catalogue("en").say
    return [
        (
            one.row.case.id,
            promise_name(report, (one.reading.objective, one.reading.row)),
            say(one.reading.start),
            say(one.reading.due),
            "–" if one.row.desk_due is None else say(moment(one.row.desk_due, zone)),
            one.reading.verdict,
            one.row.desk_verdict or "–",
            one.reason.sentence(),
        )
        for one in _first(report.differences)
    ]


def _first(found: Iterable[Any]) -> list[Any]:
    return list(found)[:MOST_DIFFERENCES]
