"""Many cases at once, with NumPy (extra ``batch``): calendars over columns; with SciPy the best allocation of work."""

from svcstd.errors import ExtraMissing

try:
    from svcstd.batch.allocation import choose_best
    from svcstd.batch.columns import Column, add, count_working_days, elapsed, is_open, next_open, subtract
    from svcstd.batch.compiled import CompiledCalendar, compile_calendar
    from svcstd.batch.kernel import FAULTS
except ModuleNotFoundError as error:
    if error.name is None or error.name.split(".")[0] not in ("numpy", "scipy"):
        raise
    raise ExtraMissing("svcstd.batch", "extra.missing", what="A batch", extra="batch") from None

__all__ = [
    "FAULTS",
    "Column",
    "CompiledCalendar",
    "add",
    "choose_best",
    "compile_calendar",
    "count_working_days",
    "elapsed",
    "is_open",
    "next_open",
    "subtract",
]
