"""Holiday tables: frozen dates with an explicit span of coverage, and how to freeze those of a country."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

import attrs

from svcstd.errors import DefinitionError, nearest
from svcstd.moment import YEARS

__all__ = ["HolidayTable", "check_years", "public_holidays"]

ANNOUNCED_BY_NOTICE = frozenset({"CN"})
"""Countries whose make-up workdays are announced year by year: beyond the last notice nothing is known."""

PROVISIONAL_DAYS = 5
"""Last days of the last announced year, which the next year's notice may still turn (2018-12-29 was a workday)."""


def _named_days(days: Mapping[date, str] | Iterable[date | tuple[date, str]]) -> tuple[tuple[date, str], ...]:
    if isinstance(days, Mapping):
        return tuple(sorted(cast("Mapping[date, str]", days).items()))
    pairs: dict[date, str] = {}
    for day in days:
        on, name = day if isinstance(day, tuple) else (day, "")
        pairs[on] = name
    return tuple(sorted(pairs.items()))


@attrs.frozen(repr=False)
class HolidayTable:
    """Which dates are holidays, which days off are worked, and for which dates this is known.

    Attributes:
        holidays: dates without work, with their names; a mapping, pairs, or bare dates.
        make_up: dates worked in exchange for a bridge holiday, with their names.
        covers: ``(from, to)``, half-open; ``None`` is unbounded on that side. Outside, days are unknown, not working.
        source: where the dates come from.
        provisional_from: first covered date that a later notice may still change.

    Raises:
        DefinitionError: a date outside the coverage, both holiday and make-up, or coverage the wrong way round.

    >>> HolidayTable({date(2026, 1, 1): "New Year"}, covers=(date(2026, 1, 1), date(2027, 1, 1)), source="memo 7")
    HolidayTable(1 holiday, 2026-01-01..2026-12-31, source='memo 7')
    """

    holidays: tuple[tuple[date, str], ...] = attrs.field(default=(), converter=_named_days)
    make_up: tuple[tuple[date, str], ...] = attrs.field(default=(), converter=_named_days, kw_only=True)
    covers: tuple[date | None, date | None] = attrs.field(default=(None, None), kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    provisional_from: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        first, last = self.covers
        if first and last and first >= last:
            raise DefinitionError("covers", "holidays.covers", first=first, last=last)
        check_years("holidays", (day for day in (first, last, *dict(self.holidays), *dict(self.make_up)) if day))
        both = {day for day, _ in self.holidays} & {day for day, _ in self.make_up}
        if both:
            raise DefinitionError("make_up", "holidays.both", day=min(both))
        for day, _ in (*self.holidays, *self.make_up):
            if not self.knows(day):
                raise DefinitionError("holidays", "holidays.outside", day=day, first=first, last=last)

    def knows(self, day: date) -> bool:
        """Whether a date is covered.

        >>> HolidayTable(covers=(date(2026, 1, 1), date(2027, 1, 1))).knows(date(2027, 1, 1))
        False
        """
        first, last = self.covers
        return (first is None or first <= day) and (last is None or day < last)

    @property
    def digest(self) -> str:
        """Sixteen hex digits that stand for the dates, whatever their source.

        >>> HolidayTable([date(2026, 1, 1)]).digest == HolidayTable([date(2026, 1, 1)], source="x").digest
        True
        """
        content = repr((self.covers, [day for day, _ in self.holidays], [day for day, _ in self.make_up]))
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        count = len(self.holidays)
        parts = [f"{count} holiday{'s' * (count != 1)}"]
        parts += [f"{len(self.make_up)} make-up workday{'s' * (len(self.make_up) != 1)}"] if self.make_up else []
        first, last = self.covers
        shown_last = date.fromordinal(last.toordinal() - 1) if last else ""
        parts += [f"{first or ''}..{shown_last}" if first or last else "unbounded"]
        parts += [f"source={self.source!r}"] if self.source else []
        return f"HolidayTable({', '.join(parts)})"


def check_years(where: str, days: Iterable[date]) -> None:
    """Refuse dates that no calendar can compute, and moments, which would equal no date."""
    for day in days:
        if isinstance(day, datetime) or not isinstance(day, date):
            raise DefinitionError(where, "day.type", value=repr(day))
        if day.year not in YEARS:
            raise DefinitionError(where, "day.years", day=day, first=YEARS[0], last=YEARS[-1])


def public_holidays(
    place: str,
    *,
    years: range,
    categories: Iterable[str] = (),
    observed: bool = True,
    language: str | None = None,
) -> HolidayTable:
    """The public holidays of a country or subdivision, frozen for whole years.

    Days that are observed in a neighbour year (1 January 2022 on 31 December 2021) are there, and so are the make-up
    workdays. A country that announces its make-up workdays year by year is covered only up to its last notice.

    Args:
        place: ISO 3166, ``"CN"`` or ``"US-MA"``.
        years: consecutive years to cover.
        categories: of the ``holidays`` package, e.g. ``("public", "bank")``; by default the country's own.
        observed: move holidays that fall on a weekend where the country does.
        language: of the names, e.g. ``"en_US"``; by default the country's own.

    Raises:
        DefinitionError: unknown place, category or language, no years, or years that nobody has announced.

    Source: the ``holidays`` package of the installed version.

    >>> public_holidays("CN", years=range(2026, 2027), language="en_US").make_up[1]
    (datetime.date(2026, 2, 14), 'make-up workday')
    """
    if not isinstance(years, range) or years.step != 1 or not years:
        raise DefinitionError("years", "holidays.years", value=repr(years))
    import holidays as package  # noqa: PLC0415 - 90 ms that only this function needs

    written, _, subdivision = place.partition("-")
    _check_place(package, written, subdivision)
    options: dict[str, Any] = {"subdiv": subdivision or None, "observed": observed, "expand": False}
    empty = package.country_holidays(written, **options)
    country = empty.country  # CHN is CN
    options["language"] = _language(empty, language)
    options["categories"] = _categories(empty, categories)
    found = package.country_holidays(country, years=range(years.start - 1, years.stop + 1), **options)
    last = _last_year(country, found, years)
    covers = date(years.start, 1, 1), date(last + 1, 1, 1)
    worked = {day for day in getattr(found, "weekend_workdays", ()) if covers[0] <= day < covers[1]}
    by_notice = country in ANNOUNCED_BY_NOTICE
    return HolidayTable(
        {day: name for day, name in found.items() if covers[0] <= day < covers[1] and day not in worked},
        make_up=dict.fromkeys(worked, "make-up workday"),
        covers=covers,
        source=f"holidays {getattr(package, '__version__', '')} {place}",
        provisional_from=date(last, 12, 32 - PROVISIONAL_DAYS) if by_notice and last == _announced(found) else None,
    )


def _check_place(package: Any, country: str, subdivision: str) -> None:
    known = package.list_supported_countries(include_aliases=True)
    if country not in known:
        raise DefinitionError("holidays", "holidays.country", value=country, nearest=nearest(country.upper(), known))
    if subdivision and subdivision not in known[country]:
        near = nearest(subdivision, known[country])
        raise DefinitionError("holidays", "holidays.subdivision", value=subdivision, country=country, nearest=near)


def _language(empty: Any, language: str | None) -> str | None:
    """The language to ask for: always named, since the package would take the one of the machine."""
    known = tuple(empty.supported_languages) or (empty.default_language,)
    if language is not None and language not in known:
        near = nearest(language, filter(None, known))
        raise DefinitionError("language", "holidays.language", value=language, nearest=near)
    return language or empty.default_language


def _categories(empty: Any, categories: Iterable[str]) -> tuple[str, ...] | None:
    wanted = tuple(categories)
    unknown = [category for category in wanted if category not in empty.supported_categories]
    if unknown:
        near = nearest(unknown[0], empty.supported_categories)
        raise DefinitionError("categories", "holidays.category", value=unknown[0], nearest=near)
    return wanted or None


def _announced(found: Any) -> int:
    years = [year for year, entry in found.special_public_holidays.items() if entry]
    return int(max(years))


def _last_year(country: str, found: Any, years: range) -> int:
    if country not in ANNOUNCED_BY_NOTICE:
        return years.stop - 1
    announced = _announced(found)
    if years.start > announced:
        raise DefinitionError("years", "holidays.unannounced", country=country, last=announced, first=years.start)
    return min(years.stop - 1, announced)
