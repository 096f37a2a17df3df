"""How well people and teams do: measures that only ever add, means that say what is missing, ranks by name."""

from svcstd.scoring.mean import Mean, MeanMethod, MissingPolicy, Weighted
from svcstd.scoring.measure import Measure, total
from svcstd.scoring.rank import PercentileMethod, QuantileMethod, TieMethod, percentile_of, quantile, ranks

__all__ = [
    "Mean",
    "MeanMethod",
    "Measure",
    "MissingPolicy",
    "PercentileMethod",
    "QuantileMethod",
    "TieMethod",
    "Weighted",
    "percentile_of",
    "quantile",
    "ranks",
    "total",
]
