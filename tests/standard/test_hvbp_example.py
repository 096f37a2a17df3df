"""Hospital value-based purchasing: every point and total that was published comes out of the standard again."""

from __future__ import annotations

import gzip
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from svcstd import dumps, load, loads
from svcstd.scoring import Score

pytestmark = pytest.mark.long

FOLDER = Path(__file__).parents[2] / "examples" / "hvbp"


@pytest.fixture(scope="module")
def recompute() -> ModuleType:
    """The script of the example."""
    spec = importlib.util.spec_from_file_location("recompute", FOLDER / "recompute.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(recompute: ModuleType) -> dict[str, Score]:
    """The score of every hospital."""
    found: dict[str, Score] = recompute.scores()
    return found


def test_every_published_point(recompute: ModuleType, scores: dict[str, Score]) -> None:
    """Achievement, improvement and the larger of both, for six measures of 2,474 hospitals."""
    compared = [
        one
        for row in recompute.rows(recompute.CLINICAL)
        for one in recompute.points_of(row, scores[row["Facility ID"]])
    ]
    assert len(compared) == 2_474 * 18
    assert [one for one in compared if one[1] != one[2]] == []


def test_every_published_total(recompute: ModuleType, scores: dict[str, Score]) -> None:
    """The clinical domain, what each domain adds, and the total, to twelve decimals."""
    compared = [
        one for row in recompute.rows(recompute.TOTALS) for one in recompute.totals_of(row, scores[row["Facility ID"]])
    ]
    assert len(compared) == 2_474 * 6
    assert [one for one in compared if one[1] != one[2]] == []


def test_contributions_are_the_total(scores: dict[str, Score]) -> None:
    """For every hospital, to the last digit."""
    for one in scores.values():
        assert one.value is not None
        assert sum(part.points for part in one.contributions) + one.residual == one.value


@pytest.mark.parametrize("name", ["hvbp_clinical_outcomes", "hvbp_tps"])
def test_the_files_are_those_published(shared: Path, name: str) -> None:
    """Byte for byte."""
    with gzip.open(FOLDER / f"{name}.csv.gz") as file:
        assert file.read() == (shared / "data" / "scoring" / f"{name}.csv").read_bytes()


def test_the_standard_is_read_back() -> None:
    """As an equal value."""
    with (FOLDER / "hvbp.toml").open(encoding="utf-8") as file:
        standard = load(file)
    assert loads(dumps(standard)) == standard


def test_the_script_tells_what_it_found(recompute: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line."""
    recompute.main()
    assert capsys.readouterr().out == "2,474 hospitals, 59,376 published figures, 0 different\n"
    assert "recompute" not in sys.modules
