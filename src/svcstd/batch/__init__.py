"""Many cases at once, with NumPy (extra ``batch``): calendars, clocks, decisions and sums over columns.

Each engine has a module of its own: ``arrow``, ``polars``, ``duckdb``, ``pandas``, ``spark``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from svcstd.errors import ExtraMissing

if TYPE_CHECKING:
    from svcstd.batch.allocation import choose_best

try:
    from svcstd.batch.calendars.columns import Column, add, count_working_days, elapsed, is_open, next_open, subtract
    from svcstd.batch.calendars.compiled import CompiledCalendar, compile_calendar
    from svcstd.batch.calendars.days import add_working_days
    from svcstd.batch.calendars.kernel import FAULTS
    from svcstd.batch.encoded import Encoded
    from svcstd.batch.logs.attained import Attained, attainment
    from svcstd.batch.logs.clocks import clocks
    from svcstd.batch.logs.notices import notices
    from svcstd.batch.logs.owners import owners
    from svcstd.batch.logs.same import same
    from svcstd.batch.rules.decisions import Decisions, decide
    from svcstd.batch.sums.kpis import count_sifted, measure_by
    from svcstd.batch.sums.minor_units import money_sums, multiply
    from svcstd.batch.sums.scores import scores
    from svcstd.batch.tables import Answers
except ModuleNotFoundError as _error:
    if _error.name is None or _error.name.split(".")[0] != "numpy":
        raise
    raise ExtraMissing("svcstd.batch", "extra.missing", what="A batch", extra="batch") from None

__all__ = [
    "FAULTS",
    "Answers",
    "Attained",
    "Column",
    "CompiledCalendar",
    "Decisions",
    "Encoded",
    "add",
    "add_working_days",
    "attainment",
    "choose_best",
    "clocks",
    "compile_calendar",
    "count_sifted",
    "count_working_days",
    "decide",
    "elapsed",
    "is_open",
    "measure_by",
    "money_sums",
    "multiply",
    "next_open",
    "notices",
    "owners",
    "same",
    "scores",
    "subtract",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever stands there
    """What needs SciPy is imported when it is asked for: workers that only count need NumPy alone."""
    if name != "choose_best":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    try:
        from svcstd.batch.allocation import choose_best  # noqa: PLC0415 - SciPy is not needed for the rest
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != "scipy":
            raise
        raise ExtraMissing("svcstd.batch.choose_best", "extra.missing", what="A batch", extra="batch") from None
    return choose_best
