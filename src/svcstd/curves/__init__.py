"""Exact functions of one number that scores and pay share: goalposts, lines, steps, distance to target."""

from svcstd.curves.curve import Beyond, Curve, DistanceToTarget, Goalposts, PiecewiseLinear, Side, Steps
from svcstd.curves.exact import Number, exact
from svcstd.curves.rounding import Rounding, RoundingMode
from svcstd.curves.scale import GradeScale, Scale
from svcstd.curves.shown import shown
from svcstd.curves.tiers import TierKind, Tiers

__all__ = [
    "Beyond",
    "Curve",
    "DistanceToTarget",
    "Goalposts",
    "GradeScale",
    "Number",
    "PiecewiseLinear",
    "Rounding",
    "RoundingMode",
    "Scale",
    "Side",
    "Steps",
    "TierKind",
    "Tiers",
    "exact",
    "shown",
]
