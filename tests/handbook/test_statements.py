"""Statements for people: pages, pictures, Markdown, rows; what is printed sums, nothing from strangers is obeyed."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from svcstd.curves import DistanceToTarget, Goalposts, PiecewiseLinear, Rounding, Steps, Tiers
from svcstd.errors import CurrencyError, ExtraMissing
from svcstd.explain import because
from svcstd.handbook import (
    STATEMENT_COLUMNS,
    PayStretch,
    draw_payout,
    draw_statement,
    frame,
    money_text,
    pay_stretches,
    payout_sections,
    render_statements,
    statement_headline,
    statement_markdown,
    statement_page,
    statement_rows,
    text_of,
)
from svcstd.handbook.statement_picture import falls_of_statement
from svcstd.incentives import LedgerKind, LedgerLine, NextTier, PayFactor, PayLine, Plan, Refusal, Statement
from svcstd.money import Money

CENT = Rounding(Decimal("0.01"), "half up")


def line(key: str, amount: str, kind: LedgerKind = "line", **more: Any) -> LedgerLine:
    """A line of a ledger."""
    why = because("pay.figure", figure=key, value=amount)
    return LedgerLine(key=key, kind=kind, amount=Money.of(amount, "CNY"), why=why, **more)


def statement(*lines: LedgerLine, of: str = "E07 <b>", state: Any = "due", **more: Any) -> Statement:
    """A statement of January."""
    told: dict[str, Any] = {"plan": "monthly", "period": "2026-01", "currency": "CNY"}
    return Statement(of=of, state=state, lines=lines, **(told | more))


WHOLE = statement(
    line("score", "1400.00", value=Fraction(7, 10), figure="scorecards.engineer", clause="7.2", earned=Fraction(1400)),
    line("points|x", "-20.50", value=Fraction(2, 3), earned=Fraction(-41, 2)),
    line("held", "-100", "held"),
    line("score", "-3.00", "clawback", corrects="monthly 2025-12"),
    refusals=[
        Refusal(kind="gate", key="csat", why=because("pay.not_eligible", because("pay.no_service"))),
    ],
    next_tiers=[NextTier(line="score", bound=Fraction(9, 10), lack=Fraction(1, 5), more=Money.of("16.20", "CNY"))],
    cost_centre="4711",
    version="v2",
    edition="2026-01-01",
)


def marks(picture: str) -> list[ET.Element]:
    """The elements of a picture; it is well-formed."""
    return list(ET.fromstring(picture).iter())  # noqa: S314 - our own picture


def test_money_for_people() -> None:
    """Grouped, with its currency."""
    assert money_text(Money.of("-1234567.80", "CNY")) == "-1,234,567.80 CNY"


def test_a_waterfall_ends_at_the_total() -> None:
    """What adds, what takes away, the kind beside the key where it is no line of the plan."""
    told = [(fall.label, fall.figure, str(fall.start), str(fall.end)) for fall in falls_of_statement(WHOLE)]
    assert told == [
        ("score", "+1,400.00 CNY", "0", "1400"),
        ("points|x", "-20.50 CNY", "1400", "2759/2"),
        ("held back", "-100.00 CNY", "2759/2", "2559/2"),
        ("score (clawback)", "-3.00 CNY", "2559/2", "2553/2"),
        ("total", "1,276.50 CNY", "0", "2553/2"),
    ]
    found = draw_statement(WHOLE, "s1")
    assert "monthly of E07 &lt;b&gt; for 2026-01: 1,276.50 CNY" in found
    assert found.count('fill="url(#s1-hatch)"') == 3
    waits = falls_of_statement(statement(state="withheld"))
    assert [(fall.label, fall.start, fall.figure) for fall in waits] == [("total", None, "waits")]


KINDS: list[tuple[LedgerKind, str]] = [
    ("rounding", "x (rounding)"),
    ("share", "x (share of the team)"),
    ("carried in", "x (carried in)"),
    ("award", "x (award)"),
    ("line", "x"),
    ("step", "x"),
]


@pytest.mark.parametrize(("kind", "shown"), KINDS)
def test_kinds_in_words(kind: LedgerKind, shown: str) -> None:
    """A line of the plan is its key."""
    assert falls_of_statement(statement(line("x", "1", kind)))[0].label == shown


def test_rows_for_spreadsheets() -> None:
    """Plain numbers, below zero too; a refusal is a row without amount; a formula stays a text."""
    listed = list(statement_rows([WHOLE, statement(line("=1+1", "-1.5"), of="-2+3")]))
    assert all(len(row) == len(STATEMENT_COLUMNS) for row in listed)
    rows = [dict(zip(STATEMENT_COLUMNS, row, strict=True)) for row in listed]
    assert [row["amount"] for row in rows] == ["1400.00", "-20.50", "-100.00", "-3.00", "", "-1.50"]
    assert [row["value"] for row in rows[:3]] == ["0.7", "2/3", ""]
    assert [row["earned"] for row in rows[:3]] == ["1400", "-20.5", ""]
    assert rows[3]["corrects"] == "monthly 2025-12"
    assert (rows[4]["line"], rows[4]["kind"]) == ("csat", "gate")
    assert rows[4]["reason"] == "not eligible: no day of service leaves no quota to reach"
    text = "".join(text_of(STATEMENT_COLUMNS, listed))
    assert ",-20.50," in text
    assert ",'-2+3," in text
    assert ",'=1+1," in text


def test_markdown() -> None:
    """The answer, the ledger with its total, refusals, what lies ahead, what changed, why; marks are escaped."""
    before = statement(line("score", "1000.00"), period="2025-12")
    text = statement_markdown(WHOLE, before=before)
    assert text.startswith("# E07 \\<b\\> is paid 1,276.50 CNY for 2026-01 by monthly.\n\nPlan monthly, version v2, ")
    assert "| points\\|x | 0.6667 | -20.50 CNY | points\\|x is -20.50 |\n" in text
    assert "| score | 0.7 | 1,400.00 CNY | score is 1400.00 \\[7.2\\] |\n" in text
    assert "| total |  | 1,276.50 CNY |  |\n" in text
    assert "- not eligible: no day of service leaves no quota to reach\n" in text
    assert "- score: 0.2 more reaches 0.9 and pays 16.20 CNY more\n" in text
    assert "## Different from monthly 2025-12\n" in text
    assert "| score | 1,000.00 CNY | 1,397.00 CNY | 397.00 CNY |\n" in text
    assert text.endswith("  - not eligible\n    - no day of service leaves no quota to reach\n")
    short = statement_markdown(statement(line("a", "1")))
    assert "##" not in short.replace("## Why", "")
    assert "edition the first, cost centre \N{EN DASH}" in short


def test_headlines() -> None:
    """Of none, of one in each state, of many."""
    assert statement_headline([]) == "Nobody is paid."
    one = statement(line("a", "1"), of="a")
    assert statement_headline([one]) == "a is paid 1.00 CNY for 2026-01 by monthly."
    refused, waits = statement(of="r", state="refused"), statement(of="w", state="withheld")
    assert statement_headline([refused]) == "r is paid nothing for 2026-01 by monthly: not eligible."
    assert statement_headline([waits]) == "The pay of w for 2026-01 by monthly waits for a result."
    assert statement_headline([one, refused]) == "1 of 2 are paid 1.00 CNY in all for 2026-01."
    yen = Statement(plan="p", of="y", period="2026-02", currency="JPY", state="due", lines=())
    assert statement_headline([one, yen, waits]) == (
        "2 of 3 are paid 1.00 CNY, 0 JPY in all for 2026-01, 2026-02; 1 wait for a result."
    )


def curve_plan(*lines: PayLine, **more: Any) -> Plan:
    """A plan of some lines."""
    return Plan(
        key="p",
        currency="CNY",
        every="month",
        rounding=CENT,
        round_at="line",
        lines={f"l{number}": one for number, one in enumerate(lines)},
        **more,
    )


TIERS = Tiers([300, 500], [0, 1, 2], kind="marginal", bound="lower", start=0, beyond="refuse")
RATES = Tiers([Fraction(9, 10)], [0, 1], kind="whole", bound="upper", start=0, beyond="clamp")


def stretches(curve: Any, low: Any, high: Any) -> list[tuple[str, str, str]]:
    """Interval and both ends of each."""
    found = pay_stretches(curve, Fraction(low), Fraction(high))
    return [(one.interval, str(one.first), str(one.last)) for one in found]


@pytest.mark.parametrize(
    ("curve", "low", "high", "wanted"),
    [
        (TIERS, -10, 600, [("[0, 300]", "0", "0"), ("[300, 500]", "0", "200"), ("[500, 600]", "200", "400")]),
        (RATES, 0, 1, [("[0, 0.9)", "0", "0"), ("[0.9, 1]", "9/10", "1")]),
        (attrs.evolve(RATES, bound="lower"), 0, 1, [("[0, 0.9]", "0", "0"), ("(0.9, 1]", "9/10", "1")]),
        (Steps([1, 2], [0, 5, 5], bound="lower"), 1, 3, [("(1, 2]", "5", "5"), ("[2, 3]", "5", "5")]),
        (PiecewiseLinear([(0, 0), (1, 2)], beyond="refuse"), -1, 2, [("[0, 1]", "0", "2")]),
        (PiecewiseLinear([(0, 0), (1, 2)], beyond="clamp"), 0, 2, [("[0, 1]", "0", "2"), ("[1, 2]", "2", "2")]),
        (Goalposts(0, 10, scale=1, beyond="clamp"), 0, 20, [("[0, 10]", "0", "1"), ("[10, 20]", "1", "1")]),
        (DistanceToTarget(10, worst=0, cap=True), 0, 20, [("[0, 10]", "0", "1"), ("[10, 20]", "1", "1")]),
    ],
)  # fmt: skip
def test_stretches(curve: Any, low: int, high: int, wanted: list[tuple[str, str, str]]) -> None:
    """Each with the ends that belong to it; nothing where the curve refuses."""
    assert stretches(curve, low, high) == wanted


def dots(picture: str) -> list[tuple[str, str]]:
    """The round marks, with what they say."""
    found = [mark for mark in marks(picture) if mark.tag.endswith("circle")]
    return [(mark.get("class") or "", "".join(mark.itertext())) for mark in found]


def test_open_and_closed_ends() -> None:
    """A bound is full on the side to which it belongs, hollow on the other; a bend without a jump has no dot."""
    assert dots(draw_payout(RATES, "p", "Pays", pays=str)) == [("hollow", "0.9"), ("met", "0.9")]
    lower = attrs.evolve(RATES, bound="lower")
    assert dots(draw_payout(lower, "p", "Pays", pays=str)) == [("met", "0.9"), ("hollow", "0.9")]
    assert dots(draw_payout(TIERS, "p", "Pays", pays=str)) == [("met", "0")]
    only = PiecewiseLinear([(1, 0), (2, 2)], beyond="refuse")
    assert dots(draw_payout(only, "p", "Pays", pays=str)) == [("met", "1"), ("met", "2")]


def test_a_result_is_marked() -> None:
    """Where it stands and what it pays; one that the curve refuses is not."""
    shown = draw_payout(TIERS, "p", "Pays <x>", pays=lambda units: f"{units} CNY", value=Fraction(400), axis="kpis.a")
    assert ("due", "400: 100 CNY") in dots(shown)
    assert "Pays &lt;x&gt;" in shown
    assert "kpis.a" in shown
    assert "[300, 500]: 0 CNY - 200 CNY" in shown
    low = draw_payout(TIERS, "p", "Pays", pays=str, value=Fraction(1))
    assert 'text-anchor="start"' in low
    refused = draw_payout(PiecewiseLinear([(0, 0), (1, 2)], beyond="refuse"), "p", "Pays", pays=str, value=Fraction(3))
    assert [css for css, _ in dots(refused)] == ["met", "met"]


def test_curves_of_one_piece() -> None:
    """Without a bound, and with negative results, there is still a picture."""
    one = Tiers([], [2], kind="whole", bound="lower", start=0, beyond="refuse")
    assert stretches(one, 0, 1) == [("[0, 1]", "0", "2")]
    assert draw_payout(one, "p", "Pays", pays=str).count('class="curve"') == 1
    assert draw_payout(Steps([-1], [0, 0], bound="upper"), "p", "Nothing", pays=str).count('class="curve"') == 2
    assert draw_payout(Steps([1], [0, 1], bound="upper"), "p", "Far", pays=str, value=Fraction(100))


def test_sections() -> None:
    """One for each line and factor with a curve; a quota is told; factors have no money."""
    pays = Money.of(100, "CNY")
    straight = PayLine(pays=pays, times="kpis.a", missing="nothing")
    tiered = PayLine(pays=pays, times="kpis.b", missing="nothing", curve=TIERS, part=Fraction(1, 2), name="Tiers <b>")
    by_quota = PayLine(pays=pays, times="kpis.c", missing="nothing", curve=RATES, quota=40)
    steps = (
        PayFactor(
            name="rating", times="kpis.d", missing="nothing", curve=Steps([1], [1, Fraction(11, 10)], bound="upper")
        ),
        PayFactor(name="plain", times="kpis.d", missing="nothing"),
    )
    plan = curve_plan(straight, tiered, by_quota, modifiers=steps)
    tiers, quota, factor = payout_sections(plan, results={"l2": Fraction(38)})
    assert (tiers.title, tiers.note) == (
        "What Tiers <b> pays",
        "50.00 CNY times what the curve makes of kpis.b. A hollow dot is a bound that is not part.",
    )
    assert tiers.lines[1] == ("[300, 500]", "0.00 CNY", "10,000.00 CNY")
    assert quota.note == "100.00 CNY times what the curve makes of kpis.c by the quota 40."
    assert "0.95: 95.00 CNY" in quota.picture
    assert (factor.title, factor.lines[1][1]) == ("What rating pays", "\N{MULTIPLICATION SIGN} 1.1")


def test_the_page_of_one() -> None:
    """The answer, the waterfall, the ledger, what changed, the curve with the result; nothing from outside."""
    plan = curve_plan(PayLine(pays=Money.of(1, "CNY"), times="scorecards.engineer", missing="nothing", curve=RATES))
    before = statement(line("score", "1000.00"), period="2025-12")
    made = attrs.evolve(WHOLE, lines=(attrs.evolve(WHOLE.lines[0], key="l0"), *WHOLE.lines[1:]))
    page = render_statements([made], title="Pay <x>", plan=plan, before={"E07 <b>": before}, version="1.0")
    assert "<h1>Pay &lt;x&gt;</h1>" in page
    assert "E07 &lt;b&gt; is paid 1,276.50 CNY" in page
    assert "Made by svcstd 1.0." in page
    assert "0.7: 0.00 CNY" in page
    assert "Different from monthly 2025-12" in page
    assert "not eligible: no day of service" in page
    assert "<b>" not in page
    assert "By cost centre" not in page
    assert not re.search(r"https?://|<script|style=", page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_page_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody, totals by cost centre in each currency; a long list is cut and says so."""
    yen = Statement(plan="p", of="y", period="2026-02", currency="JPY", state="due", lines=(), cost_centre="2")
    several = [WHOLE, statement(line("a", "1"), of="b", cost_centre="2"), yen]
    page = render_statements(several, title="Pay")
    assert page.count("<svg") == 3
    for cells in (("4711", "1,276.50 CNY"), ("2", "1.00 CNY"), ("2", "0 JPY")):
        assert '<tr><td class="w">{}</td><td class="n">{}</td></tr>'.format(*cells) in page
    monkeypatch.setattr(statement_page, "MOST_ROWS", 1)
    monkeypatch.setattr(statement_page, "MOST_DRAWN", 1)
    short = render_statements(several, title="Pay")
    assert "... and 2 more." in short
    assert "2 further statements are listed above and not shown here." in short
    plain = render_statements([statement(of="a"), statement(of="b")], title="Pay")
    assert "By cost centre" not in plain
    assert "Nobody is paid." in render_statements([], title="Pay")


def test_in_chinese() -> None:
    """The same page; nothing of its frame is left in English."""
    page = render_statements([WHOLE, statement(of="b", state="withheld")], title="薪酬", language="zh")
    assert '<html lang="zh">' in page
    assert "2026-01：2 人中 1 人得到支付，共 1,276.50 CNY；1 人等待结果。" in page
    text = statement_markdown(WHOLE, before=statement(line("score", "1000.00"), period="2025-12"), language="zh")
    assert "| 项目 | 结果 | 金额 | 理由 |" in text
    assert "| 暂扣 | \N{EN DASH} | -100.00 CNY | held 为 -100 |" in text
    assert "- score：再增 0.2 达到 0.9，多付 16.20 CNY" in text
    assert "## 与 monthly 2025-12 的差异" in text


def test_another_currency_before() -> None:
    """Is not compared."""
    yen = Statement(plan="p", of="E07 <b>", period="2026-02", currency="JPY", state="due", lines=())
    with pytest.raises(CurrencyError):
        render_statements([WHOLE], title="Pay", before={"E07 <b>": yen})


def test_without_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    frame.template_of.cache_clear()
    with pytest.raises(ExtraMissing, match="statements"):
        render_statements([], title="Pay")
    frame.template_of.cache_clear()


def test_a_stretch_in_words() -> None:
    """Square where the end belongs to it, round where not."""
    assert PayStretch(Fraction(0), Fraction(1), Fraction(0), Fraction(0), False, True).interval == "(0, 1]"
