"""Shapes of awards and of ladders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, get_args

import attrs

from svcstd.calendars import PeriodKind
from svcstd.conditions import ANYTHING, FactSchema
from svcstd.documents.clock_shapes import When
from svcstd.documents.dates import read_day
from svcstd.documents.named_kind import named_kind
from svcstd.documents.number_shapes import EXACT, ROUNDING
from svcstd.documents.pay_shapes import MONEY, REQUIREMENT
from svcstd.documents.shapes import FAULT, Choice, Reader, Shape, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, Mapped, OwnKeys, Record, Switch, Table, has_key
from svcstd.errors import DefinitionError, nearest
from svcstd.incentives import (
    Award,
    AwardKind,
    Best,
    Cash,
    ClaimRule,
    Equity,
    Gift,
    IfPeriodMissing,
    IfTied,
    Ladder,
    LeastGrade,
    Rank,
    Recognition,
    RecognitionForm,
    Requirement,
    Rung,
    Tuition,
    Vesting,
)
from svcstd.keyed import Keyed
from svcstd.scoring import RecordKind, Scorecard

__all__ = ["awards", "ladders"]

MOST = 1_000_000
CARDS = "scorecards."


def _recognition(form: RecognitionForm) -> Record:
    return Record(
        lambda name: Recognition(form, name),
        (Field(form, Text(), attr="name"),),
        "what is worth no money",
    )


SCHEDULE = Mapped(
    Table(Whole(1, MOST), read_day, date.isoformat),
    lambda units: [Vesting(on, count) for on, count in units.items()],
    lambda schedule: {one.on: one.units for one in schedule},
)
TUITION = Record(
    Tuition,
    (Field("part", EXACT), Field("most", MONEY), Field("round", ROUNDING, attr="rounding")),
    "a part of what learning costs",
)
REWARD_WAYS: tuple[tuple[str, Shape], ...] = (
    ("cash", Record(Cash, (Field("cash", MONEY, attr="amount"),), "a bonus in money")),
    ("gift", Record(Gift, (Field("gift", Text(), attr="name"), Field("worth", MONEY)), "a thing, no cash")),
    ("tuition", Record(lambda tuition: tuition, (Field("tuition", TUITION),), take=lambda one: {"tuition": one})),
    (
        "equity",
        Record(
            Equity,
            (Field("equity", Text("name of the units"), attr="name"), Field("schedule", SCHEDULE)),
            "units by a dated schedule",
        ),
    ),
    *((form, _recognition(form)) for form in get_args(RecognitionForm)),
)


def _reward_way(reward: object) -> int:
    key = reward.form if isinstance(reward, Recognition) else type(reward).__name__.lower()
    return [name for name, _ in REWARD_WAYS].index(key)


REWARD = Switch(
    tuple((has_key(key), shape) for key, shape in REWARD_WAYS),
    _reward_way,
    f"a table with one of {', '.join(key for key, _ in REWARD_WAYS)}",
)
BEST = Record(
    Best,
    (
        Field("by", Text("the result, such as kpis.solved")),
        Field("of", Text("field of a record that names whose it is")),
        Field("every", Choice(get_args(PeriodKind))),
        Field("least_n", Whole(0, MOST), says="records behind a result that takes part"),
        Field("winners", Whole(1, MOST)),
        Field("ties", Choice(get_args(IfTied)), says="those tied for the last place"),
    ),
    "the best of each period",
)
RULE_FIELDS = (
    Field("records", Text("kind of records, with a date")),
    Field("of", Text("field with whose it is")),
    Field("cause", Text("field with what for; the same cause is awarded once")),
    Field("cost", Text("field with the cost of learning"), ""),
)


@attrs.frozen
class _GoesToShape:
    """Records that claim the award, with a condition on their fields, or the best of a period."""

    records: Mapping[str, RecordKind]
    unreadable: frozenset[str]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`ClaimRule` or a :class:`Best`."""
        if isinstance(raw, dict) and "by" in raw:
            return BEST.read(raw, path, reader)
        kind = named_kind(raw, "records", self.records, self.unreadable, path=path, reader=reader)
        return FAULT if kind is FAULT else _rule(kind).read(raw, path, reader)

    def write(self, value: ClaimRule | Best) -> object:
        """The table."""
        return BEST.write(value) if isinstance(value, Best) else _rule(self.records.get(value.records)).write(value)

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [BEST.schema(), _rule(None).schema()]}


def _rule(kind: RecordKind | None) -> Record:
    when = Field("when", When(FactSchema() if kind is None else kind.fields), ANYTHING)
    return Record(ClaimRule, (*RULE_FIELDS, when), "which records claim it")


def _award(key: str, goes_to: _GoesToShape) -> Record:
    def build(**told: Any) -> Award:
        return Award(key=key, **told)

    return Record(
        build,
        (
            Field("name", Text(), ""),
            Field("kind", Choice(get_args(AwardKind))),
            Field("currency", Text("code of ISO 4217")),
            Field("gives", Listed(REWARD, 1)),
            Field("goes_to", goes_to, None),
            Field("clause", Text("of the standard"), ""),
        ),
        "what is given once for a cause",
    )


def awards(records: Mapping[str, RecordKind], *, unreadable: frozenset[str] = frozenset()) -> Shape:
    """The shape of the awards.

    Args:
        records: the declared kinds of records.
        unreadable: kinds whose declaration could not be read.
    """
    return OwnKeys(partial(_award, goes_to=_GoesToShape(records, unreadable)))


@attrs.frozen
class _NeedsShape:
    """What every period must reach: a bound, or the least grade of a scorecard that has grades."""

    scorecards: Mapping[str, Scorecard]

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """Requirements and grades by reference."""
        if not isinstance(raw, dict):
            return wrong_kind(reader, path, raw, "a table of bounds and grades, such as 'scorecards.quarter' = '>= B'")
        found = {name: self._one(name, one, f"{path}.{name}", reader) for name, one in raw.items()}
        return FAULT if FAULT in found.values() else Keyed(found)

    def _one(self, name: str, raw: object, path: str, reader: Reader) -> Any:
        grades = self._grades(name)
        told = raw.strip().removeprefix(">=").strip() if isinstance(raw, str) else ""
        if told in grades:
            return LeastGrade(told, grades)
        if grades and told.isalpha():
            return reader.fault(DefinitionError(path, "ladder.grade", value=told, nearest=nearest(told, grades)), path)
        return REQUIREMENT.read(raw, path, reader)

    def _grades(self, name: str) -> tuple[str, ...]:
        card = self.scorecards.get(name.removeprefix(CARDS)) if name.startswith(CARDS) else None
        return () if card is None or card.grades is None else card.grades.names

    def write(self, value: Mapping[str, Requirement | LeastGrade]) -> object:
        """By reference."""
        return {
            name: need.test if isinstance(need, LeastGrade) else REQUIREMENT.write(need) for name, need in value.items()
        }

    def schema(self) -> dict[str, Any]:
        """An object of bounds."""
        return {"type": "object", "additionalProperties": {"type": "string"}}


RANK = Record(Rank, (Field("name", Text()), Field("track", Text("such as management or expert"))), "a place")


@attrs.frozen
class _LadderShape:
    """One ladder; conditions on people speak of the fields of a declared kind of records."""

    records: Mapping[str, RecordKind]
    scorecards: Mapping[str, Scorecard]
    unreadable: frozenset[str]

    def _record(self, people: RecordKind | None) -> Record:
        when = When(FactSchema() if people is None else people.fields)
        way = Record(
            Rung,
            (
                Field("from", Text("key of a rank"), attr="start"),
                Field("to", Text("key of a rank"), attr="end"),
                Field("needs", _NeedsShape(self.scorecards)),
                Field("in_a_row", Whole(1, MOST), says="how many periods, one after the other"),
                Field("least_n", Whole(0, MOST), says="records behind each result"),
                Field("missing", Choice(get_args(IfPeriodMissing)), says="what a period without enough data does"),
                Field("when", when, ANYTHING, says="what must hold of the person"),
            ),
            "a way up",
        )
        return Record(
            Ladder,
            (
                Field("name", Text(), ""),
                Field("of", Text("field of a record that names whose it is")),
                Field("people", Text("kind of records that tells of people"), ""),
                Field("every", Choice(get_args(PeriodKind))),
                Field("ranks", Table(RANK)),
                Field("ways", Listed(way, 1), attr="rungs"),
            ),
            "ranks, and what it takes to rise",
        )

    def read(self, raw: object, path: str, reader: Reader) -> Any:
        """A :class:`Ladder`."""
        kind = named_kind(raw, "people", self.records, self.unreadable, path=path, reader=reader)
        return FAULT if kind is FAULT else self._record(kind).read(raw, path, reader)

    def write(self, value: Ladder) -> object:
        """The table."""
        return self._record(self.records.get(value.people)).write(value)

    def schema(self) -> dict[str, Any]:
        """An object with fixed keys."""
        return self._record(None).schema()


def ladders(
    records: Mapping[str, RecordKind],
    scorecards: Mapping[str, Scorecard],
    *,
    unreadable: frozenset[str] = frozenset(),
) -> Shape:
    """The shape of the ladders.

    Args:
        records: the declared kinds of records.
        scorecards: whose grades may be needed.
        unreadable: kinds whose declaration could not be read.
    """
    return Table(_LadderShape(records, scorecards, unreadable))
