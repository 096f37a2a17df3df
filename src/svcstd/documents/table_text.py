"""Decision tables as people pass them on: one Markdown table or CSV, with S-FEEL cells.

The first cell is the hit policy, then come the facts, the outputs as ``then role``, and the notes ``(from)``,
``(until)`` and ``(because)``; below it a row for each rule, its id first, and at the end one called ``else``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Literal, TypeAlias, TypeVar

import attrs

from svcstd.conditions import (
    ANYTHING,
    AllOf,
    Condition,
    FactSchema,
    FactType,
    FactValue,
    read_literal,
    read_unary,
    write_literal,
    write_unary,
)
from svcstd.documents.dates import read_day
from svcstd.errors import DefinitionError, StandardError, SvcstdError, nearest
from svcstd.rules import DecisionTable, Else, Output, Rule
from svcstd.rules.decision import ELSE
from svcstd.rules.table import CHOICES

__all__ = ["TableFormat", "columns_of", "read_table", "row_cells", "write_table"]

T = TypeVar("T")
TableFormat: TypeAlias = Literal["markdown", "csv"]
THEN = "then "
STRICT = "no match is an error"
NOTES = {"(from)": "first", "(until)": "last", "(because)": "because"}
"""Columns of a rule that ask nothing, and what they tell of it."""
LONGEST = 5_000_000
"""Characters of a text."""
MOST_COLUMNS = 1_000
BARE = re.compile(r"""[^\s"=+@|\\-][^\n\r\v\f\x1c-\x1e\x85\u2028\u2029|\\]*""")
"""What stands in a cell as it is; the rest is quoted, so that no spreadsheet takes it for a formula."""
BAR = re.compile(r"(?<!\\)\|")
RULER = re.compile(r":?-+:?")
RULED = 2
"""The line of a table that is a ruler."""


def write_table(table: DecisionTable, *, format: TableFormat = "markdown") -> str:  # noqa: A002 - the word for it
    r"""The table as a text that :func:`read_table` reads; tests come back in the order of the columns.

    Raises:
        StandardError: rules that fit in no row, each with its reason.

    >>> from svcstd.conditions import Eq
    >>> table = DecisionTable(
    ...     facts=FactSchema({"kind": FactType()}),
    ...     outputs={"role": Output()},
    ...     rules={"repairs": Rule(Eq("kind", "fault"), {"role": "engineer"})},
    ...     hit="first",
    ... )
    >>> print(write_table(table), end="")
    | first   | kind    | then role  |
    | ------- | ------- | ---------- |
    | repairs | "fault" | "engineer" |
    """
    if format not in ("markdown", "csv"):
        raise DefinitionError("format", "choice.nearest", value=str(format), nearest="markdown, csv")
    rows = _rows(table)
    if format == "markdown":
        return _markdown(rows)
    lines = _Lines()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return "".join(lines)


def read_table(
    text: str,
    *,
    facts: FactSchema,
    outputs: Mapping[str, Output],
    format: TableFormat = "markdown",  # noqa: A002 - the word for it
    name: str = "",
) -> DecisionTable:
    """The table that a text describes; of Markdown the first table, whatever stands around it.

    Args:
        text: Markdown or CSV.
        facts: the vocabulary of its columns.
        outputs: what it answers; each must have its column.
        format: ``markdown`` or ``csv``.
        name: for people.

    Raises:
        StandardError: all faults of cells at once, with line and column.
        DefinitionError: no table, or a text that is too long.
    """
    if format not in ("markdown", "csv"):
        raise DefinitionError("format", "choice.nearest", value=str(format), nearest="markdown, csv")
    if len(text) > LONGEST:
        raise DefinitionError("table", "text.long", length=len(text), most=LONGEST)
    rows = list(_of_markdown(text) if format == "markdown" else _of_csv(text))
    if not rows:
        raise DefinitionError("table", "table.none")
    width = max(len(cells) for _, cells in rows)
    if width > MOST_COLUMNS:
        raise DefinitionError("table", "shape.bounds", value=f"{width} columns", low=1, high=MOST_COLUMNS)
    return _Reader(facts, outputs, rows).table(name)


def columns_of(table: DecisionTable) -> tuple[str, ...]:
    """The facts that its rules test, in the order in which they do."""
    fields = [field for rule in table.rules.values() for test in rule.when.tests for field in sorted(test.fields)]
    return tuple(dict.fromkeys(fields))


def row_cells(key: str, rule: Rule, columns: Sequence[str]) -> list[str]:
    """The S-FEEL cells of a rule.

    Raises:
        DefinitionError: a rule that fits in no row.
    """
    cells = rule.cells
    if cells is None:
        raise DefinitionError(f"rules.{key}", "table.no_row")
    try:
        return [write_unary(cells.get(name, ANYTHING)) for name in columns]
    except DefinitionError as error:
        raise error.at(f"rules.{key}.when") from None


def _rows(table: DecisionTable) -> list[list[str]]:
    columns, outputs = columns_of(table), list(table.outputs)
    rules = table.rules.values()
    noted = {
        "(from)": any(rule.first for rule in rules),
        "(until)": any(rule.last for rule in rules),
        "(because)": any(rule.because for rule in rules) or table.otherwise is not None,
    }
    notes = [name for name in NOTES if noted[name]]
    policy = table.hit if table.aggregate == "list" else f"{table.hit} {table.aggregate}"
    strict = f", {STRICT}" if table.on_no_match == "error" else ""
    rows = [[policy + strict, *map(_head, columns), *(THEN + _bare(name) for name in outputs), *notes]]
    faults: list[SvcstdError] = []
    for key, rule in table.rules.items():
        told = {"(from)": _day(rule.first), "(until)": _day(rule.last), "(because)": _bare(rule.because)}
        try:
            asked = row_cells(key, rule, columns)
        except DefinitionError as error:
            faults.append(error)
        else:
            rows.append([_bare(key), *asked, *_values(rule.then, outputs), *(told[name] for name in notes)])
    if faults:
        raise StandardError.of(faults)
    if table.otherwise is not None:
        told = {"(from)": "", "(until)": "", "(because)": _bare(table.otherwise.because)}
        answers = _values(table.otherwise.then, outputs)
        rows.append([ELSE, *("-" for _ in columns), *answers, *(told[name] for name in notes)])
    return rows


def _values(then: Mapping[str, Any], outputs: Iterable[str]) -> list[str]:
    values = [then.get(name) for name in outputs]
    return ["" if value is None else write_literal(value) for value in values]


def _head(name: str) -> str:
    """A fact as it stands at the head; one that could be taken for something else is quoted."""
    return json.dumps(name, ensure_ascii=False) if name.startswith(THEN) or name in NOTES else _bare(name)


def _bare(text: str) -> str:
    """A text as it is, or quoted where it would not come back so."""
    return text if not text or (BARE.fullmatch(text) and text == text.strip()) else json.dumps(text, ensure_ascii=False)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


class _Lines(list[str]):
    """What a writer of CSV takes for a file."""

    write = list.append


def _markdown(rows: list[list[str]]) -> str:
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in escaped) for place in range(len(rows[0]))]
    widths = [max(width, 3) for width in widths]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in escaped]
    lines.insert(1, ["-" * width for width in widths])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _of_markdown(text: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of the first table, each with its place."""
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if bare.startswith("|"):
            count += 1
            inner = bare[1:].removesuffix("|") if not bare.endswith("\\|") else bare[1:]
            cells = [cell.strip().replace("\\|", "|") for cell in BAR.split(inner)]
            if count != RULED or not all(RULER.fullmatch(cell) for cell in cells):
                yield f"line {number}", cells
        elif count:
            return


def _of_csv(text: str) -> Iterator[tuple[str, list[str]]]:
    """The rows that hold something, each with its place."""
    rows = csv.reader((f"{line}\n" for line in text.removeprefix("\ufeff").split("\n")), strict=True)
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield f"line {rows.line_num}", [cell.strip() for cell in cells]
    except csv.Error as error:
        raise DefinitionError(f"line {rows.line_num}", "table.csv", reason=str(error)) from None


@attrs.frozen
class _Column:
    """What a column says: a fact, an output or a note."""

    role: Literal["fact", "output", "note"]
    name: str


class _Reader:
    """A grid on its way to a table."""

    def __init__(self, facts: FactSchema, outputs: Mapping[str, Output], rows: list[tuple[str, list[str]]]) -> None:
        self._facts, self._outputs, self._rows = facts, outputs, rows
        self._faults: list[SvcstdError] = []

    def table(self, name: str) -> DecisionTable:
        """The whole table.

        Raises:
            StandardError: all its faults.
        """
        (place, head), *below = self._rows
        policy = self._policy(head[0], place)
        columns = [
            self._kept(partial(self._column, cell, f"{place}, column {number}"))
            for number, cell in enumerate(head[1:], 2)
        ]
        self._check_columns(columns, place)
        rules: dict[str, Rule] = {}
        otherwise: Else | None = None
        for where, cells in below:
            if len(cells) != len(head):
                wrong = DefinitionError(where, "table.width", got=len(cells), expected=len(head))
                self._faults.append(wrong)
                continue
            key = self._kept(partial(self._text, cells[0], f"{where}, column 1"))
            if key == ELSE:
                otherwise = self._otherwise(columns, cells[1:], where, again=otherwise is not None)
                continue
            if key == "" or key in rules:
                self._faults.append(DefinitionError(f"{where}, column 1", "table.id", value=key))
            rules[str(key)] = self._rule(columns, cells[1:], where)
        if self._faults:
            raise StandardError.of(self._faults, "table")
        return DecisionTable(
            facts=self._facts, outputs=self._outputs, rules=rules, otherwise=otherwise, name=name, **policy
        )

    def _policy(self, cell: str, place: str) -> dict[str, Any]:
        words, _, strict = cell.partition(",")
        if strict and strict.strip() != STRICT:
            self._faults.append(DefinitionError(f"{place}, column 1", "table.strict", value=strict.strip()))
        hit, _, aggregate = words.strip().lower().partition(" ")
        if hit in ("rule", "output"):
            hit, aggregate = f"{hit} {aggregate}", ""
        found = {"hit": hit, "aggregate": aggregate.strip() or "list"}
        for name, value in found.items():
            if value not in CHOICES[name]:
                near = nearest(value, CHOICES[name])
                self._faults.append(DefinitionError(f"{place}, column 1", "choice.nearest", value=value, nearest=near))
        return found | {"on_no_match": "error" if strict else "outcome"}

    def _column(self, cell: str, where: str) -> _Column:
        if cell in NOTES:
            return _Column("note", cell)
        if cell.startswith(THEN):
            name = self._text(cell[len(THEN) :].strip(), where)
            if name not in self._outputs:
                raise DefinitionError(where, "rules.output", value=name, nearest=nearest(name, self._outputs))
            return _Column("output", name)
        name = self._text(cell, where)
        if name not in self._facts.types:
            near = nearest(name, [*self._facts.types, *(THEN + one for one in self._outputs)])
            raise DefinitionError(where, "facts.name", value=name, nearest=near)
        return _Column("fact", name)

    def _check_columns(self, columns: Iterable[_Column | None], place: str) -> None:
        known = [column for column in columns if column is not None]
        for column in dict.fromkeys(known):
            if known.count(column) > 1:
                self._faults.append(DefinitionError(place, "table.twice", value=column.name))
        for name in self._outputs:
            if _Column("output", name) not in known and None not in columns:
                self._faults.append(DefinitionError(place, "table.missing", value=THEN + name))

    def _rule(self, columns: list[_Column | None], cells: list[str], where: str) -> Rule:
        """A rule; where a cell is at fault, a rule without it, and the fault is noted."""
        tests: list[Condition] = []
        told: dict[str, Any] = {}
        then: dict[str, FactValue] = {}
        for number, (column, cell) in enumerate(zip(columns, cells, strict=True), 2):
            at = f"{where}, column {number}"
            try:
                match column:
                    case _Column("fact"):
                        tests.append(read_unary(cell, column.name, self._facts.types[column.name], at))
                    case _Column("output") if (value := self._value(column.name, cell, at)) is not None:
                        then[column.name] = value
                    case _Column("note") if cell:
                        told[NOTES[column.name]] = self._note(column.name, cell, at)
            except SvcstdError as error:
                self._faults.append(error)
        try:
            return Rule(AllOf(test for test in tests if test != ANYTHING), then, **told)
        except SvcstdError as error:
            self._faults.append(error.at(where))
            return Rule()

    def _otherwise(self, columns: list[_Column | None], cells: list[str], where: str, *, again: bool) -> Else | None:
        """The outcome where no rule fits; its row tests nothing."""
        if again:
            self._faults.append(DefinitionError(where, "table.twice", value=ELSE))
        rule = self._rule(columns, cells, where)
        if rule.when != ANYTHING or rule.is_dated:
            self._faults.append(DefinitionError(where, "table.else"))
        try:
            return Else(rule.then, rule.because)
        except DefinitionError as error:
            self._faults.append(error.at(where))
            return None

    def _value(self, name: str, cell: str, at: str) -> FactValue:
        """What an output answers; nothing for an empty cell and for a dash."""
        value = None if cell == "-" else read_literal(cell, FactType(self._outputs[name].kind), at)
        self._outputs[name].check(value, at)
        return value

    def _kept(self, ask: Callable[[], T]) -> T | None:
        """What comes out; nothing where there is a fault, which is noted."""
        try:
            return ask()
        except SvcstdError as error:
            self._faults.append(error)
            return None

    def _note(self, name: str, cell: str, at: str) -> date | str:
        text = self._text(cell, at)
        if name == "(because)":
            return text
        try:
            return read_day(text)
        except DefinitionError as error:
            raise error.at(at) from None

    def _text(self, cell: str, at: str) -> str:
        """A cell as it is, or the text that it quotes."""
        return str(read_literal(cell, FactType(), at)) if cell.startswith('"') else cell
