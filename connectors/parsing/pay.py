"""What a job pays or a course costs, out of fields or out of words: amounts in minor units, per period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from careerforge.design.words import MINOR_DIGITS
from connectors.parsing.values import fold, scalar

# Nobody is paid more in a year; larger numbers are something else.
_MOST = 10**13
_SIGNS = {
    "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "r$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN",
    "₺": "TRY", "₪": "ILS", "₩": "KRW", "₽": "RUB", "₴": "UAH", "fr.": "CHF", "euro": "EUR", "euros": "EUR",
}  # fmt: skip
_CODES = frozenset({
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP",
    "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KWD", "MXN", "MYR", "NGN", "NOK",
    "NZD", "PEN", "PHP", "PLN", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH",
    "USD", "UYU", "VND", "ZAR",
})  # fmt: skip
_PERIODS = {
    "hour": ("hour", "hr", "hourly", "ph", "stunde", "heure", "hora"),
    "day": ("day", "daily", "pd", "tag", "jour", "dia"),
    "week": ("week", "weekly", "wk", "woche", "semaine", "semana"),
    "month": ("month", "monthly", "pm", "mo", "monat", "monatlich", "mois", "mes", "mese", "miesiąc"),
    "year": (
        "year", "yearly", "annual", "annually", "annum", "pa", "yr", "jahr", "jährlich", "an", "année", "año",
        "anno", "rok",
    ),
}  # fmt: skip
_PERIOD_OF = {word: period for period, words in _PERIODS.items() for word in words}
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,4})?"
_SIGN = (
    r"(?:us|ca?|au?|nz|hk|s|r)?\$|[€£¥₹₺₪₩₽₴]|zł|fr\.|euros?\b"
    rf"|(?<![a-z])(?:{'|'.join(sorted(_CODES))})(?![a-z])"
)
_AMOUNT = re.compile(
    rf"(?:({_SIGN})\s{{0,2}})?({_NUMBER})\s?(k|tsd\.?)?(?![\w%])(?:\s{{0,2}}({_SIGN}))?", re.IGNORECASE
)
_TO = re.compile(r"\s{0,3}(?:[-–—~]|to|bis|and|und|à|a|up to)\s{0,3}\Z", re.IGNORECASE)
_THOUSANDS = re.compile(r"[ \u00a0\u202f'’]|[.,](?=\d{3}(?:\D|$))")
# What prose calls pay, and how far behind it the amounts may begin and end, in letters.
_CALLED = re.compile(
    r"\b(?:salary|salaries|remuneration|compensation|(?:jahres)?gehalt|vergütung|salaire"
    r"|pay (?:is|range|band|scale|of|ranges|from)|pay:)(?![\w-])",
    re.IGNORECASE,
)
_BEGINS, _ENDS = re.compile(r"[^\d\n.;!?]{0,40}\d"), re.compile(r"[.;!?](?:\s|\Z)|\n")
_BEHIND = 110
# Of a range in prose: the least, in whole units, that needs no period, and the widest, as a ratio.
_LEAST, _WIDEST = 1_000, 4


@dataclass(frozen=True, slots=True)
class Pay:
    """A range in minor units of ``currency`` (ISO 4217) per ``period`` (hour, day, week, month, year); what
    is unknown is None or empty. Amounts without a currency are not kept: they could be anything.
    """

    low: int | None = None
    high: int | None = None
    currency: str = ""
    period: str = ""


def pay_of_fields(low: object, high: object, currency: object, period: object) -> Pay:
    """From fields of their own: ``("186841.0", "195000.0", "USD", "PA")``."""
    code = currency_of(scalar(currency))
    if not code:
        return Pay()
    amounts = [minor_units(_number(scalar(value)), code) for value in (low, high)]
    found = [amount for amount in amounts if amount]
    if not found:
        return Pay()
    return Pay(min(found), max(found), code, period_of(scalar(period)))


def pay_of_words(text: str) -> Pay:
    """From words: ``"$90k - $105k"``, ``"45.000 bis 55.000 EUR pro Jahr"``. Without a currency, nothing."""
    amounts = _range(text[:300])
    codes = [code for match in amounts for sign in (match[1], match[4]) if (code := currency_of(sign or ""))]
    numbers = [number for match in amounts if (number := _number(match[2])) is not None]
    if not codes or not numbers:
        return Pay()
    if any(match[3] for match in amounts):
        # "90 - 105k": the sign for thousands belongs to both.
        numbers = [number * 1000 if number < 1000 else number for number in numbers]
    found = [amount for number in numbers if (amount := minor_units(number, codes[0]))]
    return Pay(min(found), max(found), codes[0], period_of(text)) if found else Pay()


def pay_of_prose(text: str) -> Pay:
    """From a posting's text: ``"The salary is 60000 to 75000 EUR"``. Only a range that stands right behind a
    word for pay, in one currency and as narrow as ranges of pay are.
    """
    for called in _CALLED.finditer(text):
        behind = _ENDS.split(text[called.end() : called.end() + _BEHIND], maxsplit=1)[0]
        found = pay_of_words(behind) if _BEGINS.match(behind) else Pay()
        least = minor_units(Decimal(1 if found.period else _LEAST), found.currency) or 0
        if found.low and found.high and least <= found.low < found.high <= _WIDEST * found.low:
            return found
    return Pay()


def _range(text: str) -> list[re.Match[str]]:
    """The first amount with a currency, and the other end of its range, before or behind it."""
    matches = list(_AMOUNT.finditer(text))
    at = next((n for n, match in enumerate(matches) if currency_of(match[1] or match[4] or "")), None)
    if at is None:
        return []
    for first in (at, at - 1):
        pair = matches[first : first + 2] if first >= 0 else []
        if len(pair) == 2 and _TO.match(text[pair[0].end() : pair[1].start()]):
            return pair
    return [matches[at]]


def currency_of(text: str) -> str:
    """ISO 4217 for a code or a sign; empty for anything else."""
    text = text.strip()
    return text.upper() if text.upper() in _CODES else _SIGNS.get(text.lower(), "")


def period_of(text: str) -> str:
    """``per-year-salary``, ``1 YEAR``, ``PA``, ``pro Monat`` → hour, day, week, month or year; else empty."""
    words = [word.lower() for word in _WORD.findall(text)]
    # Biweekly and the like fit no period.
    if any(word in {"bi", "bw", "biweekly", "fortnight", "semi", "bimonthly"} for word in words):
        return ""
    return next((_PERIOD_OF[word] for word in words if word in _PERIOD_OF), "")


def minor_units(amount: Decimal | None, currency: str) -> int | None:
    """45000.5 EUR → 4500050; whole yen stay whole. None for nothing, for less, and beyond sense."""
    if amount is None or not 0 <= amount < _MOST:
        return None
    return int(amount.scaleb(MINOR_DIGITS.get(currency, 2)).to_integral_value())


def price_of(value: object, currency: object) -> tuple[int | None, str]:
    """A course's price in minor units and its currency. "Free" and 0 are free, whatever the currency."""
    text = scalar(value)
    if fold(text) in {"free", "kostenlos", "gratis", "gratuit"}:
        return 0, currency_of(scalar(currency))
    code = currency_of(scalar(currency)) or pay_of_words(text).currency
    number = _number(re.sub(r"[^\d.,'’ ]", "", text).strip())
    if number == 0:
        return 0, code
    return (minor_units(number, code), code) if code and number is not None else (None, "")


def _number(text: str) -> Decimal | None:
    """A number as people or machines write it; None for everything else."""
    text = text.strip()[:40]
    # "186841.0" and "50.25" are decimal, "45.000" and "45,000.50" have thousands.
    plain = _THOUSANDS.sub("", text).replace(",", ".")
    if plain.count(".") > 1:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
