"""What is known of a case, and tests on it: facts, their schema, a typed algebra of conditions and its texts."""

from svcstd.conditions.algebra import Contains, Eq, In, Opaque, Prefix, Present, Range, Suffix
from svcstd.conditions.cells import Box, Cells, TooManyCells, cells_of
from svcstd.conditions.check import check_condition
from svcstd.conditions.facts import FactKind, Facts, FactSchema, FactType, FactValue
from svcstd.conditions.interval import Interval
from svcstd.conditions.judgement import Judgement, judge
from svcstd.conditions.logic import ANYTHING, AllOf, AnyOf, Condition, Not, as_all
from svcstd.conditions.matchers import Matcher, matchers_condition, read_matchers
from svcstd.conditions.show import show_condition, show_facts, show_value
from svcstd.conditions.text import (
    plain_value,
    read_cell,
    read_condition,
    read_interval,
    read_value,
    write_cell,
    write_condition,
)
from svcstd.conditions.unary import read_literal, read_unary, write_literal, write_unary

__all__ = [
    "ANYTHING",
    "AllOf",
    "AnyOf",
    "Box",
    "Cells",
    "Condition",
    "Contains",
    "Eq",
    "FactKind",
    "FactSchema",
    "FactType",
    "FactValue",
    "Facts",
    "In",
    "Interval",
    "Judgement",
    "Matcher",
    "Not",
    "Opaque",
    "Prefix",
    "Present",
    "Range",
    "Suffix",
    "TooManyCells",
    "as_all",
    "cells_of",
    "check_condition",
    "judge",
    "matchers_condition",
    "plain_value",
    "read_cell",
    "read_condition",
    "read_interval",
    "read_literal",
    "read_matchers",
    "read_unary",
    "read_value",
    "show_condition",
    "show_facts",
    "show_value",
    "write_cell",
    "write_condition",
    "write_literal",
    "write_unary",
]
