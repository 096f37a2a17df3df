"""Pictures: shares in words, bars, columns and the map of hours."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcstd.handbook.pictures import Bar, Column, HeatCell, bars, columns, heat_map, percent

SVG = "{http://www.w3.org/2000/svg}"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _read(picture: str) -> ET.Element:
    return ET.fromstring(picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314 - ours


def _told(picture: str) -> list[str]:
    return [title.text or "" for rect in _read(picture).iter(f"{SVG}rect") for title in rect.iter(f"{SVG}title")]


@pytest.mark.parametrize(
    ("share", "digits", "words"),
    [
        (Fraction(1, 2), 1, "50.0 %"),
        (Fraction(2, 3), 1, "66.7 %"),
        (Fraction(99_999, 100_000), 1, "99.9 %"),  # one broken promise is not none
        (Fraction(1, 100_000), 1, "0.1 %"),  # one kept promise is not none
        (Fraction(99_999, 100_000), 2, "99.99 %"),
        (Fraction(1), 1, "100 %"),
        (Fraction(0), 1, "0 %"),
        (None, 1, "\N{EN DASH}"),
    ],
)
def test_shares_in_words(share: Fraction | None, digits: int, words: str) -> None:
    """A share never rounds up to all or down to nothing."""
    assert percent(share, digits) == words


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_only_all_is_all(part: int, whole: int) -> None:
    """100 % and 0 % are said of nothing else, and the rest lies in between."""
    share = Fraction(min(part, whole), whole)
    said = percent(share)
    assert (said == "100 %") == (share == 1)
    assert (said == "0 %") == (share == 0)
    assert abs(Fraction(said.removesuffix(" %")) / 100 - share) <= Fraction(1, 1000)


def test_bars_begin_at_zero_and_end_at_all() -> None:
    """Kept and late together are the whole width; a thicker bar has more cases."""
    lines = [
        Bar("lamp", "25 % of 400", Fraction(1, 4), 400),
        Bar("sign", "all of 4", Fraction(1), 4),
        Bar("none", "–", None, 0),  # noqa: RUF001 - as the page writes it
    ]
    found = _read(bars("b", "Title", "Words", lines))
    rects = found.findall(f"{SVG}rect")
    sizes = [(float(rect.get("width", "")), float(rect.get("height", ""))) for rect in rects]
    assert [width for width, _ in sizes] == [120, 360, 480, 0, 0, 480]
    assert sizes[0][1] > sizes[2][1] > sizes[4][1] > 0
    assert rects[5].get("class") == "grid"
    assert rects[1].get("fill") == "url(#b-hatch)"
    assert _told(bars("b", "", "", lines))[0] == "lamp: 25 % of 400"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("n" * 44, "n" * 44),
        ("n" * 45, "n" * 43 + "…"),
        ("灯" * 22, "灯" * 22),
        ("灯" * 23, "灯" * 21 + "…"),  # twice as wide as Latin letters
    ],
)
def test_long_labels_are_cut(label: str, shown: str) -> None:
    """The figure stays readable beside any name; the whole name stands in the mark."""
    found = bars("b", "", "", [Bar(label, "50 % of 2", Fraction(1, 2), 2)])
    assert [text.text for text in _read(found).iter(f"{SVG}text")] == [shown, "50 % of 2"]
    assert _told(found)[0] == f"{label}: 50 % of 2"


def test_columns_stand_on_zero() -> None:
    """Kept from below, late from above, cases hanging; an empty week stays empty, few cases are pale."""
    weeks = [
        Column("2026-01-05", "half", "2026-01-05", Fraction(1, 2), 20),
        Column("2026-01-12", "none", "", None, 0),
        Column("2026-01-19", "few", "", Fraction(1), 5),
    ]
    marks = [rect for rect in _read(columns("c", "", "", weeks)).findall(f"{SVG}rect") if rect.get("class") != "grid"]
    shown = [(rect.get("class") or rect.get("fill"), float(rect.get("height", ""))) for rect in marks]
    assert shown == [
        ("url(#c-hatch)", 75),
        ("met", 75),
        ("count", 40),
        ("url(#c-hatch)", 0),
        ("met few", 150),
        ("count", 10),
    ]


def test_a_tick_that_has_no_room_is_left_out() -> None:
    """Text never runs over the right edge."""
    weeks = [Column(f"w{number}", "", f"w{number}", Fraction(1), 1) for number in range(160)]
    ticks = [text.text or "" for text in _read(columns("c", "", "", weeks)).iter(f"{SVG}text")]
    assert "w0" in ticks
    assert "w159" not in ticks


def test_the_map_of_hours() -> None:
    """A deep cell for many late, a small one for few cases, a dot for none, the number of late ones inside."""
    cells = [
        HeatCell(0, 9, "Mon 09:00: 3 late of 10", 3, 10),
        HeatCell(1, 10, "Tue 10:00: 10 late of 10", 10, 10),
        HeatCell(2, 11, "Wed 11:00: 0 late of 9", 0, 9),
    ]
    picture = heat_map("h", "Hours", "Words", DAYS, cells)
    rects = {(rect.findtext(f"{SVG}title") or ""): rect for rect in _read(picture).findall(f"{SVG}rect")}
    assert [rects[cell.told].get("class") for cell in cells] == ["h3", "h5", "h0"]
    assert float(rects[cells[2].told].get("width", "")) < float(rects[cells[0].told].get("width", ""))
    assert picture.count('class="grid"') == 7 * 24 - 3
    numbers = [text.text for text in _read(picture).iter(f"{SVG}text") if "cell" in text.get("class", "")]
    assert numbers == ["3", "10"]


@given(st.integers(1, 500), st.data())
def test_every_share_has_a_level(cases: int, data: st.DataObject) -> None:
    """Ten points of a hundred are one level, from half on it is the deepest."""
    late = data.draw(st.integers(0, cases))
    found = heat_map("h", "", "", DAYS, [HeatCell(0, 0, "x", late, cases)])
    level = re.search(r'class="h(\d)"><title>x', found)
    assert level is not None
    assert int(level[1]) == min(100 * late // cases // 10, 5)


@pytest.mark.parametrize(
    "picture",
    [bars("e", "T", "D", []), columns("e", "T", "D", []), heat_map("e", "T", "D", DAYS, [])],
    ids=["bars", "columns", "heat"],
)
def test_nothing_to_draw_is_a_picture_too(picture: str) -> None:
    """No data: well-formed, with title and description."""
    found = _read(picture)
    assert (found.get("role"), found.findtext(f"{SVG}title"), found.findtext(f"{SVG}desc")) == ("img", "T", "D")


@given(st.text(st.characters(codec="utf-8", min_codepoint=32)))
def test_any_name_is_text(name: str) -> None:
    """Whatever a stranger writes, the picture is well-formed and says it back."""
    found = bars("b", name, name, [Bar(name, name, Fraction(1, 2), 2)])
    assert _read(found).findtext(f"{SVG}desc") == name or not name.isprintable()
    assert "<script" not in found
