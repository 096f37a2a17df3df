"""The plugin of pytest: what it collects, what a failure tells, what it leaves alone."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

DESK = """
svcstd = 1
id = "desk"
name = "Desk"
zone = "Asia/Shanghai"
years = "2026"

[facts]
kind = { one_of = ["fault", "question"] }
[events]
opened = "the request arrives"
closed = "it is done"

[calendars.office]
hours = "Mon-Fri 09:00-17:00"

[objectives.close]
order = 1
calendar = "office"
target = "4 working hours"
clock = { start = "opened", stop = "closed" }

[routing.intake]
hit = "first"
out = ["team"]
[routing.intake.rules.fault]
when = { kind = "fault" }
then = { team = "field" }
[routing.intake.else]
team = "desk"
because = "the desk asks on"

[clauses."2.1"]
kind = "commitment"
text = "Whoever asks is answered."
means = "routing.intake"

[examples.one]
events = { opened = 2026-02-03T10:00:00 }
as_of = 2026-02-03T11:00:00
expect.close = { due = 2026-02-03T14:00:00 }
"""
FEW = "--svcstd-max-examples=5"


def test_a_file_that_is_named(pytester: pytest.Pytester) -> None:
    """Each example, the review, and each law is a test of its own, by the path of what it is about."""
    pytester.makefile(".toml", desk=DESK)
    run = pytester.runpytest_inprocess("desk.toml", FEW, "-v")
    run.assert_outcomes(passed=19)
    run.stdout.fnmatch_lines(
        [
            "desk.toml::examples::one PASSED*",
            "desk.toml::review PASSED*",
            "desk.toml::laws::calendars.office.add_then_elapsed PASSED*",
            "desk.toml::laws::clocks.waiting_never_unbreaches PASSED*",
            "desk.toml::laws::routing.intake.total PASSED*",
        ]
    )


def test_one_law_alone(pytester: pytest.Pytester) -> None:
    """By its id, and by ``-k``."""
    pytester.makefile(".toml", desk=DESK)
    pytester.runpytest_inprocess("desk.toml::examples::one", FEW).assert_outcomes(passed=1)
    pytester.runpytest_inprocess("desk.toml", FEW, "-k", "intake").assert_outcomes(passed=2, deselected=17)


def test_a_failure_tells_clause_case_and_expectation(pytester: pytest.Pytester) -> None:
    """And no line of code."""
    pytester.makefile(
        ".toml", desk=DESK.replace('[routing.intake.else]\nteam = "desk"\nbecause = "the desk asks on"\n', "")
    )
    run = pytester.runpytest_inprocess("desk.toml", FEW, "-k", "total", "--disable-warnings")
    run.assert_outcomes(failed=1, deselected=18)
    run.stdout.fnmatch_lines(
        [
            "routing.intake.total, clause 2.1 is broken: whoever asks with every fact known gets an answer",
            "  the smallest case found:",
            "    kind = question",
            "*we ask",
            "  expected: a rule that fits, or else",
            "  got:      no rule",
            "FAILED desk.toml::laws::routing.intake.total*",
        ]
    )
    run.stdout.no_fnmatch_line("*site-packages*")
    run.stdout.no_fnmatch_line("*Traceback*")


def test_all_faults_of_a_file_that_does_not_load(pytester: pytest.Pytester) -> None:
    """An error of collection, which tells each of them."""
    pytester.makefile(
        ".toml", desk=DESK.replace('zone = "Asia/Shanghai"', 'zone = "Mars"').replace("4 working", "4 wrking")
    )
    run = pytester.runpytest_inprocess("desk.toml")
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["*$.zone:*", "*$.objectives.close.target:*"])
    run.stdout.no_fnmatch_line("*Traceback*")


def test_patterns_of_the_configuration(pytester: pytest.Pytester) -> None:
    """Files that fit are collected beside the tests of the project; others are not standards of ours."""
    pytester.makefile(".toml", other="a = 1")
    pytester.mkdir("standards")
    (pytester.path / "standards" / "desk.toml").write_text(DESK, encoding="utf-8")
    pytester.makepyprojecttoml(
        '[tool.pytest.ini_options]\nsvcstd_standards = ["standards/*.toml"]\nsvcstd_max_examples = 3\n'
    )
    pytester.makepyfile("def test_nothing(): pass")
    pytester.runpytest_inprocess().assert_outcomes(passed=20)
    pytester.runpytest_inprocess("standards").assert_outcomes(passed=19)
    pytester.runpytest_inprocess("other.toml").assert_outcomes(errors=1)


def test_files_outside_of_the_project(pytester: pytest.Pytester) -> None:
    """Fit no pattern of it."""
    pytester.mkdir("project").joinpath("pytest.ini").write_text(
        "[pytest]\nsvcstd_standards = *.toml\n", encoding="utf-8"
    )
    pytester.mkdir("elsewhere").joinpath("desk.toml").write_text(DESK, encoding="utf-8")
    run = pytester.runpytest_inprocess("elsewhere", "-c", "project/pytest.ini", "--rootdir", "project")
    run.assert_outcomes()


def test_a_folder_by_its_file(pytester: pytest.Pytester) -> None:
    """The files beside ``standard.toml`` belong to it."""
    head, _, rest = DESK.partition("[routing.intake]")
    folder = pytester.mkdir("whole")
    (folder / "standard.toml").write_text(head, encoding="utf-8")
    (folder / "more.toml").write_text("[routing.intake]" + rest, encoding="utf-8")
    pytester.runpytest_inprocess("whole/standard.toml", FEW).assert_outcomes(passed=19)


def test_a_standard_in_the_root_of_a_project(pytester: pytest.Pytester) -> None:
    """Stands alone: what lies beside it belongs to other tools."""
    pytester.makefile(".toml", standard=DESK)
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\n")
    pytester.runpytest_inprocess("standard.toml", FEW).assert_outcomes(passed=19)


def test_what_is_no_law_breaks_as_usual(pytester: pytest.Pytester) -> None:
    """A fault of ours shows where it is."""
    pytester.makefile(".toml", desk=DESK)
    pytester.makeconftest(
        "import attrs\n"
        "def broken(case): raise RuntimeError('ours')\n"
        "def pytest_collection_modifyitems(items):\n"
        "    for item in items: item.law = attrs.evolve(item.law, breach=broken)\n"
    )
    run = pytester.runpytest_inprocess("desk.toml", FEW, "-k", "total")
    run.assert_outcomes(failed=1, deselected=18)
    run.stdout.fnmatch_lines(["*RuntimeError: ours*"])


@pytest.mark.long
def test_without_hypothesis(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    pytester.makefile(".toml", desk=DESK)
    pytester.makeconftest("import sys\nsys.modules['hypothesis'] = None\n")
    monkeypatch.setenv("HYPOTHESIS_NO_PLUGINS", "1")
    run = pytester.runpytest_subprocess("desk.toml", "-p", "no:hypothesispytest")
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["*testing*"])
