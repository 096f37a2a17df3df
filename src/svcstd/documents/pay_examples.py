"""Examples of pay from plain data: results, what else is known of the payee, and what must be paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args

import attrs

from svcstd.calendars import Period
from svcstd.conditions import FactSchema
from svcstd.documents.dates import DAY_RANGE
from svcstd.documents.example_records import RECORDS_OF_EXAMPLE, Kinds, read_example_records
from svcstd.documents.number_shapes import EXACT
from svcstd.documents.pay_shapes import MONEY
from svcstd.documents.shapes import FAULT, Anything, Choice, Reader, Text, Whole, wrong_kind
from svcstd.documents.structures import Field, Listed, Mapped, OneOrMore, Record, Switch, Table
from svcstd.documents.vocabulary_shapes import WORDS
from svcstd.errors import DefinitionError, SvcstdError, nearest
from svcstd.incentives import Figure, Payee, PayState, Plan, Served, Validity
from svcstd.keyed import EMPTY, Keyed
from svcstd.scoring import RecordKind
from svcstd.standard import PayCheck

__all__ = ["PAY_EXAMPLE", "Plans", "read_pay_example"]

MOST = 100_000


@attrs.frozen
class Plans:
    """What all editions of a document declare of pay.

    Attributes:
        parts: by plan, the keys of its lines and the names of its steps; ``None`` for a plan that could not be read.
        people: by plan, the fields of its people.
    """

    parts: dict[str, set[str] | None] = attrs.Factory(dict)
    people: dict[str, FactSchema] = attrs.Factory(dict)

    def add(self, raw: Iterable[str], plans: Mapping[str, Plan], records: Mapping[str, RecordKind]) -> None:
        """The plans of one more edition."""
        for key in raw:
            plan = plans.get(key)
            if plan is None:
                self.parts[key] = None
                continue
            held = self.parts.setdefault(key, set())
            if held is not None:
                held |= {*plan.lines, *(step.name for step in plan.modifiers), "rounding"}
            kind = None if plan.people is None else records.get(plan.people.records)
            if kind is not None:
                self.people[key] = kind.fields


def _validity(days: tuple[date | None, date | None]) -> Validity:
    first, after = days
    if first is None or after is None:
        raise DefinitionError("certificates", "pay.open_days")
    return Validity(first, after - timedelta(1))


def _served(days: tuple[int, ...]) -> Served:
    if len(days) != 2:  # noqa: PLR2004 - the days of service and those of the period
        raise DefinitionError("served", "pay.two_fields")
    return Served(*days)


RESULTS = Anything("results by reference, such as kpis.points = 28; none for no result")
PAY_EXAMPLE = Record(
    dict,
    (
        Field("name", Text(), ""),
        Field("pay", Text("key of the plan")),
        Field("of", Text("who"), "example"),
        Field("period", Text("such as 2026-01")),
        Field("results", RESULTS, EMPTY),
        Field("records", RECORDS_OF_EXAMPLE, None, says="by kind, in place of results"),
        Field("team", RESULTS, EMPTY, says="results of the team"),
        Field("facts", Anything("facts of the payee"), EMPTY),
        Field("certificates", Anything("by name, the days on which it is valid, or a list of such"), EMPTY),
        Field("served", Anything("by unit, the days of service and those of the period"), EMPTY),
        Field("expect", Anything("total, state, refused, shares by member, and amounts by line or step")),
        Field("because", OneOrMore(WORDS), (), says="what the explanation holds"),
    ),
    "a worked month of pay",
)
DAYS = Mapped(DAY_RANGE, _validity, lambda days: (days.first, days.last + timedelta(1)))
CERTIFICATES = Table(OneOrMore(DAYS), free=True)
SERVED = Table(Mapped(Listed(Whole(0, MOST)), _served, lambda served: (served.days, served.of)))
STATE = Choice(get_args(PayState))
SHARES = Switch(((bool, Table(MONEY, free=True)),), lambda _: 0, "a table of members with what each gets")
REFUSED = Listed(Text("key of what earns nothing"))


def read_pay_example(
    raw: Mapping[str, Any], plans: Plans, kinds: Kinds, zone: str, path: str, reader: Reader
) -> tuple[PayCheck, ...] | None:
    """The check of an example; ``None`` where it has faults, which go to the reader."""
    before = reader.count
    table = PAY_EXAMPLE.read(raw, path, reader)
    if table is FAULT:
        return None
    key = table["pay"]
    if key not in plans.parts:
        near = nearest(key, plans.parts)
        reader.fault(DefinitionError(path, "pay.unknown_plan", value=key, nearest=near), f"{path}.pay")
    results, team = (_results(table[name], f"{path}.{name}", reader) for name in ("results", "team"))
    certificates = CERTIFICATES.read(_plain(table["certificates"]), f"{path}.certificates", reader)
    served = SERVED.read(_plain(table["served"]), f"{path}.served", reader)
    facts = _facts(table["facts"], f"{path}.facts", reader)
    expected = _expected(table["expect"], key, plans, f"{path}.expect", reader)
    records = None
    if table["records"] is not None:
        records = read_example_records(table["records"], kinds, f"{path}.records", reader)
        if table["results"]:
            reader.fault(DefinitionError(f"{path}.results", "pay.told_twice", value="results"), f"{path}.results")
    elif expected.get("shares"):
        reader.fault(DefinitionError(f"{path}.expect", "example.shares"), f"{path}.expect.shares")
    if reader.count > before:
        return None
    try:
        payee = Payee(
            of=table["of"],
            figures=_figures(results),
            team_figures=_figures(team),
            facts=plans.people[key].exact(facts) if key in plans.people else facts,
            certificates=certificates,
            served=served,
        )
        period = Period.parse(table["period"], zone)
    except SvcstdError as error:
        reader.fault(error, f"{path}.{error.where}")
        return None
    told = {"because": table["because"], "records": None if records is None else Keyed(records)}
    return (PayCheck(plan=key, payee=payee, period=period, **told, **expected),)


def _facts(raw: object, path: str, reader: Reader) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        wrong_kind(reader, path, raw, "a table of facts")
        return {}
    return raw


def _plain(raw: object) -> object:
    """What was left out is an empty table."""
    return {} if raw is EMPTY else raw


def _results(raw: object, path: str, reader: Reader) -> Any:
    """Exact numbers by reference, in quotes or as tables within tables; ``none`` for no result."""
    if not isinstance(raw, Mapping):
        return wrong_kind(reader, path, raw, "a table of results, such as kpis.points = 28")
    found: dict[str, Any] = {}
    for key, one in raw.items():
        if isinstance(one, dict):
            inside = _results(one, f"{path}.{key}", reader)
            below = {f"{key}.{name}": value for name, value in inside.items()} if inside is not FAULT else {}
        else:
            below = {key: None if one == "none" else EXACT.read(one, f"{path}.{key}", reader)}
        for name in found.keys() & below.keys():
            reader.fault(DefinitionError(path, "shape.twice", key=name), f"{path}.{key}")
        found |= below
    return found


def _figures(results: Mapping[str, Fraction | None]) -> dict[str, Figure]:
    return {name: Figure.of(value, None, n=int(value is not None)) for name, value in results.items()}


def _expected(raw: object, plan: str, plans: Plans, path: str, reader: Reader) -> dict[str, Any]:
    if not isinstance(raw, dict) or not raw:
        wrong_kind(reader, path, raw, "a table with total, state, refused, shares or lines of the plan")
        return {}
    found: dict[str, Any] = {"amounts": {}}
    known = plans.parts.get(plan)
    for key, one in raw.items():
        below = f"{path}.{key}"
        if key == "state":
            found["state"] = STATE.read(one, below, reader)
        elif key == "refused":
            found["refused"] = REFUSED.read(one, below, reader)
        elif key == "shares" and "shares" not in (known or ()):  # unless a line of the plan is called so
            found["shares"] = SHARES.read(one, below, reader)
        else:
            if key != "total" and known is not None and key not in known:
                near = nearest(key, known)
                reader.fault(DefinitionError(path, "example.pay_line", value=key, plan=plan, nearest=near), below)
            found["amounts"][key] = MONEY.read(one, below, reader)
    return found
