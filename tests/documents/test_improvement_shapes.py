"""Improvements in the file: a register of what fell short, which the review reads and the handbook prints."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import attrs
import jsonschema
import pytest

from svcstd import StandardError, dumps, loads
from svcstd.documents import Format, json_schema, parse_text
from svcstd.errors import DefinitionError
from svcstd.handbook import Table, book_of
from svcstd.scoring import BeforeAfter, Improvement, ImprovementFinding, Measure
from svcstd.standard.review import FOUND

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
TEXT = """svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
[roles]
csd = "Service"
[records.call]
fields = { first = "number" }
[kpis.fcr]
of = "call"
mean = "first"
better = "more"
unit = "share"
[improvements.parts]
kpi = "fcr"
shortfall = "62 % instead of 75 %"
cause = "no parts in the van"
action = "a stock list for each region"
kind = "parts"
owner = "csd"
opened = 2026-01-05
due = 2026-02-01
[improvements.course]
kpi = "fcr"
shortfall = "questions come back"
action = "a course on listening"
kind = "training"
opened = 2026-01-05
due = 2026-03-01
done = 2026-02-20
edition = "2026-07-01"
[changes.2026-07-01]
why = "listening"
roles.csd = { name = "Customer service" }
"""
STANDARD = loads(TEXT)


@pytest.mark.parametrize("form", FORMATS)
def test_round_trip(form: Format) -> None:
    """Whatever the format, nothing is lost."""
    assert loads(dumps(STANDARD, format=form), format=form) == STANDARD


def test_what_is_read() -> None:
    """Each knows its key; what is left out is not there."""
    assert STANDARD.improvements["parts"] == Improvement(
        key="parts",
        kpi="fcr",
        shortfall="62 % instead of 75 %",
        cause="no parts in the van",
        action="a stock list for each region",
        kind="parts",
        owner="csd",
        opened=date(2026, 1, 5),
        due=date(2026, 2, 1),
    )
    course = STANDARD.improvements["course"]
    assert (course.cause, course.owner, course.done, course.edition) == ("", "", date(2026, 2, 20), "2026-07-01")


def test_schema() -> None:
    """The schema allows what the loader reads."""
    raw, _ = parse_text(TEXT, "toml")
    jsonschema.Draft202012Validator(json_schema()).validate(
        {key: raw[key] for key in ("svcstd", "id", "name", "zone", "improvements")}
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ('kpi = "fcr"\nshortfall = "62', 'kpi = "fcx"\nshortfall = "62', "parts.kpi", "write fcr"),
        ('owner = "csd"', 'owner = "csx"', "parts.owner", "write csd"),
        ('edition = "2026-07-01"', 'edition = "2026-07-02"', "course.edition", "write the day of one: 2026-07-01"),
        ('kind = "parts"', 'kind = "luck"', "parts.kind", "training"),
        ("due = 2026-02-01", "due = 2026-01-01", "parts", "lies before the day it was found"),
        ("opened = 2026-01-05\ndue = 2026-02", "opened = 'soon'\ndue = 2026-02", "parts.opened", ""),
        ('action = "a stock list for each region"\n', "", "parts.action", "missing"),
        ("[improvements.parts]\n", "[improvements.parts]\nwho = 'me'\n", "parts.who", "no key here"),
    ],
)
def test_faults(old: str, new: str, where: str, words: str) -> None:
    """Each with its place; one at fault hides no other."""
    assert old in TEXT
    with pytest.raises(StandardError) as caught:
        loads(TEXT.replace(old, new, 1).replace('kind = "training"', 'kind = "magic"'))
    told = {fault.where.partition(" ")[0]: str(fault) for fault in caught.value.faults}
    assert "$.improvements.course.kind" in told or where.startswith("course")
    found = loads_faults(TEXT.replace(old, new, 1))
    assert any(place.startswith(f"$.improvements.{where}") and words in said for place, said in found.items()), found


def loads_faults(text: str) -> dict[str, str]:
    """Every fault by its place."""
    with pytest.raises(StandardError) as caught:
        loads(text)
    return {fault.where.partition(" ")[0]: str(fault) for fault in caught.value.faults}


@pytest.mark.parametrize("text", ["improvements = 5\n", "[improvements]\na = 5\n"])
def test_no_table(text: str) -> None:
    """Of another kind."""
    head = TEXT.partition("[roles]")[0]
    body = f"{head}{text}" if text.startswith("impr") else TEXT.partition("[improvements")[0] + text
    assert any(place.startswith("$.improvements") for place in loads_faults(body))


def test_given_in_python() -> None:
    """The same faults where a standard is built by hand."""
    one = attrs.evolve(STANDARD.improvements["parts"], kpi="nothing")
    with pytest.raises(StandardError, match=r"improvements\.parts\.kpi"):
        attrs.evolve(STANDARD, improvements={"parts": one})


def reviewed(day: date, standard: Any = STANDARD) -> set[tuple[str, str, str]]:
    """Rule, severity and place of what the review says of improvements."""
    found = standard.review(as_of=day).findings
    return {(one.rule, one.severity, one.where) for one in found if one.rule.startswith("improvements")}


def test_review() -> None:
    """By the day on which we ask."""
    course = {
        ("improvements.no_cause", "info", "improvements.course"),
        ("improvements.no_owner", "info", "improvements.course"),
    }
    assert reviewed(date(2026, 2, 1)) == course
    late = ("improvements.overdue", "warning", "improvements.parts")
    assert reviewed(date(2026, 2, 2)) == course | {late}
    done = ("improvements.not_judged", "info", "improvements.course")
    assert reviewed(date(2026, 2, 20)) == course | {late, done}


def judged(verdict: Any, edition: str) -> Any:
    """The standard with one improvement that was judged."""
    result = BeforeAfter(verdict=verdict, before=Measure(1, 2, 2), after=Measure(1, 2, 2), delta=None)
    one = attrs.evolve(STANDARD.improvements["parts"], done=date(2026, 1, 9), result=result, edition=edition)
    return attrs.evolve(STANDARD, improvements={"parts": one})


@pytest.mark.parametrize(
    ("verdict", "edition", "rule"),
    [
        ("better", "2026-07-01", None),
        ("better", "", "not_kept_up"),
        ("same", "2026-07-01", "kept_in_vain"),
        ("worse", "", "no_help"),
        ("insufficient", "", "judged_early"),
    ],
)
def test_review_of_what_was_judged(verdict: Any, edition: str, rule: str | None) -> None:
    """What helped is to be kept, what did not is not."""
    found = reviewed(date(2026, 3, 1), judged(verdict, edition))
    assert found == (set() if rule is None else {(f"improvements.{rule}", "info", "improvements.parts")})


def test_every_finding_has_a_rule() -> None:
    """None is lost."""
    assert set(FOUND) == set(get_args(ImprovementFinding))


def test_no_result_of_what_is_not_done() -> None:
    """Refused where it is built."""
    with pytest.raises(DefinitionError):
        attrs.evolve(judged("better", "").improvements["parts"], done=None)


def test_in_the_handbook() -> None:
    """What is done about what, by whom, until when."""
    (table,) = next(one.blocks for one in book_of(STANDARD, year=2026).chapters if one.key == "improvements")
    assert isinstance(table, Table)
    assert table.rows[0][1] == "62 % instead of 75 %"
    assert table.anchors == ("improvements.parts", "improvements.course")


def test_keys_and_results() -> None:
    """Each stands under its own key; a result, for which the file has no place, is refused rather than lost."""
    one = STANDARD.improvements["parts"]
    wrong: list[Any] = [{"other": one}, {"parts": 3}]
    for improvements in wrong:
        with pytest.raises(DefinitionError):
            attrs.evolve(STANDARD, improvements=improvements)
    with pytest.raises(DefinitionError, match="has no place for the result"):
        dumps(judged("better", ""))
