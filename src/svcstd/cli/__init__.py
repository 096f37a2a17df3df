"""The command line: with the pytest plugin the only door to files and the clock."""

from svcstd.cli.app import main

__all__ = ["main"]
