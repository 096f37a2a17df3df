"""Forms with the fields they ask for, and scripts with slots for names."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from svcstd.errors import DefinitionError, UnknownName, nearest
from svcstd.keyed import as_tuple

__all__ = ["Form", "Script"]

MOST_FIELDS = 1_000
LONGEST = 10_000
"""Characters of a script, and of what it says."""
_SLOT = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]{0,60})\}")


@attrs.frozen
class Form:
    """What is to be written down.

    Attributes:
        fields: names of the fields, in order; a question mark at the end makes one optional.
        name: for people.

    Raises:
        DefinitionError: no fields, too many, or one twice.

    >>> Form(("customer", "problem", "article?")).missing({"customer": "Li", "problem": " "})
    ('problem',)
    """

    fields: tuple[str, ...] = attrs.field(converter=as_tuple)
    name: str = ""

    def __attrs_post_init__(self) -> None:
        if not 0 < len(self.fields) <= MOST_FIELDS:
            raise DefinitionError("fields", "shape.bounds", value=len(self.fields), low=1, high=MOST_FIELDS)
        names = self.names
        twice = [name for place, name in enumerate(names) if not name or name in names[:place]]
        if twice:
            raise DefinitionError("fields", "forms.twice", value=twice[0])

    @property
    def names(self) -> tuple[str, ...]:
        """All fields, without their question marks."""
        return tuple(field.removesuffix("?") for field in self.fields)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that must be filled in."""
        return tuple(field for field in self.fields if not field.endswith("?"))

    def missing(self, filled: Mapping[str, object]) -> tuple[str, ...]:
        """Required fields that are empty; blanks are nothing, zero and false are something.

        Raises:
            UnknownName: a field that the form does not have.
        """
        for name in filled:
            if name not in self.names:
                raise UnknownName(f"filled.{name}", "forms.field", value=name, nearest=nearest(name, self.names))
        return tuple(name for name in self.required if _is_empty(filled.get(name)))


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@attrs.frozen
class Script:
    """What to say, with slots such as ``{customer}``; a brace that opens no slot is refused.

    Raises:
        DefinitionError: too long, or braces that are no slots.

    >>> script = Script("Good morning, this is {company}.")
    >>> script.slots, script.say(company="ACME")
    (('company',), 'Good morning, this is ACME.')
    """

    text: str

    def __attrs_post_init__(self) -> None:
        if len(self.text) > LONGEST or re.search(r"[{}]", _SLOT.sub("", self.text)):
            raise DefinitionError("text", "forms.script", most=LONGEST)

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the slots, in order, each once."""
        return tuple(dict.fromkeys(_SLOT.findall(self.text)))

    def say(self, **values: str) -> str:
        """The text with every slot filled; what is filled in is text, and never read for slots.

        Raises:
            UnknownName: a slot without a value, or a value without a slot.
        """
        for name in values:
            if name not in self.slots:
                raise UnknownName(f"say.{name}", "forms.slot", value=name, nearest=nearest(name, self.slots))
        for name in self.slots:
            if name not in values:
                raise UnknownName(f"say.{name}", "forms.unsaid", value=name)
        return _SLOT.sub(lambda found: str(values[found[1]]), self.text)
