"""How many hours a course takes in all, from what its source says about weeks and effort."""

from __future__ import annotations

import re

from connectors.parsing.values import Record, first, scalar

MOST_HOURS = 5_000.0
_ISO = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?)?\Z", re.IGNORECASE)
_RANGE = r"(\d{1,5}(?:[.,]\d{1,2})?)(?:\s{0,2}(?:-|–|—|to|bis|à)\s{0,2}(\d{1,5}(?:[.,]\d{1,2})?))?"
_HOURS = re.compile(
    rf"{_RANGE}\s{{0,2}}(?:hours?|hrs?\b\.?|h\b|stunden?|std\.?|heures?|horas?)", re.IGNORECASE
)
_WEEKS = re.compile(rf"{_RANGE}\s{{0,2}}(?:weeks?|wks?\b|wochen?|semaines?|semanas?)", re.IGNORECASE)
_PER_WEEK = re.compile(
    r"\s{0,2}(?:/|per|a|each|pro|par|por)\s{0,2}(?:weeks?|wk|woche|semaine|semana)", re.IGNORECASE
)
_MINUTES = re.compile(r"\b(\d{1,5})\s{0,2}(?:minutes?|mins?\b|minuten)", re.IGNORECASE)

_TOTAL = ("totalhoursofeffort", "totalhours", "estimatedhours", "hours", "durationhours")
_LENGTH = ("duration", "length", "weekstocomplete", "weeks", "fieldduration")
_EFFORT = ("timecommitment", "effort", "workload", "fieldtimecommitment")


def course_hours(record: Record) -> float | None:
    """Hours in all, of a record with folded names; None when the source does not say enough.

    A total as it stands; else hours a week times weeks, the middle of a range counting.
    """
    total = _number(first(record, _TOTAL))
    if total:
        return _sane(total)
    length, effort = scalar(first(record, _LENGTH)), scalar(first(record, _EFFORT))
    for text in (length, effort):
        found = hours_in(text)
        if found:
            return found
    weeks = _middle(_WEEKS.search(length)) or _number(record.get("weekstocomplete"))
    weekly = _weekly(effort) or _weekly(length) or _between(record.get("mineffort"), record.get("maxeffort"))
    return _sane(weeks * weekly) if weeks and weekly else None


def hours_in(text: str) -> float | None:
    """``PT40H``, ``20 hours``, ``90 minutes``; None for hours a week, days or weeks, which say no total."""
    iso = _ISO.match(text.strip())
    if iso and (iso[3] or iso[4]) and not (iso[1] or iso[2]):
        return _sane(int(iso[3] or 0) + int(iso[4] or 0) / 60)
    hours = _HOURS.search(text[:200])
    if hours:
        return None if _PER_WEEK.match(text, hours.end()) else _sane(_middle(hours))
    minutes = _MINUTES.search(text[:200])
    return _sane(int(minutes[1]) / 60) if minutes else None


def _weekly(text: str) -> float | None:
    hours = _HOURS.search(text[:200])
    return _middle(hours) if hours and _PER_WEEK.match(text, hours.end()) else None


def _middle(match: re.Match[str] | None) -> float | None:
    if match is None:
        return None
    low, high = float(match[1].replace(",", ".")), float((match[2] or match[1]).replace(",", "."))
    return (low + high) / 2


def _between(low: object, high: object) -> float | None:
    ends = [number for value in (low, high) if (number := _number(value))]
    return sum(ends) / len(ends) if ends else None


def _number(value: object) -> float | None:
    try:
        return float(scalar(value))
    except ValueError:
        return None


def _sane(hours: float | None) -> float | None:
    return round(hours, 1) if hours is not None and 0 < hours <= MOST_HOURS else None
