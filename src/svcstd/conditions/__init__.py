"""What is known of a case, and tests on it: facts, their schema, a typed algebra of conditions and its text."""

from svcstd.conditions.algebra import ANYTHING, AllOf, Condition, Eq, In, Present, Range
from svcstd.conditions.facts import FactKind, Facts, FactSchema, FactType, FactValue
from svcstd.conditions.text import read_condition, write_condition

__all__ = [
    "ANYTHING",
    "AllOf",
    "Condition",
    "Eq",
    "FactKind",
    "FactSchema",
    "FactType",
    "FactValue",
    "Facts",
    "In",
    "Present",
    "Range",
    "read_condition",
    "write_condition",
]
