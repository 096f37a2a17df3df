"""The documentation: what it shows is run, its links are sound, its generated pages are what their sources say."""

from __future__ import annotations

import contextlib
import doctest
import inspect
import io
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer

from svcstd.cli.app import app, main
from svcstd.conditions import FactSchema, FactType
from svcstd.documents import read_table
from svcstd.rules import Output

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
OTHERS = sorted([*ROOT.glob("*.md"), *(ROOT / "examples").glob("*/README.md")])
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!`)!?\[[^\]\n]*\]\(([^()\s]+)\)")
COMMAND = re.compile(r"^\$ (svcstd .*)$", re.MULTILINE)


def named(path: Path) -> str:
    """A page by its place."""
    return path.relative_to(ROOT).as_posix()


def fences(page: Path) -> list[tuple[str, str]]:
    """Language and text of every block of a page."""
    return FENCE.findall(page.read_text("utf-8"))


CHECKED = {
    "python": "run line by line where pages are collected (conftest.py)",
    "toml": "loaded as a standard or a part of one there, with its examples",
    "console": "its commands are read here, and run where their files are at hand",
    "": "decision tables as text, read here",
    "py": "blocks of spark.md, run in tests/batch/test_spark.py",
    "ipython": "a line of the notebook that tests run whole",
    "django": "a part of the template of examples/django_helpdesk, which is tested",
    "ini": "settings of the plugin of pytest, which is tested",
    "text": "what something prints",
}


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    """No other kind of block stands on a page, since nobody would look at it."""
    assert {language for page in PAGES for language, _ in fences(page)} <= CHECKED.keys()


# ------------------------------------------------------------------------------------------------------- what it shows


def test_tables_as_text_are_read() -> None:
    """A block without a language is a decision table, which reads as one."""
    tables = [text for page in PAGES for language, text in fences(page) if not language]
    facts = FactSchema({"kind": FactType(one_of=("fault", "complaint")), "amount": FactType("integer")})
    assert [len(read_table(text, facts=facts, outputs={"role": Output()}).rules) for text in tables] == [2]


def commands() -> Iterator[tuple[str, str]]:
    """Every command line of svcstd on any page, with the page."""
    for page in [*PAGES, *OTHERS]:
        for language, text in fences(page):
            if language == "console":
                yield from ((named(page), line) for line in COMMAND.findall(text))


@pytest.mark.long
@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_a_command_has_what_it_is_given(page: str, line: str) -> None:
    """The command exists, and so does every option."""
    words = line.split()[1:]
    known: Any = typer.main.get_command(app)
    command = known if words[0].startswith("--") else known.commands[words[0]]
    options = {option for one in command.params for option in one.opts}
    assert [word for word in words if word.startswith("--") and word not in options] == [], page


SETTING_UP = ("python3 -m venv", ".venv/bin/", "source ")


def script(text: str) -> list[tuple[str, list[str]]]:
    """Command lines, each with what is shown below it."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        else:
            found[-1][1].append(line)
    return [(command, shown) for command, shown in found if not command.startswith(SETTING_UP)]


def run(line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a line prints, here: svcstd in this process, all else in a shell."""
    if line.startswith("svcstd "):
        monkeypatch.setattr(sys, "argv", shlex.split(line))
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code in {0, 1, 3}
        told = capsys.readouterr()
        return [one.rstrip() for one in (told.out + told.err).splitlines()]
    return subprocess.run(["bash", "-c", line], check=True, capture_output=True, text=True).stdout.splitlines()  # noqa: S607 - what a reader types


def test_the_tutorial_as_a_reader_does_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file grows block by block, and each command prints what stands below it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    told = 0
    for language, text in fences(DOCS / "tutorial/first-standard.md"):
        if language == "toml":
            with Path("desk.toml").open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        elif language == "console":
            for line, shown in script(text):
                printed = run(line, capsys, monkeypatch)
                assert not shown or printed == shown
                told += len(shown)
    assert told > 10
    assert Path("desk-handbook.html").stat().st_size > 1_000


@pytest.mark.long
def test_the_chinese_pages_as_a_reader_does_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their commands run on the example, and print what stands below them."""
    shutil.copytree(ROOT / "examples/5s4e", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    blocks = [text for page in sorted(DOCS.glob("zh/*.md")) for language, text in fences(page) if language == "console"]
    shown = {(line, *below) for text in blocks for line, below in script(text) if line.startswith("svcstd ")}
    assert len(shown) > 3
    for line, *below in sorted(shown):
        printed = run(line, capsys, monkeypatch)
        assert printed[: len(below)] == below


# --------------------------------------------------------------------------------------------------------------- links


def links(page: Path) -> list[str]:
    """Where a page leads, its code left out."""
    return LINK.findall(FENCE.sub("", page.read_text("utf-8")))


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    """A link within the repository leads to a file, another is whole; anchors are the builder's part."""
    for link in links(page):
        parts = urlsplit(link)
        if parts.scheme:
            assert (parts.scheme, bool(parts.hostname), parts.port) == ("https", True, None), link
        elif parts.path:
            assert (page.parent / parts.path).exists(), link


def test_the_site_asks_no_other_host() -> None:
    """Nothing that its pages load stands elsewhere: fonts are the system's, the search comes with it."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "font: false" in settings
    assert re.findall(r"https?://\S+", settings) == []
    for style in DOCS.glob("assets/*.css"):
        assert re.findall(r"url\(|@import", style.read_text("utf-8")) == []


def test_no_page_is_forgotten() -> None:
    """Every page stands in the navigation."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    nav = settings.partition("\nnav:\n")[2]
    assert [page for page in PAGES if f" {page.relative_to(DOCS).as_posix()}\n" not in nav] == []


# -------------------------------------------------------------------------------------------------- pages that are made


@pytest.mark.parametrize("script", ["bench/page.py", "tools/docs_pages.py"])
def test_scripts_of_the_site_do_what_they_show(script: str) -> None:
    """Their examples come out."""
    known = runpy.run_path(str(ROOT / script))
    found = [
        test
        for one in known.values()
        if inspect.isfunction(one)
        for test in doctest.DocTestFinder().find(one, globs=known)
    ]
    runner = doctest.DocTestRunner()
    for test in found:
        runner.run(test)
    assert (runner.summarize(verbose=False).failed, runner.tries > 0) == (0, True)


def test_the_figures_of_speed_are_those_that_were_measured() -> None:
    """The tables of the page are what bench/results say; `python bench/page.py` writes them."""
    made = runpy.run_path(str(ROOT / "bench/page.py"))
    page = (DOCS / "reference/speed.md").read_text("utf-8")
    assert made["filled"](page) == page
    assert page.count("<!-- bench: ") == page.count("<!-- /bench -->") == len(made["MARKED"].findall(page)) > 10


ROOMS = [found.replace("-", ".") for found in sorted(page.stem for page in (DOCS / "reference/api").glob("*.md"))]
ENGINES = {"arrow": "pyarrow", "duckdb": "duckdb", "pandas": "pandas", "polars": "polars", "spark": "pyspark"}


def is_here(room: str) -> bool:
    """Whether what a room needs is installed."""
    if room == "batch":
        return find_spec("numpy") is not None
    return not room.startswith("batch.") or find_spec(ENGINES[room.removeprefix("batch.")]) is not None


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "svcstd" and is_here(room)])
def test_every_verb_is_told_at_a_glance(room: str) -> None:
    """Each public function of a room is on the page, and nothing else; `python tools/docs_glance.py` writes it."""
    page = (DOCS / "reference/at-a-glance.md").read_text("utf-8")
    module = import_module(f"svcstd.{room}")
    verbs = {name for name in getattr(module, "__all__", ()) if inspect.isfunction(getattr(module, name))}
    told = set(re.findall(rf"\(api/{room.replace('.', '-')}\.md#svcstd\.{re.escape(room)}\.([a-z_]+)\)", page))
    assert told == verbs


def test_verbs_of_values_exist() -> None:
    """So is each verb of a standard, a calendar and readings."""
    page = (DOCS / "reference/at-a-glance.md").read_text("utf-8")
    found = re.findall(r"#svcstd\.([a-z.]+)\.([A-Z]\w+)\.(\w+)\)", page)
    assert len(found) > 40
    for room, owner, verb in found:
        assert callable(getattr(getattr(import_module(f"svcstd.{room}"), owner), verb))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_its_page(room: str) -> None:
    """Each page of the reference asks for the room that it is named after."""
    page = DOCS / "reference/api" / f"{room.replace('.', '-')}.md"
    text = page.read_text("utf-8")
    assert room == "svcstd" or f"::: svcstd.{room}\n" in text
    if room == "svcstd":
        assert all(f"[`{name}`]" in text for name in import_module("svcstd").__all__)


def test_every_room_is_told() -> None:
    """Whatever has a door of its own is in the reference; what serves the library alone is not."""
    within = {"catalogues", "cli", "demo"}
    packages = {found.parent for found in (Path(import_module("svcstd").__file__ or "")).parent.glob("*/__init__.py")}
    assert {package.name for package in packages} - within <= set(ROOMS)


def test_what_a_block_prints() -> None:
    """A block of text stands below the code that printed it."""
    known: dict[str, object] = {}
    before = ""
    for language, text in fences(DOCS / "how-to/exchange.md"):
        if language == "text":
            assert before == text
        elif language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(text, known)  # noqa: S102 - our own page
            before = out.getvalue()
