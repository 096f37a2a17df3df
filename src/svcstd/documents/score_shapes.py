"""Shapes of scorecards, their curves, adjustments and grades, and of panels of raters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.curves import (
    Beyond,
    DistanceToTarget,
    Goalposts,
    GradeScale,
    PiecewiseLinear,
    Scale,
    Side,
    Steps,
)
from svcstd.documents.number_shapes import EXACT, ROUNDING, plain_number
from svcstd.documents.shapes import FAULT, Anything, Choice, Flag, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, Mapped, OwnKeys, Record, Switch, Table, has_key
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.keyed import EMPTY
from svcstd.scoring import (
    Below,
    Bonus,
    Cap,
    Cohort,
    CohortMethod,
    CohortRule,
    Criterion,
    Dimension,
    Direction,
    Flat,
    Floor,
    Grades,
    IfUnmeasured,
    KnockOut,
    Mean,
    MeanMethod,
    MissingPolicy,
    Multiplier,
    Panel,
    Part,
    Penalty,
    RaterGroup,
    Scorecard,
)

__all__ = ["panels", "scorecards"]

MOST = 1_000_000
BEYOND = Choice(get_args(Beyond))


def _pair(pair: tuple[Fraction, ...]) -> tuple[Fraction, Fraction]:
    if len(pair) != 2:  # noqa: PLR2004 - a point
        raise DefinitionError("points", "shape.kind", got=f"{len(pair)} numbers", expected="a value and its points")
    return pair[0], pair[1]


PAIR = Mapped(Listed(EXACT, 2), _pair, list)


CURVE_WAYS: tuple[tuple[type, Callable[[object], bool], Shape], ...] = (
    (
        PiecewiseLinear,
        has_key("points"),
        Record(
            PiecewiseLinear,
            (Field("points", Listed(PAIR, 2), says="pairs of value and points, rising"), Field("beyond", BEYOND)),
            "straight lines between points",
        ),
    ),
    (
        Steps,
        has_key("steps"),
        Record(
            Steps,
            (
                Field("steps", Listed(EXACT, 1), attr="bounds", says="where one step ends and the next begins"),
                Field("values", Listed(EXACT, 2), says="points, one more than there are steps"),
                Field("bound", Choice(get_args(Side)), says="the step to which a bound itself belongs"),
            ),
            "constant points between bounds",
        ),
    ),
    (
        DistanceToTarget,
        has_key("target"),
        Record(
            DistanceToTarget,
            (Field("target", EXACT), Field("worst", EXACT), Field("cap", Flag())),
            "how near the target",
        ),
    ),
    (
        CohortRule,
        has_key("cohort"),
        Record(
            CohortRule,
            (
                Field("cohort", Choice(get_args(CohortMethod)), attr="method"),
                Field("better", Choice(get_args(Direction))),
                Field("flat", Choice(get_args(Flat)), says="what everybody scores where all are the same"),
                Field("scale", EXACT, Fraction(1)),
                Field("digits", Whole(0, 100), None),
            ),
            "comparison with the others",
        ),
    ),
    (
        Goalposts,
        has_key("worst", "best"),
        Record(
            Goalposts,
            (Field("worst", EXACT), Field("best", EXACT), Field("scale", EXACT), Field("beyond", BEYOND)),
            "one line from the worst to the best",
        ),
    ),
)


def _curve_way(curve: object) -> int:
    if isinstance(curve, Cohort):
        raise DefinitionError("curve", "cohorts.fixed")
    return next(number for number, way in enumerate(CURVE_WAYS) if isinstance(curve, way[0]))


CURVE = Switch(
    tuple((fits, shape) for _, fits, shape in CURVE_WAYS),
    _curve_way,
    "a table with points, steps, target, cohort, or with worst and best",
)
WEIGHTS = Table(EXACT)
MEAN_FIELDS = (
    Field("weights", WEIGHTS, says="of the parts; only their proportion counts"),
    Field("mean", Choice(get_args(MeanMethod)), attr="method"),
    Field("missing", Choice(get_args(MissingPolicy))),
    Field("least_covered", EXACT, Fraction(0), says="the share of the weight that must be there"),
    Field("power", EXACT, Fraction(1)),
    Field("digits", Whole(0, 100), None, says="decimals to which roots are drawn"),
)
MEAN_PARTS = ("weights", "method", "missing", "least_covered", "power", "digits")


@attrs.frozen
class _PartShape:
    """A part: a figure with its curve, or a level of further parts."""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A criterion or a level."""
        if isinstance(raw, dict) and "weights" in raw:
            told = LEVEL.read(raw, path, reader)
            return FAULT if told is FAULT else _level(told, path, reader)
        return CRITERION.read(raw, path, reader)

    def write(self, value: Part) -> object:
        """The table of the part."""
        return CRITERION.write(value) if isinstance(value, Criterion) else _level_table(value)

    def schema(self) -> dict[str, Any]:
        """Either."""
        level = LEVEL.schema()
        level["properties"]["parts"] = {"type": "object"}
        return {"anyOf": [CRITERION.schema(), level]}


CRITERION = Record(
    Criterion,
    (
        Field("kpi", Text("key of the figure")),
        Field("curve", CURVE, None, says="from the figure to points; by default the figure itself"),
        Field("least", Whole(0, MOST), 0, says="records that must stand behind it"),
        Field("round", ROUNDING, None, attr="rounding"),
    ),
    "one figure",
)
PARTS = Table(_PartShape())
LEVEL = Record(
    dict,
    (*MEAN_FIELDS, Field("parts", Anything("parts by key"), EMPTY), Field("round", ROUNDING, None, attr="rounding")),
    "several parts that are weighed together",
)


def _level(told: Mapping[str, Any], path: str, reader: Reader) -> Any:
    """A level; a weight without a part of its own asks for the figure of its key."""
    parts = PARTS.read(told["parts"] or {}, f"{path}.parts", reader)
    if parts is FAULT:
        return FAULT
    try:
        mean = Mean(**{name: told[name] for name in MEAN_PARTS})
        given = {key: parts[key] if key in parts else Criterion(key) for key in mean.weights}
        return Dimension({**given, **parts}, mean, rounding=told["rounding"])
    except SvcstdError as error:
        return reader.fault(error, f"{path}.{error.where}")


def _level_table(level: Dimension) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in MEAN_FIELDS:
        held = getattr(level.mean, field.name)
        if field.key in ("weights", "mean", "missing") or held != field.default:
            found[field.key] = field.shape.write(held)
    parts = {key: part for key, part in level.parts.items() if part != Criterion(key)}
    found |= {"parts": PARTS.write(parts)} if parts else {}
    return found | ({"round": ROUNDING.write(level.rounding)} if level.rounding else {})


NAME = Field("name", Text("of the adjustment"))
MISSING = Field("missing", Choice(get_args(IfUnmeasured)), says="what a missing figure does")
ADJUSTMENT_WAYS: tuple[tuple[type, str, Record], ...] = (
    (Cap, "most", Record(Cap, (NAME, Field("most", EXACT)), "no more than this")),
    (Floor, "least", Record(Floor, (NAME, Field("least", EXACT)), "no less than this")),
    (
        KnockOut,
        "knock_out",
        Record(
            KnockOut,
            (
                NAME,
                Field("knock_out", Text("key of the figure"), attr="kpi"),
                Field("below", EXACT, None),
                Field("above", EXACT, None),
                Field("to", EXACT),
                MISSING,
            ),
            "one figure out of bounds decides alone",
        ),
    ),
    *(
        (
            kind,
            key,
            Record(
                kind,
                (
                    NAME,
                    Field(key, Text("key of the figure"), attr="kpi"),
                    Field("each", EXACT, says="points for each unit of it"),
                    Field("most", EXACT, None, says="no more than these points in all"),
                    MISSING,
                ),
                says,
            ),
        )
        for kind, key, says in ((Bonus, "bonus", "points on top"), (Penalty, "penalty", "points off"))
    ),
    (
        Multiplier,
        "times",
        Record(Multiplier, (NAME, Field("times", Text("key of the figure"), attr="kpi"), MISSING), "times a figure"),
    ),
)
ADJUSTMENT = Switch(
    tuple((has_key(key), shape) for _, key, shape in reversed(ADJUSTMENT_WAYS)),
    lambda value: next(n for n, way in enumerate(reversed(ADJUSTMENT_WAYS)) if isinstance(value, way[0])),
    "a table with most, least, knock_out, bonus, penalty or times",
)
_BOUND = re.compile(r"(>=|>) ?(-?\d{1,20}(?:\.\d{1,20})?)( ?%)?", re.ASCII)
ELSE = "else"


@attrs.frozen
class _GradesShape:
    """Grades by their lower bounds, the best first: ``{ A = ">= 1.20", B = ">= 0.92", C = "else" }``."""

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Grades`."""
        if not isinstance(raw, dict):
            return wrong_kind(reader, path, raw, "a table of grades, such as A = '>= 1.20'")
        signs: set[str] = set()
        bounds: list[Fraction] = []
        for key, text in list(raw.items())[:-1]:
            found = _BOUND.fullmatch(text.strip()) if isinstance(text, str) else None
            if found is None:
                return reader.fault(DefinitionError(path, "grades.text", value=str(text)), f"{path}.{key}")
            signs.add(found[1])
            bounds.append(Fraction(found[2]) / (100 if found[3] else 1))
        if len(signs) > 1 or not raw or list(raw.values())[-1] != ELSE:
            return reader.fault(DefinitionError(path, "grades.else"), path)
        try:
            return Grades(list(raw)[::-1], bounds[::-1], bound="lower" if signs == {">"} else "upper")
        except SvcstdError as error:
            return reader.fault(error, f"{path}.{error.where}")

    def write(self, value: Grades) -> object:
        """The table."""
        sign = ">=" if value.bound == "upper" else ">"
        names, bounds = value.names[::-1], value.bounds[::-1]
        found = {name: f"{sign} {_shown(bound)}" for name, bound in zip(names, bounds, strict=False)}
        return found | {names[-1]: ELSE}

    def schema(self) -> dict[str, Any]:
        """An object of tests."""
        return {"type": "object", "additionalProperties": {"type": "string", "examples": [">= 0.92", ELSE]}}


def _shown(bound: Fraction) -> str:
    plain = plain_number(bound)
    return f"{plain:f}" if isinstance(plain, Decimal) else str(plain)


CARD = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("version", Text(), ""),
        Field("of", Text("field of a record that names whose it is"), ""),
        Field("every", Choice(get_args(PeriodKind)), None),
        *LEVEL.fields[:-1],
        Field("round", ROUNDING, attr="rounding", says="of the score, once, at the end"),
        Field("adjust", Listed(ADJUSTMENT), (), attr="adjustments", says="in the order in which they act"),
        Field("grades", _GradesShape(), None),
    ),
    "how figures become a score",
)


@attrs.frozen
class _CardShape:
    """A scorecard under its key."""

    key: str

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Scorecard`."""
        told = CARD.read(raw, path, reader)
        if told is FAULT:
            return FAULT
        root = _level({**told, "rounding": None}, path, reader)
        if root is FAULT:
            return FAULT
        names = ("name", "version", "of", "every", "rounding", "adjustments", "grades")
        try:
            return Scorecard(key=self.key, root=root, **{name: told[name] for name in names})
        except SvcstdError as error:
            return reader.fault(error, f"{path}.{error.where}")

    def write(self, value: Scorecard) -> object:
        """The table of the card."""
        own = {field.key: field for field in CARD.fields}
        found: dict[str, Any] = {}
        for key in ("name", "version", "of", "every"):
            found |= {key: held} if (held := getattr(value, key)) else {}
        found |= _level_table(value.root) | {"round": ROUNDING.write(value.rounding)}
        found |= {"adjust": own["adjust"].shape.write(value.adjustments)} if value.adjustments else {}
        return found | ({"grades": own["grades"].shape.write(value.grades)} if value.grades else {})

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        found = CARD.schema()
        found["properties"]["parts"] = PARTS.schema()
        return found


def scorecards() -> Shape:
    """The shape of the scorecards."""
    return OwnKeys(_CardShape)


PANEL = Record(
    dict,
    (
        Field("scale", Text("key of the scale")),
        Field("weights", WEIGHTS, says="of the groups of raters"),
        Field("at_least", Table(Whole(1, MOST)), EMPTY, says="by group, the raters it must have to be told"),
        Field("missing", Choice(get_args(MissingPolicy))),
        Field("least_covered", EXACT, Fraction(0)),
        Field("below", Choice(get_args(Below)), says="what becomes of a group with too few raters"),
        Field("self", Text("group of those who rate themselves"), "", attr="self_group"),
        Field("self_for_pay", EXACT, Fraction(0), says="its weight where pay depends on it"),
        Field("trim", EXACT, Fraction(0), says="share of the ratings left out at each end"),
    ),
    "rating from all sides",
)
PANEL_PARTS = ("missing", "least_covered", "below", "self_group", "self_for_pay", "trim")


@attrs.frozen
class _PanelShape:
    """A panel of raters on a declared scale."""

    scales: Mapping[str, Scale | GradeScale]
    unreadable: frozenset[str]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Panel`."""
        told = PANEL.read(raw, path, reader)
        if told is FAULT:
            return FAULT
        if told["scale"] in self.unreadable:
            reader.count += 1
            return FAULT
        scale = self.scales.get(told["scale"])
        if not isinstance(scale, Scale):
            known = [key for key, one in self.scales.items() if isinstance(one, Scale)]
            near = nearest(told["scale"], known)
            error = DefinitionError(path, "scales.unknown", value=told["scale"], nearest=near)
            return reader.fault(error, f"{path}.scale")
        for key in told["at_least"]:
            if key not in told["weights"]:
                error = DefinitionError(path, "panels.group", value=key, nearest=nearest(key, told["weights"]))
                return reader.fault(error, f"{path}.at_least.{key}")
        try:
            groups = {key: RaterGroup(weight, told["at_least"].get(key, 1)) for key, weight in told["weights"].items()}
            return Panel(groups=groups, scale=scale, **{name: told[name] for name in PANEL_PARTS})
        except SvcstdError as error:
            return reader.fault(error, f"{path}.{error.where}")

    def write(self, value: Panel) -> object:
        """The table of the panel."""
        parts = {name: getattr(value, name) for name in PANEL_PARTS}
        parts["scale"] = next(key for key, one in self.scales.items() if one == value.scale)
        parts["weights"] = {key: group.weight for key, group in value.groups.items()}
        parts["at_least"] = {key: group.least for key, group in value.groups.items() if group.least > 1}
        found = {}
        for field in PANEL.fields:
            if field.key in ("scale", "weights") or parts[field.name] not in (field.default, {}):
                found[field.key] = field.shape.write(parts[field.name])
        return found

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        return PANEL.schema()


def panels(scales: Mapping[str, Scale | GradeScale], *, unreadable: frozenset[str] = frozenset()) -> Shape:
    """The shape of the panels.

    Args:
        scales: the declared ones.
        unreadable: scales whose declaration could not be read.
    """
    return Table(_PanelShape(scales, unreadable))
