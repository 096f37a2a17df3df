"""YAML is an extra: without it the refusal says what to install."""

from __future__ import annotations

import sys

import pytest

from svcstd.documents import parse_text, show_text
from svcstd.errors import ExtraMissing


@pytest.mark.parametrize("package", ["yaml", "yamlcore"])
def test_the_missing_extra_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages of the extra, reading and writing YAML say how to install them."""
    monkeypatch.delitem(sys.modules, "svcstd.documents.yaml", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ExtraMissing) as caught:
        parse_text("a: 1", "yaml")
    assert caught.value.message == "extra.missing"
    assert str(caught.value) == "format: YAML needs a package that is not installed; pip install 'svcstd[yaml]'"
    with pytest.raises(ImportError):
        show_text({}, "yaml")


def test_yaml_is_written_in_the_order_given() -> None:
    """Keys keep their order, and people's texts stay readable."""
    assert show_text({"b": "上海", "a": ["17:30", "1"]}, "yaml") == "b: 上海\na:\n- 17:30\n- '1'\n"
