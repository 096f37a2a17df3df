"""Logs as Parquet, also those that do not fit into memory: read once, spread by case, and read part by part.

The rows of a case, wherever they stand, come into one part; within a part they keep the order of the log, so that
what happened at one instant is told in the same order. Parts wait beside the answers, and are gone at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import attrs

from svcstd.errors import DefinitionError, ExtraMissing, RowError, SvcstdError
from svcstd.standard import LogMapping, ServiceStandard

try:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
except ModuleNotFoundError:
    raise ExtraMissing("report", "extra.missing", what="Parquet", extra="arrow") from None

from numpy.typing import NDArray

from svcstd.batch.arrow.carried import WHITESPACE
from svcstd.batch.arrow.columns import Array
from svcstd.batch.arrow.logs import SCHEMA, columns_of, table_of
from svcstd.batch.logs.reported import Asked, Reported, report_part

__all__ = ["REJECTED", "RESULTS", "Log", "Progress", "open_log", "report_log"]

RESULTS, REJECTED = "results.parquet", "rejected.parquet"
REJECTED_SCHEMA = pa.schema([SCHEMA.field("case"), SCHEMA.field("fault")])
Progress: TypeAlias = "Callable[[int], None]"
PART = 2_000_000
"""Rows that are read together."""
MOST_PARTS = 512
"""Files that are open at once while a log is spread."""
AT_A_TIME = 1 << 18
BUFFER = 1 << 20
ODD = 0x9E3779B97F4A7C15


@attrs.frozen(eq=False)
class Log:
    """Parquet files that are one log, in their order.

    Attributes:
        mapping: which header is what; the desk's own answers are not read.
        files: where they are.
        schema: of the columns that are read; texts are plain.
        rows: of all files.
        part: rows that are read together.
    """

    mapping: LogMapping
    files: tuple[Path, ...]
    schema: Array
    rows: int
    part: int = PART

    @property
    def parts(self) -> int:
        """Into how many parts it is spread, if it is more than one."""
        return min(max(-(-self.rows // self.part), 1), MOST_PARTS)

    def batches(self) -> Iterator[Array]:
        """The rows, some at a time.

        Raises:
            DefinitionError: a file that ends, or breaks off, where it should not.
        """
        for path in self.files:
            with _opened(path) as file:
                try:
                    for batch in file.iter_batches(AT_A_TIME, columns=self.schema.names):
                        yield _alike(batch, self.schema)
                except (pa.ArrowException, OSError) as error:
                    raise DefinitionError(str(path), "cli.parquet", reason=_line(error)) from None


def open_log(standard: ServiceStandard, paths: Sequence[Path], *, beside: Path, part: int = PART) -> Log:
    """Files, and all Parquet files within folders, as one log.

    Args:
        standard: whose ``[log]`` says which column is what.
        paths: files and folders; the files of a folder follow each other by name.
        beside: a folder whose answers of an earlier run are not taken for a part of the log.
        part: rows that are read together.

    Raises:
        DefinitionError: no ``[log]``, no Parquet file, a folder without any, or files whose columns do not fit.
        RowError: a column that is not there, or twice.
        MomentError: timestamps without zone.
    """
    if standard.log is None:
        raise DefinitionError("log", "log.none")
    mapping = attrs.evolve(standard.log, desk=None)
    files = tuple(file for path in paths for file in _files(path, beside))
    schema, rows = None, 0
    for path in files:
        with _opened(path) as file:
            rows += file.metadata.num_rows
            mine = _columns(path, file.schema_arrow, mapping)
        try:
            schema = mine if schema is None else pa.unify_schemas([schema, mine], promote_options="permissive")
        except pa.ArrowException as error:
            raise DefinitionError(str(path), "cli.parquet_types", other=files[0], reason=_line(error)) from None
    return Log(mapping, files, schema, rows, part)


def _files(path: Path, beside: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    ours = {(beside / name).resolve() for name in (RESULTS, REJECTED)}
    found = [file for file in sorted(path.rglob("*.parquet")) if file.is_file() and file.resolve() not in ours]
    if not found:
        raise DefinitionError(str(path), "cli.parquet_none")
    return found


def _opened(path: Path) -> Array:
    """A file whose columns are read through a small buffer, however large its row groups.

    Raises:
        OSError: there is no such file, or it may not be read.
        DefinitionError: it is no Parquet.
    """
    with path.open("rb"):
        pass
    try:
        return pq.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise DefinitionError(str(path), "cli.parquet", reason=_line(error)) from None


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")


def _columns(path: Path, schema: Array, mapping: LogMapping) -> Array:
    """The columns of a file that are read, looked at before any row is."""
    try:
        for header in mapping.columns:
            if len(schema.get_all_field_indices(header)) > 1:
                raise RowError("header", "log.column_twice", value=header)
        columns_of(schema.empty_table(), mapping)
    except SvcstdError as error:
        raise error.at(f"{path}, {error.where}") from None
    return pa.schema([(header, _plain(schema.field(header).type)) for header in mapping.columns])


def _plain(kind: Array) -> Array:
    """The type of a column without its dictionary, since each file has another."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _alike(batch: Array, schema: Array) -> Array:
    """A batch with the columns of the log, in its types."""
    return pa.record_batch([batch.column(field.name).cast(field.type) for field in schema], schema=schema)


def report_log(
    standard: ServiceStandard,
    log: Log,
    out: Path,
    asked: Asked,
    *,
    progress: Progress = lambda _: None,
) -> Reported:
    """Read every clock of a log, write the answers, and count how many promises were kept.

    Answers are written part by part; within one by case, in the order of their first rows, and by promise. A log that
    fits is one part.

    Args:
        standard: the promises.
        log: of :func:`open_log`.
        out: folder of the answers; they come there when all are written.
        asked: when we ask, and how we count.
        progress: is told of each row of the log, once when it is read, and once more if it was spread.

    Raises:
        DefinitionError, RowError, MomentError: as for :func:`svcstd.batch.clocks`.
        OSError: something cannot be written.
    """
    _, total = _read(standard, log, log.schema.empty_table(), asked)  # what does not fit is told before all else
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".svcstd-", dir=out) as name:
        folder = Path(name)
        with (
            pq.ParquetWriter(folder / RESULTS, SCHEMA, compression="zstd") as results,
            pq.ParquetWriter(folder / REJECTED, REJECTED_SCHEMA, compression="zstd") as rejected,
        ):
            for table in _parts(log, folder, progress):
                told, counted = _read(standard, log, table, asked)
                total += counted
                read = told.column("objective").is_valid()
                results.write_table(told.filter(read))
                rejected.write_table(told.filter(pc.invert(read)).select(REJECTED_SCHEMA.names))
                progress(table.num_rows)
        for written in (RESULTS, REJECTED):
            (folder / written).replace(out / written)
    return total


def _read(standard: ServiceStandard, log: Log, table: Array, asked: Asked) -> tuple[Array, Reported]:
    """The clocks of a part, in the types of a file, and what was counted."""
    columns = columns_of(table, log.mapping)
    answers, counted = report_part(standard, columns, log.mapping, asked)
    return table_of(answers).cast(SCHEMA), counted


def _parts(log: Log, folder: Path, progress: Progress) -> Iterator[Array]:
    """Tables in which no case is cut."""
    count = log.parts
    if count == 1:
        yield pa.Table.from_batches(log.batches(), log.schema)
        return
    paths = [folder / f"{number}.arrow" for number in range(count)]
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with ExitStack() as stack:
        writers = [stack.enter_context(pa.ipc.new_stream(path, log.schema, options=options)) for path in paths]
        for batch in log.batches():
            for number, rows in _spread(batch, log.mapping.id, count):
                writers[number].write_batch(rows)
            progress(batch.num_rows)
    for path in paths:
        with pa.ipc.open_stream(path) as stream:
            table = stream.read_all()
        path.unlink()
        if table.num_rows:
            yield table


def _spread(batch: Array, header: str, count: int) -> Iterator[tuple[int, Array]]:
    """The rows of a batch by the part to which their cases belong, in their order."""
    places = places_of(batch.column(header), count)
    order = np.argsort(places, kind="stable")
    ends = np.cumsum(np.bincount(places, minlength=count))
    moved = batch.take(pa.array(order))
    for number, (first, last) in enumerate(zip([0, *ends.tolist()], ends.tolist(), strict=False)):
        if last > first:
            yield number, moved.slice(first, last - first)


def places_of(names: Array, count: int) -> NDArray[np.uint16]:
    """By row, the part to which a case belongs: the same for equal names, spaces around them aside.

    >>> places_of(pa.array(["A-1", " A-1", None, "A-2"]), 7).tolist()
    [6, 6, 0, 3]
    """
    texts = pc.utf8_trim(names.cast(pa.string()), characters=WHITESPACE).fill_null("")
    texts = pa.concat_arrays([texts, pa.array([""])])  # a buffer of its own, that begins with the first
    ends = np.frombuffer(texts.buffers()[1], np.int32, len(texts) + 1)
    letters = np.frombuffer(texts.buffers()[2] or b"", np.uint8, ends[-1])
    with np.errstate(over="ignore"):
        powers = np.cumprod(np.full(len(letters) + 1, ODD, dtype=np.uint64))
        undone = np.cumprod(np.full(len(letters) + 1, pow(ODD, -1, 1 << 64), dtype=np.uint64))
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * powers[:-1])])
        hashes = (sums[ends[1:-1]] - sums[ends[:-2]]) * undone[ends[:-2]]
        hashes = (hashes ^ (hashes >> np.uint64(32))) * np.uint64(ODD)
    found: NDArray[np.uint16] = ((hashes >> np.uint64(32)) % np.uint64(count)).astype(np.uint16)
    return found
