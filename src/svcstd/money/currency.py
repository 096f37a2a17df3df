"""Currencies and their minor units.

Source: ISO 4217, list one, as published on the date below. Codes without a minor unit, such as gold, are no money here.
"""

from __future__ import annotations

from datetime import date

from svcstd.errors import UnknownName, nearest

__all__ = ["ISO_4217_DATE", "minor_digits"]

ISO_4217_DATE = date(2026, 1, 1)
"""When the list was published."""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
    "COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS "
    "INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR "
    "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
)
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
_DIGITS = {code: digits for digits, codes in ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR)) for code in codes.split()}


def minor_digits(currency: str, where: str = "currency") -> int:
    """Decimals of a currency's minor unit: 0, 2, 3 or 4.

    Raises:
        UnknownName: no code of the list, with the nearest.

    >>> minor_digits("CNY"), minor_digits("JPY"), minor_digits("KWD"), minor_digits("CLF")
    (2, 0, 3, 4)
    """
    found = _DIGITS.get(currency) if isinstance(currency, str) else None
    if found is None:
        near = nearest(currency, _DIGITS)
        raise UnknownName(where, "money.currency", value=repr(currency)[:40], nearest=near, on=ISO_4217_DATE)
    return found
