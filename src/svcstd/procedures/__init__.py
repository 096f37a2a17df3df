"""How a case is handled: steps, forms and scripts as data, where a case stands in them, and what is wrong with them."""

from svcstd.procedures.check import FlowFinding, FlowKind, check_procedure
from svcstd.procedures.forms import Form, Script
from svcstd.procedures.procedure import Procedure, Step, StepKind, Way
from svcstd.procedures.walk import Done, Standing, Walk, walk

__all__ = [
    "Done",
    "FlowFinding",
    "FlowKind",
    "Form",
    "Procedure",
    "Script",
    "Standing",
    "Step",
    "StepKind",
    "Walk",
    "Way",
    "check_procedure",
    "walk",
]
