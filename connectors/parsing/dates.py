"""Every shape of date that sources were seen to send, as aware UTC datetimes. Nothing here raises."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# Years from here on mean "no end" (SAP's 9999, Oracle's 4712), never a date.
OPEN_END = 3000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DOTNET = re.compile(r"/?Date\((-?\d{1,16})([+-]\d{4})?\)/?\Z")
_NUMBER = re.compile(r"-?\d{1,16}(?:\.\d+)?\Z")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?"
    r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?::?\d{2})?|[+-]\d{2})?\Z",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORDS_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([a-z]{3,9})\.?,?[ -](\d{4})\b", re.IGNORECASE
)
_WORDS_MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", re.IGNORECASE)


def parse_date(value: object) -> datetime | None:
    """The moment a source means, in UTC; None if it says none or an open end.

    Takes epoch seconds or milliseconds (numbers or digits), `/Date(ms)/`, ISO 8601 with any fraction and
    offset (seconds too), `2026-09-18 12:55:59 UTC`, RFC 822, `20260918`, and English dates in words. Without
    a zone it is UTC, without a time midnight.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return _in_range(value if value.tzinfo else value.replace(tzinfo=UTC))
    if isinstance(value, int | float):
        return _from_number(float(value))
    return _from_text(value.strip()[:100]) if isinstance(value, str) else None


def published(value: object, now: datetime) -> tuple[datetime | None, str | None]:
    """A publication date that is never in the future: `(date, None)`, or `(now, the date as given)` when it
    had to be moved.
    """
    found = parse_date(value)
    if found is None or found <= now:
        return found, None
    return now, found.isoformat()


def _from_text(text: str) -> datetime | None:
    dotnet = _DOTNET.match(text)
    if dotnet:
        return _after_epoch(int(dotnet[1]) / 1000)
    compact = _COMPACT.match(text)
    if compact:
        return _built(int(compact[1]), int(compact[2]), int(compact[3]))
    if _NUMBER.match(text):
        return _from_number(float(text))
    iso = _ISO.match(text)
    return _from_iso(iso) if iso else _from_mail(text) or _from_words(text)


def _from_number(number: float) -> datetime | None:
    # 1e11 s is the year 5138, 1e11 ms is 1973: what is larger must be milliseconds. Small numbers are years
    # or counters.
    if not 1e8 <= abs(number) < 1e15:
        return None
    return _after_epoch(number / 1000 if abs(number) >= 1e11 else number)


def _after_epoch(seconds: float) -> datetime | None:
    try:
        return _in_range(_EPOCH + timedelta(seconds=seconds))
    except (OverflowError, ValueError):
        return None


def _from_iso(match: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups()[:6])
    microsecond = int((match[7] or "").ljust(6, "0")[:6])
    return _built(year, month, day or 1, hour, minute, second, microsecond, offset=_offset(match[8]))


def _offset(text: str | None) -> timedelta:
    if not text or text[0] not in "+-":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(6, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:6]))
    return -size if text[0] == "-" else size


def _built(
    year: int,
    month: int,
    day: int,
    hour: int = 0,
    minute: int = 0,
    second: int = 0,
    microsecond: int = 0,
    offset: timedelta = timedelta(),
) -> datetime | None:
    try:
        # A leap second is the last moment of its minute.
        return _in_range(
            datetime(year, month, day, hour, minute, min(second, 59), microsecond, timezone(offset))
        )
    except (ValueError, OverflowError):
        return None


def _from_mail(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return _in_range(found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_words(text: str) -> datetime | None:
    day_first = _WORDS_DAY_FIRST.search(text)
    month_first = _WORDS_MONTH_FIRST.search(text)
    if day_first:
        day, month, year = day_first.groups()
    elif month_first:
        month, day, year = month_first.groups()
    else:
        return None
    name = month[:3].lower()
    return _built(int(year), _MONTHS.index(name) + 1, int(day)) if name in _MONTHS else None


def _in_range(moment: datetime) -> datetime | None:
    try:
        utc = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return utc if utc.year < OPEN_END else None
