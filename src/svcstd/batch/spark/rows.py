"""Rows that are decided or counted each for itself on Spark: routes, and the figures of KPIs added up exactly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, TypeAlias

from svcstd.batch.arrow.columns import Array, column_of
from svcstd.batch.arrow.decisions import asker
from svcstd.batch.rules.routed import part_on, tell_answers_apart
from svcstd.batch.spark.shipped import check_zone, standard_from, standard_to_bytes, zone_digest
from svcstd.batch.sums.kpis import measure_by as measure_columns
from svcstd.calendars import PeriodKind
from svcstd.errors import DefinitionError, ExtraMissing, must_be
from svcstd.keyed import Keyed
from svcstd.scoring import Kpi, Measure, Measured, Tally, Total
from svcstd.standard import ServiceStandard

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql import functions as sf
    from pyspark.sql import types as st
except ModuleNotFoundError:
    raise ExtraMissing("svcstd.batch.spark.rows", "extra.missing", what="Spark", extra="spark") from None

__all__ = ["measure_by", "route"]

Frame: TypeAlias = "Any"
"""A DataFrame; Spark is optional, and so are its types."""
AT_A_TIME = 200_000
TYPES: Mapping[Any, Any] = {
    pa.string(): st.StringType(),
    pa.int64(): st.LongType(),
    pa.bool_(): st.BooleanType(),
    pa.date32(): st.DateType(),
    pa.timestamp("us", tz="UTC"): st.TimestampType(),
    pa.duration("us"): st.DayTimeIntervalType(),
}
FIGURES = "key string, above string, below string, n bigint"


def named(frame: Frame, header: str) -> Frame:
    """A column by its header, whatever dots stand in it: Spark takes them for parts of a structure."""
    return frame["`" + header.replace("`", "``") + "`"]


def route(facts: Frame, standard: ServiceStandard, table: str, *, on: date | None = None) -> Frame:
    """The rows with what a routing table of a standard answers for each: ``rule``, every output, and ``fault``.

    Only the facts that the table reads go to Python.

    Args:
        facts: a DataFrame with a column for each fact that the table reads, of its name.
        standard: with its routes.
        table: their key under ``routing``.
        on: the local date, which chooses the edition too; it may be left out where nothing depends on it.

    Raises:
        UnknownName, DefinitionError, MomentError: as for :func:`svcstd.batch.arrow.route`; an output called
            as a column of the rows.
    """
    must_be(facts, DataFrame, "facts", "a DataFrame of Spark")
    part = part_on(standard, table, on)
    tell_answers_apart(part.outputs, str.lower)
    names = [name for name in part.facts.types if name in part.fields and name in facts.columns]
    given = facts.select(*(named(facts, name).alias(f"c{place}") for place, name in enumerate(names)))
    told = asker(part, on=on)(given.limit(0).toArrow().rename_columns(names))
    for name in facts.columns:
        for answer in told.column_names:
            if name.lower() == answer.lower():
                raise DefinitionError(f"outputs.{answer}", "batch.answers", value=answer, other=name)
    run = partial(_routed, standard_to_bytes(standard), table, on, names or ["nothing"])
    # Spark looks for its own kinds of annotations, and takes a function without any as it is.
    asked = sf.arrow_udf(lambda *arrays: run(*arrays), _structure(told.schema))  # noqa: PLW0108 - for that
    answers = asked(*([named(facts, name) for name in names] or [sf.lit(0)]))
    beside = facts.withColumn(ANSWERS, answers)
    kept = [named(beside, name) for name in facts.columns]
    return beside.select(*kept, *(beside[ANSWERS].getField(name).alias(name) for name in told.column_names))


ANSWERS = "svcstd answers"


def _structure(schema: Array) -> Any:  # noqa: ANN401 - a type of Spark
    return st.StructType([st.StructField(field.name, _type(field.type)) for field in schema])


def _type(kind: Array) -> Any:  # noqa: ANN401 - a type of Spark
    return st.DecimalType(kind.precision, kind.scale) if pa.types.is_decimal(kind) else TYPES[kind]


@lru_cache(maxsize=16)
def _asker(standard: bytes, table: str, on: date | None) -> Any:  # noqa: ANN401 - a function
    return asker(part_on(standard_from(standard), table, on), on=on)


def _routed(standard: bytes, table: str, on: date | None, names: list[str], *arrays: Array) -> Array:
    found = _asker(standard, table, on)(pa.table(list(arrays), names=names)).combine_chunks()
    columns = [column.combine_chunks() for column in found.columns]
    return pa.StructArray.from_arrays(columns, names=found.column_names)


def measure_by(
    kpi: Kpi,
    records: Frame,
    *fields: str,
    period: PeriodKind | None = None,
    zone: str = "",
    week: str | None = None,
) -> Keyed[tuple[str, ...], Measured]:
    """What :func:`svcstd.batch.measure_by` says of the rows; runs at once, and gives one figure a group.

    Each partition is counted for itself, and the figures are added up by group as fractions: no sum is a float, and
    none can overflow.

    Args:
        kpi: as for :func:`svcstd.batch.measure_by`.
        records: a DataFrame with a column for each field, of its name; a field without column is missing.
        fields: the fields whose values tell groups apart.
        period: the kind of period to tell apart as well.
        zone: IANA name, in which periods are cut.
        week: first day of the week, for weeks.

    Raises:
        DefinitionError: as for :func:`svcstd.batch.measure_by`. A row that the KPI refuses is an error of Spark
            that names it; which of several is said first is left to the workers.
    """
    must_be(records, DataFrame, "records", "a DataFrame of Spark")
    must_be(kpi, Kpi, "kpi", "a Kpi")
    wanted = {*kpi.fields, *fields, *([kpi.at] if period is not None else [])}
    names = [name for name in records.columns if name in wanted]
    columns = [named(records, name).alias(f"c{place}") for place, name in enumerate(names)]
    given = records.select(*(columns or [sf.lit(0).alias("nothing")]))
    labels = {"period": period, "zone": zone, "week": week}
    digest = zone_digest(zone) if zone else ""
    counted = given.mapInArrow(partial(_counted, kpi, names or ["nothing"], fields, labels, digest), FIGURES)
    added = counted.repartition("key").mapInArrow(partial(_added_up, kpi), FIGURES).toArrow()
    return Keyed(sorted(_figures(kpi, added.to_pylist())))


def _counted(
    kpi: Kpi, names: list[str], fields: tuple[str, ...], labels: dict[str, Any], digest: str, batches: Iterable[Array]
) -> Iterator[Array]:
    """The figures of the rows of a partition."""
    check_zone(labels["zone"], digest)
    found: dict[tuple[str, ...], Any] = {}
    for table in _gathered(batches):
        named_columns = zip(names, table.columns, strict=True)
        columns = {name: column_of(column, f"records.{name}") for name, column in named_columns}
        for key, one in measure_columns(kpi, columns, *fields, **labels).items():
            found[key] = found[key] + one if key in found else one
    yield _batch(found)


def _gathered(batches: Iterable[Array]) -> Iterator[Array]:
    waiting: list[Array] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= AT_A_TIME:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _added_up(kpi: Kpi, batches: Iterable[Array]) -> Iterator[Array]:
    """The figures of a group from all partitions, as one."""
    found: dict[tuple[str, ...], Any] = {}
    for batch in batches:
        for key, one in _figures(kpi, batch.to_pylist()):
            found[key] = found[key] + one if key in found else one
    yield _batch(found)


def _batch(found: dict[tuple[str, ...], Any]) -> Array:
    above = [str(one.amount if isinstance(one, Tally) else one.numerator) for one in found.values()]
    below = ["1" if isinstance(one, Tally) else str(one.denominator) for one in found.values()]
    columns = {
        "key": pa.array([json.dumps(key) for key in found], pa.string()),
        "above": pa.array(above, pa.string()),
        "below": pa.array(below, pa.string()),
        "n": pa.array([one.n for one in found.values()], pa.int64()),
    }
    return pa.record_batch(columns)


def _figures(kpi: Kpi, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for row in rows:
        above, below = Fraction(row["above"]), Fraction(row["below"])
        if isinstance(kpi.formula, Total):
            yield tuple(json.loads(row["key"])), Tally(above, row["n"], empty_is_zero=kpi.formula.empty_is_zero)
        else:
            yield tuple(json.loads(row["key"])), Measure(above, below, row["n"])
