"""Exact functions of one number that scores and pay share: goalposts, lines, steps, distance to target."""

from svcstd.curves.curve import Beyond, Curve, DistanceToTarget, Goalposts, PiecewiseLinear, Side, Steps
from svcstd.curves.exact import Number, exact

__all__ = [
    "Beyond",
    "Curve",
    "DistanceToTarget",
    "Goalposts",
    "Number",
    "PiecewiseLinear",
    "Side",
    "Steps",
    "exact",
]
