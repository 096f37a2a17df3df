"""Every code block of README and docs is run: Python as written, TOML as a standard or a part of one."""

from __future__ import annotations

from doctest import ELLIPSIS
from importlib.util import find_spec

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from svcstd.documents import parse_text, read_standard
from svcstd.standard.example import check_examples

FRAME = """
svcstd = 1
id = "docs"
name = "Docs"
zone = "Asia/Shanghai"
years = "2025..2026"
calendar = "office"
[facts]
[events]
[calendars]
[objectives]
"""
"""What a fragment of the reference may leave out."""

DEFAULTS = {
    "facts": {
        "priority": {"one_of": ["P1", "P2"]},
        "tier": {"one_of": ["gold", "plain"]},
        "channel": {"one_of": ["phone", "email"]},
        "by": {"one_of": ["agent", "customer", "owner", "bot"]},
        "public": "true or false",
        "birthday": "date",
        "rings": "integer",
        **dict.fromkeys(("city", "kind", "origin", "phone_number", "promise", "sentiment", "status"), "text"),
    },
    "events": dict.fromkeys(
        (
            *("opened", "closed", "hold", "resumed"),
            *("created", "message", "agent_reply", "customer_message", "resolved", "reopened", "withdrawn"),
            *("waiting_for_customer", "on_hold", "off_hold", "waived", "promised", "merged", "absorbed"),
            *("ring", "off_hook", "acknowledged", "assigned", "handed_off", "accepted"),
            *("called_back", "no_answer", "rated", "greeted", "talked"),
        ),
        "",
    ),
    "calendars": {"office": "Mon-Fri 09:00-17:00", "weekend": "Sat,Sun 10:00-16:00"},
    "objectives": {
        "close": {"clock": {"start": "opened", "stop": "closed"}, "target": "8 working hours", "order": 0},
    },
}


def run_toml(example: Example) -> None:
    """A whole standard loads; a fragment loads within a frame that supplies what it leaves out; examples come out."""
    raw, _ = parse_text(str(example.parsed), "toml")
    if "svcstd" not in raw:
        frame, _ = parse_text(FRAME, "toml")
        for key, default in DEFAULTS.items():
            raw[key] = {**default, **raw.get(key, {})}
        raw = {**frame, **raw}
    wrong = list(check_examples(read_standard(raw, {})))
    if wrong:
        raise AssertionError(wrong)


class TomlParser(CodeBlockParser):
    """TOML blocks."""

    def __init__(self) -> None:
        super().__init__("toml", run_toml)


NEEDS = {
    "arrow.md": "pyarrow",
    "columns.md": "numpy",
    "decisions.md": "numpy",
    "duckdb.md": "duckdb",
    "logs.md": "numpy",
    "pandas.md": "pandas",
    "polars.md": "polars",
    "spark.md": "pyspark",
    "sums.md": "numpy",
}
"""Pages whose code needs a package of an extra."""
LEFT_OUT = [page for page, package in NEEDS.items() if find_spec(package) is None]


def pytest_report_header() -> list[str]:
    """Say which pages are not run, and why."""
    return [f"docs not run, for want of {NEEDS[page]}: {page}" for page in LEFT_OUT]


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), TomlParser()], patterns=["*.md"], excludes=LEFT_OUT
).pytest()
