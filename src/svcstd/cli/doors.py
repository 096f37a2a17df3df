"""Files and the clock: everything the library itself never touches."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from pendulum import DateTime

from svcstd.documents import Format, ReadLog, csv_records, decode, json_records, loads, read_log
from svcstd.errors import DefinitionError
from svcstd.moment import moment, micros, read_wall, timezone
from svcstd.standard import ServiceStandard

__all__ = ["asked", "day", "open_standard", "read_cases", "write_lines"]

FORMATS: dict[str, Format] = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def open_standard(path: Path) -> ServiceStandard:
    """The standard in a file; its suffix tells the format."""
    return loads(decode(path.read_bytes()), format=FORMATS.get(path.suffix.lower(), "toml"))


@contextmanager
def _lines(path: Path) -> Iterator[IO[str]]:
    """The lines of a text, unzipped where the name ends in .gz."""
    raw: Any = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115 - closed below
    with raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        yield text


def read_cases(standard: ServiceStandard, path: Path) -> ReadLog:
    """The cases of a CSV or JSON Lines file, as the standard's ``[log]`` says."""
    if standard.log is None:
        raise DefinitionError("log", "log.none")
    name = path.name.removesuffix(".gz").lower()
    records = json_records if name.endswith((".jsonl", ".ndjson", ".json")) else csv_records
    with _lines(path) as lines:
        try:
            return read_log(standard, records(lines, standard.log.columns))
        except UnicodeDecodeError as error:
            raise DefinitionError(str(path), "syntax.encoding", place=error.start) from None


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text; line ends are as given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
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


def day(text: str | None, option: str) -> date | None:
    """The date of an option.

    Raises:
        DefinitionError: not a date.
    """
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise DefinitionError(option, "day.text", value=text) from None
