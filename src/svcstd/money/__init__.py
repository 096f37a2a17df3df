"""Exact money: whole minor units of one currency, rounded only by name, shared without losing a cent."""

from svcstd.money.allocation import allocate, hamilton, largest_remainder
from svcstd.money.currency import ISO_4217_DATE, minor_digits
from svcstd.money.exchange import ExchangeRate
from svcstd.money.money import Money, total_of

__all__ = [
    "ISO_4217_DATE",
    "ExchangeRate",
    "Money",
    "allocate",
    "hamilton",
    "largest_remainder",
    "minor_digits",
    "total_of",
]
