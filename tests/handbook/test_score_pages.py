"""Pictures and pages of scores: every mark in words, every figure in a table, nothing from strangers obeyed."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from svcstd.calendars import Period
from svcstd.curves import Rounding
from svcstd.errors import ExtraMissing
from svcstd.handbook import (
    Section,
    control_section,
    demand_section,
    draw_control,
    draw_demand,
    draw_pareto,
    draw_score,
    frame,
    pareto_section,
    render_scores,
    score_headline,
    score_page,
)
from svcstd.handbook.score_picture import falls_of
from svcstd.scoring import (
    Cap,
    Criterion,
    Dimension,
    Mean,
    Measure,
    Multiplier,
    Score,
    Scorecard,
    demand,
    p_chart,
    pareto,
    score,
    u_chart,
    xmr_chart,
)

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
NOTHING = Measure(0, 0, 0)
JUNE = Period.of("month", date(2026, 6, 1), "Asia/Shanghai")


def scored(name: str = "E07 <b>", adjustment: Any = None, **figures: Any) -> Score:
    """A score of three parts, one of them a level that is rounded."""
    policy: dict[str, Any] = {"method": "arithmetic", "missing": "reweight"}
    inner = Dimension({"c": Criterion("c")}, Mean(weights={"c": 1}, **policy), rounding=Rounding(Decimal(1), "up"))
    parts = {"a": Criterion("a"), "b": Criterion("b", least=2), "in": inner}
    card = Scorecard(
        key="card",
        root=Dimension(parts, Mean(weights={"a": 3, "b": 1, "in": 1}, **policy)),
        rounding=Rounding(Decimal("0.1"), "half up"),
        adjustments=[adjustment or Cap("cap", most=70)],
    )
    given = {"a": Measure(80, 1, 9), "b": Measure(50, 1, 1), "c": Measure(100, 3, 3)}
    return score(card, {key: figures.get(key, figure) for key, figure in given.items()}, of=name)


def marks(picture: str) -> list[ET.Element]:
    """The elements of a picture; it is well-formed."""
    return list(ET.fromstring(picture).iter())  # noqa: S314 - our own picture


def words(picture: str) -> list[str]:
    """The texts that a picture shows."""
    return [mark.text or "" for mark in marks(picture) if mark.tag.endswith("text")]


def test_a_waterfall_ends_at_the_score() -> None:
    """Parts, roundings, adjustments, what is missing, and the whole."""
    told = [(fall.label, fall.figure, fall.kind) for fall in falls_of(scored())]
    assert told == [
        ("a", "+60", "part"),
        ("in / c", "+8.3333", "part"),
        ("rounding of in", "+0.1667", "rounding"),
        ("b", "too few records", "absent"),
        ("card", "68.5", "total"),
    ]
    capped = falls_of(scored(a=Measure(90, 1, 9), c=NOTHING))
    assert [(fall.label, fall.figure) for fall in capped] == [
        ("a", "+90"),
        ("cap", "-20"),
        ("b", "too few records"),
        ("in", "nothing counted"),
        ("card", "70.0"),
    ]
    last = [fall for fall in falls_of(scored(a=Measure(80, 1, 9), c=Measure(33, 1, 1))) if fall.kind == "rounding"]
    assert [(fall.label, fall.figure) for fall in last] == [("rounding", "+0.05")] or last == []


def test_a_waterfall_in_words() -> None:
    """Title, description and every bar say the same; what takes away is hatched, what is missing is grey."""
    found = draw_score(scored(a=Measure(90, 1, 9)), "s1")
    assert "card of E07 &lt;b&gt;: 70.0" in found
    assert words(found)[:2] == ["a", "+67.5"]
    assert 'fill="url(#s1-hatch)"' in found
    assert 'class="held"' in found
    none = draw_score(scored(a=NOTHING, b=NOTHING, c=NOTHING))
    assert "nothing counted" in none
    withheld = falls_of(scored(adjustment=Multiplier("rating", kpi="b", missing="withhold"), b=NOTHING))
    assert (withheld[-1].label, withheld[-1].figure) == ("card", "withheld")


def test_a_score_below_nothing() -> None:
    """Bars go left of the line."""
    found = draw_score(scored(a=Measure(-50, 1, 9)))
    rects = [mark for mark in ET.fromstring(found) if mark.tag.endswith("rect")]  # noqa: S314 - our own picture
    line, total = rects[0], rects[-1]
    assert float(total.get("x", 0)) < float(line.get("x", 0))


def weeks(*shares: tuple[int, int]) -> dict[str, Measure]:
    """Kept promises by week."""
    return {f"2026-W{number:02d}": Measure(hit, n, n) for number, (hit, n) in enumerate(shares)}


def test_a_control_chart() -> None:
    """Limits, centre, what stands out as a diamond, editions as lines, cases as bars; a gap breaks nothing."""
    chart = p_chart(weeks(*[(90, 100)] * 6, (40, 100), (0, 0)), digits=3, baseline=6)
    found = draw_control(chart, "c", "Kept", editions={"2026-W03": "edition 2026-W03"})
    assert "2026-W06: 40.0 %, n = 100, limits 81.0 % to 99.0 %; beyond the limits" in found
    assert "edition 2026-W03" in found
    assert "2026-W07: \N{EN DASH}, n = 0" in found
    breaches = [mark for mark in marks(found) if mark.get("class") == "breach"]
    assert len(breaches) == 1
    assert "nothing stands out" in draw_control(p_chart(weeks((9, 10)), digits=2), "c", "Kept")
    single = xmr_chart({"a": 1, "b": None, "c": 2}, digits=2)
    assert "limits -1.16 to 4.16" in draw_control(single, "x", "Times")
    silent = xmr_chart({"a": 1, "b": 2} | {str(number): None for number in range(170)}, digits=2)
    assert "nothing stands out" in draw_control(silent, "s", "Nobody")
    assert draw_control(u_chart({"a": Measure(3, 2, 2)}, digits=2), "u", "Complaints")


def test_every_rule_has_words() -> None:
    """All five."""
    values = [0, 1, 0, 1, 0, 1, 0, 1, None, 3, 3, 3, 4, 5, 6, 7, 8, 9]
    chart = xmr_chart({str(number): value for number, value in enumerate(values)}, digits=2, baseline=8)
    told = control_section("c", "Times", chart)
    signals = {part for line in told.lines for part in line[-1].split("; ")}
    assert signals == {
        "\N{EN DASH}",
        "beyond the limits",
        "eight in a row on one side of the mean",
        "six in a row in one direction",
        "two of three far from the mean",
        "four of five on one side, away from the mean",
    }
    assert told.note == "8 of 18 periods stand out; the mean is 0.5." or "stand out" in told.note
    calm = control_section("c", "Kept", p_chart(weeks((9, 10), (8, 10)), digits=2))
    assert calm.note == "Nothing stands out in 2 periods; the mean is 85.0 %."


def test_the_vital_few() -> None:
    """Full for those that reach the share, pale for the others."""
    rows = pareto({"parts <x>": 6, "access": 3, "power": 1}, share=Fraction(4, 5))
    found = draw_pareto(rows, "p", "Causes")
    assert words(found) == [
        "parts <x>",
        "6, together 60.0 %",
        "access",
        "3, together 90.0 %",
        "power",
        "1, together 100 %",
    ]
    drawn = [mark.get("class") or "" for mark in marks(found) if mark.tag.endswith("rect")]
    assert [css for css in drawn if css.startswith("met")] == ["met", "met", "met few"]
    told = pareto_section("p", "Causes", rows)
    assert (told.note, told.lines[1]) == ("2 of 3 causes make 90.0 %.", ("access", "3", "90.0 %"))


def test_a_map_of_the_week() -> None:
    """The busiest hour is the deepest; the declared day is on top; an empty week is all dots."""
    arrivals = [datetime(2026, 6, 1, 1, 30, tzinfo=UTC)] * 60 + [datetime(2026, 6, 2, 2, 30, tzinfo=UTC)]
    told = demand_section("d", "Demand", demand(arrivals, JUNE), DAYS, week="Sunday")
    assert told.note == "61 arrivals, local time Asia/Shanghai; the busiest hour is Mon 09:00 with 12 an hour."
    assert told.lines == (("Mon 09:00", "60", "5", "12"), ("Tue 10:00", "1", "5", "0.2"))
    shown = words(told.picture)
    assert ("12" in shown, "0.2" in shown) == (True, True)
    heights = {mark.text: float(mark.get("y", 0)) for mark in marks(told.picture) if mark.text in DAYS}
    assert min(heights, key=lambda day: heights[day]) == "Sun"
    assert 'class="h5"' in told.picture
    assert "grid" in draw_demand(demand([], JUNE), "d", "Demand", DAYS)


def test_the_page_of_scores() -> None:
    """The answer first, then everybody, then each with its reasons; sections after them; nothing from outside."""
    scores = {
        one.of: one
        for one in (scored(), scored("E08", a=Measure(10, 1, 9)), scored("E09", a=NOTHING, b=NOTHING, c=NOTHING))
    }
    section = pareto_section("p", "Causes", pareto({"a": 1}, share=1))
    page = render_scores(scores, title="Team <North>", sections=[section], version="1.0")
    assert "<h1>Team &lt;North&gt;</h1>" in page
    assert "2 of 3 have a score: 68.5 at best, 68.5 in the middle, 16.0 at worst." in page
    assert "default-src &#39;none&#39;" in page
    assert page.count("<svg") == 4
    assert "E07 &lt;b&gt;" in page
    assert "<b>" not in page
    assert not re.search(r"https?://|<script|style=", page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "too few records" in page
    assert "nothing counted" in page
    assert page.index("E07 &lt;b&gt;") < page.index("E08") < page.index("E09")


def test_headlines() -> None:
    """Of none, of one with and without a grade."""
    none = scored(a=NOTHING, b=NOTHING, c=NOTHING)
    assert score_headline({"x": none}) == "None of 1 has a score."
    assert score_headline({"x": scored()}) == "E07 <b>: 68.5."
    assert score_headline({"x": scored("")}) == "card: 68.5."
    import attrs  # noqa: PLC0415 - beside its only use

    assert score_headline({"x": attrs.evolve(scored(), grade="A")}) == "E07 <b>: 68.5, grade A."


def test_long_lists_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says how many more there are; a page of nobody has only its title."""
    monkeypatch.setattr(score_page, "MOST_ROWS", 1)
    page = render_scores({"a": scored("A"), "b": scored("B")}, title="Team")
    assert "... and 1 more." in page
    empty = render_scores({}, title="Team", sections=[Section(title="x", note="y", picture="", columns=(), lines=())])
    assert "None of 0 has a score." in empty


def test_without_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    frame.template_of.cache_clear()
    with pytest.raises(ExtraMissing):
        render_scores({}, title="Team")
    frame.template_of.cache_clear()
