"""Every vector of ``scoring.json`` about scores; those that are not claimed are listed with their reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest

from svcstd.curves import DistanceToTarget, Goalposts, Rounding
from svcstd.scoring import (
    KPIS,
    Criterion,
    Dimension,
    Mean,
    Measure,
    PercentileMethod,
    QuantileMethod,
    Scorecard,
    TieMethod,
    clopper_pearson,
    cohen_kappa,
    direct,
    drawn_to,
    fleiss_kappa,
    indirect,
    krippendorff_alpha,
    percentile_of,
    quantile,
    ranks,
    remove_one,
    total,
    wilson,
)

GROUPS = ("hdi", "coinr", "rank", "adjust", "small_sample", "agreement", "kpi")
UNCLAIMED = {
    "aggregate.copeland": "it ranks, and gives nobody a score of their own",
    "aggregate.outranking": "the table behind Copeland's ranks",
    "round.money": "a vector of money, in tests/money",
    "round.point": "a vector of pay, in tests/incentives",
}
FINE = Rounding(Decimal("0.000000000001"), "half even")
BASES = {
    "answered_only": "answered",
    "offered": "offered",
    "abandon_in_excluded": "less short abandons",
    "abandon_in_is_success": "short abandons kept",
}
Told = Mapping[str, Any]


def exactly(value: Any) -> Any:
    """A number as it is written; lists and tables part by part."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, list):
        return [exactly(one) for one in value]
    return {key: exactly(one) for key, one in value.items()} if isinstance(value, dict) else value


def mean(names: Any, weights: Any = None, **options: Any) -> Mean:
    """Arithmetic, every part there, unless something else is said."""
    given: dict[str, Any] = {"method": "arithmetic", "missing": "refuse"}
    return Mean(weights=dict(zip(names, weights or [1] * len(names), strict=True)), **given | options)


def of_list(told: Told, **options: Any) -> Any:
    """A mean of values by place."""
    names = [str(number) for number in range(len(told["weights"]))]
    values = told.get("values") or told["scores"]
    return mean(names, told["weights"], **options).of(dict(zip(names, values, strict=True))).value


def missing(told: Told) -> Any:
    """By the policy that the vector names."""
    policy, _, rest = told["policy"].partition("(")
    least = Decimal(rest.rstrip(")").partition("=")[2]) if rest else Decimal(0)
    if policy == "error":
        with pytest.raises(ValueError, match="missing"):
            of_list(told)
        return "error"
    return of_list(told, missing=policy, least_covered=least)


def tree(hierarchy: Told, key: str) -> Any:
    """The part of a hierarchy under a key."""
    below = hierarchy.get(key)
    return Criterion(key) if below is None else Dimension({name: tree(hierarchy, name) for name in below}, mean(below))


def figures(values: Told) -> dict[str, Measure]:
    """One record each."""
    return {key: Measure(value, 1, 1) for key, value in values.items()}


def hierarchy(told: Told) -> dict[str, Any]:
    """Every level of the index."""
    root, found = tree(told["hierarchy"], "Index"), {}

    def walk(part: Any, key: str) -> None:
        found[key] = part.points(figures(told["normalised_0_100"]))
        for name, below in part.parts.items() if isinstance(part, Dimension) else ():
            walk(below, name)

    walk(root, "Index")
    return found


def development(told: Told) -> Any:
    """Goalposts with caps, a mean of schooling, a geometric mean."""
    with localcontext(prec=40):
        low, high = Decimal(100).ln(), Decimal(75_000).ln()
        gni = told["ln_gni_per_capita"] if "ln_gni_per_capita" in told else Decimal(told["gni_per_capita"]).ln()
    ends = {"le": (20, 85), "eys": (0, 18), "mys": (0, 15), "gni": (low, high)}
    part = {key: Criterion(key, curve=Goalposts(*two, scale=1, beyond="clamp")) for key, two in ends.items()}
    schooling = Dimension({key: part[key] for key in ("eys", "mys")}, mean(["eys", "mys"]))
    parts = {"le": part["le"], "edu": schooling, "gni": part["gni"]}
    root = Dimension(parts, mean(list(parts), method="geometric", digits=12))
    years = {"le": told["life_expectancy"], "eys": told["expected_schooling"], "mys": told["mean_schooling"]}
    return root.points(figures({**years, "gni": gni}))


def service_level(base: str, told: Told) -> Any:
    """From the counts, call by call."""
    counts = [(True, 5, told["answered_in"]), (True, 99, told["answered"] - told["answered_in"])]
    counts += [(False, 5, told["abandoned_in"]), (False, 99, told["abandoned"] - told["abandoned_in"])]
    calls = [{"answered": taken, "wait": timedelta(seconds=wait)} for taken, wait, n in counts for _ in range(n)]
    return KPIS["service_level"](within=timedelta(seconds=20), base=BASES[base]).measure(calls).value


def handle_time(told: Told) -> Any:
    """All calls together."""
    parts = ("talk", "hold", "wrap")
    calls = [{key: told[key] for key in parts}, *[dict.fromkeys(parts, 0)] * (told["calls"] - 1)]
    return KPIS["handle_time"](hold="apart").measure(calls).value


def top_boxes(told: Told) -> Any:
    """In percent."""
    from svcstd.curves import Scale  # noqa: PLC0415 - beside its only use

    top = KPIS["csat_top"](scale=Scale(1, told["scale_max"], step=1), boxes=told["top"])
    found: Any = top.measure([{"score": mark} for mark in told["ratings"]]).value
    return 100 * found


def pairs(told: Told) -> list[Measure]:
    """Measures of the parts."""
    return [Measure(top, bottom, bottom) for top, bottom in zip(told["numerators"], told["denominators"], strict=True)]


def means_of(told: Told) -> Any:
    """What a roll-up is not."""
    values: list[Any] = [one.value for one in pairs(told)]
    return 100 * sum(values) / len(values)


def bounds(interval: Any, told: Told, **options: Any) -> list[Decimal]:
    """Both ends."""
    confidence = Decimal(told["confidence"])
    found = interval(told["successes"], told["trials"], confidence=confidence, digits=12, **options)
    return [found.low, found.high]


def strata(told: Told) -> tuple[Any, Any, Any]:
    """What was counted, the mix, and the shares of everybody."""
    counted = {key: Measure(one["hit"], one["n"], one["n"]) for key, one in told.items()}
    mix = {key: one["std_n"] for key, one in told.items() if "std_n" in one}
    return counted, mix, {key: Decimal(one["std_rate"]) for key, one in told.items() if "std_rate" in one}


def explained(told: Told) -> dict[str, Any]:
    """Parts, and against a reference."""
    weights, scores, before = ([Fraction(one) for one in told[key]] for key in ("weights", "scores", "reference"))
    names = [str(number) for number in range(len(weights))]
    found, old = (mean(names, weights).of(dict(zip(names, one, strict=True))) for one in (scores, before))
    delta = [found.parts[key] - old.parts[key] for key in names]
    return {"total": found.value, "contributions": [found.parts[key] for key in names], "delta": delta}


def posts(told: Told) -> Any:
    """Goalposts as COINr writes them."""
    low, high, value = (Decimal(str(told[key])) for key in ("low", "high", "value"))
    worst, best = (low, high) if told.get("direction", 1) == 1 else (high, low)
    beyond: Any = "clamp" if told.get("truncate", True) else "extend"
    return Goalposts(worst, best, scale=told.get("scale", 1), beyond=beyond).at(value)


def targets(told: Told) -> Any:
    """How near the target, by the worst of the cohort."""
    values, target = told["values"], told["target"]
    worst = min(values) if told["direction"] == 1 else max(values)
    return [DistanceToTarget(target, worst=worst, cap=told["cap"]).at(value) for value in values]


def without_pillar(told: Told, shared: Path) -> Any:
    """Mean move of the ranks; the countries stand with the first of these vectors."""
    units = told["units"]
    if isinstance(units, str):
        text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
        found = [one for one in json.loads(text)["vectors"] if one["op"] == "sensitivity.mean_abs_rank_change"]
        units = exactly(found[0]["input"]["units"])
    card = Scorecard(key="index", root=tree(told["hierarchy"], "Index"), rounding=FINE)
    moved = remove_one(card, {unit: figures(row) for unit, row in units.items()}, ties="min")
    return next(value for path, value in moved.items() if path.endswith(told["remove"]))


def ranked(method: Any, told: Told) -> Any:
    """Ranks."""
    return list(ranks(told["values"], method=method))


def placed(method: Any, told: Told) -> Any:
    """In percent."""
    return 100 * percentile_of(told["score"], told["values"], method=method)


def at_share(method: Any, told: Told) -> Any:
    """A quantile."""
    return quantile(told["values"], told["p"], method=method)


def quartiles(method: Any, told: Told) -> Any:
    """All three."""
    return [quantile(told["values"], Fraction(part, 4), method=method) for part in (1, 2, 3)]


OPS: dict[str, Callable[[Told], Any]] = {
    "composite.hdi_geometric": development,
    "normalise.minmax": posts,
    "normalise.goalposts": posts,
    "normalise.signed_rating": posts,
    "normalise.distance_to_target": targets,
    "composite.hierarchical_arithmetic": hierarchy,
    "composite.aggregate_arithmetic": lambda told: of_list(
        {"weights": told["weights"], "values": [told["conn"], told["sust"]]}
    ),
    "aggregate.arithmetic": of_list,
    "aggregate.geometric": lambda told: of_list(told, method="geometric", digits=16),
    "aggregate.harmonic": lambda told: of_list(told, method="harmonic"),
    "aggregate.power_mean": lambda told: of_list(told, method="power", digits=16, power=told["p"]),
    "missing.zero": missing,
    "missing.reweight": missing,
    "missing.withhold": missing,
    "missing.error": missing,
    "explain.additive": explained,
    "casemix.direct": lambda told: direct(*strata(told)[:2]),
    "casemix.indirect": lambda told: indirect(strata(told)[0], strata(told)[2]).ratio,
    "wilson_interval": lambda told: bounds(wilson, told),
    "wilson_interval_cc": lambda told: bounds(wilson, told, continuity=True),
    "wilson_lower_bound": lambda told: bounds(wilson, told)[0],
    "clopper_pearson": lambda told: bounds(clopper_pearson, told),
    "shrink_to_mean": lambda told: drawn_to(told["value"], Decimal(told["mean"]), factor=Decimal(told["factor"])),
    "krippendorff_alpha": lambda told: krippendorff_alpha(told["raters_by_units"], level=told["metric"]),
    "cohen_kappa": lambda told: cohen_kappa(told["table"]),
    "fleiss_kappa": lambda told: fleiss_kappa(told["subjects_by_category_counts"]),
    "kpi.aht": handle_time,
    "kpi.adherence": lambda told: KPIS["adherence"]().measure([told]).value,
    "kpi.csat_top2box": top_boxes,
    **{f"kpi.service_level.{base}": partial(service_level, base) for base in BASES},
    "rollup.ratio_of_sums": lambda told: 100 * (total(pairs(told)).value or 0),
    "rollup.mean_of_ratios": means_of,
    **{f"rank.{method}": partial(ranked, method) for method in get_args(TieMethod)},
    **{f"percentile_of_score.{method}": partial(placed, method) for method in get_args(PercentileMethod)},
    **{f"quantile.{method}": partial(at_share, method) for method in get_args(QuantileMethod)},
    **{f"quartiles.{method}": partial(quartiles, method) for method in get_args(QuantileMethod)},
}
REMOVED = "sensitivity.mean_abs_rank_change"


def held(got: Any, expected: Any, tolerance: Fraction) -> None:
    """Part by part, within the tolerance that the source leaves."""
    match expected:
        case dict():
            for key, one in expected.items():
                held(got[key], one, tolerance)
        case list():
            assert len(got) == len(expected)
            for mine, one in zip(got, expected, strict=True):
                held(mine, one, tolerance)
        case None | str():
            assert got == expected
        case _:
            assert abs(Fraction(got) - Fraction(str(expected))) <= tolerance


@pytest.mark.vectors("scoring.json", *OPS, REMOVED)
def test_vector(vector: dict[str, Any], shared: Path) -> None:
    """As published, or as its source has it."""
    told = exactly(vector["input"])
    got = without_pillar(told, shared) if vector["op"] == REMOVED else OPS[vector["op"]](told)
    held(got, vector["expected"], Fraction(str(vector["tolerance"])))


def test_nothing_is_skipped(shared: Path, vectors_ran: set[tuple[str, str]]) -> None:
    """What did not run is one of those that are named with their reason."""
    text = (shared / "conformance" / "scoring.json").read_text(encoding="utf-8")
    left = [
        one
        for one in json.loads(text)["vectors"]
        if one["group"] in GROUPS and ("scoring.json", one["id"]) not in vectors_ran
    ]
    assert {one["op"] for one in left} <= set(UNCLAIMED)
