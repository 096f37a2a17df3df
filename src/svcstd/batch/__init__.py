"""Many cases at once, with NumPy and SciPy (extra ``batch``): the best allocation of a whole batch of work."""

from svcstd.errors import ExtraMissing

try:
    from svcstd.batch.allocation import choose_best
except ModuleNotFoundError as error:
    if error.name is None or error.name.split(".")[0] not in ("numpy", "scipy"):
        raise
    raise ExtraMissing("svcstd.batch", "extra.missing", what="A batch", extra="batch") from None

__all__ = ["choose_best"]
