"""Files and the clock: everything the library itself never touches."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from pendulum import DateTime

from svcstd.calendars import Period
from svcstd.conditions import FactSchema, FactValue
from svcstd.documents import (
    SUFFIXES,
    Format,
    ReadLog,
    csv_records,
    decode,
    json_records,
    loads,
    loads_folder,
    read_log,
    read_records,
    untranslated,
)
from svcstd.documents.cases import Record as Row
from svcstd.errors import DefinitionError, StandardError, SvcstdError, UnknownName, nearest
from svcstd.moment import micros, moment, read_wall, timezone
from svcstd.standard import PartFinding, ServiceStandard
from svcstd.standard.findings import remark

MOST_SHOWN = 5

__all__ = [
    "are_parquet",
    "asked",
    "open_standard",
    "period_of",
    "read_cases",
    "read_facts",
    "record_files",
    "span",
    "standard_files",
    "text_in",
    "untold_words",
    "write_lines",
]


def format_of(path: Path) -> Format:
    """The format that a file's suffix tells; TOML for a folder.

    Raises:
        DefinitionError: another suffix: perhaps the cases were given first.
    """
    if path.is_dir():
        return "toml"
    found = SUFFIXES.get(path.suffix.lower().removeprefix("."))
    if found is None:
        raise DefinitionError(
            str(path), "cli.suffix", suffix=path.suffix, suffixes=", ".join(f".{suffix}" for suffix in SUFFIXES)
        )
    return found


def open_standard(path: Path, language: str = "") -> ServiceStandard:
    """The standard in a file or in the files of a folder; faults name the file.

    Args:
        path: a file whose suffix tells the format, or a folder with a file ``standard``.
        language: whose words of the folder's ``lang/`` are used, where it has them.
    """
    written = format_of(path)
    try:
        if path.is_dir():
            return loads_folder(standard_files(path), language=language)
        return loads(decode(path.read_bytes()), format=written)
    except SvcstdError as error:
        raise error.at(f"{path}: {error.where}") from None


def standard_files(folder: Path) -> dict[str, str]:
    """The texts of a folder by path within it: every .toml, .yaml and .json but hidden ones.

    Raises:
        DefinitionError: a link that leads out of the folder, or a file that is no text.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if path.suffix.lower().removeprefix(".") not in SUFFIXES or any(part.startswith(".") for part in inner.parts):
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            raise DefinitionError(inner.as_posix(), "cli.outside", path=str(path.resolve()))
        if path.is_file():
            try:
                found[inner.as_posix()] = decode(path.read_bytes())
            except DefinitionError as error:
                raise error.at(inner.as_posix()) from None
    return found


def untold_words(path: Path) -> list[PartFinding]:
    """What each language of a folder does not say; nothing for a file."""
    if not path.is_dir():
        return []
    files = standard_files(path)
    found = []
    for name in sorted(files):
        folder, _, file = name.rpartition("/")
        if folder == "lang" and (missing := untranslated(files, Path(file).stem)):
            listed = ", ".join(missing[:MOST_SHOWN]) + (", …" if len(missing) > MOST_SHOWN else "")
            told: dict[str, str | int] = {"file": name, "count": len(missing), "words": listed}
            found.append(remark(f"lang.{Path(file).stem}", "untranslated", "info", "review.untranslated", **told))
    return found


def text_in(path: Path) -> str:
    """The text of a file, unzipped where the name ends in .gz."""
    content = path.read_bytes()
    try:
        return decode(gzip.decompress(content) if path.suffix.lower() == ".gz" else content)
    except DefinitionError as error:
        raise error.at(str(path)) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DefinitionError(str(path), "cli.gzip", reason=str(error)) from None


def are_parquet(paths: Sequence[Path]) -> bool:
    """Whether cases are Parquet files, or folders of them.

    Raises:
        DefinitionError: several files of which some are not.
    """
    told = [path.suffix.lower() == ".parquet" or next(path.rglob("*.parquet"), None) is not None for path in paths]
    if not all(told) and len(told) > 1:
        raise DefinitionError("CASES", "cli.several")
    return all(told)


def read_cases(standard: ServiceStandard, path: Path) -> ReadLog:
    """The cases of a CSV or JSON Lines file, as the standard's ``[log]`` says."""
    if standard.log is None:
        raise DefinitionError("log", "log.none")
    return read_log(standard, _rows(path, standard.log.columns))


def _rows(path: Path, columns: Iterable[str]) -> Iterator[Row]:
    name = path.name.lower().removesuffix(".gz")
    records = json_records if name.endswith((".jsonl", ".ndjson")) else csv_records
    return records(StringIO(text_in(path), newline=""), columns)


def record_files(standard: ServiceStandard, day: date, told: Iterable[str]) -> dict[str, list[Any]]:
    """The records of ``KIND=FILE`` arguments: CSV or JSON Lines, also zipped.

    Args:
        standard: that declares the kinds.
        day: whose edition holds.
        told: the arguments.

    Raises:
        DefinitionError: no such form, a kind told twice, or a file that holds no text.
        UnknownName: no such kind of records.
        StandardError: every row that cannot be read.
    """
    edition = standard.edition_on(day)
    found: dict[str, list[Any]] = {}
    for one in told:
        name, sign, path = one.partition("=")
        if not sign or name in found:
            raise DefinitionError("records", "cli.records", value=one)
        if name not in edition.records:
            near = nearest(name, edition.records)
            raise UnknownName("records", "records.unknown", value=name, nearest=near)
        kind = edition.records[name]
        try:
            found[name] = read_records(kind, _rows(Path(path), kind.fields.types))
        except StandardError as error:
            raise StandardError.of((fault.at(f"{path}, {fault.where}") for fault in error.faults), path) from None
    return found


def period_of(text: str, zone: str) -> Period:
    """The period of a label: 2026-01-05, 2026-01, 2026-Q1, 2026-H1 or 2026.

    Raises:
        DefinitionError: no such label.
    """
    try:
        return Period.parse(text, zone)
    except DefinitionError as error:
        raise error.at("--period") from None


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text; line ends are as given, half characters as escapes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(lines)


def asked(text: str | None, zone: str) -> DateTime:
    """The moment of ``--as-of``: ISO 8601, local where it has no offset; without it, the clock is read.

    Raises:
        DefinitionError: not a moment.
        MomentError: a local time that happens twice or never.
    """
    tz = timezone(zone)
    if text is None:
        return moment(micros(datetime.now(UTC)), tz)  # noqa: TID251 - the one place that reads the clock
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise DefinitionError("--as-of", "cli.moment", value=text) from None
    return moment(micros(at, "--as-of") if at.tzinfo else read_wall(at, tz, "reject", "--as-of"), tz)


def read_facts(schema: FactSchema, told: Iterable[str]) -> dict[str, FactValue]:
    """The facts of ``FACT=VALUE`` arguments, each read as its declared kind.

    Raises:
        DefinitionError: no such form, or a fact told twice.
        FactError: not declared, or not readable as its kind.
    """
    found: dict[str, FactValue] = {}
    for one in told:
        name, sign, value = one.partition("=")
        if not sign or name in found:
            raise DefinitionError("--facts", "cli.fact", value=one)
        found[name] = schema.read(name, value)
    return found


def span(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The dates of ``--since`` and ``--until``, half-open.

    Raises:
        DefinitionError: not a date, or no day lies between them.
    """
    first, last = _day(since, "--since"), _day(until, "--until")
    if first is not None and last is not None and first >= last:
        raise DefinitionError("--until", "cli.span", since=first, until=last)
    return first, last


def _day(text: str | None, option: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise DefinitionError(option, "day.text", value=text) from None
