"""The page: safe from strangers, complete without pictures, sound with nothing and with very much."""

from __future__ import annotations

import base64
import builtins
import hashlib
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

from svcstd.catalogues import catalogue
from svcstd.errors import ExtraMissing
from svcstd.handbook import Report, frame, headline, render_report
from svcstd.handbook.style import STYLE
from svcstd.handbook.tally import Report as Tallied
from svcstd.sla import Attainment

VOID = {"meta", "rect"}
ROWS = [
    ("A", "lamp", "2026-02-13 10:00", "2026-02-17 10:00", "2026-02-17 10:00", "yes"),
    ("B", "lamp", "2026-02-13 10:00", "2026-02-17 10:01", "2026-02-18 10:00", "yes"),
    ("C", "sign", "2026-02-28 23:00", "", "2026-03-03 23:05", ""),
    ("D", "sign", "2026-02-20 09:00", "", "", ""),
    ("E", "moon", "2026-02-20 09:00"),
    ("F", "wire", "2026-02-20 15:00", "2026-02-23 10:59"),
    ("G", "wire", "never"),
]


class Page(HTMLParser):
    """Everything that a browser would see: elements, attributes, texts, tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """An element ends, in order."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """A text."""
        if self.open:
            self.texts.append((self.open[-1], data))
            if self.open[-1] in ("td", "th"):
                self.tables[-1][-1][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every such element."""
        return [found for name, found in self.elements if name == tag]

    def inside(self, tag: str) -> list[str]:
        """Texts directly in such elements."""
        return [text for name, text in self.texts if name == tag]


@pytest.fixture
def made(report_of: Callable[..., Report]) -> Report:
    """Seven rows: kept, late, open, overdue, without promise, unreadable; the desk disagrees."""
    return report_of(ROWS)


def test_the_page_is_sealed(made: Report) -> None:
    """No script, no style attribute, no network, and the policy knows exactly its one style sheet."""
    text = render_report(made)
    found = Page(text)
    assert not found.all("script")
    assert not any("style" in given or any(name.startswith("on") for name in given) for _, given in found.elements)
    assert not re.search(r"https?:|//[a-z]|url\((?!#)|@import|javascript:", text)
    (policy,) = [meta["content"] for meta in found.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    (sheet,) = found.inside("style")
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_answer_comes_first(made: Report) -> None:
    """Name, sentence, then what it covers: moment, span, zone, editions."""
    found = Page(render_report(made))
    assert found.inside("h1") == ["Service <desk>"]
    lede, meta = found.inside("p")[:2]
    assert lede == "50.0 % of 4 promises were kept."
    assert meta == "Read at Mon 2 Mar 2026 12:00 UTC. Covers all cases. Zone UTC. Editions: the first."


def test_every_picture_has_words(made: Report) -> None:
    """Role, title, description; ids are unique in the page."""
    text = render_report(made)
    pictures = Page(text).all("svg")
    assert [picture["role"] for picture in pictures] == ["img"] * 5
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for picture in pictures:
        title, description = (picture["aria-labelledby"] or "").split()
        assert re.search(rf'<title id="{title}">[^<]+</title><desc id="{description}">[^<]+</desc>', text)


def test_figures_of_pictures_stand_in_tables(made: Report) -> None:
    """Promises, weeks and hours: the same figures as text."""
    tables = Page(render_report(made)).tables
    promises, weeks, hours, broken, demand, slowest, desk, reasons, differences, unpromised, _, rejected = tables
    assert promises[1:] == [
        ["lamp", "1 working day", "50.0 %", "1", "1", "0", "0"],
        ["sign", "2 calendar days", "0 %", "0", "0", "1", "1"],
        ["wire", "4 working hours", "100 %", "1", "0", "0", "0"],
        ["all promises", "", "50.0 %", "2", "1", "1", "1"],
    ]
    assert weeks[1:] == [
        ["2026-02-08", "50.0 %", "1", "2"],
        ["2026-02-15", "50.0 %", "1", "2"],
        ["2026-02-22", "\N{EN DASH}", "0", "0"],
    ]
    assert hours[1:] == [
        ["Fri", "09:00", "1", "1", "100 %"],
        ["Fri", "10:00", "1", "2", "50.0 %"],
        ["Fri", "15:00", "0", "1", "0 %"],
    ]
    assert broken[1:] == [["lamp", "1", "50.0 %"], ["sign", "1", "100 %"]]
    assert demand[1:] == [
        ["Fri 09:00", "1", "3", "0.3333"],
        ["Fri 10:00", "2", "3", "0.6667"],
        ["Fri 15:00", "1", "3", "0.3333"],
        ["Sat 23:00", "1", "3", "0.3333"],
    ]
    assert [row[0] for row in slowest[1:]] == ["D", "B"]
    assert slowest[1][3:] == ["Sun 22 Feb 2026 09:00 UTC", "still open", "8 days"]
    assert slowest[2][3:] == ["Tue 17 Feb 2026 10:00 UTC", "Tue 17 Feb 2026 10:01 UTC", "1 min"]
    assert [row[1:] for row in desk[1:]] == [
        ["2", "1", "50.0 %", "2", "1", "50.0 %", "0"],
        ["1", "0", "0 %", "0", "0", "\N{EN DASH}", "1"],
        ["0", "0", "\N{EN DASH}", "0", "0", "\N{EN DASH}", "1"],
    ]
    assert sorted(reasons[1:]) == [
        ["lamp", "as if 2 working days had been promised, not 1 working day", "1"],
        ["sign", "no number of days gives the desk's due time: probably promised again by hand", "1"],
    ]
    assert [row[0] for row in differences[1:]] == ["B", "C"]
    assert differences[1][5:7] == ["late", "kept"]
    assert differences[2][5:7] == ["not yet due", "\N{EN DASH}"]
    assert unpromised[1:] == [["no promise for kind = moon", "1"]]
    assert rejected[1][:2] == ["8", "G"]


def test_like_reasons_count_together(report_of: Callable[..., Report]) -> None:
    """Two other times of the same day are one reason."""
    rows = [("A", "sign", "2026-02-10 10:00", "", "2026-02-12 10:05", "")]
    rows += [("B", "sign", "2026-02-10 10:00", "", "2026-02-12 10:09", "")]
    assert ["sign", "another time of the same day", "2"] in Page(render_report(report_of(rows))).tables[6]


def test_a_desk_without_due_time_shows_nothing_there(report_of: Callable[..., Report], desk: str) -> None:
    """A dash, not a made-up time."""
    rows = [("A", "lamp", "2026-02-10 10:00", "2026-02-20 10:00", "", "yes")]
    made = report_of(rows, desk.replace('due = "due"\n', ""))
    (row,) = Page(render_report(made)).tables[7][1:]
    assert row[4] == "\N{EN DASH}"


def test_promises_without_a_due_time_of_the_desk_stand_apart(report_of: Callable[..., Report]) -> None:
    """They are listed, and weigh on no figure of the comparison."""
    made = report_of([("A", "lamp", "2026-02-10 10:00", "2026-02-20 10:00", "", "yes")])
    page = render_report(made)
    assert "1 promises to which the desk gives no due time" in page
    assert Page(page).tables[-1][1][:2] == ["A", "lamp"]


def test_clocks_that_tell_nothing_stand_apart(report_of: Callable[..., Report]) -> None:
    """Closed before it was opened, or never opened: neither overdue nor not yet due, and the reason is told."""
    made = report_of(
        [
            ("A", "lamp", "2026-02-10 10:00", "2026-02-10 09:59", "", ""),
            ("B", "lamp", "", "2026-02-10 09:59", "", ""),
        ]
    )
    assert (made.total.decided, made.total.not_yet_due) == (0, 0)
    reasons = sorted(reason.sentence() for reason, _ in made.unpromised)
    assert reasons == [
        "answer: nothing has started its clock",
        "answer: stopped before it was started, and never after",
    ]


def test_a_span_without_cases_says_so(report_of: Callable[..., Report]) -> None:
    """Nothing lies in the span, though cases were read."""
    made = report_of([("A", "lamp", "2026-02-10 10:00", "", "", "")], since=date(2027, 1, 1))
    assert headline(made) == "1 cases were read, and none lies in the span asked for."


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>*{display:none}",
    "</title></svg><script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "路灯报修·城西片区",
    "n" * 5_000,
    "line\nbreak\x1b[31m",
]


def test_hostile_names_stay_text(report_of: Callable[..., Report], desk: str) -> None:
    """Ids, kinds and reasons of a stranger are text, and at most 200 characters of it."""
    kinds = "\n".join(f'{_quoted(name[:300])} = "1 working day"' for name in HOSTILE)
    text = desk.replace('lamp = "1 working day"', kinds)
    closed, due = "2026-02-20 10:00", "2026-02-11 12:00"
    rows = [(name, name[:300], "2026-02-10 10:00", closed, due, "yes") for name in HOSTILE]
    rows += [(f"{name}!", f"{name}?", "2026-02-10 10:00", "", "", "") for name in HOSTILE]
    rows += [(f"{name}~", "lamp", name, "", "", "") for name in HOSTILE]
    found = render_report(report_of(rows, text))
    read = Page(found)
    assert not read.all("script")
    assert not read.all("img")
    assert len(read.all("style")) == 1
    assert not any(name.startswith("on") for _, given in read.elements for name in given)
    cells = {cell for table in read.tables for row in table for cell in row}
    assert set(HOSTILE[:8]) <= cells
    assert max(map(len, cells)) < 450
    assert "49" not in cells
    assert len(found) < 200_000


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\x1b", "\\u001b") + '"'


def test_an_empty_log(report_of: Callable[..., Report]) -> None:
    """Nothing to count is said in a sentence, and the page is whole."""
    found = Page(render_report(report_of([])))
    assert found.inside("p")[0] == "No promise to count: 0 cases were read, and none has a promise."
    assert len(found.all("svg")) == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("A", "moon", "2026-02-10 10:00"), "No promise to count: 1 cases were read, and none has a promise."),
        (("A", "lamp", "2026-03-02 10:00"), "None of 1 promises has been decided yet."),
        (("A", "lamp", "2026-02-10 10:00"), "0 % of 1 promises were kept."),
        (("A", "lamp", "2026-02-10 10:00", "2026-02-10 11:00"), "100 % of 1 promises were kept."),
    ],
)
def test_one_row(report_of: Callable[..., Report], row: tuple[str, ...], words: str) -> None:
    """A single case: no weak spot, no crowd."""
    found = Page(render_report(report_of([row])))
    assert found.inside("p")[0] == words


def test_the_weak_spot_is_named_with_its_cases(report_of: Callable[..., Report]) -> None:
    """A manager can repeat it."""
    rows = [(f"A{n}", "lamp", "2026-02-10 10:00", "2026-02-10 11:00") for n in range(30)]
    rows += [(f"B{n}", "sign", "2026-02-10 10:00", "2026-02-20 11:00") for n in range(10)]
    assert headline(report_of(rows)) == "75.0 % of 40 promises were kept; sign is the weak spot (0 % of 10)."


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2026-02-01", None, "Covers everything since Sun 1 Feb 2026."),
        (None, "2026-02-01", "Covers everything before Sun 1 Feb 2026."),
        ("2026-02-01", "2026-03-01", "Covers from Sun 1 Feb 2026 until before Sun 1 Mar 2026."),
    ],
)
def test_the_span_is_told(report_of: Callable[..., Report], since: str | None, until: str | None, words: str) -> None:
    """What the figures cover stands under the answer."""
    from datetime import date  # noqa: PLC0415 - only here

    first, last = (date.fromisoformat(text) if text else None for text in (since, until))
    assert words in Page(render_report(report_of(ROWS, since=first, until=last))).inside("p")[1]


def test_targets_in_the_order_of_the_editions(report_of: Callable[..., Report], desk: str) -> None:
    """What was promised first stands first, also in a log that begins with the newest case."""
    text = desk + '\n[changes.2026-02-20]\nobjectives.answer.target.lamp = "3 working days"\n'
    rows = [("B", "lamp", "2026-02-24 10:00"), ("A", "lamp", "2026-02-10 10:00")]
    (row,) = Page(render_report(report_of(rows, text))).tables[0][1:-1]
    assert row[1] == "1 working day → 3 working days"


def test_names_of_several_objectives(report_of: Callable[..., Report], desk: str) -> None:
    """One objective: the row is name enough. Several: both; without a table the objective alone."""
    second = """
[objectives.reply]
calendar = "office"
clock = { start = "opened", stop = "closed" }
target = "1 working hour"
order = 1

[log]"""
    text = desk.replace("\n[log]", second).replace("[log.desk]", '[log.desk]\nobjective = "answer"')
    rows = [("A", "lamp", "2026-02-10 10:00", "2026-02-10 11:00")]
    names = [row[0] for row in Page(render_report(report_of(rows, text))).tables[0][1:]]
    assert names == ["request answered: lamp", "reply", "all promises"]


def test_weeks_begin_the_map_as_declared(made: Report) -> None:
    """Sunday on top."""
    days = [text for text in Page(render_report(made)).inside("text") if len(text) == 3 and text.isalpha()]
    assert days[:7] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


@pytest.mark.long
def test_one_mistyped_year_does_not_fill_the_page(report_of: Callable[..., Report], desk: str) -> None:
    """A hundred years of weeks: three are drawn, and the page says how many are not."""
    text = desk.replace("2026-01-01..", "1926-01-01..")
    rows = [("A", "lamp", "1926-02-10 10:00", "1926-02-10 11:00"), *ROWS]
    found = render_report(report_of(rows, text))
    assert "5,061 earlier weeks are not drawn" in found
    assert len(Page(found).tables[1]) == 161
    assert len(found) < 100_000


def test_waived_and_excluded_have_columns(made: Report) -> None:
    """What stands apart is never left out of the table."""
    promises = ((("answer", "lamp"), Attainment(met=1, waived=2, excluded=3, unknown=4)),)
    counted = tuple(one for one in made.counted if one.promise == ("answer", "lamp"))
    odd: Tallied = attrs.evolve(made, promises=promises, counted=counted)
    head, lamp, _ = Page(render_report(odd)).tables[0]
    assert head[-3:] == ["waived", "excluded", "unknown"]
    assert lamp[-3:] == ["2", "3", "4"]


@pytest.mark.long
def test_a_hundred_thousand_rows(report_of: Callable[..., Report]) -> None:
    """Under two megabytes: long tables end with how many more there are."""
    few = report_of(ROWS)
    many: Tallied = attrs.evolve(
        few,
        counted=few.counted * 15_000,
        differences=few.differences * 50_000,
        rejected=few.rejected * 100_000,
        unpromised=few.unpromised * 100_000,
        hours=tuple(((day, hour), (9, 90)) for day in range(7) for hour in range(24)),
    )
    found = render_report(many)
    assert len(found.encode()) < 2_000_000
    assert found.count("99,000 more stand in results.csv.") == 2
    assert found.count("99,000 more stand in rejected.csv.") == 1


def test_many_promises_draw_the_weakest(report_of: Callable[..., Report], desk: str) -> None:
    """Forty bars, the weakest on top; the table lists all."""
    kinds = "\n".join(f'k{number:02d} = "1 working day"' for number in range(60))
    text = desk.replace('lamp = "1 working day"', kinds)
    rows = [(f"c{n}", f"k{n:02d}", "2026-02-10 10:00", "2026-02-10 11:00") for n in range(59)]
    rows.append(("late", "k59", "2026-02-10 10:00", "2026-02-20 11:00"))
    found = Page(render_report(report_of(rows, text)))
    labels = [text for text in found.inside("text") if re.fullmatch(r"k\d\d", text)]
    assert (labels[0], len(labels)) == ("k59", 40)
    assert len(found.tables[0]) == 62


def test_without_jinja2(made: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "jinja2":
            raise ImportError(name)
        return real(name, *rest, **more)

    frame.template_of.cache_clear()
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ExtraMissing) as error:
        render_report(made)
    frame.template_of.cache_clear()
    assert (error.value.message, error.value.where) == ("extra.missing", "report")
    assert "pip install 'svcstd[pages]'" in str(error.value)


def test_every_sentence_of_a_page_is_used() -> None:
    """The catalogue holds no sentence of a report that nothing says, and none is missing."""
    from importlib.resources import files  # noqa: PLC0415 - only here

    folder = files("svcstd")
    parts = ("handbook", "cli")
    source = "".join(
        one.read_text(encoding="utf-8") for part in parts for one in (folder / part).iterdir() if one.name[-3:] == ".py"
    )
    words = set(re.findall(r"\w+", source)) | {f"day_{number}" for number in range(7)}
    words |= {"open", "desk_kept", "desk_late", "desk_silent"}
    named = {key.removeprefix("report.") for key in catalogue("en").sentences if key.startswith("report.")}
    assert named <= words


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast(theme: int) -> None:
    """Text at least 4.5 to 1 on its ground, marks at least 3 to 1, in light and in dark (WCAG 2.2, 1.4.3, 1.4.11)."""
    tokens = dict(re.findall(r"--(\w+):(#\w+)", STYLE.split("@media")[theme]))
    paper, ink = tokens["paper"], tokens["ink"]
    for name in ("ink", "faint", "accent"):
        assert _contrast(tokens[name], paper) >= 4.5
    for level in range(4):
        assert _contrast(tokens[f"h{level}"], ink) >= 4.5
    for level in (4, 5):
        assert _contrast(tokens[f"h{level}"], paper) >= 4.5
    for name in ("met", "late", "count"):
        assert _contrast(tokens[name], paper) >= 3
