"""KPIs and money over columns, exact to the last digit and the cent."""

from svcstd.batch.sums.kpis import SiftedCounts, count_sifted, measure_by
from svcstd.batch.sums.minor_units import money_sums, multiply
from svcstd.batch.sums.scores import scores

__all__ = [
    "SiftedCounts",
    "count_sifted",
    "measure_by",
    "money_sums",
    "multiply",
    "scores",
]
