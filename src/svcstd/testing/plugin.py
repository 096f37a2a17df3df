"""A plugin of pytest: every example, every law and the review of a standard is a test of its own.

``pytest 5s4e.toml`` collects the file that is named, or a folder by its file ``standard``; with the option
``svcstd_standards`` in the configuration of pytest those are collected which match its patterns::

    [tool.pytest.ini_options]
    svcstd_standards = ["standards/*.toml", "desk/standard.toml"]
    svcstd_max_examples = 200

A standard that does not load is an error that tells all its faults. A test that fails tells the clause, the smallest
case that was found, and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from svcstd.testing.laws import Law

__all__ = ["LawItem", "Laws", "StandardFile", "pytest_addoption", "pytest_collect_file"]

SUFFIXES = (".toml", ".yaml", ".yml", ".json")
WHOLE = "standard"
"""The file by which a folder is known."""
EXAMPLES = 100


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("svcstd", "service standards")
    group.addoption(
        "--svcstd-max-examples",
        type=int,
        default=None,
        metavar="N",
        help="cases that each law of a standard is held to",
    )
    parser.addini(
        "svcstd_standards",
        "patterns of the files of standards, such as standards/*.toml, at any depth",
        type="args",
        default=[],
    )
    parser.addini(
        "svcstd_max_examples", f"cases that each law of a standard is held to ({EXAMPLES})", default=str(EXAMPLES)
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> StandardFile | None:
    """A file that was named, or that a pattern fits, if its name may be that of a standard."""
    if file_path.suffix.lower() not in SUFFIXES:
        return None
    if parent.session.isinitpath(file_path) or _fits(file_path, parent.config):
        return StandardFile.from_parent(parent, path=file_path)
    return None


def _fits(path: Path, config: pytest.Config) -> bool:
    if not path.is_relative_to(config.rootpath):
        return False
    inner = path.relative_to(config.rootpath)
    return any(inner.match(pattern) for pattern in config.getini("svcstd_standards"))


def _leads_a_folder(path: Path) -> bool:
    """Whether the files beside it belong to the standard; in the root of a project they are those of other tools."""
    return path.stem == WHOLE and not path.with_name("pyproject.toml").exists()


class StandardFile(pytest.File):
    """A standard, whose laws are its tests."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The examples, the review and the laws.

        Raises:
            CollectError: faults of the standard, or Hypothesis is not installed.
        """
        from svcstd.cli.doors import asked, open_standard  # noqa: PLC0415 - what is not collected costs nothing
        from svcstd.errors import SvcstdError  # noqa: PLC0415

        try:
            from svcstd.testing.laws import for_  # noqa: PLC0415 - Hypothesis may be absent, which is told

            standard = open_standard(self.path.parent if _leads_a_folder(self.path) else self.path)
            found = {str(law): law for law in for_(standard, as_of=asked(None, standard.zone).date())}
        except SvcstdError as error:
            raise self.CollectError(str(error)) from None
        examples = {name.partition(".")[2]: law for name, law in found.items() if law.where.startswith("examples.")}
        review = found.pop("review")
        laws = {name: law for name, law in found.items() if law not in examples.values()}
        yield Laws.from_parent(self, name="examples", laws=examples)
        yield LawItem.from_parent(self, name="review", law=review)
        yield Laws.from_parent(self, name="laws", laws=laws)


class Laws(pytest.Collector):
    """The examples, or the laws, of a standard."""

    def __init__(self, *, laws: Mapping[str, Law], **options: Any) -> None:  # noqa: ANN401 - those of pytest
        super().__init__(**options)
        self.laws = laws

    def collect(self) -> Iterator[pytest.Item]:
        """One test for each."""
        for name, law in self.laws.items():
            yield LawItem.from_parent(self, name=name, law=law)


class LawItem(pytest.Item):
    """One law of a standard."""

    def __init__(self, *, law: Law, **options: Any) -> None:  # noqa: ANN401 - those of pytest
        super().__init__(**options)
        self.law = law

    def runtest(self) -> None:
        """Hold the standard to it."""
        given = self.config.getoption("svcstd_max_examples")
        self.law.check(max_examples=int(self.config.getini("svcstd_max_examples")) if given is None else given)

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401 - of pytest
    ) -> Any:  # noqa: ANN401 - of pytest
        """The message alone: whose standard is wrong is not helped by lines of ours."""
        from svcstd.testing.laws import LawBroken  # noqa: PLC0415 - it is there, or nothing was collected

        return str(excinfo.value) if isinstance(excinfo.value, LawBroken) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the law is told, and the headline of a failure."""
        return self.path, None, f"{self.path.name}: {self.law}"
