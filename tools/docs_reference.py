"""What the reference needs of griffe: doctests as code blocks, and the signatures that attrs writes.

Loaded by mkdocs.yml; nothing of it is part of the library. Sources are read and never imported, so that no engine has
to be installed to build the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import griffe

ROLE = re.compile(r":[a-z]+:`~?([^`]+)`")
MADE = {"attrs.frozen", "attrs.define"}
WORDS = {True: "One of the words shown.", False: "A name for the type shown."}
UNTOLD = {"property", "cached"}
LONGEST = 30
"""Characters of a default that is shown."""


def with_fences(text: str) -> str:
    """Each doctest of a docstring as a block of Markdown, each literal block as code, each role as its name."""
    return "\n".join(_fenced(ROLE.sub(r"`\1`", text).split("\n")))


def _fenced(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        if line.startswith(">>> ") and not inside:
            inside = True
            yield "```pycon"
        elif inside and not line:
            inside = False
            yield "```"
        yield "" if line == "::" else line[:-1] if line.endswith("::") and not inside else line
    if inside:
        yield "```"


def given(value: griffe.Expr | str | None) -> dict[str, griffe.Expr | str]:
    """What is said of a field by name: by ``attrs.field(...)``, or its default alone."""
    if isinstance(value, griffe.ExprCall) and value.function.canonical_path == "attrs.field":
        return {one.name: one.value for one in value.arguments if isinstance(one, griffe.ExprKeyword)}
    if isinstance(value, griffe.ExprCall) and str(value.function).startswith("_"):  # a helper that several fields share
        return {"kw_only": "True", "factory": value}
    return {} if value is None else {"default": value}


def parameters(cls: griffe.Class, *, by_name: bool) -> Iterator[griffe.Parameter]:
    """What a class made by attrs takes, of its own fields."""
    for name, field in cls.members.items():
        if not isinstance(field, griffe.Attribute):
            continue
        said = given(field.value)
        if field.labels & UNTOLD or field.annotation is None or str(said.get("init")) == "False":
            continue
        named = by_name or str(said.get("kw_only")) == "True"
        default = str(said["default"]) if "default" in said else "..." if "factory" in said else None
        yield griffe.Parameter(
            name.removeprefix("_"),
            annotation=field.annotation,
            kind=griffe.ParameterKind.keyword_only if named else griffe.ParameterKind.positional_or_keyword,
            default=default if default is None or len(default) <= LONGEST else "...",
        )


def made(cls: griffe.Class) -> bool | None:
    """Whether attrs gives it a signature, and whether by name only; ``None`` if it does not."""
    for one in cls.decorators:
        if one.callable_path in MADE:
            return "kw_only=True" in str(one.value)
    return False if any(str(base) == "NamedTuple" for base in cls.bases) else None


def sign(cls: griffe.Class) -> None:
    """Give a class the signature that it will have, inherited fields first."""
    line = [one for one in (*reversed(cls.mro()), cls) if isinstance(one, griffe.Class)]
    own = made(cls)
    if "__init__" in cls.members or own is None:
        return
    found = {
        one.name: one
        for base in line
        if (by_name := made(base)) is not None
        for one in parameters(base, by_name=by_name)
    }
    order = sorted(found.values(), key=lambda one: one.kind is griffe.ParameterKind.keyword_only)
    itself = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)
    cls.set_member("__init__", griffe.Function("__init__", parameters=griffe.Parameters(itself, *order)))


def name_before_file(module: griffe.Module) -> None:
    """Where a function is named after the file that holds it, the package gives the function, as Python does."""
    for name, path in module.imports.items():
        inner = module.members.get(name)
        if path == f"{module.path}.{name}.{name}" and isinstance(inner, griffe.Module):
            module.set_member(name, inner.members[name])
    for inner in list(module.modules.values()):
        if not inner.is_alias:
            name_before_file(inner)


def objects(within: griffe.Module | griffe.Class) -> Iterator[griffe.Object]:
    """Whatever is written in a package, and the package itself."""
    yield within
    for one in within.members.values():
        if isinstance(one, griffe.Module | griffe.Class):
            yield from objects(one)
        elif isinstance(one, griffe.Object):
            yield one


class Reference(griffe.Extension):
    """Reads the sources as this project writes them."""

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_: object) -> None:
        """A named type without a docstring says what it is."""
        if attr.docstring is None and str(attr.annotation) == "TypeAlias" and attr.value is not None:
            words = str(attr.value).startswith("Literal[")
            attr.docstring = griffe.Docstring(WORDS[words], parent=attr)

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **_: object) -> None:
        """Docstrings as Markdown and signatures, once every class is known; then what a file of the same name hides."""
        for one in objects(pkg):
            if one.docstring is not None:
                one.docstring.value = with_fences(one.docstring.value)
            if isinstance(one, griffe.Class):
                sign(one)
        loader.resolve_aliases(implicit=True, external=False)
        name_before_file(pkg)
