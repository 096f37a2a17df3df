"""Before and after: which promises are kept more often than in another period, beyond chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from svcstd.catalogues import catalogue
from svcstd.handbook.pictures import NOTHING, clip, percent
from svcstd.handbook.sections import Section
from svcstd.handbook.svg import dot, path, rect, svg, text
from svcstd.handbook.tally import Report
from svcstd.scoring import BeforeAfter, Measure, before_after
from svcstd.sla import Attainment

__all__ = ["PromiseChange", "change_section", "draw_changes", "promise_changes"]

ENOUGH_DECIDED = 30
"""Decisions on both sides below which a comparison tells nothing."""
CERTAIN = Decimal("0.95")
WIDTH, LEFT, RIGHT, TOP, ROW = 720, 200, 20, 12, 22
MOST_ROWS = 40
LONGEST = 26
"""Letters of a label."""


@attrs.frozen
class PromiseChange:
    """A promise in two periods.

    Attributes:
        promise: objective and row; both empty for all together.
        change: the shares kept, their difference, and whether it is beyond chance.
    """

    promise: tuple[str, str]
    change: BeforeAfter


def promise_changes(before: Report, after: Report) -> tuple[PromiseChange, ...]:
    """All promises together, then each that one of the two reports has, in the order of their keys.

    A difference counts with a certainty of 95 % (Newcombe's interval), from 30 decisions on both sides on.

    Args:
        before: of the earlier period.
        after: of the later one, by the same standard.
    """
    counts = dict(before.promises), dict(after.promises)
    keys = sorted({*counts[0], *counts[1]})
    was, now = counts
    none = Attainment()
    rows = [PromiseChange(("", ""), _compared(before.total, after.total))]
    rows += [PromiseChange(key, _compared(was.get(key, none), now.get(key, none))) for key in keys]
    return tuple(rows)


def _compared(was: Attainment, now: Attainment) -> BeforeAfter:
    shares = [Measure(one.met, one.decided, one.decided) for one in (was, now)]
    return before_after(shares[0], shares[1], better="more", least=ENOUGH_DECIDED, confidence=CERTAIN)


def change_section(
    before: Report, after: Report, *, named: Callable[[tuple[str, str]], str], language: str = "en"
) -> Section:
    """The comparison as a section of a page.

    Args:
        before: of the earlier period.
        after: of the later one.
        named: a promise for people.
        language: of its words.
    """
    say = catalogue(language).sentence
    rows = promise_changes(before, after)
    names = [say("charts.change_all", {}), *(named(one.promise) for one in rows[1:])]
    verdicts = [one.change.verdict for one in rows[1:]]
    told = {
        "since": before.since,
        "until": before.until,
        "better": f"{verdicts.count('better'):,}",
        "worse": f"{verdicts.count('worse'):,}",
        "least": ENOUGH_DECIDED,
    }
    title = say("charts.change_title", {})
    lines = [
        (
            name,
            percent(one.change.before.value),
            f"{one.change.before.n:,}",
            percent(one.change.after.value),
            f"{one.change.after.n:,}",
            points(one.change.delta),
            NOTHING if one.change.low is None else points(Fraction(one.change.low)),
            NOTHING if one.change.high is None else points(Fraction(one.change.high)),
            say(f"charts.change_{one.change.verdict}", {}),
        )
        for name, one in zip(names, rows, strict=True)
    ]
    return Section(
        title=title,
        note=say("charts.change_note", told),
        picture=draw_changes(list(zip(names, rows, strict=True)), "changes", title, language=language),
        columns=("promise", "before", "n", "after", "n", "difference", "low", "high", "verdict"),
        lines=lines,
    )


def points(share: Fraction | None) -> str:
    """A difference of shares in percentage points, with its sign.

    >>> points(Fraction(1, 8)), points(Fraction(-1, 3)), points(Fraction(0)), points(None)
    ('+12.5', '-33.3', '0.0', '–')
    """
    if share is None:
        return NOTHING
    tenths = round(share * 1000)
    sign = "+" if tenths > 0 else "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def draw_changes(rows: Sequence[tuple[str, PromiseChange]], name: str, title: str, *, language: str = "en") -> str:
    """A line for each promise: the difference, and between which values it may lie.

    Args:
        rows: the first 40 of them are drawn.
        name: prefix of ids, unique in a page.
        title: for those who do not see it.
        language: of its words.
    """
    shown = rows[:MOST_ROWS]
    ends = [abs(float(end)) for _, one in shown for end in (one.change.low, one.change.high) if end is not None]
    reach = max(ends, default=0.1) or 0.1
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    scale = (WIDTH - LEFT - RIGHT) / 2 / reach

    def x(share: Fraction | Decimal) -> float:
        return middle + float(share) * scale

    high = TOP + ROW * len(shown) + 24
    marks = [rect(middle, TOP, 0.8, ROW * len(shown), "count")]
    told = []
    for number, (promise, one) in enumerate(shown):
        words = _words(promise, one.change, language)
        told.append(words)
        marks += _row(TOP + ROW * number + ROW / 2, clip(promise, LONGEST), one.change, words, x)
    for share in (-reach, 0.0, reach):
        side = "start" if share < 0 else "end" if share > 0 else "middle"
        marks.append(
            text(middle + share * scale, high - 6, points(Fraction(share).limit_denominator(10_000)), "tick", side)
        )
    return svg("changes", name, (WIDTH, high), title, "; ".join(told), marks)


def _row(
    y: float, label: str, change: BeforeAfter, words: str, x: Callable[[Fraction | Decimal], float]
) -> Iterator[str]:
    yield text(LEFT - 10, y + 4, label, "label", "end")
    if change.delta is None or change.low is None or change.high is None:
        yield text(LEFT + 6, y + 4, words.rpartition(": ")[2], "tick")
        return
    yield path(f"M{x(change.low):.1f} {y:.1f}H{x(change.high):.1f}", "curve", words)
    yield dot(x(change.delta), y, 5, "hollow" if change.verdict == "same" else "met", words)


def _words(promise: str, change: BeforeAfter, language: str) -> str:
    say = catalogue(language).sentence
    verdict = say(f"charts.change_{change.verdict}", {})
    return f"{promise}: {points(change.delta)}: {verdict}"
