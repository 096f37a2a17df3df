"""YAML 1.2 core, read and written by yamlcore: 17:30 and NO stay text, decimals stay exact, keys come once.

YAML 1.1 readers take 17:30 for 1050, NO for false and 0.10 for a float.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from svcstd.documents.syntax import DEEPEST, MOST_NODES, below, too_large
from svcstd.errors import DefinitionError, ExtraMissing

try:
    import yaml
    from yamlcore import CCoreDumper, CCoreLoader
except ImportError:
    raise ExtraMissing("format", "extra.missing", what="YAML", extra="yaml") from None

__all__ = ["dump_yaml", "load_yaml"]

TAGS = {name: f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null")}
FLOAT = TAGS["float"]
KINDS: dict[type, set[str]] = {yaml.MappingNode: {TAGS["map"]}, yaml.SequenceNode: {TAGS["seq"]}}
TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says from 0.2.6 on, of more than a thousand levels, before it tells of the first."""
SCALARS = set(TAGS.values()) - {TAGS["map"], TAGS["seq"]}


def load_yaml(text: str, *, number: Callable[[str], Decimal]) -> tuple[object, dict[str, tuple[int, int]]]:
    """A document as plain data, with line and column by path.

    Raises:
        DefinitionError: not YAML, a key twice, several documents, or beyond the bounds (aliases count each time).
    """
    try:
        _check_bounds(text)
        loader = CCoreLoader(text)
        node = loader.get_single_node()
        walk = _Walk(loader, number)
        return (None if node is None else walk.any(node, "$", 0)), walk.places
    except yaml.MarkedYAMLError as error:
        place = _place("$", error.problem_mark)
        broken = DefinitionError(place, "syntax.yaml", reason=str(error.problem))
        raise (too_large(place) if error.problem == TOO_DEEP else broken) from None
    except yaml.YAMLError as error:
        raise DefinitionError("$", "syntax.yaml", reason=str(error).partition("\n")[0]) from None


def _check_bounds(text: str) -> None:
    """Refuse what is too deep or too large before it is composed: the composer recurses on the C stack."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=CCoreLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST + 1 or count > 2 * MOST_NODES:
            raise too_large(_place("$", event.start_mark))


def _place(path: str, mark: Any) -> str:
    return f"{path} (line {mark.line + 1}, column {mark.column + 1})"


class _Walk:
    """Turns the graph that YAML composed into plain data, counting every node each time it is met."""

    def __init__(self, loader: Any, number: Callable[[str], Decimal]) -> None:
        self._loader, self._number = loader, number
        self.places: dict[str, tuple[int, int]] = {}
        self._met = 0

    def any(self, node: Any, path: str, depth: int) -> Any:
        """Any node."""
        self._met += 1
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if depth > DEEPEST or self._met > 2 * MOST_NODES:
            raise too_large(self._where(path))
        if node.tag not in KINDS.get(type(node), SCALARS):
            raise DefinitionError(self._where(path), "syntax.yaml", reason=f"the tag {node.tag} is not of the core")
        if isinstance(node, yaml.MappingNode):
            return self._table(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
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
            found[key] = self.any(value_node, below(path, key), depth + 1)
        return found

    def _scalar(self, node: Any, path: str) -> object:
        try:
            return self._number(node.value) if node.tag == FLOAT else self._loader.construct_object(node)
        except DefinitionError as error:
            raise error.at(self._where(path)) from None
        except (ArithmeticError, ValueError, LookupError):  # !!int "", !!bool maybe: yamlcore does not look
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
