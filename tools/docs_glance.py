"""Write docs/reference/at-a-glance.md: every public verb on a line, by the question that it answers.

Usage: python tools/docs_glance.py
Needs: svcstd with every extra. Lines are the first sentences of the docstrings.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/at-a-glance.md"
ROLE = re.compile(r":\w+:`([^`]+)`")
REST = "*"
"""All verbs of a room that no other question has named."""

QUESTIONS: dict[str, list[tuple[str, str]]] = {
    "How do I load a standard, and write one?": [
        ("documents", "loads load loads_folder dumps read_standard write_standard json_schema untranslated"),
    ],
    "When is service open?": [
        ("calendars.Calendar", "is_open next_open next_close previous_open previous_close spans hours_of"),
        ("calendars.Calendar", "is_working_day known_hours_of override"),
        ("calendars", "public_holidays"),
    ],
    "How much time has passed, and when has enough?": [
        ("calendars.Calendar", "elapsed explain_elapsed add subtract count_working_days add_days"),
        ("calendars", REST),
    ],
    "Is the promise kept, and when is it due?": [
        (
            "standard.ServiceStandard",
            "clocks if_answered if_happened late_events edition_for edition_on edition_called",
        ),
        ("sla.Readings", "notices worst_first to_json"),
        ("sla", "changes ownership add_owners merge split fold read_life"),
    ],
    "What is owed later?": [
        ("standard.ServiceStandard", "follow_ups conversions"),
        ("sla", "follow_ups coverage convert"),
    ],
    "How many promises were kept?": [("standard.ServiceStandard", "attainment"), ("sla", "instant_of")],
    "How do I write a promise?": [("sla", REST)],
    "Who handles it, and why?": [
        ("standard.ServiceStandard", "route why_not rule_counts assign assign_team custody answers segments_of"),
        ("routing", REST),
    ],
    "Where does it stand in the procedure?": [("standard.ServiceStandard", "walk"), ("procedures", REST)],
    "What is wrong with the standard?": [
        ("standard.ServiceStandard", "review findings"),
        ("rules", REST),
    ],
    "What did two standards say otherwise?": [
        ("documents", "diff diff_editions"),
        ("standard", REST),
    ],
    "How well was it done?": [
        ("standard.ServiceStandard", "measure score scores scores_over rate"),
        ("scoring", "score total difference substitution quantile percentile_of ranks forced_bands trimmed_mean"),
        ("scoring", "attributed graded regrades own_gradings"),
    ],
    "Is the score fair?": [
        ("scoring", "wilson clopper_pearson shrunk prior_strength drawn_to direct indirect centred"),
        ("scoring", "krippendorff_alpha cohen_kappa fleiss_kappa suppress solved remove_one weight_noise"),
        ("scoring", "threshold_heaping period_end_closing survey_selection"),
    ],
    "Did it get better, and how many must be there?": [("scoring", REST)],
    "What is paid?": [
        ("standard.ServiceStandard", "pay pay_all share grants rises"),
        ("incentives", REST),
    ],
    "How is money shared?": [("money", REST), ("curves", REST)],
    "What should be learned?": [("standard.ServiceStandard", "certify suggested_courses"), ("training", REST)],
    "How do I show it?": [
        ("handbook", "show render_report render_book render_scores render_statements standalone"),
        ("handbook", REST),
        ("explain", REST),
    ],
    "How do I read a file of cases or records?": [("documents", REST)],
    "How do I write a condition?": [("conditions", REST)],
    "How do I take over what another tool has?": [("exchange", REST), ("exchange.ical", REST), ("documents.dmn", REST)],
    "How do I ask for a million rows?": [("batch", REST)],
    "And in my engine?": [
        ("batch.arrow", REST),
        ("batch.polars", REST),
        ("batch.duckdb", REST),
        ("batch.pandas", REST),
        ("batch.spark", REST),
    ],
    "How do I test my own standard?": [
        ("testing.strategies", REST),
        ("testing.laws", REST),
        ("testing.laws.calendar", REST),
        ("testing.laws.clock", REST),
        ("testing.laws.routing", REST),
        ("testing.laws.score", REST),
        ("testing.laws.pay", REST),
        ("testing.laws.written", REST),
        ("testing.simulation", REST),
    ],
    "How do I refuse what makes no sense?": [("errors", REST)],
}

PAGES = {"documents.dmn": "documents", "exchange.ical": "exchange"}
"""Rooms that stand on the page of another; those of tests are all on one."""

HEAD = """# The API at a glance

Every public verb on one line, by the question that it answers.
Values, with their fields, stand [room by room](python.md); each verb here leads to its own entry there.
"""


def verbs(home: str) -> dict[str, Callable[..., object]]:
    """The public functions of a room, or the public methods of a class in it."""
    room, _, name = home.partition(".") if home.rpartition(".")[2][:1].isupper() else (home, "", "")
    found = import_module(f"svcstd.{room}")
    if not name:
        named = {key: getattr(found, key) for key in found.__all__}
        return {key: one for key, one in named.items() if inspect.isfunction(one) and one.__module__[:6] == "svcstd"}
    return {key: one for key, one in vars(getattr(found, name)).items() if inspect.isfunction(one) and key[0] != "_"}


def sentence(verb: Callable[..., object]) -> str:
    """The first paragraph of its docstring, for a cell of a table."""
    text = (inspect.getdoc(verb) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    return ROLE.sub(r"`\1`", text).replace("``", "`")


def row(home: str, name: str, verb: Callable[..., object]) -> str:
    """One line, with a link to its entry."""
    room = home.rpartition(".")[0] if home.rpartition(".")[2][:1].isupper() else home
    page, owner = (
        "testing" if room.startswith("testing.") else PAGES.get(room, room.replace(".", "-")),
        home.rpartition(".")[2],
    )
    call = f"{name}" if room == home else f"{owner}.{name}"
    return f"| [`{call}`](api/{page}.md#svcstd.{home}.{name}) | {sentence(verb)} |"


def lines() -> Iterator[str]:
    """The page."""
    yield HEAD
    named = {(home, name) for parts in QUESTIONS.values() for home, names in parts for name in names.split()}
    for question, parts in QUESTIONS.items():
        yield f"## {question}\n\n| verb | what it tells |\n| --- | --- |"
        for home, names in parts:
            known = verbs(home)
            asked = [name for name in known if (home, name) not in named] if names == REST else names.split()
            if names == REST and "." in home:
                yield f"| **`svcstd.{home}`** | |"
            yield from (row(home, name, known[name]) for name in asked)
        yield ""


if __name__ == "__main__":
    PAGE.write_text("\n".join(lines()), encoding="utf-8")
