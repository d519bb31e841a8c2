"""Until when somebody has to decide."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

SATURDAY = 5


def deadline(submitted: datetime, working_days: int, zone: ZoneInfo) -> datetime:
    """The same time of day so many working days later, Monday to Friday, by the company's clock.

    What is submitted at a weekend counts from the Monday after it, its first minute. Pure.

    Args:
        submitted: aware.
        working_days: 1 or more.
    """
    at = submitted.astimezone(zone)
    if at.weekday() >= SATURDAY:
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
        at += timedelta(days=7 - at.weekday())
    for _day in range(working_days):
        at += timedelta(days=3 if at.weekday() == SATURDAY - 1 else 1)
    return at


def in_words(due: datetime, form: str = "j M Y") -> str:
    """A deadline in the reader's zone, to stand after "by" or "until": "25 Nov 2026, 14:05".

    One at midnight is "the end of 25 Nov 2026": the day after it would be read as that whole day.

    Args:
        form: of the day.
    """
    at = localtime(due)
    if at.time() == time.min:
        return _("the end of %(day)s") % {"day": date_format(at - timedelta(days=1), form)}
    return date_format(at, f"{form}, H:i")
