"""YAML 1.2 core, read and written by yamlcore: 17:30 and NO stay text, decimals stay exact, keys come once.

YAML 1.1 readers take 17:30 for 1050, NO for false and 0.10 for a float.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from svcstd.errors import DefinitionError, ExtraMissing

try:
    import yaml
    from yamlcore import CCoreDumper, CCoreLoader
except ImportError:
    raise ExtraMissing("format", "extra.missing", what="YAML", extra="yaml") from None

__all__ = ["dump_yaml", "load_yaml"]

FLOAT, MAP, SEQUENCE = "tag:yaml.org,2002:float", yaml.MappingNode, yaml.SequenceNode


def load_yaml(
    text: str, *, nodes: int, deepest: int, number: Callable[[str], Decimal]
) -> tuple[object, dict[str, tuple[int, int]]]:
    """A document as plain data, with line and column by path.

    Raises:
        DefinitionError: not YAML, a key twice, several documents, or beyond the bounds (aliases count each time).
    """
    loader = CCoreLoader(text)
    try:
        node = loader.get_single_node()
        walk = _Walk(loader, nodes, deepest, number)
        return (None if node is None else walk.any(node, "$", 0)), walk.places
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"$ (line {mark.line + 1}, column {mark.column + 1})" if mark else "$"
        raise DefinitionError(where, "syntax.yaml", reason=str(error.problem or error.context)) from None
    except yaml.YAMLError as error:
        raise DefinitionError("$", "syntax.yaml", reason=str(error)) from None
    finally:
        loader.dispose()


class _Walk:
    """Turns the graph that YAML composed into plain data, counting every node each time it is met."""

    def __init__(self, loader: Any, nodes: int, deepest: int, number: Callable[[str], Decimal]) -> None:
        self._loader, self._left, self._deepest, self._number = loader, nodes, deepest, number
        self.places: dict[str, tuple[int, int]] = {}

    def any(self, node: Any, path: str, depth: int) -> Any:
        """Any node."""
        self._left -= 1
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if depth > self._deepest or self._left < 0:
            raise DefinitionError(self._where(path), "syntax.large", depth=self._deepest, nodes="200,000")
        if isinstance(node, MAP):
            return self._table(node, path, depth)
        if isinstance(node, SEQUENCE):
            return [self.any(one, f"{path}[{number}]", depth + 1) for number, one in enumerate(node.value)]
        return self._scalar(node, path)

    def _table(self, node: Any, path: str, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.any(key_node, f"{path}.?", depth + 1)
            if not isinstance(key, str):
                raise DefinitionError(self._where(f"{path}.?"), "syntax.key", value=repr(key))
            if key in found:
                raise DefinitionError(self._where(f"{path}.?"), "syntax.twice", key=key)
            found[key] = self.any(value_node, f"{path}.{key}", depth + 1)
        return found

    def _scalar(self, node: Any, path: str) -> object:
        try:
            if node.tag == FLOAT:
                return self._number(node.value)
            return self._loader.construct_object(node)
        except (ArithmeticError, ValueError) as error:
            if isinstance(error, DefinitionError):
                raise error.at(self._where(path)) from None
            raise DefinitionError(self._where(path), "syntax.number", value=str(node.value)) from None

    def _where(self, path: str) -> str:
        line, column = self.places[path]
        return f"{path} (line {line}, column {column})"


class _Dumper(CCoreDumper):  # type: ignore[misc]
    """yamlcore's dumper, with Decimal as a plain number."""


def _number(dumper: Any, value: Decimal) -> Any:
    return dumper.represent_scalar(FLOAT, str(value))


_Dumper.add_representer(Decimal, _number)


def dump_yaml(raw: Mapping[str, Any]) -> str:
    """Plain data as YAML 1.2, in the order given."""
    return str(yaml.dump(raw, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100))
