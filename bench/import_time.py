"""Wall time of ``import svcstd`` over bare Python, as whole processes; the median of nine.

Usage: python bench/import_time.py [--json FILE]
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter


def wall(code: str) -> float:
    """Milliseconds of one fresh interpreter."""
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - this interpreter
    return (perf_counter() - begun) * 1e3


def main() -> None:
    """Print both figures and their difference."""
    bare = statistics.median(wall("pass") for _ in range(9))
    ours = statistics.median(wall("import svcstd") for _ in range(9))
    loads = statistics.median(wall("import svcstd; svcstd.loads") for _ in range(9))
    print(f"python -c pass: {bare:.0f} ms")
    print(f"import svcstd: {ours - bare:.0f} ms more")
    print(f"first use of svcstd.loads: {loads - bare:.0f} ms more")
    if "--json" in sys.argv:
        rows = [{"name": "import svcstd", "ms": ours - bare}, {"name": "first use of svcstd.loads", "ms": loads - bare}]
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(rows, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
