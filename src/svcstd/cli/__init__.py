"""The command line: with the pytest plugin the only door to files and the clock."""

from __future__ import annotations

import sys

from svcstd.errors import ExtraMissing

__all__ = ["main"]

NO_FILE = 4


def main() -> None:
    """Run the command ``svcstd``; without the extra ``cli``, say what to install."""
    try:
        from svcstd.cli.app import main as run  # noqa: PLC0415 - typer and rich are an extra
    except ModuleNotFoundError as error:
        if error.name not in ("rich", "typer"):
            raise
        missing = ExtraMissing("svcstd", "extra.missing", what="The command line", extra="cli")
        sys.stderr.write(f"{missing}\n")
        sys.exit(NO_FILE)
    run()
