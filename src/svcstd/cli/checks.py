"""What ``check`` prints: faults, examples that fail, findings of the review; for people, programs, or a CI job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
from rich.console import Console

from svcstd.catalogues import catalogue
from svcstd.cli.show_rules import print_findings, rule_finding
from svcstd.errors import StandardError, SvcstdError
from svcstd.standard import Finding, PartFinding, Review, ServiceStandard

__all__ = ["CheckForm", "Checked", "checked_json", "checked_lines", "fault_json", "fault_lines", "print_checked"]


class CheckForm(StrEnum):
    """How a check is printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
"""Commands by which a job of GitHub Actions shows annotations."""


@attrs.frozen(kw_only=True)
class Checked:
    """What a check found.

    Attributes:
        path: of the file.
        standard: that was checked.
        today: the day on which we ask.
        failing: examples that come out otherwise.
        review: of the whole.
        language: of the words.
    """

    path: Path
    standard: ServiceStandard
    today: date
    failing: tuple[Finding, ...]
    review: Review
    language: str = "en"

    @property
    def is_ok(self) -> bool:
        """No example fails, and no finding is an error."""
        return not self.failing and not self.review.errors

    @property
    def examples(self) -> int:
        """Worked cases in the file."""
        return sum(len(example.checks) for example in self.standard.examples.values())


def checked_json(checked: Checked) -> dict[str, Any]:
    """As plain data."""
    return {
        "ok": checked.is_ok,
        "as_of": checked.today.isoformat(),
        "faults": [],
        "examples": checked.examples,
        "failing": [attrs.asdict(one) for one in checked.failing],
        "findings": [rule_finding(one, checked.language) for one in checked.review.findings],
        "waived": [
            rule_finding(one, checked.language) | {"because": waiver.because} for one, waiver in checked.review.waived
        ],
    }


def fault_json(error: SvcstdError) -> dict[str, Any]:
    """Faults as plain data."""
    faults = error.faults if isinstance(error, StandardError) else (error,)
    return {"ok": False, "faults": [fault.to_json() for fault in faults]}


def print_checked(console: Console, checked: Checked) -> None:
    """The answer in one line, then what fails, then the findings."""
    say, standard = catalogue(checked.language).sentence, checked.standard
    told = {
        "name": standard.name,
        "day": checked.today.isoformat(),
        "editions": len(standard.editions),
        "objectives": len(standard.current.objectives),
        "examples": checked.examples,
        "failing": len(checked.failing),
        "findings": len(checked.review.findings),
        "waived": len(checked.review.waived),
    }
    console.print(say("check.summary", told), markup=False, soft_wrap=True)
    for one in checked.failing:
        console.print(_failing(one, checked.language), markup=False, soft_wrap=True)
    if checked.review.findings:
        print_findings(console, checked.review.findings, checked.language)


def _failing(one: Finding, language: str) -> str:
    told = {"where": one.where, "part": one.objective, "field": one.field, "expected": one.expected, "got": one.got}
    return catalogue(language).sentence("check.failing", told)


def checked_lines(checked: Checked) -> Iterator[str]:
    """Annotations for a job of GitHub Actions."""
    for one in checked.failing:
        yield _annotation("error", checked.path, "examples.failing", _failing(one, checked.language))
    for found in checked.review.findings:
        yield _annotation(COMMANDS[found.severity], checked.path, found.rule, _told(found, checked.language))


def fault_lines(error: SvcstdError, path: Path, language: str = "en") -> Iterator[str]:
    """Faults as annotations, at their line where it is known."""
    for fault in error.faults if isinstance(error, StandardError) else (error,):
        yield _annotation("error", path, "fault", fault.text(language))


def _told(found: PartFinding, language: str) -> str:
    example = found.finding.example
    return f"{found.where}: {found.sentence(language)}" + (f" ({example})" if example else "")


def _annotation(command: str, path: Path, title: str, text: str) -> str:
    return f"::{command} file={_property(str(path))},title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    """Text that ends no command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
