"""What an import gives: the value, and what of the text has no translation, each with its place and reason."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

from svcstd.explain import Explanation
from svcstd.keyed import as_tuple

__all__ = ["Imported", "Untranslated"]

T = TypeVar("T")


@attrs.frozen
class Untranslated:
    """Something that was left out.

    Attributes:
        where: the place in the text.
        why: in words.
    """

    where: str
    why: Explanation

    def sentence(self, language: str = "en") -> str:
        """Place and reason in words."""
        return f"{self.where}: {self.why.sentence(language)}"


@attrs.frozen
class Imported(Generic[T]):
    """A value that was read from the format of somebody else.

    Attributes:
        value: of ours.
        untranslated: what of the text it does not hold, in its order.
    """

    value: T
    untranslated: tuple[Untranslated, ...] = attrs.field(default=(), converter=as_tuple)

    def report(self, language: str = "en") -> str:
        """One line for each thing that was left out; empty for a whole translation."""
        return "\n".join(one.sentence(language) for one in self.untranslated)
