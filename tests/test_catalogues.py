"""Every sentence that the code speaks stands in every language, with the parameters it is given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

import svcstd
from svcstd.calendars import At, CloseOfDay, DayMode, KeepTime
from svcstd.catalogues import LANGUAGES, Catalogue, catalogue
from svcstd.catalogues.words import LONGEST, ambiguous, clock_time, parts, place, plain, zone_name
from svcstd.errors import KINDS
from svcstd.procedures import Standing
from svcstd.sla import Verdict, write_target
from svcstd.sla.targets import (
    CalendarDays,
    CountLimit,
    ElapsedTime,
    FixedInstant,
    Target,
    WorkingDays,
    WorkingThenElapsed,
    WorkingTime,
)
from svcstd.standard.edition import UNNAMED
from svcstd.standard.review import FOUND

PACKAGE = Path(str(svcstd.__file__)).parent
ENGLISH = catalogue("en")
ERRORS = {"SvcstdError", *KINDS}
TEMPLATES = {".py", ".html", ".j2", ".jinja", ".svg"}
"""Files that may name a sentence of a page."""
ID = re.compile(r"[a-z]+\.[a-z][a-z_0-9]*")


COMPOSED = {
    "sla/why.py": {f"sla.{verdict}" for verdict in get_args(Verdict)},
    "standard/findings.py": {"review.symbolic"},  # whatever those who call remark() say, which is looked at there
    "standard/review.py": {f"review.improvement_{kind}" for kind in FOUND.values()},
    "procedures/walk.py": {f"procedures.{standing}" for standing in get_args(Standing)},
}
"""Ids that a module composes, by its path."""


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file of the package but the catalogues themselves."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "catalogues" not in path.relative_to(PACKAGE).parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def called(call: ast.Call) -> str:
    """The bare name of what is called."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def literals(node: ast.AST) -> set[str]:
    """The texts an expression may become, where that can be seen."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return literals(body) | literals(other)
        case _:
            return set()


def assigned(tree: ast.Module, name: str) -> set[str]:
    """The texts that a name is given anywhere in a file, by assignment or by unpacking rows of a loop."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets):
            found |= literals(node.value)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Tuple) and isinstance(node.iter, ast.Tuple):
            names = [getattr(one, "id", "") for one in node.target.elts]
            rows = [row.elts for row in node.iter.elts if isinstance(row, ast.Tuple)]
            if name in names:
                found |= {text for row in rows for text in literals(row[names.index(name)])}
    return {text for text in found if ID.fullmatch(text)}


def spoken(kinds: set[str], argument: int) -> Iterator[tuple[str, ast.Call, set[str]]]:
    """Each call of these names with the message ids it may speak; those passed on from a caught error have none."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in kinds and len(node.args) > argument:
                message = node.args[argument]
                ids = assigned(tree, message.id) if isinstance(message, ast.Name) else literals(message)
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node, ids


def fields(template: str) -> set[str]:
    """The names that a template speaks of."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def given(call: ast.Call) -> set[str] | None:
    """The keywords of a call; ``None`` when some are unpacked and cannot be seen."""
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else {str(name) for name in names}


ERROR_CALLS = list(spoken(ERRORS, 1))
REASON_CALLS = [*spoken({"because"}, 0), *spoken({"remark"}, 3)]


def test_the_walk_finds_calls() -> None:
    """The walk sees what it is meant to see."""
    assert len(ERROR_CALLS) > 80
    assert len(REASON_CALLS) > 20
    assert {"sla.promise", "calendar.holiday_provisional"} <= {one for _, _, ids in REASON_CALLS for one in ids}


@pytest.mark.parametrize(("where", "call", "ids"), ERROR_CALLS, ids=[where for where, _, _ in ERROR_CALLS])
def test_errors_have_words(where: str, call: ast.Call, ids: set[str]) -> None:
    """An error's id exists, and its sentence speaks only of what it is given."""
    if isinstance(call.args[1], ast.Subscript):
        ids = set(UNNAMED.values())  # the one table of ids
    names = given(call)
    assert ids or names is None or isinstance(call.args[1], ast.Attribute), f"{where} speaks an id nobody can see"
    for message in ids:
        assert message in ENGLISH.errors
        problem, fix = ENGLISH.errors[message]
        assert names is None or fields(problem) | fields(fix) <= names


@pytest.mark.parametrize(("where", "call", "ids"), REASON_CALLS, ids=[where for where, _, _ in REASON_CALLS])
def test_reasons_have_words(where: str, call: ast.Call, ids: set[str]) -> None:
    """A reason's id exists, and its sentence speaks only of what it is given."""
    if not ids:
        ids = COMPOSED.get(where.partition(":")[0], set())
    names = given(call)
    assert ids, f"{where} speaks an id nobody can see"
    for message in ids:
        assert message in ENGLISH.sentences
        assert names is None or fields(ENGLISH.sentences[message]) <= names


READING = {"name", "due", "stop", "as_of", "breached"}
"""What the sentence on a whole reading may speak of."""


@pytest.mark.parametrize(
    "message", [*(f"sla.{verdict}" for verdict in get_args(Verdict)), "sla.paused", "sla.not_started", "sla.cancelled"]
)
def test_every_verdict_has_words(message: str) -> None:
    """Whatever a reading says can be told."""
    assert fields(ENGLISH.sentences[message]) <= READING


def texts_of_the_package() -> tuple[set[str], set[str], set[str]]:
    """Whole literals, beginnings of composed texts, and quoted words of templates."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    for _, tree in modules():
        for node in ast.walk(tree):
            whole |= literals(node)
            if isinstance(node, ast.JoinedStr) and literals(node.values[0]):
                beginnings |= literals(node.values[0])
    words: set[str] = set()
    for path in PACKAGE.rglob("*"):
        if path.suffix in TEMPLATES and "catalogues" not in path.relative_to(PACKAGE).parts:
            found = re.findall(r"""["']([a-z][a-z_ 0-9]*)["']""", path.read_text(encoding="utf-8"))
            words |= {word.replace(" ", "_") for word in found}
    return whole, {text for text in beginnings if re.fullmatch(r"[a-z]+\.[a-z_]*", text)}, words


@pytest.mark.long
def test_nothing_is_said_in_vain() -> None:
    """No catalogue keeps a sentence that nobody speaks."""
    whole, beginnings, words = texts_of_the_package()
    composed = {f"sla.{verdict}" for verdict in get_args(Verdict)} | {"sla.paused", "sla.not_started"}
    for message in [*ENGLISH.errors, *ENGLISH.sentences]:
        rests = [message.removeprefix(text) for text in beginnings - {"sla."} if message.startswith(text)]
        known = message in whole or message in composed
        assert known or any(rest in words or rest.isdigit() for rest in rests), f"nobody says {message}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_agree(language: str) -> None:
    """Every language has the same ids, and each sentence speaks of the same things."""
    other = catalogue(language)
    assert other.language == language
    assert set(other.errors) == set(ENGLISH.errors)
    assert set(other.sentences) == set(ENGLISH.sentences)
    for message, (problem, fix) in ENGLISH.errors.items():
        assert fields("".join(other.errors[message])) == fields(problem + fix), message
        assert all(part.strip() for part in other.errors[message]), message
    for message, sentence in ENGLISH.sentences.items():
        assert fields(other.sentences[message]) == fields(sentence), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    """Filled with words, no brace and no parameter is left over."""
    speaker = catalogue(language)
    for message, pair in speaker.errors.items():
        problem, fix = speaker.error(message, dict.fromkeys(fields("".join(pair)), "word"))
        assert "{value" not in problem + fix
    for message, sentence in speaker.sentences.items():
        assert "{" not in speaker.sentence(message, dict.fromkeys(fields(sentence), "word"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        3,
        Decimal("1.5"),
        True,
        date(2026, 2, 14),
        datetime(2026, 2, 14, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
        datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")),
        timedelta(hours=76),
        timedelta(),
        -timedelta(seconds=1),
    ],
    ids=repr,
)
def test_every_value_has_words(language: str, value: object) -> None:
    """A typed value becomes one printable line in every language."""
    said = catalogue(language).say(value)
    assert said
    assert said.isprintable()


NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (3, "3"),
        (Decimal("1.50"), "1.50"),
        ("P1", "P1"),
        (date(2026, 2, 17), "Tue 17 Feb 2026"),
        (datetime(2026, 2, 14, 16, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "Sat 14 Feb 2026 16:30 Shanghai"),
        (datetime(2026, 2, 14, 16, 30, 5, tzinfo=NEW_YORK), "Sat 14 Feb 2026 16:30:05 New York"),
        (datetime(2026, 2, 14, 16, 30, 5, 1000, tzinfo=UTC), "Sat 14 Feb 2026 16:30:05.001 UTC"),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK), "Sun 1 Nov 2026 01:30 New York (UTC-0400)"),
        (datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK), "Sun 1 Nov 2026 01:30 New York (UTC-0500)"),
        (timedelta(hours=76, minutes=30), "76 h 30 min"),  # never "3 days"
        (timedelta(hours=8), "8 h"),
        (timedelta(seconds=90), "1 min 30 s"),
        (timedelta(), "0 s"),
        (timedelta(microseconds=1), "0.000001 s"),
        (timedelta(milliseconds=1500), "1.5 s"),
        (-timedelta(hours=2), "minus 2 h"),
        ("two\nlines", "two\\nlines"),
        ("\u202eevil", "\\u202eevil"),  # text that would turn the line around
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_english(value: Any, words: str) -> None:
    """Moments carry weekday and place, durations hours and minutes, and a stranger's text stays on its line."""
    assert ENGLISH.say(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "无"),
        ("P1", "P1"),
        ("working days", "工作日"),
        (("周一", 3), "周一、3"),
        (date(2026, 2, 17), "2026年2月17日（周二）"),
        (datetime(2026, 2, 14, 16, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "2026年2月14日（周六） 16:30 上海"),
        (datetime(2026, 2, 14, 16, 30, tzinfo=ZoneInfo("Asia/Hong_Kong")), "2026年2月14日（周六） 16:30 香港"),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK), "2026年11月1日（周日） 01:30 New York（UTC-0400）"),
        (timedelta(hours=76, minutes=30), "76 小时 30 分钟"),
        (timedelta(seconds=90), "1 分钟 30 秒"),
        (-timedelta(hours=2), "负 2 小时"),
        (timedelta(), "0 秒"),
        ("two\nlines", "two\\nlines"),
    ],
)
def test_chinese(value: Any, words: str) -> None:
    """Year, month and day in that order; what the file chooses among in Chinese, what a stranger wrote as it is."""
    assert catalogue("zh").say(value) == words


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("8 working hours", "工作时间 8 小时"),
        ("1 minute", "1 分钟"),
        ("90 seconds", "90 秒"),
        ("2 working hours then 4 hours", "先工作时间 2 小时，再 4 小时"),
        ("1 working day", "1 个工作日"),
        ("2 working days by 12:00", "2 个工作日，最后一日 12:00 前"),
        ("3 working days by closing, cut-off 16:30", "3 个工作日，最后一日营业结束前，16:30 起受理的算下一工作日"),
        ("1 working day, not later than closing, counting today", "1 个工作日，不晚于当日营业结束，受理当天计入"),
        ("2 calendar days by 09:00:30", "2 个自然日，最后一日 09:00:30 前"),
        ("2..3 rings", "2 至 3 rings"),
        ("by 2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00 前"),
        ("by the end of the week", "by the end of the week"),
        ("8 working hours then some", "8 working hours then some"),
    ],
)
def test_promises_in_chinese(target: str, words: str) -> None:
    """What is promised is told in Chinese; what is no target stays as it is."""
    assert catalogue("zh").sentence("sla.promise", {"target": target}) == f"承诺：{words}"


@pytest.mark.parametrize("target", [None, 3, timedelta(hours=2), datetime(2026, 3, 31, tzinfo=UTC), date(2026, 3, 31)])
def test_a_promise_may_be_any_value(target: Any) -> None:
    """An instant that was promised, or what somebody else wrote into an explanation, is told as any value is."""
    chinese = catalogue("zh")
    assert chinese.sentence("sla.promise", {"target": target}) == f"承诺：{chinese.say(target)}"


def test_every_target_has_chinese_words() -> None:
    """Of every kind in every mode, as the library writes it; nothing English is left but the unit of a count."""
    modes: list[DayMode] = [KeepTime(), KeepTime("clamp"), At(time(12)), CloseOfDay()]
    targets: list[Target] = [WorkingTime(timedelta(hours=8)), ElapsedTime(timedelta(minutes=1)), CalendarDays(2)]
    targets += [WorkingThenElapsed(timedelta(hours=1), timedelta(seconds=5)), CalendarDays(1, "09:00")]
    targets += [
        WorkingDays(days, mode, cutoff=cutoff, counts_today=today)
        for days in (0, 1, 2)
        for mode in modes
        for cutoff in (None, "16:00")
        for today in (False, True)
    ]
    targets += [FixedInstant(datetime(2026, 3, 2, tzinfo=UTC)), CountLimit(2, 3, "声")]
    for target in targets:
        told = catalogue("zh").sentence("sla.promise", {"target": write_target(target)})
        assert not re.search("[a-z]", told), told


def test_chinese_is_chinese() -> None:
    """No sentence is left in English: each has Chinese letters, or nothing but names and signs to translate."""
    chinese = catalogue("zh")
    for message, sentence in chinese.sentences.items():
        letters = re.sub(r"\{\w+\}", "", sentence)
        assert re.search(r"[\u4e00-\u9fff]", letters) or not re.search("[A-Za-z]{2}", letters), message
    for message, (problem, fix) in chinese.errors.items():
        assert re.search(r"[\u4e00-\u9fff]", problem), message
        assert re.search(r"[\u4e00-\u9fff]", fix) or message == "extra.missing", message


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_months(language: str) -> None:
    """Seven and twelve, all different."""
    speaker = catalogue(language)
    assert (len(set(speaker.days)), len(set(speaker.months))) == (7, 12)


def test_error_and_sentence() -> None:
    """Parameters are put into words; what stands in them is never read as a template."""
    problem, fix = ENGLISH.error("choice.nearest", {"value": "{nearest}", "nearest": "y"})
    assert (problem, fix) == ("{nearest} is not a choice here", "write y")
    sentence = ENGLISH.sentence("calendar.weekday", {"day": date(2026, 2, 15), "more": "not spoken of"})
    assert sentence == "no hours on Sun 15 Feb 2026"


def test_unknown_language() -> None:
    """A language without catalogue is refused with those that have one."""
    with pytest.raises(LookupError, match="language: 'xx' has no catalogue; choose one of en, zh"):
        catalogue("xx")


def test_a_catalogue_is_kept() -> None:
    """A language is loaded once, from its module."""
    assert catalogue("en") is ENGLISH
    assert isinstance(ENGLISH, Catalogue)
    assert import_module("svcstd.catalogues.en").ERRORS is ENGLISH.errors


def test_words() -> None:
    """What the languages share."""
    assert parts(timedelta(hours=25, seconds=61)) == (False, 25, 1, "1")
    assert parts(-timedelta(microseconds=10)) == (True, 0, 0, "0.00001")
    assert clock_time(datetime(2026, 1, 1, 9)) == "09:00"  # noqa: DTZ001 - the wall alone
    assert zone_name(datetime(2026, 1, 1, tzinfo=NEW_YORK)) == "America/New_York"
    assert zone_name(datetime(2026, 1, 1, tzinfo=UTC)) == "UTC"
    assert zone_name(datetime(2026, 1, 1)) == ""  # noqa: DTZ001 - no zone, no name
    assert place("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert not ambiguous(datetime(2026, 11, 1, 1, 30))  # noqa: DTZ001 - no zone, nothing happens twice
    assert plain("中文") == "中文"
    assert len(plain("x" * 10_000)) == LONGEST
