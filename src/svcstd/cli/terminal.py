"""The terminal: how wide it is, what is printed on it, and how an error ends the command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console

from svcstd.errors import SvcstdError

__all__ = [
    "FAULTS",
    "FILE",
    "FOUND",
    "PIPE_WIDTH",
    "USAGE",
    "console",
    "fail",
    "json_text",
    "say",
    "say_json",
    "sentences",
]

FOUND, USAGE, FAULTS, FILE = 1, 2, 3, 4
"""Exit codes."""
PIPE_WIDTH = 160


def console() -> Console:
    """A terminal as wide as it is; a pipe wide enough for any table."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def say(text: str) -> None:
    """Print a line."""
    typer.echo(text)


def say_json(found: object) -> None:
    """Print plain data."""
    say(json_text(found))


def json_text(found: object) -> str:
    """Plain data as JSON that people can read."""
    return json.dumps(found, ensure_ascii=False, indent=2)


def fail(text: str, code: int) -> NoReturn:
    """End with a complaint and an exit code."""
    typer.echo(f"svcstd: {text}", err=True)
    raise typer.Exit(code)


@contextmanager
def sentences() -> Iterator[None]:
    """Errors as sentences, with the exit code that the help tells. A fault of an option is named after it."""
    try:
        yield
    except SvcstdError as error:
        fail(error.text(), USAGE if error.where.startswith("--") else FAULTS)
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{error.filename or 'file'}: {error.strerror or error}", FILE)
