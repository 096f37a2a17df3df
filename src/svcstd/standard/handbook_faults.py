"""What clauses, courses, certificates, answers, segments, surveys and owed reports name that nothing declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from svcstd.errors import DefinitionError, nearest
from svcstd.keyed import Keyed
from svcstd.standard.pay_faults import faults_of_kind, faults_of_result

if TYPE_CHECKING:
    from svcstd.standard.edition import Edition

__all__ = ["BEYOND", "faults_of_handbook", "is_in", "names_part"]


BEYOND = ("improvements", "pilots")
"""Parts of the whole standard, which an edition does not know: whoever reads the document checks their keys."""


def names_part(edition: Edition, path: str) -> bool:
    """Whether a path such as ``objectives.resolve`` leads to an entry of an edition, or into one."""
    if path.partition(".")[0] in BEYOND:
        return True
    return any(is_in(entry, path) for entry in _entries(edition))


def _entries(edition: Edition) -> Iterator[str]:
    """The path of each entry of each table."""
    for field in attrs.fields(type(edition)):
        entries = getattr(edition, field.name)
        if isinstance(entries, Keyed):
            for key in entries:
                yield f"{field.name}.{key}"
    if edition.handoffs is not None:
        yield "handoffs"


def is_in(entry: str, path: str) -> bool:
    """Whether a path is that of an entry, or leads into it."""
    return path == entry or path.startswith(f"{entry}.")


def faults_of_handbook(edition: Edition) -> Iterator[DefinitionError]:
    """Every fault, with its place."""
    yield from _of_clauses(edition)
    yield from _of_courses(edition)
    yield from _of_certificates(edition)
    for key, article in edition.articles.items():
        yield from _clauses(edition, f"articles.{key}.clauses", article.clauses)
        yield from _facts(edition, f"articles.{key}.when", article.when.fields)
    for key, segment in edition.segments.items():
        yield from _facts(edition, f"segments.{key}.when", segment.when.fields)
    for key, survey in edition.surveys.items():
        where = f"surveys.{key}"
        if survey.records:
            yield from faults_of_kind(f"{where}.records", survey.records, edition.records)
        yield from _roles(edition, f"{where}.owner", (survey.owner,))
        yield from _facts(edition, f"{where}.exclude", () if survey.exclude is None else survey.exclude.fields)
    for key, duty in edition.report_duties.items():
        yield from _roles(edition, f"report_duties.{key}.owner", (duty.owner,))
        yield from _roles(edition, f"report_duties.{key}.to", duty.to)
        yield from _paths(edition, f"report_duties.{key}.has", duty.has)


def _of_clauses(edition: Edition) -> Iterator[DefinitionError]:
    for key, clause in edition.clauses.items():
        yield from _paths(edition, f"clauses.{key}.means", clause.means)
    if not edition.clauses:
        return  # a plan may cite a handbook that is not in the file
    for key, plan in edition.plans.items():
        for name, line in plan.lines.items():
            yield from _clauses(edition, f"plans.{key}.lines.{name}.clause", (line.clause,))
    for key, award in edition.awards.items():
        yield from _clauses(edition, f"awards.{key}.clause", (award.clause,))


def _of_courses(edition: Edition) -> Iterator[DefinitionError]:
    for key, course in edition.courses.items():
        where = f"courses.{key}"
        yield from _clauses(edition, f"{where}.covers", course.covers)
        yield from _roles(edition, f"{where}.audience", course.audience)
        for name in course.teaches:
            yield from faults_of_result(f"{where}.teaches", name, edition.kpis, edition.scorecards)
        for before in course.after:
            if before not in edition.courses:
                near = nearest(before, edition.courses)
                yield DefinitionError(f"{where}.after", "courses.unknown", value=before, nearest=near)
        if _leads_to(edition, key, key):
            yield DefinitionError(f"{where}.after", "courses.circle", value=key)
    for key, role in edition.roles.items():
        for need in role.needs:
            if need not in edition.certificates:
                near = nearest(need, edition.certificates)
                yield DefinitionError(f"roles.{key}.needs", "certificates.unknown", value=need, nearest=near)


def _leads_to(edition: Edition, goal: str, start: str) -> bool:
    """Whether a course comes, by way of others, before itself."""
    waiting, seen = list(edition.courses[start].after), set[str]()
    while waiting:
        key = waiting.pop()
        if key == goal:
            return True
        if key in edition.courses and key not in seen:
            seen.add(key)
            waiting += edition.courses[key].after
    return False


def _of_certificates(edition: Edition) -> Iterator[DefinitionError]:
    for key, rule in edition.certificates.items():
        where = f"certificates.{key}"
        if rule.course not in edition.courses:
            near = nearest(rule.course, edition.courses)
            yield DefinitionError(f"{where}.course", "courses.unknown", value=rule.course, nearest=near)
        yield from _roles(edition, f"{where}.issuer", (rule.issuer,))
        yield from _facts(edition, f"{where}.per", (rule.per,) if rule.per else ())


def _clauses(edition: Edition, where: str, named: Iterable[str]) -> Iterator[DefinitionError]:
    for name in named:
        if name and name not in edition.clauses:
            near = nearest(name, edition.clauses)
            yield DefinitionError(where, "clauses.unknown", value=name, nearest=near)


def _roles(edition: Edition, where: str, named: Iterable[str]) -> Iterator[DefinitionError]:
    for name in named:
        if name and name not in edition.roles:
            yield DefinitionError(where, "roles.unknown", value=name, nearest=nearest(name, edition.roles))


def _facts(edition: Edition, where: str, named: Iterable[str]) -> Iterator[DefinitionError]:
    for name in sorted(named):
        if name not in edition.facts.types:
            yield DefinitionError(where, "facts.name", value=name, nearest=nearest(name, edition.facts.types))


def _paths(edition: Edition, where: str, named: Iterable[str]) -> Iterator[DefinitionError]:
    for path in named:
        if not names_part(edition, path):
            yield DefinitionError(where, "clauses.path", value=path, nearest=nearest(path, list(_entries(edition))))
