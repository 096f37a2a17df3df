"""What all tests share: the shared folder, its conformance vectors, Hypothesis profiles."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "gate", max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("SVCSTD_PROFILE", "quick"))

SHARED = Path(os.environ.get("SVCSTD_SHARED", Path(__file__).parents[1].parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of conformance vectors and real data that cannot be shipped; skips where it is absent.

    Where ``SVCSTD_SHARED`` says that it must be there, its absence is a failure.
    """
    if not SHARED.is_dir():
        if "SVCSTD_SHARED" in os.environ:
            pytest.fail(f"SVCSTD_SHARED names {SHARED}, which is no folder")
        pytest.skip("the shared folder of vectors and data is not here; set SVCSTD_SHARED to run this test")
    return SHARED


RAN: pytest.StashKey[set[tuple[str, str]]] = pytest.StashKey()
"""The conformance vectors that were run and held: file and id."""


COLLECTED: pytest.StashKey[dict[Path, int]] = pytest.StashKey()
"""How many tests with a vector each module has, selected or not."""


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers: what brings vectors to a test, and which demands a test stands for."""
    config.addinivalue_line("markers", "rows(*ids): the demands of the handbooks that the test holds the library to")
    config.addinivalue_line(
        "markers", "long: takes more than a second or so; left out unless -m asks, as in pytest -m ''"
    )
    config.addinivalue_line("markers", "vectors(file, *kinds): run the test once for each conformance vector")
    ran: set[tuple[str, str]] = set()
    config.stash[RAN] = ran
    collected: dict[Path, int] = {}
    config.stash[COLLECTED] = collected


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each vector of the file and the kinds that the marker names; one skipped test without the file."""
    marker = metafunc.definition.get_closest_marker("vectors")
    if marker is None:
        return
    file, *kinds = marker.args
    source = SHARED / "conformance" / file
    found = json.loads(source.read_text(encoding="utf-8"))["vectors"] if source.is_file() else []
    wanted = [each for each in found if each.get("kind", each.get("op")) in kinds]
    params = [pytest.param(each, id=each["id"]) for each in wanted]
    collected, path = metafunc.config.stash[COLLECTED], metafunc.definition.path
    collected[path] = collected.get(path, 0) + max(len(params), 1)
    metafunc.parametrize("vector", params or [pytest.param({}, id="absent")], indirect=True)


@pytest.fixture
def vector(request: pytest.FixtureRequest, shared: Path) -> Iterator[dict[str, Any]]:
    """One conformance vector, counted when its test held; the test carries the marker ``vectors``."""
    assert shared.is_dir()
    failed = request.session.testsfailed
    yield request.param
    if request.session.testsfailed == failed:
        file = request.node.get_closest_marker("vectors").args[0]
        request.config.stash[RAN].add((file, request.param["id"]))


@pytest.fixture
def vectors_ran(request: pytest.FixtureRequest, shared: Path) -> set[tuple[str, str]]:
    """File and id of every vector that held so far; skips where a part of the module's tests was deselected."""
    assert shared.is_dir()
    config, tests = request.config, [item for item in request.session.items if item.path == request.path]
    selected = [item for item in tests if isinstance(item, pytest.Function) and "vector" in item.fixturenames]
    if len(selected) < config.stash[COLLECTED][request.path] or hasattr(config, "workerinput"):
        pytest.skip("only a part of the vectors was selected")
    ran = config.stash[RAN]
    return set(ran)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many conformance vectors were run."""
    terminalreporter.write_line(f"{len(config.stash[RAN])} conformance vectors run")
