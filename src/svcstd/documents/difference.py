"""What differs between two standards, or from one edition to the next, in words: by path, before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from svcstd.catalogues import catalogue
from svcstd.documents.standard_file import edition_parts, write_standard
from svcstd.standard import Edition, ServiceStandard

__all__ = ["PartChange", "diff", "diff_editions"]

ENTRY = 2
"""Keys of a path that name an entry: what is new or gone as a whole is told once."""


@attrs.frozen(kw_only=True)
class PartChange:
    """One place of the file that says something else.

    Attributes:
        path: of it, such as ``objectives.resolve.target.complex``.
        before, after: as the file writes it; ``None`` where there is nothing.
    """

    path: str
    before: str | None
    after: str | None

    def sentence(self, language: str = "en") -> str:
        """The change in words."""
        told = {"path": self.path, "before": self.before or "", "after": self.after or ""}
        kind = "new" if self.before is None else "gone" if self.after is None else "changed"
        return catalogue(language).sentence(f"diff.{kind}", told)


def diff(old: ServiceStandard, new: ServiceStandard) -> tuple[PartChange, ...]:
    r"""Every place in which two standards differ, their editions, examples and log included.

    >>> from svcstd import loads
    >>> head = 'svcstd = 1\nid = "x"\nzone = "UTC"\nname = '
    >>> [one.sentence() for one in diff(loads(head + '"X"'), loads(head + '"Y"'))]
    ['name: "X" before, "Y" now']
    """
    return tuple(_compared((), write_standard(old), write_standard(new)))


def diff_editions(before: Edition, after: Edition) -> tuple[PartChange, ...]:
    """Every place in which two editions differ, without their days, reasons and approvals."""
    return tuple(_compared((), edition_parts(before), edition_parts(after)))


def _compared(path: tuple[str, ...], before: Any, after: Any) -> Iterator[PartChange]:
    if before == after:
        return
    whole = len(path) >= ENTRY
    was = {} if before is None and not whole else before
    now = {} if after is None and not whole else after
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*was, *now)):
            yield from _compared((*path, key), was.get(key), now.get(key))
    else:
        yield PartChange(path=".".join(path), before=_written(before), after=_written(after))


def _written(value: Any) -> str | None:
    return None if value is None else _shown(value)


def _shown(value: Any) -> str:
    """As the file writes it, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(map(_shown, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {_shown(one)}' for key, one in value.items())} }}"
        case _:
            return json.dumps(str(value), ensure_ascii=False)
