"""Chapters on the service: clauses, promises, calendars, desks, roles, routing, procedures, forms."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from svcstd.catalogues import catalogue
from svcstd.conditions import ANYTHING, Condition, show_condition, show_value
from svcstd.curves import shown
from svcstd.documents import write_table
from svcstd.documents.assignment_shapes import assignments
from svcstd.errors import SvcstdError
from svcstd.handbook.book import Block, Heading, Inline, Link, Picture, Table, inline_text, link, links, table
from svcstd.handbook.calendar_picture import day_words, draw_year, year_days
from svcstd.handbook.flow import flow_of
from svcstd.handbook.flow_picture import draw_flow
from svcstd.handbook.pictures import NOTHING
from svcstd.routing import Assignment, Relaxation, Route, RouteTree
from svcstd.rules import DecisionTable
from svcstd.sla import Conversion, FollowUpRule, Level, Objective, On, write_target
from svcstd.sla.objective import NEEDS_VALUE
from svcstd.standard import CalendarEntry, Edition

__all__ = [
    "calendar_blocks",
    "clause_blocks",
    "desk_blocks",
    "form_blocks",
    "objective_blocks",
    "procedure_blocks",
    "role_blocks",
    "routing_blocks",
]


def clause_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """What the handbook says, what of it holds, and by what it is kept."""
    words = catalogue(language)
    yield table(
        language,
        ("number", "text", "kind", "status", "kept_by", "rows"),
        (
            (
                key,
                key,
                clause.text,
                words.sentence(f"book.kind_{clause.kind}", {}),
                words.sentence(f"book.status_{clause.status}", {}),
                links(edition, clause.means),
                " ".join(clause.rows) or NOTHING,
            )
            for key, clause in edition.clauses.items()
        ),
        part="clauses",
    )


def objective_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """What is promised, and what is owed afterwards."""
    words = catalogue(language)
    yield table(
        language,
        ("name", "applies", "promised", "calendar", "goal", "told", "status"),
        (
            (
                key,
                one.name or key,
                _shown(one.when),
                _promised(one),
                _calendar(edition, one.calendar),
                NOTHING if one.goal is None else f"{shown(one.goal * 100)} %",
                _told(edition, one.notify),
                words.sentence(f"book.status_{one.status}", {}),
            )
            for key, one in edition.in_order
        ),
        part="objectives",
    )
    yield table(
        language,
        ("name", "after", "promised", "calendar", "role"),
        (
            (
                key,
                one.name or key,
                _after(one, language),
                write_target(one.due),
                _calendar(edition, one.calendar),
                links(edition, [one.role], "roles"),
            )
            for key, one in edition.follow_ups.items()
        ),
        part="follow_ups",
        title="follow_ups_title",
    )
    yield table(
        language,
        ("name", "after", "opens"),
        (
            (key, one.name or key, "; ".join(_signal(on) for on in one.on), _opened(one))
            for key, one in edition.conversions.items()
        ),
        part="conversions",
        title="conversions_title",
    )


def _signal(on: On) -> str:
    return on.kind if on.when == ANYTHING else f"{on.kind}, {show_condition(on.when)}"


def _opened(one: Conversion) -> str:
    """The event with which the new case begins, and what it knows."""
    return ", ".join((one.opens, *(f"{name} = {show_value(value)}" for name, value in one.facts.items())))


def _shown(when: Condition) -> str:
    return NOTHING if when == ANYTHING else show_condition(when)


def _after(rule: FollowUpRule, language: str) -> str:
    """The events that give rise to it; for dates, a word."""
    if rule.dates is not None:
        return catalogue(language).sentence("book.by_dates", {})
    return ", ".join(one.kind for one in rule.on)


def _promised(objective: Objective) -> str:
    rows = [f"{key}: {write_target(target)}" for key, target in objective.rows.items()]
    if objective.target is not None:
        rows.append(write_target(objective.target) if not rows else f"else: {write_target(objective.target)}")
    return "; ".join(rows) or NEEDS_VALUE


def _calendar(edition: Edition, key: str) -> Inline:
    named = key or edition.calendar
    return links(edition, [named], "calendars")


def _told(edition: Edition, levels: Sequence[Level]) -> Inline:
    """Who hears of it, and when."""
    pieces: list[str | Link] = []
    for level in levels:
        pieces.append(f"{'; ' if pieces else ''}{level.threshold}: ")
        for number, role in enumerate(level.to):
            pieces += [", "] * bool(number) + [link(edition, f"roles.{role}", role)]
    return tuple(pieces) or NOTHING


def calendar_blocks(edition: Edition, year: int, language: str) -> Iterator[Block]:
    """A year of each calendar; what is open all the time is told in a sentence."""
    words = catalogue(language)
    for number, (key, entry) in enumerate(edition.calendars.items()):
        anchor, name = f"calendars.{key}", entry.name or key
        if entry.by:
            yield Heading(words.sentence("book.family", {"name": name, "by": entry.by}), anchor)
            yield table(
                language,
                ("value", "calendar"),
                [
                    *((value, _used(edition, used, entry.otherwise, language)) for value, used in entry.use.items()),
                    ("else", links(edition, [entry.otherwise], "calendars")),
                ],
            )
            continue
        calendar = edition.hours(key)
        days = year_days(calendar, year)
        if all(one.is_whole for one in days):
            yield Heading(words.sentence("book.always_open", {"name": name}), anchor)
            continue
        title = f"{name}, {year}{_rule(edition, entry, language)}"
        yield Picture(
            svg=draw_year(calendar, year, f"year{number}", title, language=language), title=title, anchor=anchor
        )
        named = [one for one in days if one.name]
        yield table(language, ("day",), ((day_words(one, language),) for one in named), folded=True)


def _rule(edition: Edition, entry: CalendarEntry, language: str) -> str:
    """What a calendar says of itself: its hours, or its versions by day."""
    if entry.hours is not None:
        return f": {entry.hours}"
    if not entry.versions:
        return ""
    return ": " + inline_text(_used(edition, entry.versions, entry.otherwise, language))


def _used(edition: Edition, used: str | Mapping[date, str], otherwise: str, language: str) -> Inline:
    """The calendar of a value of a family; of dated ones each with its day, and what holds before the first."""
    if isinstance(used, str):
        return links(edition, [used], "calendars")
    words = catalogue(language)
    pieces: list[str | Link] = [link(edition, f"calendars.{otherwise}", otherwise)]
    for day, key in used.items():
        pieces += [f"; {words.sentence('book.from', {'day': words.say(day)})} "]
        pieces.append(link(edition, f"calendars.{key}", key))
    return tuple(pieces)


def desk_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """Channels and teams: when they are served, and where they are reached."""
    words = catalogue(language)
    for part, title in (("channels", "channels_title"), ("teams", "teams_title")):
        yield table(
            language,
            ("name", "calendar", "reached", "status"),
            (
                (
                    key,
                    one.name or key,
                    _calendar(edition, one.calendar),
                    ", ".join(one.at) or NOTHING,
                    words.sentence(f"book.status_{one.status}", {}),
                )
                for key, one in getattr(edition, part).items()
            ),
            part=part,
            title=title,
        )


def role_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """Who does what, who decides what alone, and whom they call."""
    yield table(
        language,
        ("name", "escalates", "authority", "needs"),
        (
            (
                key,
                one.name or key,
                links(edition, [one.escalates_to], "roles"),
                "; ".join(one.authority) or NOTHING,
                links(edition, one.needs, "certificates"),
            )
            for key, one in edition.roles.items()
        ),
        part="roles",
    )


def routing_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """Decision tables and trees of routes, row by row; then how work finds its agent, and how often it is handed on."""
    for key, found in edition.routing.items():
        name = found.name or key
        yield Heading(name, f"routing.{key}")
        if isinstance(found, RouteTree):
            outputs = tuple(found.outputs)
            yield Table(columns=("", *outputs), rows=tuple(_routes(found.routes, "", outputs)))
            continue
        yield _decisions(found)
    yield table(
        language,
        ("name", "role", "needs", "prefer", "relaxed"),
        (
            (
                key,
                one.name or key,
                links(edition, [one.role], "roles"),
                "; ".join(f"{need}: {_need(told)}" for need, told in written.get("needs", {}).items()) or NOTHING,
                ", ".join(_need(told) for told in written["prefer"]),
                "; ".join(_relaxed(step, language) for step in one.relax) or NOTHING,
            )
            for key, one, written in _assigned(edition)
        ),
        part="assignment",
        title="assignment_title",
    )
    rule = edition.handoffs
    if rule is not None:
        counts = (NOTHING if count is None else str(count) for count in (rule.most, rule.most_returns))
        rows = [(links(edition, [rule.owner], "roles"), *counts)]
        yield Heading(catalogue(language).sentence("book.handoffs_title", {}), "handoffs")
        yield table(language, ("owner", "most", "most_returns"), rows)


def _assigned(edition: Edition) -> Iterator[tuple[str, Assignment, dict[str, Any]]]:
    """Each assignment with what the file says of it."""
    written: Any = assignments(edition.facts).write(edition.assignment)
    return ((key, one, written[key]) for key, one in edition.assignment.items())


def _relaxed(step: Relaxation, language: str) -> str:
    lowered = (f"{need} - {levels}" for need, levels in step.lower.items())
    return f"{catalogue(language).say(step.after)}: {', '.join((*step.drop, *lowered))}"


def _need(told: object) -> str:
    """A need, or what puts people in order, in short: its word, or its keys with their values."""
    if not isinstance(told, Mapping):
        return str(told)
    plain = {key: ", ".join(value) if isinstance(value, list) else value for key, value in told.items()}
    return " ".join(f"{key} {value}" for key, value in plain.items() if not isinstance(value, Mapping))


def _decisions(found: DecisionTable) -> Block:
    """The table as it is exchanged; a table that this form cannot hold says why."""
    try:
        head, *rows = csv.reader(write_table(found, format="csv").splitlines(keepends=True))
    except SvcstdError as error:
        return Heading(error.problem)
    return Table(columns=head, rows=[tuple(cell.replace('"', "") for cell in row) for row in rows])


def _routes(routes: Mapping[str, Route], path: str, outputs: Sequence[str]) -> Iterator[tuple[Inline, ...]]:
    """Every route with its condition and the options that it sets."""
    for key, route in routes.items():
        options = (show_value(route.sets[name]) if name in route.sets else NOTHING for name in outputs)
        yield f"{path}{key}: {show_condition(route.when)}", *options
        yield from _routes(route.routes, f"{path}{key}/", outputs)


def procedure_blocks(edition: Edition) -> Iterator[Block]:
    """A flowchart of each procedure."""
    roles = {key: role.name for key, role in edition.roles.items()}
    forms = {key: form.name for key, form in edition.forms.items()}
    clocks = {key: objective.name for key, objective in edition.objectives.items()}
    for number, (key, procedure) in enumerate(edition.procedures.items()):
        drawn = flow_of(procedure, roles=roles, forms=forms, clocks=clocks)
        yield Picture(svg=draw_flow(drawn, f"flow{number}"), title=procedure.name or key, anchor=f"procedures.{key}")


def form_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """What is to be written down, and what is said."""
    yield table(
        language,
        ("name", "fields"),
        ((key, one.name or key, ", ".join(one.fields)) for key, one in edition.forms.items()),
        part="forms",
        title="forms_title",
    )
    yield table(
        language,
        ("name", "text"),
        ((key, key, one.text) for key, one in edition.scripts.items()),
        part="scripts",
        title="scripts_title",
    )
