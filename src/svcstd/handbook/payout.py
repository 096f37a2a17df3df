"""What a curve pays, stretch by stretch, with the ends that belong to each, and the picture of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from svcstd.catalogues import catalogue
from svcstd.curves import Tiers, shown
from svcstd.errors import DefinitionError
from svcstd.handbook.sections import Section
from svcstd.handbook.statement_text import money_text
from svcstd.handbook.svg import dot, path, rect, svg, text
from svcstd.incentives import PayCurve, PayFactor, PayLine, Plan
from svcstd.incentives.plan import bounds_of
from svcstd.keyed import EMPTY
from svcstd.money import Money

__all__ = ["PayStretch", "draw_payout", "pay_stretches", "payout_sections"]

WIDTH, LEFT, RIGHT, TOP, HIGH = 720, 110, 24, 18, 220
MOST_TICKS = 7
ROOM_X, ROOM_Y = 44, 16
"""Units that a tick needs."""
ROOM_LABEL = 160


@attrs.frozen
class PayStretch:
    """A part of a curve without a bend.

    Attributes:
        start, end: results.
        first, last: what comes of them, in units; where an end is not part of it, what is come near to.
        has_start, has_end: whether the ends belong to it.
    """

    start: Fraction
    end: Fraction
    first: Fraction
    last: Fraction
    has_start: bool
    has_end: bool

    @property
    def interval(self) -> str:
        """Its results, with brackets that say which ends belong to it."""
        ends = f"{shown(self.start)}, {shown(self.end)}"
        return f"{'[' if self.has_start else '('}{ends}{']' if self.has_end else ')'}"


def _kinks(curve: PayCurve) -> list[Fraction]:
    return sorted({*bounds_of(curve), *((curve.start,) if isinstance(curve, Tiers) else ())})


def pay_stretches(curve: PayCurve, low: Fraction, high: Fraction) -> tuple[PayStretch, ...]:
    """The stretches of a curve between two results; where it refuses a result there is none.

    >>> from svcstd.curves import Steps
    >>> [(str(one.start), one.has_start, str(one.first)) for one in pay_stretches(Steps([1], [0, 2], bound="upper"),
    ...     Fraction(0), Fraction(2))]
    [('0', True, '0'), ('1', True, '2')]
    """
    ends = sorted({low, high, *(bound for bound in _kinks(curve) if low < bound < high)})
    return tuple(_stretches(curve, ends))


def _stretches(curve: PayCurve, ends: Sequence[Fraction]) -> Iterator[PayStretch]:
    for start, end in pairwise(ends):
        third = (end - start) / 3
        near, far = (_at(curve, start + third * steps) for steps in (1, 2))
        if near is None or far is None:
            continue
        first, last = 2 * near - far, 2 * far - near
        yield PayStretch(start, end, first, last, _at(curve, start) == first, _at(curve, end) == last)


def _at(curve: PayCurve, value: Fraction) -> Fraction | None:
    try:
        return curve.at(value)
    except DefinitionError:
        return None


def _span(curve: PayCurve, value: Fraction | None) -> tuple[Fraction, Fraction]:
    """From where to where it is drawn: around all bends and the value."""
    seen = [*_kinks(curve), *(() if value is None else (value,))]
    low, high = min(seen, default=Fraction(0)), max(seen, default=Fraction(1))
    margin = (high - low or abs(high) or Fraction(1)) / 4
    starts = isinstance(curve, Tiers) and low == curve.start
    return (low if starts or low == 0 else low - margin if low < 0 or low > margin else Fraction(0)), high + margin


def draw_payout(
    curve: PayCurve,
    name: str,
    title: str,
    *,
    pays: Callable[[Fraction], str],
    value: Fraction | None = None,
    axis: str = "",
) -> str:
    """A payout curve: a dot is full where the bound belongs to its stretch, hollow where it does not.

    Args:
        curve: to be drawn.
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        pays: what units come to, in words.
        value: a result to mark.
        axis: what is read along the bottom.
    """
    low, high = _span(curve, value)
    found = pay_stretches(curve, low, high)
    levels = [Fraction(0), *(at for one in found for at in (one.first, one.last))]
    floor, top = min(levels), max(levels)
    wide = (WIDTH - LEFT - RIGHT) / float(high - low)
    tall = HIGH / float(top - floor or 1)

    def x(result: Fraction) -> float:
        return LEFT + float(result - low) * wide

    def y(units: Fraction) -> float:
        return TOP + HIGH - float(units - floor) * tall

    marks = [rect(LEFT, y(Fraction(0)), WIDTH - LEFT - RIGHT, 0.8, "count")]
    told = []
    for one in found:
        told.append(f"{one.interval}: {pays(one.first)} - {pays(one.last)}")
        steps = f"M{x(one.start):.1f} {y(one.first):.1f}L{x(one.end):.1f} {y(one.last):.1f}"
        marks.append(path(steps, "curve", told[-1]))
    view = (None if _at(curve, low - 1) is None else low, None if _at(curve, high + 1) is None else high)
    for before, after in pairwise((None, *found, None)):
        marks += _ends(before, after, view, x, y)
    if value is not None and (units := _at(curve, value)) is not None:
        here = f"{shown(value)}: {pays(units)}"
        steps = f"M{x(value):.1f} {TOP + HIGH}V{y(units):.1f}"
        marks += [path(steps, "now"), dot(x(value), y(units), 6, "due", here)]
        side, away = ("end", -10) if x(value) > LEFT + ROOM_LABEL else ("start", 10)
        marks.append(text(x(value) + away, max(y(units) - 8, 12), here, "label", side))
    marks += _ticks_below({low, high, *_kinks(curve)} & {*(at for s in found for at in (s.start, s.end))}, x)
    marks += _ticks_beside(levels, y, pays)
    if axis:
        marks.append(text(WIDTH - RIGHT, TOP + HIGH + 34, axis, "tick", "end"))
    return svg("payout", name, (WIDTH, TOP + HIGH + 42), title, "; ".join(told), marks)


def _ends(
    before: PayStretch | None,
    after: PayStretch | None,
    view: tuple[Fraction | None, Fraction | None],
    x: Callable[[Fraction], float],
    y: Callable[[Fraction], float],
) -> Iterator[str]:
    """The dots where two stretches do not meet, and where the curve itself begins or ends, not only the picture."""
    meets = before is not None and after is not None and before.end == after.start and before.last == after.first
    if meets:
        return
    if before is not None and before.end != view[1]:
        yield dot(x(before.end), y(before.last), 4.5, "met" if before.has_end else "hollow", shown(before.end))
    if after is not None and after.start != view[0]:
        yield dot(x(after.start), y(after.first), 4.5, "met" if after.has_start else "hollow", shown(after.start))


def _ticks_below(results: set[Fraction], x: Callable[[Fraction], float]) -> Iterator[str]:
    last = -float(ROOM_X)
    for result in sorted(results):
        if x(result) - last >= ROOM_X:
            last = x(result)
            yield text(last, TOP + HIGH + 16, shown(result), "tick", "middle")


def _ticks_beside(
    levels: Sequence[Fraction], y: Callable[[Fraction], float], pays: Callable[[Fraction], str]
) -> Iterator[str]:
    drawn: list[float] = []
    for units in (Fraction(0), max(levels), min(levels), *sorted(set(levels))):
        if len(drawn) < MOST_TICKS and all(abs(y(units) - other) >= ROOM_Y for other in drawn):
            drawn.append(y(units))
            yield text(LEFT - 8, y(units) + 4, pays(units), "tick", "end")


def payout_sections(
    plan: Plan, *, results: Mapping[str, Fraction] = EMPTY, name: str = "payout", language: str = "en"
) -> list[Section]:
    """A section for each line and factor of a plan that has a curve.

    Args:
        plan: to be drawn.
        results: by key of a line or name of a step, a result to mark.
        name: prefix of ids, unique in a page.
        language: of its words.
    """
    parts: list[tuple[str, str, PayLine | PayFactor]] = [
        (key, line.name or key, line) for key, line in plan.lines.items()
    ]
    parts += [(step.name, step.name, step) for step in plan.modifiers if isinstance(step, PayFactor)]
    return [
        _section(plan, f"{name}{number}", title, part, part.curve, results.get(key), language)
        for number, (key, title, part) in enumerate(parts)
        if part.curve is not None
    ]


def _section(
    plan: Plan,
    name: str,
    title: str,
    part: PayLine | PayFactor,
    curve: PayCurve,
    value: Fraction | None,
    language: str,
) -> Section:
    say = catalogue(language).sentence

    def pays(units: Fraction) -> str:
        if isinstance(part, PayFactor):
            return f"× {shown(units)}"
        return money_text(Money.of(part.pays.times(units * part.part), plan.currency, plan.rounding))

    quota = part.quota if isinstance(part, PayLine) else None
    attained = value if value is None or quota is None else value / quota
    low, high = _span(curve, attained)
    found = pay_stretches(curve, low, high)
    told = {"figure": part.times, "pays": pays(Fraction(1)), "quota": "" if quota is None else shown(quota)}
    note = "payout_curve" if quota is None else "payout_quota"
    axis = part.times if quota is None else say("statements.payout_axis", told)
    heading = say("statements.payout_title", {"line": title})
    return Section(
        title=heading,
        note=say(f"statements.{note}", told),
        picture=draw_payout(curve, name, heading, pays=pays, value=attained, axis=axis),
        columns=("between", "pays_from", "pays_to"),
        lines=[(one.interval, pays(one.first), pays(one.last)) for one in found],
    )
