"""The notebook of the examples: run from top to bottom, it gives the outputs that it is kept with."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "notebook"
NEEDS = ("ipykernel", "nbclient", "nbformat")
SECONDS = 60


KEPT = (FOLDER / "svcstd.ipynb").read_text(encoding="utf-8")


def _outputs(notebook: Any) -> list[Any]:
    """What cells print; but for the version of the package of holidays, which is not ours."""
    text = json.dumps([cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"])
    found: list[Any] = json.loads(re.sub(r"holidays \d+(\.\d+)*", "holidays", text))
    return found


def test_it_is_kept_with_its_outputs() -> None:
    """Cells stand in the order in which they ran, none failed, and no output asks for a script or the network."""
    cells = [cell for cell in json.loads(KEPT)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} <= {"execute_result", "stream"}
    shown = ["".join(output["data"].get("text/html", "")) for output in outputs if "data" in output]
    assert all(html.startswith('<div class="svcstd"') for html in shown)
    assert not any("<script" in html or "://" in html for html in shown)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")  # of Jupyter's packages
def test_it_runs() -> None:
    """Every cell gives what the page shows."""
    for name in NEEDS:
        pytest.importorskip(
            name, reason=f"the notebook needs {name}: pip install -r examples/notebook/requirements.txt"
        )
    reads = import_module("nbformat").reads
    notebook = reads(KEPT, as_version=4)
    client = import_module("nbclient").NotebookClient(
        notebook, kernel_name="python3", timeout=SECONDS, resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    assert _outputs(notebook) == _outputs(reads(KEPT, as_version=4))
