"""What results earn: plans that leave nothing to be guessed, statements whose lines sum to the total, with reasons."""

from svcstd.incentives.correction import adding, clawback, correct
from svcstd.incentives.pay import pay
from svcstd.incentives.payee import Figure, Payee, Served, Validity
from svcstd.incentives.plan import (
    Eligibility,
    Gate,
    IfNoFigure,
    Kicker,
    Modifier,
    PayCap,
    PayCurve,
    PayFactor,
    PayFloor,
    PayLine,
    Plan,
    Proration,
    Reads,
    RoundAt,
    ValidWhen,
)
from svcstd.incentives.pool import share_pool
from svcstd.incentives.requirement import Requirement
from svcstd.incentives.settlement import Account, Draw, Held, HoldBack, IfNegative, PayTerms, settle
from svcstd.incentives.statement import (
    LedgerKind,
    LedgerLine,
    NextTier,
    PayState,
    Refusal,
    RefusalKind,
    Statement,
    by_cost_centre,
)

__all__ = [
    "Account",
    "Draw",
    "Eligibility",
    "Figure",
    "Gate",
    "Held",
    "HoldBack",
    "IfNegative",
    "IfNoFigure",
    "Kicker",
    "LedgerKind",
    "LedgerLine",
    "Modifier",
    "NextTier",
    "PayCap",
    "PayCurve",
    "PayFactor",
    "PayFloor",
    "PayLine",
    "PayState",
    "PayTerms",
    "Payee",
    "Plan",
    "Proration",
    "Reads",
    "Refusal",
    "RefusalKind",
    "Requirement",
    "RoundAt",
    "Served",
    "Statement",
    "ValidWhen",
    "Validity",
    "adding",
    "by_cost_centre",
    "clawback",
    "correct",
    "pay",
    "settle",
    "share_pool",
]
