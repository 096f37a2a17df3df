"""Rules as data: decision tables, hit policies, the index that finds fitting rules, and analysis with examples."""

from svcstd.rules.analysis import analyse, overlaps
from svcstd.rules.decision import Decision
from svcstd.rules.findings import FindingKind, RuleFinding, Severity
from svcstd.rules.index import Index
from svcstd.rules.rule import Aggregate, Else, HitPolicy, Output, Rule
from svcstd.rules.table import DecisionTable, NearMiss, RuleCounts

__all__ = [
    "Aggregate",
    "Decision",
    "DecisionTable",
    "Else",
    "FindingKind",
    "HitPolicy",
    "Index",
    "NearMiss",
    "Output",
    "Rule",
    "RuleCounts",
    "RuleFinding",
    "Severity",
    "analyse",
    "overlaps",
]
