"""Shapes of the kinds of records and of the KPIs that count them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from inspect import signature
from typing import Any, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, AllOf
from svcstd.curves import GradeScale, Scale
from svcstd.documents.clock_shapes import When
from svcstd.documents.number_shapes import EXACT
from svcstd.documents.shapes import FAULT, Anything, Choice, Flag, Parsed, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, Mapped, OneOrMore, Record, Switch, Table, is_kind
from svcstd.documents.vocabulary_shapes import FACTS
from svcstd.durations import elapsed_of, iso_duration
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.keyed import EMPTY, Keyed
from svcstd.scoring import (
    KPIS,
    Average,
    Backlog,
    FirstContact,
    Formula,
    IfMissing,
    Kpi,
    Net,
    Proportion,
    Quantile,
    QuantileMethod,
    Ratio,
    RecordKind,
    Total,
)

__all__ = ["RECORDS", "kpis"]

RECORDS = Table(
    Record(
        RecordKind,
        (
            Field("fields", FACTS),
            Field("at", Text("field with the date or moment by which a record belongs to a period"), ""),
            Field("nothing", OneOrMore(Text(), 0), (), says="texts by which files say that nothing is known"),
        ),
        "what records of one kind may say",
    )
)
METHODS = get_args(QuantileMethod)
DURATION = Parsed(elapsed_of, iso_duration, "elapsed time", ("20 seconds", "PT72H"))


def _one_field(fields: Mapping[str, Fraction]) -> int:
    if any(factor != 1 for factor in fields.values()):
        return 2
    return 0 if len(fields) == 1 else 1


FIELDS = Switch(
    (
        (
            is_kind(str),
            Mapped(Text("field"), lambda field: Keyed({field: Fraction(1)}), lambda value: next(iter(value))),
        ),
        (
            is_kind(list),
            Mapped(Listed(Text("field"), 1), lambda names: Keyed(dict.fromkeys(names, Fraction(1))), list),
        ),
        (is_kind(dict), Table(EXACT, free=True)),
    ),
    _one_field,
    "a field, a list of fields, or a table of factors by field",
)
COMMON = (
    Field("of", Text("kind of the records it counts")),
    Field("name", Text(), ""),
    Field("better", Choice(("more", "less")), attr="direction"),
    Field("unit", Text("of the value, such as share, seconds or points")),
    Field("variant", Text("which of several definitions this is"), ""),
    Field("version", Text(), ""),
    Field("where", Anything("which records are eligible"), None),
    Field("exclude", Anything("which of these are excepted"), None),
    Field("at", Text("field with the date or moment; by default that of the records"), ""),
    Field("window", Choice(get_args(PeriodKind)), None, says="the shortest period over which it may be asked"),
    Field("missing", Choice(get_args(IfMissing)), "refuse"),
    Field("scales", Table(Text("scale"), free=True), EMPTY, says="by field, the scale its numbers must be on"),
)
FIRST_PARTS = ("key", "at", "window", "inclusive", "channel")
FIRST = Record(
    dict,
    (
        Field("key", OneOrMore(Text("field"))),
        Field("at", Text("field with the moment")),
        Field("window", DURATION),
        Field("inclusive", Flag()),
        Field("channel", Text("field with the channel, if only that counts"), ""),
        Field("resolved", Anything("what marks a contact as resolved"), None),
    ),
    "matters settled at the first contact",
    lambda rule: {name: getattr(rule, name) for name in FIRST_PARTS} | {"resolved": None},
)
AGED = Record(
    Backlog,
    (
        Field("opened", Text("field with the moment")),
        Field("closed", Text("field with the moment")),
        Field("share", EXACT, None),
        Field("method", Choice(METHODS), None),
    ),
    "how old the open cases are",
)
FORMULA = (
    Field("count", Anything("which records are counted; all for each of them"), None),
    Field("out_of", Anything("of which records"), None),
    Field("plus", Anything("which records count for it"), None),
    Field("minus", Anything("which records count against it"), None),
    Field("mean", FIELDS, None),
    Field("weight", Text("field that says how much a record counts"), ""),
    Field("sum", FIELDS, None),
    Field("per", FIELDS, None),
    Field("empty", Choice(("zero", "missing")), None, says="what a sum over no records is"),
    Field("grades", Text("scale of grades whose points are counted"), ""),
    Field("quantile", FIELDS, None),
    Field("share", EXACT, None, says="which quantile; 50 % is the median"),
    Field("method", Choice(METHODS), None),
    Field("first_contact", FIRST, None),
    Field("backlog", AGED, None),
    Field("like", Text("name of a known KPI"), ""),
    Field("with", Anything("its options"), None),
)
WAYS: dict[str, tuple[str, ...]] = {
    "count": ("out_of", "empty"),
    "plus": ("minus", "out_of"),
    "mean": ("weight", "grades"),
    "sum": ("per", "empty", "grades"),
    "quantile": ("share", "method"),
    "first_contact": (),
    "backlog": (),
    "like": ("with",),
}
"""What each way of counting may have beside it."""
BOTH = Record(dict, (*COMMON, *FORMULA), "a KPI")
LIKE = Record(
    dict,
    (
        *(attrs.evolve(field, default=None if field.key != "of" else field.default) for field in COMMON),
        *FORMULA,
    ),
    "a KPI",
)


@attrs.frozen
class KpiShape:
    """A KPI over declared kinds of records.

    Attributes:
        records: the kinds.
        scales: the declared ones.
        unreadable: kinds and scales whose declaration could not be read: nothing is said of what names them.
    """

    records: Mapping[str, RecordKind]
    scales: Mapping[str, Scale | GradeScale]
    unreadable: frozenset[str] = frozenset()

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Kpi`."""
        shape = LIKE if isinstance(raw, dict) and "like" in raw else BOTH
        told = shape.read(raw, path, reader)
        if told is FAULT:
            return FAULT
        named = {told["of"], told["grades"], *(told["scales"] or {}).values()}
        if named & self.unreadable:
            reader.count += 1
            return FAULT
        if told["of"] not in self.records:
            near = nearest(told["of"], self.records)
            error = DefinitionError(path, "records.unknown", value=told["of"], nearest=near)
            return reader.fault(error, f"{path}.of")
        before = reader.count
        built = _Reading(self, told, path, reader).kpi()
        return FAULT if reader.count > before else built

    def scale(self, name: str, kind: type, path: str, reader: Reader) -> Any:
        """A declared scale of numbers, or of grades."""
        found = self.scales.get(name)
        if isinstance(found, kind):
            return found
        known = [key for key, scale in self.scales.items() if isinstance(scale, kind)]
        return reader.fault(DefinitionError(path, "scales.unknown", value=name, nearest=nearest(name, known)), path)

    def write(self, value: Kpi) -> object:
        """The table of the KPI, its formula spelt out."""
        kind = self.records[value.of]
        when = When(kind.fields)
        found: dict[str, Any] = {"of": value.of, "better": value.direction, "unit": value.unit}
        for key in ("name", "variant", "version", "window"):
            found |= {key: held} if (held := getattr(value, key)) else {}
        found |= {"at": value.at} if value.at != kind.at else {}
        found |= {"missing": value.missing} if value.missing != "refuse" else {}
        found |= {"where": when.write(value.where)} if value.where != ANYTHING else {}
        found |= {"exclude": when.write(value.exclude)} if value.exclude is not None else {}
        if value.scales:
            found["scales"] = {field: self._key(scale) for field, scale in value.scales.items()}
        return found | self._written(value.formula, when)

    def _key(self, scale: Scale | GradeScale) -> str:
        return next(key for key, one in self.scales.items() if one == scale)

    def _written(self, formula: Formula, when: When) -> dict[str, Any]:
        match formula:
            case Proportion():
                return {"count": when.write(formula.count)} | self._out_of(formula, when)
            case Net():
                signs = {"plus": when.write(formula.plus), "minus": when.write(formula.minus)}
                return signs | self._out_of(formula, when)
            case Average():
                found: dict[str, Any] = {"mean": FIELDS.write(formula.of)}
                found |= {"weight": formula.weight} if formula.weight else {}
                return found | ({"grades": self._key(formula.grades)} if formula.grades else {})
            case Ratio():
                return {"sum": FIELDS.write(formula.of), "per": FIELDS.write(formula.per)}
            case Total():
                found = {"count": ALL} if formula.of is None else {"sum": FIELDS.write(formula.of)}
                found["empty"] = "zero" if formula.empty_is_zero else "missing"
                return found | ({"grades": self._key(formula.grades)} if formula.grades else {})
            case Quantile():
                share = EXACT.write(formula.share)
                return {"quantile": FIELDS.write(formula.of), "share": share, "method": formula.method}
            case FirstContact():
                written: Any = FIRST.write(formula)
                test = {"resolved": when.write(formula.resolved)} if formula.resolved != ANYTHING else {}
                return {"first_contact": written | test}
            case _:
                return {"backlog": AGED.write(formula)}

    @staticmethod
    def _out_of(formula: Proportion | Net, when: When) -> dict[str, Any]:
        return {"out_of": when.write(formula.out_of)} if formula.out_of != ANYTHING else {}

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        found = BOTH.schema()
        return found | {"required": ["of"]}


@attrs.define
class _Reading:
    """One KPI while it is read."""

    shape: KpiShape
    told: Mapping[str, Any]
    path: str
    reader: Reader

    @property
    def kind(self) -> RecordKind:
        """The kind of its records."""
        return self.shape.records[self.told["of"]]

    def kpi(self) -> Any:
        """A :class:`Kpi`, or ``FAULT``."""
        told = self.told
        scales = {
            field: self.shape.scale(name, Scale, f"{self.path}.scales.{field}", self.reader)
            for field, name in (told["scales"] or {}).items()
        }
        where, exclude, formula = self.condition("where", ANYTHING), self.condition("exclude", None), self.formula()
        if FAULT in (where, exclude, formula, *scales.values()):
            return FAULT
        names = ("of", "name", "direction", "unit", "variant", "version", "window", "missing")
        said = {key: told[key] for key in names} | {"where": where, "exclude": exclude, "scales": scales}
        said["at"] = told["at"] or self.kind.at
        return _changed(formula, said) if isinstance(formula, Kpi) else Kpi(formula=formula, **said)

    def condition(self, key: str, otherwise: Any) -> Any:
        """The test under a key."""
        raw = self.told[key]
        return otherwise if raw is None else When(self.kind.fields).read(raw, f"{self.path}.{key}", self.reader)

    def formula(self) -> Any:
        """What is counted; a whole KPI where a known one is named."""
        ways = [way for way in WAYS if self.told[way]]
        if len(ways) != 1:
            return self.reader.fault(DefinitionError(self.path, "kpis.way", ways=", ".join(WAYS)), self.path)
        (way,) = ways
        for field in FORMULA:
            if field.key not in (way, *WAYS[way]) and self.told[field.key]:
                error = DefinitionError(self.path, "kpis.beside", value=field.key, way=way)
                return self.reader.fault(error, f"{self.path}.{field.key}")
        try:
            return getattr(self, f"_{way}")()
        except SvcstdError as error:
            return self.reader.fault(error, f"{self.path}.{error.where}")

    def _count(self) -> Any:
        if self.told["count"] == ALL:
            return Total(None, empty_is_zero=self._empty())
        count, base = self.condition("count", ANYTHING), self.condition("out_of", ANYTHING)
        return FAULT if FAULT in (count, base) else Proportion(count, base)

    def _plus(self) -> Any:
        if self.told["minus"] is None:
            raise DefinitionError("minus", "shape.missing", key="minus")
        parts = [self.condition(key, ANYTHING) for key in ("plus", "minus", "out_of")]
        return FAULT if FAULT in parts else Net(*parts)

    def _mean(self) -> Any:
        grades = self._grades()
        return FAULT if grades is FAULT else Average(self.told["mean"], weight=self.told["weight"], grades=grades)

    def _sum(self) -> Any:
        if self.told["per"]:
            return Ratio(self.told["sum"], per=self.told["per"])
        grades = self._grades()
        return FAULT if grades is FAULT else Total(self.told["sum"], empty_is_zero=self._empty(), grades=grades)

    def _quantile(self) -> Any:
        if self.told["share"] is None or self.told["method"] is None:
            raise DefinitionError("quantile", "kpis.quantile")
        return Quantile(self.told["quantile"], share=self.told["share"], method=self.told["method"])

    def _first_contact(self) -> Any:
        given = dict(self.told["first_contact"])
        test, below = given.pop("resolved"), f"{self.path}.first_contact.resolved"
        resolved = ANYTHING if test is None else When(self.kind.fields).read(test, below, self.reader)
        return FAULT if resolved is FAULT else FirstContact(resolved=resolved, **given)

    def _backlog(self) -> Any:
        return self.told["backlog"]

    def _grades(self) -> Any:
        name = self.told["grades"]
        return self.shape.scale(name, GradeScale, f"{self.path}.grades", self.reader) if name else None

    def _empty(self) -> bool:
        if self.told["empty"] is None:
            raise DefinitionError("empty", "shape.missing", key="empty")
        return bool(self.told["empty"] == "zero")

    def _like(self) -> Any:
        """A known KPI with its options."""
        like, options = self.told["like"], {} if self.told["with"] is None else self.told["with"]
        preset = KPIS.get(like)
        if preset is None:
            raise DefinitionError("like", "kpis.like", value=like, nearest=nearest(like, KPIS))
        if not isinstance(options, dict):
            return wrong_kind(self.reader, f"{self.path}.with", options, "a table of options")
        known = signature(preset).parameters
        for key in options:
            if key not in known:
                raise DefinitionError(f"with.{key}", "shape.unknown_key", value=key, nearest=nearest(key, known))
        for key, one in known.items():
            if one.default is one.empty and key not in options:
                raise DefinitionError(f"with.{key}", "shape.missing", key=key)
        given = {key: self._option(key, str(known[key].annotation), value) for key, value in options.items()}
        return FAULT if FAULT in given.values() else preset(**given)

    def _option(self, key: str, takes: str, value: object) -> Any:
        """An option by what its parameter takes."""
        path = f"{self.path}.with.{key}"
        if takes == "Scale":
            return self.shape.scale(str(value), Scale, path, self.reader)
        if takes == "Condition":
            return When(self.kind.fields).read(value, path, self.reader)
        return OPTIONS.get(takes, OPTIONS["str"]).read(value, path, self.reader)


def _changed(kpi: Kpi, said: Mapping[str, Any]) -> Kpi:
    """A known KPI with what the file says besides: tests and scales come on top of its own."""
    given = {key: value for key, value in said.items() if value}
    given["where"] = AllOf((*kpi.where.tests, *said["where"].tests))
    given["scales"] = kpi.scales | said["scales"]
    return attrs.evolve(kpi, **given)


ALL = "all"
OPTIONS: dict[str, Shape] = {
    "str": Text(),
    "bool": Flag(),
    "int": Whole(1, 1_000),
    "timedelta": DURATION,
    "timedelta | None": Switch(
        ((lambda raw: raw == "none", Mapped(Text(), lambda _: None, lambda _: "none")), (is_kind(str), DURATION)),
        lambda value: 0 if value is None else 1,
        "a length of time such as 5 seconds, or none",
    ),
    "Sequence[str]": OneOrMore(Text("field")),
    "Statistic": Switch(
        ((lambda raw: raw in ("mean", "median"), Text()), (lambda raw: raw is not None, EXACT)),
        lambda value: 0 if isinstance(value, str) else 1,
        "mean, median, or a share such as 90 %",
    ),
}
"""How the options of known KPIs stand in the file, by what they take."""


def kpis(
    records: Mapping[str, RecordKind],
    scales: Mapping[str, Scale | GradeScale],
    *,
    unreadable: frozenset[str] = frozenset(),
) -> Shape:
    """The shape of the KPIs.

    Args:
        records: the declared kinds of records.
        scales: the declared scales.
        unreadable: kinds and scales whose declaration could not be read.
    """
    return Table(KpiShape(records, scales, unreadable))
