"""Wall time of ``import svcstd`` over bare Python, as whole processes; the median of nine."""

from __future__ import annotations

import statistics
import subprocess
import sys
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


if __name__ == "__main__":
    main()
