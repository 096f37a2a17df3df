"""Twenty thousand agents, twelve months, eight figures each: exact scorecards beside float libraries, in one process.

Every score is worked out exactly, with goalposts, weights and rounding, once without and once with its reasons. Beside
it stand libraries that do the same sums in floats over the whole matrix at once: they are quicker, they are not exact,
and they say nothing of why. Their figures are per scorecard too.

Usage: python bench/scoring.py [--quick] [--json FILE]
Needs: svcstd; better with the dependency group ``bench``.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from svcstd.curves import Goalposts, Rounding
from svcstd.scoring import Criterion, Dimension, Mean, Measure, Scorecard, score

QUICK = "--quick" in sys.argv
AGENTS, MONTHS = (200, 3) if QUICK else (20_000, 12)
EXPLAINED = 1_000 if QUICK else 20_000
REPEATS = 3
KEYS = [f"kpi{number}" for number in range(8)]
WEIGHTS = {key: number + 1 for number, key in enumerate(KEYS)}
WORST, BEST = Decimal("0.5"), Decimal("0.95")
CARD = Scorecard(
    key="agent",
    rounding=Rounding(Decimal("0.0001"), "half up"),
    root=Dimension(
        {key: Criterion(key, curve=Goalposts(WORST, BEST, scale=100, beyond="clamp"), least=5) for key in KEYS},
        Mean(weights=WEIGHTS, method="arithmetic", missing="reweight", least_covered=Fraction(1, 2)),
    ),
)
ROWS: list[dict[str, Any]] = []


def made(source: random.Random) -> dict[str, Measure]:
    """One agent's month: cases kept of cases handled, for each figure."""
    counts = [(source.randint(5, 200), source.random()) for _ in KEYS]
    return {key: Measure(int(n * share), n, n) for key, (n, share) in zip(KEYS, counts, strict=True)}


def timed(name: str, run: Callable[[], object], cards: int, repeats: int = REPEATS) -> None:
    """Median microseconds for one scorecard."""
    found = []
    for _ in range(repeats):
        begun = perf_counter()
        run()
        found.append((perf_counter() - begun) / cards * 1e6)
    ROWS.append({"name": name, "us": statistics.median(found), "cards": cards})


def peers(months: list[dict[str, Measure]]) -> Iterator[str]:
    """The same sums in floats; a line for each library that is not there."""
    try:
        numpy: Any = import_module("numpy")
    except ImportError:
        yield "numpy is not installed, nor anything that needs it"
        return
    matrix = numpy.array([[float(one[key].value or 0) for key in KEYS] for one in months])
    weights = numpy.array([float(WEIGHTS[key]) for key in KEYS]) / sum(WEIGHTS.values())
    low, high = float(WORST), float(BEST)

    def plain() -> Any:
        return (numpy.clip((matrix - low) / (high - low), 0, 1) * 100) @ weights

    timed("NumPy floats, goalposts and weighted sum", plain, len(months))
    exact = [CARD.value(one) for one in months[:2_000]]
    rounded = [Decimal(f"{value:.4f}") for value in plain()[:2_000]]
    differing = sum(ours != theirs for ours, theirs in zip(exact, rounded, strict=True))
    yield f"rounded to four decimals, {differing} of {len(exact):,} float scores differ from the exact ones"
    kinds = numpy.ones(len(KEYS))
    try:
        methods: Any = import_module("pymcdm.methods")
        normal: Any = import_module("pymcdm.normalizations")
        wsm = methods.WSM(normal.minmax_normalization)
        timed("pymcdm WSM, scaled by the cohort", lambda: wsm(matrix, weights, kinds), len(months))
    except ImportError:
        yield "pymcdm is not installed"
    try:
        skc: Any = import_module("skcriteria")
        simple: Any = import_module("skcriteria.agg.simple")
        scalers: Any = import_module("skcriteria.preprocessing.scalers")
        part = matrix[:20_000]

        def decide() -> Any:
            made = skc.mkdm(part, [max] * len(KEYS), weights=weights)
            return simple.WeightedSumModel().evaluate(scalers.MinMaxScaler(target="matrix").transform(made))

        timed("scikit-criteria WSM, scaled by the cohort", decide, len(part))
    except ImportError:
        yield "scikit-criteria is not installed"


def main() -> None:
    """Run everything that is installed and print the table."""
    source = random.Random(5)
    pool = [made(source) for _ in range(min(AGENTS, 20_000))]
    months = [pool[(agent * 7 + month * 131) % len(pool)] for agent in range(AGENTS) for month in range(MONTHS)]
    begun = perf_counter()
    timed("svcstd, exact, explanation off", lambda: [CARD.value(one) for one in months], len(months), 1)
    whole = perf_counter() - begun
    timed("svcstd, exact, explanation off (again)", lambda: [CARD.value(one) for one in pool], len(pool))
    timed(
        "svcstd, exact, explanation on",
        lambda: [score(CARD, one) for one in pool[:EXPLAINED]],
        min(EXPLAINED, len(pool)),
        1,
    )
    told = list(peers(months))
    own = ROWS[0]["us"]
    print(f"{AGENTS:,} agents x {MONTHS} months x {len(KEYS)} figures: {whole:,.1f} s exactly, without reasons")
    for row in ROWS:
        print(f"  {row['us']:12,.3f} us  x{row['us'] / own:10.4f}  {row['name']} ({row['cards']:,} scorecards)")
    for line in told:
        print(line)
    if "--json" in sys.argv:
        path = Path(sys.argv[sys.argv.index("--json") + 1])
        path.write_text(json.dumps(ROWS, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
