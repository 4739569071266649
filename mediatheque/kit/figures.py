"""Figures as people and programs write them: numbers, money, lengths of time, ratings."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

_NUMBER: Final = re.compile(r"[-+]?\d[\d.,'\u2019\u00a0\u202f ]*(?:[eE][-+]?\d{1,3})?")
_SPACES: Final = str.maketrans("", "", " \u00a0\u202f'\u2019")
_GROUPS_OF_THREE: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_THREE_DIGITS: Final = 3
_CODE: Final = re.compile(r"(?<![A-Za-z])([A-Za-z]{3})(?![A-Za-z])")
_SIGNS: Final = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "R$": "BRL", "€": "EUR", "£": "GBP", "$": "USD", "₹": "INR", "₽": "RUB",
    "₩": "KRW", "₪": "ILS", "₺": "TRY", "₴": "UAH", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
    "¥": "JPY", "￥": "JPY", "円": "JPY", "Fr.": "CHF",
}  # fmt: skip
_WITHOUT_MINOR: Final = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_WITH_THOUSANDTHS: Final = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_CLOCK: Final = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_HOURS: Final = re.compile(
    r"(?:PT)?\s*(?:(\d{1,3})\s*(?:h|hr|hrs|hours?|std\.?))?\s*"
    r"(?:(\d{1,5})\s*(?:m|min|mins|minutes?|minuten)?\.?)?\s*(?:\d+\s*s(?:ec)?)?",
    re.IGNORECASE,
)
_SCALE: Final = re.compile(r"([\d.,]+)\s*/\s*(\d{1,3})")
_LARGEST: Final = Decimal(10**12)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents; whole yen) with its ISO 4217 code where known."""

    minor: int
    currency: str | None


def read_number(text: str) -> Decimal | None:
    """Return a number written with either decimal sign and any grouping, or ``None``.

    Where both signs occur, the last is the decimal one; one that occurs several times groups;
    one that occurs once is the decimal sign, also in ``1,234``.
    """
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    plain = text.translate(_SPACES)
    dot, comma = plain.rfind("."), plain.rfind(",")
    if dot >= 0 and comma >= 0:
        plain = plain.replace("," if dot > comma else ".", "").replace(",", ".")
    elif plain.count(".") > 1 or plain.count(",") > 1:
        if not _GROUPS_OF_THREE.fullmatch(plain.lstrip("+-")):
            return None
        plain = plain.replace(".", "").replace(",", "")
    else:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if abs(value) <= _LARGEST else None


def read_count(text: str) -> int | None:
    """Return a whole number that is not negative: ``12``, ``12.0``, ``1,234``; else ``None``."""
    text = text.strip()
    if text.isdecimal() and text.isascii():
        return int(text) if len(text) <= _THREE_DIGITS * 4 else None
    if _GROUPS_OF_THREE.fullmatch(text):
        return int(text.replace(",", "").replace(".", ""))
    value = read_number(text)
    if value is None or value < 0 or value != value.to_integral_value():
        return None
    return int(value)


def read_money(text: str, currency: str | None = None) -> Money | None:
    """Return an amount of money, or ``None``; a sign or code inside it names the currency.

    ``currency`` is taken where the text names none. A bare ``$`` is the US dollar, ``¥`` the yen
    unless ``currency`` says otherwise of them.
    """
    text = text.strip()
    named = _named_currency(text)
    if named and named[1] in {"USD", "JPY"} and currency and named[0] in {"$", "¥"}:
        named = (named[0], currency)
    plain = (text.replace(named[0], "") if named else text).strip().rstrip("-\u2013").rstrip(".,")
    code = named[1] if named else currency
    value = _price_number(plain, code)
    if value is None or value < 0:
        return None
    return Money(to_minor(value, code), code)


def minor_digits(currency: str | None) -> int:
    """Return how many digits the minor unit has (ISO 4217); two where nothing is known."""
    if currency in _WITHOUT_MINOR:
        return 0
    return 3 if currency in _WITH_THOUSANDTHS else 2


def to_minor(value: Decimal, currency: str | None) -> int:
    """Return an amount in minor units, rounded half away from zero."""
    return int((value.scaleb(minor_digits(currency))).to_integral_value(rounding="ROUND_HALF_UP"))


def write_money(minor: int, currency: str | None) -> str:
    """Write an amount of minor units as a plain decimal: ``1250`` cents are ``12.50``."""
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def read_minutes(text: str) -> int | None:
    """Return a running time in minutes: ``105``, ``1h 45m``, ``1:45:00``, ``105 min``, ``PT1H45M``.

    Two parts with a colon are hours and minutes. Nothing and zero are ``None``.
    """
    text = text.strip()
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2]) or None
    spoken = _HOURS.fullmatch(text)
    if spoken and (spoken[1] or spoken[2]):
        return int(spoken[1] or 0) * 60 + int(spoken[2] or 0) or None
    count = read_count(text)
    return count or None


def read_rating(text: str, scale: float) -> float | None:
    """Return a rating on the scale from 0 to 10, or ``None``; 0 means unrated.

    ``scale`` is the best mark of the source; ``4/5`` and stars carry their own.
    """
    text = text.strip()
    own = _SCALE.fullmatch(text)
    if own:
        text, scale = own[1], float(own[2])
    elif "★" in text:
        text, scale = str(text.count("★") + 0.5 * ("½" in text)), 5.0
    value = read_number(text)
    if value is None or not 0 < value <= Decimal(str(scale)):
        return None
    return _round(float(value) * 10 / scale)


def _round(value: float) -> float:
    return math.floor(value * 10 + 0.5) / 10


def _price_number(text: str, currency: str | None) -> Decimal | None:
    """Read a price's number; three digits behind one sign are a group: few moneys have mills."""
    plain = text.translate(_SPACES)
    if currency not in _WITH_THOUSANDTHS and _GROUPS_OF_THREE.fullmatch(plain):
        return Decimal(plain.replace(",", "").replace(".", ""))
    return read_number(plain)


def _named_currency(text: str) -> tuple[str, str] | None:
    for sign, code in _SIGNS.items():
        if sign in text:
            return sign, code
    found = _CODE.search(text)
    return (found[1], found[1].upper()) if found else None
