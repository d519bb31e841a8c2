"""Values as the words a person reads. Unknown is never 0: None has words of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import floor

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Number = int | float | Decimal

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
# ISO 4217 minor units; every other currency has two.
MINOR_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "HUF": 2, "KWD": 3, "BHD": 3, "TND": 3}
MINUS = "−"
FORMS = {"": "j M Y", "short": "j M", "month": "M Y", "month only": "M"}


def exact(value: Number) -> Decimal:
    return Decimal(str(value))


def plain(value: Number, places: int = 1) -> str:
    """A number with at most `places` decimals, none that are zero, and a true minus sign."""
    rounded = exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole = rounded == rounded.to_integral_value()
    text = number_format(abs(rounded), decimal_pos=0 if whole else places, use_l10n=True, force_grouping=True)
    return f"{MINUS}{text}" if rounded < 0 else text


def hours(value: Number | None) -> str:
    """28 → "28 h"; 5.6 → "5.6 h"."""
    return "" if value is None else _("%(hours)s h") % {"hours": plain(value)}


def span(length: timedelta | float | None) -> str:
    """How long: 0.4 → "0.4 s"; 90 seconds → "2 min"; 80 minutes → "1 h 20 min"; 50 hours → "2 days"."""
    if length is None:
        return ""
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    if seconds < 60:
        return _("%(n)s s") % {"n": plain(seconds, 1 if seconds < 10 else 0)}
    minutes = floor(seconds / 60 + 0.5)
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < 48 * 60:
        whole = _("%(n)s h") % {"n": minutes // 60}
        return whole + (" " + _("%(n)s min") % {"n": minutes % 60} if minutes % 60 else "")
    return _("%(n)s days") % {"n": minutes // (24 * 60)}


def money(minor: int | None, currency: str) -> str:
    """Minor units and an ISO 4217 code: 148000, "EUR" → "€1,480"; cents only where there are some."""
    if minor is None:
        return ""
    digits = MINOR_DIGITS.get(currency, 2)
    amount = Decimal(abs(minor)).scaleb(-digits)
    places = 0 if amount == amount.to_integral_value() else digits
    text = number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)
    symbol = SYMBOLS.get(currency)
    sign = MINUS if minor < 0 else ""
    return f"{sign}{symbol}{text}" if symbol else f"{sign}{currency}\N{NO-BREAK SPACE}{text}"


def local(value: date | datetime) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: date | datetime | None, form: str = "") -> str:
    """30 Oct 2027; "short" → 30 Oct; "month" → Oct 2027; "month only" → Oct. Times in the reader's zone."""
    if value is None:
        return ""
    return date_format(local(value), FORMS[form])


def percent(share: Number | None) -> str:
    """A share of 0 to 1: 0.61 → "61%"."""
    return _("No figure yet") if share is None else f"{plain(exact(share) * 100, 0)}%"


def points(change: Number | None) -> str:
    """A change of a share, in points with its sign: 0.04 → "+4"; 0 → "0"."""
    if change is None:
        return ""
    text = plain(exact(change) * 100, 0)
    return text if text == "0" or text.startswith(MINUS) else f"+{text}"


def signed(value: int) -> str:
    """Whole points with their sign: 4 → "+4"; 0 → "0"."""
    return f"+{value}" if value > 0 else plain(value)


def level(value: Number | None) -> str:
    """A level of 0 to 5: 2 → "Level 2"."""
    return _("Not told yet") if value is None else _("Level %(level)s") % {"level": plain(value)}


def short(missing: Number) -> str:
    """Levels missing: 1 → "1 level short"; 1.42 → "1.4 levels short"."""
    text = plain(missing)
    return ngettext("%(n)s level short", "%(n)s levels short", 1 if text == "1" else 2) % {"n": text}


def rung(value: int) -> str:
    """A place on a practice's ladder, which is no level of a skill: 3 → "rung 3 of 5"."""
    return _("rung %(rung)s of 5") % {"rung": value}


def shares_of(total: Number, parts: Sequence[Number]) -> tuple[int, list[int]]:
    """A sum and its parts in whole points, so that the printed parts add up to the printed sum.

    Each part is rounded down and the points that are left go to the largest remainders (Hamilton's method).
    ``parts`` add up to ``total``, all shares of 1.
    """
    whole = int((exact(total) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    points_ = [float(part) * 100 for part in parts]
    found = [floor(round(each, 9)) for each in points_]
    order = sorted(range(len(found)), key=lambda i: (found[i] - points_[i], i))
    for i in range(abs(whole - sum(found))):
        found[order[i % len(order)]] += 1 if whole > sum(found) else -1
    return whole, found


def level_word(value: Number | None) -> str:
    """The word for the level reached: 2.6 → "Basic"."""
    if value is None:
        return _("Not told yet")
    return level_words()[max(0, min(5, int(value)))]


def level_words() -> tuple[str, ...]:
    return (_("None"), _("Aware"), _("Basic"), _("Solid"), _("Strong"), _("Leads"))
