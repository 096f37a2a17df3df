"""Time stamps of logs: a small pattern language with whitelisted tokens, compiled to a fixed shape.

Tokens are ``YYYY``, ``MM``, ``DD``, ``hh`` (1 to 12 with ``A``, else 0 to 23), ``HH``, ``mm``, ``ss``, ``SSS``
(fraction), ``A`` (AM or PM) and ``Z`` (offset); everything else stands for itself. ``ISO 8601`` reads any ISO stamp.
Nothing of a pattern reaches the regular-expression engine unescaped.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import attrs

from svcstd.errors import DefinitionError, MomentError
from svcstd.moment import Folds, micros, read_wall
from svcstd.moment import timezone as zone_of

__all__ = ["ISO", "StampReader"]

ISO = "ISO 8601"
LONGEST = 80

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{1,2})",
    "hh": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
    "SSS": r"(?P<fraction>\d{1,6})",
    "A": r"(?P<half>[AaPp][Mm])",
    "Z": r"(?P<offset>Z|[+-]\d{2}:?\d{2})",
}
_SPLIT = re.compile("(" + "|".join(_TOKENS) + ")")


def _compiled(pattern: str) -> re.Pattern[str] | None:
    if pattern == ISO:
        return None
    parts = _SPLIT.split(pattern)
    tokens = [part for part in parts if part in _TOKENS]
    groups = [re.findall(r"<(\w+)>", _TOKENS[token])[0] for token in tokens]
    if len(pattern) > LONGEST or not {"year", "month", "day"} <= set(groups):
        raise DefinitionError("time", "stamp.pattern", value=pattern)
    twice = [group for group in groups if groups.count(group) > 1]
    if twice or ("half" in groups and "hh" not in tokens):
        raise DefinitionError("time", "stamp.pattern", value=pattern)
    return re.compile("".join(_shape(parts, number) for number in range(len(parts))), re.ASCII)


def _shape(parts: list[str], number: int) -> str:
    """The shape of one part; without a mark between two tokens, each has all its digits (1112015 is no date)."""
    shape = _TOKENS.get(parts[number])
    if shape is None:
        return re.escape(parts[number])
    alone = all(parts[beside] for beside in (number - 1, number + 1) if 0 < beside < len(parts) - 1)
    return shape if alone else shape.replace("{1,2}", "{2}")


@attrs.frozen
class StampReader:
    """Reads the stamps of one log.

    Attributes:
        pattern: of the stamps.
        zone: of stamps without offset; empty if every stamp has one.
        folds: how to read a wall time that happens twice or never; needed where the zone is.

    Raises:
        DefinitionError: an unreadable pattern, or stamps without offset and no zone or fold policy.

    >>> reader = StampReader("MM/DD/YYYY hh:mm:ss A", "America/New_York", "earlier")
    >>> reader.read("01/01/2015 10:17:03 AM") - reader.read("01/01/2015 10:17:00 AM")
    3000000
    """

    pattern: str
    zone: str
    folds: Folds | None
    _shape: re.Pattern[str] | None = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_shape", _compiled(self.pattern))
        offset = self._shape is not None and "offset" in self._shape.groupindex
        if not offset and self.pattern != ISO and (not self.zone or self.folds is None):
            raise DefinitionError("folds", "stamp.zone")
        if self.zone:
            zone_of(self.zone)

    def read(self, text: str, where: str = "at") -> int:
        """UTC microseconds of a stamp.

        Raises:
            MomentError: not of the pattern, no such date, or a wall time that *folds* refuses.
        """
        shape = self._shape
        at = _iso(text, where) if shape is None else self._shaped(shape, text, where)
        if at.tzinfo is not None:
            return micros(at, where)
        if not self.zone or self.folds is None:
            raise MomentError(where, "stamp.offset", value=text)
        return read_wall(at, zone_of(self.zone), self.folds, where)

    def _shaped(self, shape: re.Pattern[str], text: str, where: str) -> datetime:
        found = shape.fullmatch(text.strip())
        if found is None:
            raise MomentError(where, "stamp.text", value=text, pattern=self.pattern)
        try:
            return _datetime(found.groupdict())
        except ValueError as error:
            raise MomentError(where, "stamp.date", value=text, reason=str(error)) from None


def _iso(text: str, where: str) -> datetime:
    try:
        if len(text) <= LONGEST:
            return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    raise MomentError(where, "stamp.text", value=text, pattern=ISO)


def _datetime(parts: dict[str, str | None]) -> datetime:
    hour = int(parts.get("hour") or 0)
    if half := parts.get("half"):
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the face of a clock
            raise ValueError("hour must be in 1..12 with AM or PM")
        hour = hour % 12 + (12 if half.upper() == "PM" else 0)
    return datetime(
        int(parts["year"] or 0),
        int(parts["month"] or 0),
        int(parts["day"] or 0),
        hour,
        int(parts.get("minute") or 0),
        int(parts.get("second") or 0),
        int((parts.get("fraction") or "0").ljust(6, "0")),
        tzinfo=_zone(parts.get("offset")),
    )


def _zone(offset: str | None) -> timezone | None:
    if offset is None:
        return None
    if offset == "Z":
        return UTC
    amount = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(-amount if offset[0] == "-" else amount)
