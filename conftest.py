"""Every code block of README and docs is run: Python as written, TOML as a standard or a part of one."""

from __future__ import annotations

from doctest import ELLIPSIS

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from svcstd.documents import parse_text, read_standard

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
    "facts": {"priority": {"one_of": ["P1", "P2"]}, "kind": "text"},
    "events": {"opened": "", "closed": "", "hold": "", "resumed": ""},
    "calendars": {"office": "Mon-Fri 09:00-17:00", "weekend": "Sat,Sun 10:00-16:00"},
    "objectives": {
        "close": {"clock": {"start": "opened", "stop": "closed"}, "target": "8 working hours", "order": 0},
    },
}


def run_toml(example: Example) -> None:
    """A whole standard loads; a fragment loads within a frame that supplies what it leaves out."""
    raw, _ = parse_text(str(example.parsed), "toml")
    if "svcstd" not in raw:
        frame, _ = parse_text(FRAME, "toml")
        for key, default in DEFAULTS.items():
            raw[key] = {**default, **raw.get(key, {})}
        raw = {**frame, **raw}
    read_standard(raw, {})


class TomlParser(CodeBlockParser):
    """TOML blocks."""

    def __init__(self) -> None:
        super().__init__("toml", run_toml)


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), TomlParser()], patterns=["*.md"]
).pytest()
