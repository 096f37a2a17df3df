"""The door of the documents: open files, encodings, formats by name."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from svcstd import dumps, load, loads
from svcstd.documents import decode
from svcstd.errors import DefinitionError

TOML = 'svcstd = 1\nid = "x"\nname = "上海"\nzone = "UTC"\n'
YAML = "svcstd: 1\nid: x\nname: 上海\nzone: UTC\n"
JSON = '{"svcstd": 1, "id": "x", "name": "上海", "zone": "UTC"}'


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.toml", TOML), ("a.yaml", YAML), ("a.YML", YAML), ("a.json", JSON), ("a.txt", TOML), ("a", TOML)],
)
def test_the_name_of_a_file_tells_its_format(name: str, text: str, tmp_path: Path) -> None:
    """Text and binary files are read alike, with or without a byte order mark; unknown names are TOML."""
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    with path.open("rb") as file:
        assert load(file) == loads(TOML)
    with path.open(encoding="utf-8-sig") as lines:
        assert load(lines) == loads(TOML)


def test_a_file_without_name_is_toml() -> None:
    """What has no name is TOML, the format of the house."""
    assert load(io.StringIO(TOML)) == load(io.BytesIO(TOML.encode())) == loads(TOML)


def test_what_is_not_utf_8_is_refused_with_its_place() -> None:
    """A Latin-1 file is told where its first foreign byte stands."""
    with pytest.raises(DefinitionError) as caught:
        decode("caf\u00e9".encode("latin-1"))
    assert (caught.value.where, caught.value.message) == ("$", "syntax.encoding")
    assert str(caught.value) == "$: byte 3 is not UTF-8; save the file as UTF-8"


def test_an_empty_file_lacks_everything() -> None:
    """An empty file is a standard without its head."""
    with pytest.raises(DefinitionError) as caught:
        load(io.StringIO(""))
    assert str(caught.value).count("is missing") == 4


def test_dumps_writes_what_people_wrote() -> None:
    """The text that comes out is the text that went in, comments apart."""
    assert dumps(loads(TOML)) == TOML
    assert dumps(loads(TOML), format="yaml") == YAML


LOADS: Any = loads
LOAD: Any = load
"""Both as an untyped caller sees them."""


@pytest.mark.parametrize("ask", [lambda: LOADS(b"svcstd = 1"), lambda: LOAD("desk.toml")])
def test_a_path_is_no_file_and_bytes_are_no_text(ask: Any) -> None:
    """The caller opens the file; both ways in say so."""
    with pytest.raises(DefinitionError) as caught:
        ask()
    assert caught.value.message == "syntax.file"
