"""``python -m svcstd`` is the command ``svcstd``."""

from svcstd.cli import main

main()
