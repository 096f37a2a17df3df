"""A standard cut into files: each holds some of the keys that the one file would, and ``changes/DATE`` an overlay.

``lang/LANGUAGE`` holds the words of another language in the same shape: names and texts, never a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from svcstd.documents.standard_file import OF_EDITION, read_standard
from svcstd.documents.syntax import MOST_CHARACTERS, SUFFIXES, Places, below, parse_text
from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.standard import ServiceStandard

__all__ = ["loads_folder", "untranslated"]

MOST_FILES = 500
HEAD = "standard"
CHANGES, LANG = "changes", "lang"
WORDS = frozenset({"name", "title", "text", "goals", "shortfall", "cause", "action"})
"""Keys of an entry whose texts people read and nothing counts by."""
STEP_WORDS = frozenset({"name", "do", "ask", "hand", "end", "note"})
NAMED = frozenset({"events", "roles", "scripts"})
"""Parts whose entries may be their name, or their text, alone."""
_PLACE = re.compile(r" \(line \d+, column \d+\)$")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", re.ASCII)


def loads_folder(files: Mapping[str, str], *, language: str = "") -> ServiceStandard:
    r"""The standard that the files of a folder describe.

    Args:
        files: texts by path within the folder, such as ``calendars.toml`` or ``changes/2026-07-01.yaml``. One is
            ``standard.toml``, ``.yaml`` or ``.json``.
        language: whose words of ``lang/`` take the place of those in the other files; empty for none. Where the folder
            has no such file, the words stay as they are.

    Raises:
        StandardError: all faults of content at once, each with its file and its path; a key that two files tell.
        DefinitionError: a fault of syntax, a path that leads out of the folder, or too many files.

    >>> head = 'svcstd = 1\nid = "x"\nname = "X"\nzone = "UTC"'
    >>> found = loads_folder({"standard.toml": head, "calendars.toml": '[calendars]\noffice = "Mon-Fri 09:00-17:00"'})
    >>> found.current.hours("office").zone
    'UTC'
    """
    parsed = _Folder(files)
    spoken = parsed.language(language)
    if spoken is not None:
        faults = tuple(_speak(parsed.raw, spoken[1], (), spoken[0]))
        if faults:
            raise StandardError.of(faults)
    try:
        return read_standard(parsed.raw, parsed.places)
    except StandardError as error:
        raise StandardError.of(fault.at(parsed.placed(fault.where)) for fault in error.faults) from None


def untranslated(files: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Paths of words that the file of a language does not have, in the order of the standard.

    Args:
        files: as for :func:`loads_folder`.
        language: whose file is read.

    Raises:
        DefinitionError: as of :func:`loads_folder`, or no file of that language.
    """
    parsed = _Folder(files)
    spoken = parsed.language(language)
    if spoken is None:
        raise DefinitionError(
            "language", "folder.language", value=language, nearest=nearest(language, parsed.languages)
        )
    return tuple(_path(keys) for keys in _words(parsed.raw, ()) if not _has(spoken[1], keys))


class _Folder:
    """The files as one table, and which of them tells what."""

    def __init__(self, files: Mapping[str, str]) -> None:
        if not all(isinstance(part, str) for told in files.items() for part in told):
            raise DefinitionError("files", "folder.texts")
        if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_CHARACTERS:
            raise DefinitionError("files", "folder.large", files=MOST_FILES, characters=f"{MOST_CHARACTERS:,}")
        self.raw: dict[str, Any] = {}
        self.places: Places = {}
        self.owners: dict[str, str] = {}
        self.languages: dict[str, tuple[str, dict[str, Any]]] = {}
        self.head = f"{HEAD}.toml"
        heads = [path for path in files if "/" not in path and path.rpartition(".")[0] == HEAD]
        if len(heads) != 1:
            raise DefinitionError("files", "folder.head", found=", ".join(heads) or "none")
        self.head = heads[0]
        faults: list[SvcstdError] = []
        for path in sorted(files, key=lambda path: (path != heads[0], path)):
            try:
                self._add(path, files[path])
            except StandardError as error:
                faults += error.faults
        if faults:
            raise StandardError.of(faults)

    def _add(self, path: str, text: str) -> None:
        parts = path.split("/")
        stem, _, suffix = parts[-1].rpartition(".")
        written = SUFFIXES.get(suffix.lower()) if stem else None
        if written is None or "\\" in path or any(part in ("", ".", "..") for part in parts):
            raise DefinitionError("files", "folder.path", value=path)
        try:
            raw, places = parse_text(text, written)
        except DefinitionError as error:
            raise error.at(f"{path}: {error.where}") from None
        folder = parts[0] if len(parts) > 1 else ""
        if folder.lower() in (LANG, CHANGES) and (folder != folder.lower() or len(parts) != 2):  # noqa: PLR2004
            raise DefinitionError("files", "folder.lang" if folder.lower() == LANG else "folder.path", value=path)
        if folder == LANG:
            if not _LANGUAGE.fullmatch(stem):
                raise DefinitionError("files", "folder.lang", value=path)
            if stem in self.languages:
                raise DefinitionError("files", "folder.twice", key=stem, other=self.languages[stem][0])
            self.languages[stem] = (path, raw)
            return
        start = "$"
        if folder == CHANGES:
            raw, start = {CHANGES: {stem: raw}}, below(f"$.{CHANGES}", stem)
        self.places |= {place.replace("$", start, 1): at for place, at in places.items()}
        faults = list(self._merge(self.raw, raw, "$", path))
        if faults:
            raise StandardError.of(faults)

    def _merge(self, into: dict[str, Any], more: Mapping[str, Any], path: str, file: str) -> Iterator[DefinitionError]:
        for key, value in more.items():
            here = below(path, key)
            held = into.get(key)
            if isinstance(held, dict) and isinstance(value, dict):
                yield from self._merge(held, value, here, file)
            elif key in into:
                other = self._owner(here)
                yield DefinitionError(f"{file}: {here}", "folder.twice", key=key, other=other)
            else:
                into[key] = value
                self.owners[here] = file

    def _owner(self, path: str) -> str:
        """The file that tells what stands at a path: that of the longest path above it."""
        while path not in self.owners and ("." in path or "[" in path):
            path = path.rpartition("[" if path.endswith("]") else ".")[0]
        return self.owners.get(path, self.head)

    def placed(self, where: str) -> str:
        """A path with the file in which it stands."""
        return f"{self._owner(_PLACE.sub('', where))}: {where}"

    def language(self, language: str) -> tuple[str, dict[str, Any]] | None:
        """The file of a language with its content."""
        return self.languages.get(language)


def _speak(
    into: dict[str, Any], words: Mapping[str, Any], keys: tuple[str, ...], file: str
) -> Iterator[DefinitionError]:
    """Put the words of a language in the place of those that are there; what is no word, or nowhere, is a fault."""
    for key, value in words.items():
        here = (*keys, key)
        held = into.get(key)
        where = f"{file}: {_path(here)}"
        if isinstance(held, dict) and isinstance(value, dict):
            yield from _speak(held, value, here, file)
        elif held is None and (key != "name" or len(here) % 2 == 0):
            yield DefinitionError(where, "folder.nothing", value=key, nearest=nearest(key, into))
        elif not _is_words(here) or not _is_text(_alone(value)) or isinstance(held, list) != isinstance(value, list):
            yield DefinitionError(where, "folder.no_words", value=key)
        elif isinstance(held, dict):
            held["name"] = value
        else:
            into[key] = _alone(value)


def _alone(value: object) -> object:
    """An entry that says no more than its name, as its name."""
    return value["name"] if isinstance(value, dict) and set(value) == {"name"} else value


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _is_words(keys: tuple[str, ...]) -> bool:
    """Whether what stands there is for people."""
    match keys:
        case (part, _, *rest) if part in (CHANGES, "pilots") and rest:
            return _is_words(tuple(rest))
        case ("name",):
            return True
        case (part, _):
            return part in NAMED
        case (part, _, word):
            return word in WORDS and part in (*OF_EDITION, "improvements")
        case ("procedures", _, "steps", _, word):
            return word in STEP_WORDS
        case (
            ("ladders", _, "ranks", _, "name") | ("plans", _, "lines", _, "name") | ("records", _, "fields", _, "name")
        ):
            return True
        case _:
            return False


def _words(raw: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Where there is a word that people read."""
    for key, value in raw.items():
        here = (*keys, key)
        if isinstance(value, dict):
            yield from _words(value, here)
        elif _is_text(value) and _is_words(here):
            yield here


def _has(words: object, keys: tuple[str, ...]) -> bool:
    """Whether there is a word, be it an entry that is its name alone or one that has a name."""
    if not keys:
        return _is_text(_alone(words))
    if isinstance(words, dict):
        return keys[0] in words and _has(words[keys[0]], keys[1:])
    return keys == ("name",) and isinstance(words, str)


def _path(keys: tuple[str, ...]) -> str:
    return ".".join(("$", *keys))
