"""How well people and teams do: measures that only ever add, and weighted means that say what is missing."""

from svcstd.scoring.mean import Mean, MeanMethod, MissingPolicy, Weighted
from svcstd.scoring.measure import Measure, total

__all__ = ["Mean", "MeanMethod", "Measure", "MissingPolicy", "Weighted", "total"]
