"""Every sentence people read, by message id and language. Nothing is read from disk: a language is a module.

A language module holds ``ERRORS`` (message id to problem and fix), ``SENTENCES`` (message id to sentence), ``DAYS`` and
``MONTHS`` (short names, Monday and January first), and ``say(value)``, which puts a typed parameter into words. To add a language, write the module and list it here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

__all__ = ["LANGUAGES", "Catalogue", "catalogue"]

LANGUAGES = ("en", "zh")


class Catalogue:
    """The sentences of one language."""

    __slots__ = ("days", "errors", "language", "months", "say", "sentences")

    language: str
    errors: Mapping[str, tuple[str, str]]
    sentences: Mapping[str, str]
    say: Callable[[object], str]
    days: tuple[str, ...]
    months: tuple[str, ...]

    def __init__(
        self,
        language: str,
        errors: Mapping[str, tuple[str, str]],
        sentences: Mapping[str, str],
        say: Callable[[object], str],
        days: tuple[str, ...],
        months: tuple[str, ...],
    ) -> None:
        self.language, self.errors, self.sentences, self.say = language, errors, sentences, say
        self.days, self.months = days, months

    def error(self, message: str, params: Mapping[str, object]) -> tuple[str, str]:
        """Problem and fix of one error."""
        words = {name: self.say(value) for name, value in params.items()}
        problem, fix = self.errors[message]
        return problem.format_map(words), fix.format_map(words)

    def sentence(self, message: str, params: Mapping[str, object]) -> str:
        """One sentence of an explanation or a page."""
        return self.sentences[message].format_map({name: self.say(value) for name, value in params.items()})


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language.

    >>> catalogue("en").sentence("calendar.holiday", {"day": "Tue 17 Feb 2026", "name": "Spring Festival"})
    'closed all of Tue 17 Feb 2026: Spring Festival'
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise LookupError(f"language: {language!r} has no catalogue; choose one of {known}")
    module = import_module(f"svcstd.catalogues.{language}")
    return Catalogue(language, module.ERRORS, module.SENTENCES, module.say, module.DAYS, module.MONTHS)
