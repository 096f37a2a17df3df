"""Chapters on people: figures and scorecards, pay, awards and ranks, training, knowledge, and the words of it all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from svcstd.catalogues import catalogue
from svcstd.conditions import ANYTHING, FactType, show_condition
from svcstd.curves import DistanceToTarget, Goalposts, GradeScale, PiecewiseLinear, Scale, Steps, shown
from svcstd.handbook.book import Block, Heading, Inline, Picture, link, links, table
from svcstd.handbook.payout import draw_payout, payout_sections
from svcstd.handbook.pictures import NOTHING
from svcstd.incentives import (
    Best,
    Cash,
    ClaimRule,
    Gate,
    Gift,
    Kicker,
    Modifier,
    PayCap,
    PayFactor,
    Plan,
    Recognition,
    Reward,
    Tuition,
)
from svcstd.scoring import Adjustment, Bonus, Cap, Criterion, Dimension, Floor, KnockOut, Multiplier, Scorecard
from svcstd.standard import ClauseStatus, Edition, ServiceStandard

__all__ = ["glossary_blocks", "improvement_blocks", "knowledge_blocks", "pay_blocks", "score_blocks", "training_blocks"]

DRAWN = (PiecewiseLinear, Goalposts, DistanceToTarget, Steps)
"""Curves that are the same for everybody; a comparison within a cohort has no picture before there is a cohort."""


def _word(language: str, value: str) -> str:
    """A choice of the file in the reader's language."""
    return catalogue(language).sentence(f"book.word_{value.replace(' ', '_')}", {})


def _scale(language: str, one: Scale | GradeScale) -> str:
    """Its ends and its step, or its grades with their points."""
    if isinstance(one, GradeScale):
        return "; ".join(f"{name} {shown(points)}" for name, points in one.points.items())
    told = {"low": shown(one.low), "high": shown(one.high)}
    words = catalogue(language)
    if one.step is None:
        return words.sentence("book.scale", told)
    return words.sentence("book.scale_step", told | {"step": shown(one.step)})


def score_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """Figures, and the scorecards with their weights, curves and grades."""
    yield table(
        language,
        ("name", "unit", "better", "records", "key"),
        (
            (key, one.name or key, one.unit, _word(language, one.direction), one.of or NOTHING, f"kpis.{key}")
            for key, one in edition.kpis.items()
        ),
        part="kpis",
        title="kpis_title",
    )
    yield table(
        language,
        ("name", "values"),
        ((key, key, _scale(language, one)) for key, one in edition.scales.items()),
        part="scales",
        title="scales_title",
    )
    for key, card in edition.scorecards.items():
        yield Heading(card.name or key, f"scorecards.{key}")
        yield table(language, ("part", "weight", "result"), _weights(edition, card.root, ""))
        yield from _curves(card, f"score-{key}-")
        if card.grades is not None:
            names, bounds = card.grades.names[::-1], [shown(bound) for bound in card.grades.bounds[::-1]]
            sign = ">=" if card.grades.bound == "upper" else ">"
            tests = [*(f"{sign} {bound}" for bound in bounds), "else"]
            yield table(language, ("grade", "bound"), zip(names, tests, strict=True))
        adjusted = ((one.name, _adjusts(edition, one)) for one in card.adjustments)
        yield table(language, ("step", "what"), adjusted)

    yield table(
        language,
        ("name", "weight"),
        (
            (key, key, "; ".join(f"{who} {shown(group.weight)}" for who, group in one.groups.items()))
            for key, one in edition.panels.items()
        ),
        part="panels",
        title="panels_title",
    )


def _adjusts(edition: Edition, one: Adjustment) -> Inline:
    """What happens to the points."""
    match one:
        case Cap():
            return f"≤ {shown(one.most)}"
        case Floor():
            return f"≥ {shown(one.least)}"
        case Multiplier():
            return "× ", link(edition, f"kpis.{one.kpi}", one.kpi)
        case KnockOut():
            bounds = (("<", one.below), (">", one.above))
            tests = " / ".join(f"{sign} {shown(bound)}" for sign, bound in bounds if bound is not None)
            return link(edition, f"kpis.{one.kpi}", one.kpi), f" {tests}: {shown(one.to)}"
        case _:
            sign = "+" if isinstance(one, Bonus) else "−"
            most = "" if one.most is None else f", ≤ {shown(one.most)}"
            return f"{sign} {shown(one.each)} × ", link(edition, f"kpis.{one.kpi}", one.kpi), most


def _weights(edition: Edition, level: Dimension, path: str) -> Iterator[tuple[Inline, ...]]:
    for key, weight in level.mean.weights.items():
        part = level.parts[key]
        yield f"{path}{key}", shown(weight), links(edition, part.kpis if isinstance(part, Criterion) else (), "kpis")
        if isinstance(part, Dimension):
            yield from _weights(edition, part, f"{path}{key} / ")


def _curves(card: Scorecard, name: str) -> Iterator[Picture]:
    """From a figure to its points, where the way is not the figure itself."""
    for number, (path, part) in enumerate(_criteria(card.root, "")):
        if isinstance(part.curve, DRAWN):
            svg = draw_payout(part.curve, f"{name}{number}", path, pays=shown, axis=f"kpis.{part.kpi}")
            yield Picture(svg=svg, title=path)


def _criteria(level: Dimension, path: str) -> Iterator[tuple[str, Criterion]]:
    for key, part in level.parts.items():
        if isinstance(part, Criterion):
            yield f"{path}{key}", part
        else:
            yield from _criteria(part, f"{path}{key} / ")


def pay_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """Plans line by line with their curves, awards, and the ways up."""
    for key, plan in edition.plans.items():
        yield Heading(plan.name or key, f"plans.{key}")
        yield table(language, ("what", "value"), _terms(edition, plan, language))
        gates = ((key, _kept(edition, gate), ", ".join(gate.shuts) or NOTHING) for key, gate in plan.gates.items())
        yield table(language, ("gate", "needs", "shuts"), gates)
        yield table(language, ("name", "pays", "result", "quota", "part"), _lines(edition, plan))
        yield table(language, ("step", "what"), ((step.name, _stepped(edition, step)) for step in plan.modifiers))
        for section in payout_sections(plan, name=f"payout-{key}-", language=language):
            yield Picture(svg=section.picture, title=f"{section.title}: {section.note}")
    yield table(
        language,
        ("name", "kind", "gives", "goes_to"),
        (
            (
                key,
                one.name or key,
                _word(language, one.kind),
                "; ".join(_given(reward, language) for reward in one.gives),
                _goes_to(edition, one.goes_to, language),
            )
            for key, one in edition.awards.items()
        ),
        part="awards",
        title="awards_title",
    )
    for key, ladder in edition.ladders.items():
        yield Heading(ladder.name or key, f"ladders.{key}")
        yield table(
            language,
            ("way", "needs", "in_a_row"),
            (
                (
                    f"{ladder.ranks[way.start].name} → {ladder.ranks[way.end].name}",
                    "; ".join(f"{name} {need.test}" for name, need in way.needs.items()),
                    str(way.in_a_row),
                )
                for way in ladder.rungs
            ),
        )


def _goes_to(edition: Edition, rule: ClaimRule | Best | None, language: str) -> Inline:
    """Who gets an award: whoever a record names, or the best of each period."""
    words = catalogue(language)
    if rule is None:
        return NOTHING
    if isinstance(rule, ClaimRule):
        held = "" if rule.when == ANYTHING else f", {show_condition(rule.when)}"
        return words.sentence("book.for_each", {"cause": f"{rule.records}.{rule.cause}"}) + held
    told = {"winners": rule.winners, "every": _word(language, rule.every), "n": rule.least_n}
    return (words.sentence("book.best", told), " ", link(edition, rule.by))


def _terms(edition: Edition, plan: Plan, language: str) -> Iterator[tuple[Inline, ...]]:
    """For whom the plan is, and how it is paid out."""
    say, asked, terms = catalogue(language).sentence, plan.eligibility, plan.terms
    yield say("book.every", {}), _word(language, plan.every)
    if asked.when != ANYTHING:
        yield say("book.applies", {}), show_condition(asked.when)
    if asked.needs:
        yield say("book.needs", {}), links(edition, asked.needs, "certificates")
    if asked.days is not None:
        yield say("book.least_days", {}), f"{asked.least_days} {_word(language, asked.days)}"
    if plan.proration is not None:
        yield say("book.prorated", {}), _word(language, plan.proration.by)
    if terms is not None and terms.guarantee is not None:
        yield say("book.guarantee", {}), str(terms.guarantee)
    if terms is not None and terms.draw is not None:
        yield say("book.draw", {}), f"{terms.draw.amount} / {shown(terms.draw.recovery * 100)} %"
    if terms is not None and terms.hold_back is not None:
        yield say("book.held_back", {}), f"{shown(terms.hold_back.part * 100)} % / {terms.hold_back.periods}"


def _kept(edition: Edition, gate: Gate) -> Inline:
    return link(edition, gate.figure), f" {gate.keeps.test}"


def _stepped(edition: Edition, step: Modifier) -> Inline:
    """What a step does to the sum."""
    match step:
        case PayFactor():
            return "× ", link(edition, step.times)
        case Kicker():
            return f"+ {step.adds}: ", *_kept(edition, step.gate)
        case PayCap():
            return f"≤ {step.most}"
        case _:
            return f"≥ {step.least}"


def _given(reward: Reward, language: str) -> str:
    match reward:
        case Cash():
            return str(reward.amount)
        case Gift():
            return f"{reward.name} ({reward.worth})"
        case Recognition():
            return f"{_word(language, reward.form)}: {reward.name}"
        case Tuition():
            return f"{_word(language, 'tuition')}: {shown(reward.part * 100)} %, ≤ {reward.most}"
        case _:
            return f"{reward.units} {reward.name}"


def _lines(edition: Edition, plan: Plan) -> Iterator[tuple[Inline, ...]]:
    for key, line in plan.lines.items():
        quota = NOTHING if line.quota is None else shown(line.quota)
        yield line.name or key, str(line.pays), links(edition, [line.times]), quota, shown(line.part)


def training_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """Courses, and the certificates that they lead to."""
    yield table(
        language,
        ("name", "goals", "covers", "teaches", "passing"),
        (
            (
                key,
                one.name,
                "; ".join(one.goals) or NOTHING,
                links(edition, one.covers, "clauses"),
                links(edition, one.teaches),
                ", ".join(f"{_word(language, source)} {least}" for source, least in one.passing.items()) or NOTHING,
            )
            for key, one in edition.courses.items()
        ),
        part="courses",
        title="courses_title",
    )
    yield table(
        language,
        ("name", "course", "months", "stale"),
        (
            (
                key,
                one.name,
                links(edition, [one.course], "courses"),
                NOTHING if one.months is None else str(one.months),
                _word(language, one.stale),
            )
            for key, one in edition.certificates.items()
        ),
        part="certificates",
        title="certificates_title",
    )


def knowledge_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """Standard answers, groups of customers, how they are asked, and who reports what to whom."""
    yield table(
        language,
        ("name", "applies", "text"),
        ((key, one.title, show_condition(one.when), one.text) for key, one in edition.articles.items()),
        part="articles",
        title="articles_title",
    )
    yield table(
        language,
        ("name", "kind", "applies"),
        ((key, one.name, _word(language, one.kind), show_condition(one.when)) for key, one in edition.segments.items()),
        part="segments",
        title="segments_title",
    )
    yield table(
        language,
        ("name", "method", "every", "owner"),
        (
            (
                key,
                one.name,
                _word(language, one.method),
                _word(language, one.every),
                links(edition, [one.owner], "roles"),
            )
            for key, one in edition.surveys.items()
        ),
        part="surveys",
        title="surveys_title",
    )
    yield table(
        language,
        ("name", "every", "owner", "to", "has"),
        (
            (
                key,
                one.name,
                _word(language, one.every),
                links(edition, [one.owner], "roles"),
                links(edition, one.to, "roles"),
                links(edition, one.has),
            )
            for key, one in edition.report_duties.items()
        ),
        part="report_duties",
        title="reports_title",
    )


def improvement_blocks(standard: ServiceStandard, language: str) -> Iterator[Block]:
    """What fell short, what is done about it, by whom and until when."""
    words, edition = catalogue(language), standard.current
    yield table(
        language,
        ("result", "shortfall", "cause", "action", "owner", "due", "done"),
        (
            (
                key,
                links(edition, [one.kpi], "kpis"),
                one.shortfall,
                one.cause or NOTHING,
                one.action,
                links(edition, [one.owner], "roles"),
                words.say(one.due),
                NOTHING if one.done is None else words.say(one.done),
            )
            for key, one in standard.improvements.items()
        ),
        part="improvements",
    )


def glossary_blocks(edition: Edition, language: str) -> Iterator[Block]:
    """What may be known of a case, what may happen to it, and the words for how far a clause holds."""
    yield table(
        language,
        ("name", "key", "values"),
        ((one.name or key, key, _values(one, language)) for key, one in edition.facts.types.items()),
        title="facts_title",
    )
    yield table(
        language,
        ("name", "key", "also"),
        ((one.name or key, key, ", ".join(one.also) or NOTHING) for key, one in edition.events.items()),
        title="events_title",
    )
    if edition.clauses:
        words = catalogue(language)
        yield table(
            language,
            ("status", "text"),
            (
                (words.sentence(f"book.status_{status}", {}), words.sentence(f"book.means_{status}", {}))
                for status in get_args(ClauseStatus)
            ),
            title="statuses_title",
        )


def _values(kind: FactType, language: str) -> str:
    if kind.one_of:
        return ", ".join(kind.one_of)
    ends = "" if kind.within is None else f" {kind.within.low} - {kind.within.high}"
    return f"{_word(language, kind.kind)}{ends} {kind.unit}".strip()
