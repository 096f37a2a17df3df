"""Shapes of plans: money, requirements, tiers, gates, lines, steps, and who is eligible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING
from svcstd.curves import Beyond, TierKind, Tiers
from svcstd.documents.clock_shapes import When
from svcstd.documents.dates import DAY_RANGE
from svcstd.documents.named_kind import named_kind
from svcstd.documents.number_shapes import EXACT, ROUNDING, plain_number
from svcstd.documents.score_shapes import CURVE_WAYS
from svcstd.documents.shapes import FAULT, Choice, Parsed, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, Mapped, OwnKeys, Record, Switch, Table, has_key, is_kind
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.incentives import (
    Draw,
    Eligibility,
    Gate,
    HoldBack,
    IfNegative,
    IfNoFigure,
    IfNoWeight,
    Kicker,
    PayCap,
    PayFactor,
    PayFloor,
    PayLine,
    PayTerms,
    Plan,
    ProratedBy,
    Proration,
    Reads,
    Requirement,
    Roster,
    RoundAt,
    Sharing,
    Validity,
    ValidWhen,
)
from svcstd.incentives.plan import Prorates, Whose
from svcstd.keyed import EMPTY
from svcstd.money import Money
from svcstd.scoring import CohortRule, RecordKind

__all__ = ["plans"]

MOST = 100_000
ELSE = "else"
MONEY = Parsed(Money.parse, str, "an amount with its currency", ("2000.00 CNY", "-5 JPY"))
_TEST = re.compile(r"(>=|>|<=|<) ?(-?\d{1,20}(?:\.\d{1,20})?(?:/[1-9]\d{0,19})?)( ?%)?", re.ASCII)
SIDES = {">=": "at_least", ">": "above", "<=": "at_most", "<": "below"}


def _tested(text: str) -> tuple[str, Fraction]:
    found = _TEST.fullmatch(text.strip())
    if found is None or ("." in found[2] and "/" in found[2]):
        raise DefinitionError("test", "pay.test", value=text)
    return found[1], Fraction(found[2]) / (100 if found[3] else 1)


def _requirement(text: str) -> Requirement:
    sign, bound = _tested(text)
    return Requirement(**{SIDES[sign]: bound})


def _written(sign: str, bound: Fraction) -> str:
    plain = plain_number(bound)
    return f"{sign} {plain if isinstance(plain, int | str) else format(plain, 'f')}"


def _show_requirement(keeps: Requirement) -> str:
    sign = next(sign for sign, side in SIDES.items() if getattr(keeps, side) is not None)
    return _written(sign, keeps.bound)


REQUIREMENT = Parsed(
    _requirement, _show_requirement, "a bound that the result must keep", (">= 0.85", "< 1/3", "> 90 %")
)


@attrs.frozen
class _TiersShape:
    """Rates by a bound each, one after the other, ``else`` at the end: no gap, no overlap.

    ``<=`` and ``<`` rise, ``>=`` and ``>`` fall; the sign says which tier the bound itself belongs to.
    """

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """Bounds, rates and the side of a bound."""
        if not isinstance(raw, dict) or list(raw)[-1:] != [ELSE]:
            return wrong_kind(reader, path, raw, "a table of tiers, such as '<= 300' = 0, the last of them else")
        rates = [EXACT.read(rate, f"{path}.{key}", reader) for key, rate in raw.items()]
        try:
            tests = [_tested(key) for key in list(raw)[:-1]]
        except SvcstdError as error:
            return reader.fault(error, path)
        if FAULT in rates:
            return FAULT
        signs = {sign for sign, _ in tests}
        if len(signs) > 1:
            return reader.fault(DefinitionError(path, "pay.tier_signs", signs=", ".join(sorted(signs))), path)
        bounds = [bound for _, bound in tests]
        sign = next(iter(signs), "<=")
        if sign.startswith(">"):
            bounds, rates = bounds[::-1], rates[::-1]
        for one, other in pairwise(bounds):
            if one >= other:
                return reader.fault(DefinitionError(path, "pay.tier_order", first=str(one), second=str(other)), path)
        return {"bounds": bounds, "rates": rates, "bound": "lower" if sign in ("<=", ">") else "upper"}

    def write(self, value: Tiers) -> object:
        """The table, rising."""
        sign = "<=" if value.bound == "lower" else "<"
        tests = [_written(sign, bound) for bound in value.bounds]
        return {key: EXACT.write(rate) for key, rate in zip((*tests, ELSE), value.rates, strict=True)}

    def schema(self) -> dict[str, Any]:
        """An object of rates."""
        return {"type": "object", "additionalProperties": EXACT.schema(), "required": [ELSE]}


def _tiers(tiers: Mapping[str, Any], kind: TierKind, start: Fraction, beyond: Beyond) -> Tiers:
    return Tiers(**tiers, kind=kind, start=start, beyond=beyond)


TIERS = Record(
    _tiers,
    (
        Field("tiers", _TiersShape(), says="rates by bound, the last of them else"),
        Field("kind", Choice(get_args(TierKind)), says="each rate on its part, or the last one on the whole"),
        Field("start", EXACT, says="where the first tier begins"),
        Field("beyond", Choice(get_args(Beyond)), says="what comes of a result before it"),
    ),
    "rates between bounds",
    lambda value: {"tiers": value, "kind": value.kind, "start": value.start, "beyond": value.beyond},
)
WAYS = ((Tiers, has_key("tiers"), TIERS), *(way for way in CURVE_WAYS if way[0] is not CohortRule))
CURVE = Switch(
    tuple((fits, shape) for _, fits, shape in WAYS),
    lambda value: next(number for number, way in enumerate(WAYS) if isinstance(value, way[0])),
    "a table with tiers, points, steps, target, or with worst and best",
)
MISSING = Field("missing", Choice(get_args(IfNoFigure)), says="what becomes of it where there is no result")
WHOSE = Field("whose", Choice(get_args(Whose)), "own", says="the payee's result or that of the team")
GATE_FIELDS = (
    Field("figure", Text("the result, such as kpis.csat")),
    Field("keeps", REQUIREMENT),
    Field("reads", Choice(get_args(Reads)), says="the exact or the published result"),
    MISSING,
    WHOSE,
)
GATE = Record(
    Gate,
    (*GATE_FIELDS, Field("shuts", Listed(Text("key of a line")), (), says="the lines it shuts; by default all")),
    "a result without which lines earn nothing",
)


def _days(days: tuple[date | None, date | None]) -> Validity:
    first, after = days
    if first is None or after is None:
        raise DefinitionError("during", "pay.open_days")
    return Validity(first, after - timedelta(1))


LINE = Record(
    PayLine,
    (
        Field("name", Text(), ""),
        Field("pays", MONEY, says="what one unit of the result earns"),
        Field("times", Text("the result, such as scorecards.engineer")),
        MISSING,
        Field("curve", CURVE, None, says="from the result to units; by default the result itself"),
        Field("quota", EXACT, None, says="what the result is divided by first"),
        Field("part", EXACT, Fraction(1), says="of the money"),
        WHOSE,
        Field(
            "during",
            Mapped(DAY_RANGE, _days, lambda days: (days.first, days.last + timedelta(1))),
            None,
            says="the days of a short campaign",
        ),
        Field("clause", Text("of the standard"), ""),
    ),
    "money times a result",
)
NAME = Field("name", Text("of the step"))
STEP_WAYS: tuple[tuple[type, str, Record], ...] = (
    (PayCap, "most", Record(PayCap, (NAME, Field("most", MONEY)), "no more than this")),
    (PayFloor, "least", Record(PayFloor, (NAME, Field("least", MONEY)), "no less than this")),
    (
        Kicker,
        "adds",
        Record(
            Kicker,
            (NAME, Field("adds", MONEY), Field("gate", Record(Gate, GATE_FIELDS, "the result that opens it"))),
            "an amount on top",
        ),
    ),
    (
        PayFactor,
        "times",
        Record(
            PayFactor,
            (NAME, Field("times", Text("the result")), Field("curve", CURVE, None), MISSING, WHOSE),
            "all that was earned so far, times a result",
        ),
    ),
)
STEP = Switch(
    tuple((has_key(key), shape) for _, key, shape in STEP_WAYS),
    lambda value: next(number for number, way in enumerate(STEP_WAYS) if isinstance(value, way[0])),
    "a table with most, least, adds or times",
)
PRORATION = Record(
    Proration,
    (Field("by", Choice(get_args(ProratedBy))), Field("of", Choice(get_args(Prorates)))),
    "what a part of a period does",
)
FIELD_OF_PEOPLE = "field of their records"


def _two(names: tuple[str, ...]) -> tuple[str, str]:
    if len(names) != 2:  # noqa: PLR2004 - the days of service and those of the period
        raise DefinitionError("served", "pay.two_fields")
    return names[0], names[1]


DAYS = Mapped(Listed(Text(FIELD_OF_PEOPLE)), _two, list)
PEOPLE = Switch(
    (
        (
            is_kind(str),
            Mapped(Text("kind of records"), lambda kind: Roster(records=kind), lambda roster: roster.records),
        ),
        (
            is_kind(dict),
            Record(
                Roster,
                (
                    Field("records", Text("kind of records that tells of the payees")),
                    Field("cost_centre", Text(FIELD_OF_PEOPLE), ""),
                    Field("team", Text(FIELD_OF_PEOPLE), ""),
                    Field("served", Table(DAYS), EMPTY, says="by unit, the fields with days of service and of all"),
                ),
                "where records tell of the payees",
            ),
        ),
    ),
    lambda roster: 0 if roster == Roster(records=roster.records) else 1,
    "a kind of records, or a table with records",
)
TERMS = Record(
    PayTerms,
    (
        Field("round", ROUNDING, attr="rounding"),
        Field("negative", Choice(get_args(IfNegative)), says="what becomes of a result below zero"),
        Field("guarantee", MONEY, None, says="no less than this is paid"),
        Field(
            "draw",
            Record(Draw, (Field("amount", MONEY), Field("recovery", EXACT)), "an advance on later earnings"),
            None,
        ),
        Field(
            "hold_back",
            Record(HoldBack, (Field("part", EXACT), Field("periods", Whole(1, MOST))), "a part that is paid later"),
            None,
        ),
    ),
    "how it is paid out",
)
SHARE = Record(
    Sharing,
    (
        Field("records", Text("kind of records that names members")),
        Field("of", Text("its field with the member")),
        Field("by", Text("equally, or a figure such as kpis.points")),
        Field("missing", Choice(get_args(IfNoWeight)), None, says="what a member without a figure gets"),
    ),
    "how a team's pay is shared among its members",
)
ELIGIBLE_FIELDS = (
    Field("needs", Listed(Text("certificate")), ()),
    Field("valid", Choice(get_args(ValidWhen)), "throughout"),
    Field("least_days", Whole(0, MOST), 0),
    Field("days", Choice(get_args(ProratedBy)), None),
)


@attrs.frozen
class _EligibleShape:
    """Who takes part; conditions speak of the fields of a declared kind of records."""

    people: RecordKind | None

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """An :class:`Eligibility`."""
        if not isinstance(raw, dict) or "when" not in raw:
            return Record(Eligibility, ELIGIBLE_FIELDS, "who takes part").read(raw, path, reader)
        if self.people is None:
            return reader.fault(DefinitionError(path, "pay.no_people"), f"{path}.when")
        when = Field("when", When(self.people.fields))
        return Record(Eligibility, (when, *ELIGIBLE_FIELDS), "who takes part").read(raw, path, reader)

    def write(self, value: Eligibility) -> object:
        """The table."""
        found: Any = Record(Eligibility, ELIGIBLE_FIELDS).write(value)
        when: dict[str, object] = {}
        if value.when != ANYTHING and self.people is not None:
            when["when"] = When(self.people.fields).write(value.when)
        return when | found

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        found = Record(Eligibility, ELIGIBLE_FIELDS, "who takes part").schema()
        found["properties"]["when"] = {"type": "object"}
        return found


def _plan_record(key: str, people: RecordKind | None) -> Record:
    def build(**told: Any) -> Plan:
        return Plan(key=key, **told)

    return Record(
        build,
        (
            Field("name", Text(), ""),
            Field("version", Text(), ""),
            Field("of", Text("field of a record that names whose it is"), ""),
            Field("people", PEOPLE, None),
            Field("certificates", Text("kind of records with name, first and last day of certificates"), ""),
            Field("every", Choice(get_args(PeriodKind))),
            Field("currency", Text("code of ISO 4217")),
            Field("eligible", _EligibleShape(people), Eligibility(), attr="eligibility"),
            Field("gates", Table(GATE), EMPTY),
            Field("lines", Table(LINE)),
            Field("steps", Listed(STEP), (), attr="modifiers", says="on the sum of the lines, in this order"),
            Field("prorate", PRORATION, None, attr="proration"),
            Field("round", ROUNDING, attr="rounding"),
            Field("round_at", Choice(get_args(RoundAt)), says="each line and step, or their sum"),
            Field("terms", TERMS, None),
            Field("share", SHARE, None),
        ),
        "how results become pay",
    )


@attrs.frozen
class _PlanShape:
    """A plan, whose conditions on payees speak of the records that tell of people."""

    key: str
    records: Mapping[str, RecordKind]
    unreadable: frozenset[str]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Plan`."""
        kind = named_kind(raw, "people", self.records, self.unreadable, path=path, reader=reader)
        return FAULT if kind is FAULT else _plan_record(self.key, kind).read(raw, path, reader)

    def write(self, value: Plan) -> object:
        """The table."""
        people = None if value.people is None else self.records.get(value.people.records)
        return _plan_record(self.key, people).write(value)

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        return _plan_record("", None).schema()


def plans(records: Mapping[str, RecordKind], *, unreadable: frozenset[str] = frozenset()) -> Shape:
    """The shape of the plans.

    Args:
        records: the declared kinds of records.
        unreadable: kinds whose declaration could not be read.
    """
    return OwnKeys(partial(_PlanShape, records=records, unreadable=unreadable))
