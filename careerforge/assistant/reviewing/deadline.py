"""Until when somebody has to decide. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def deadline(submitted: datetime, working_days: int, zone: ZoneInfo) -> datetime:
    """The same time of day so many working days later, Monday to Friday, by the company's clock.

    What is submitted at a weekend counts from the Monday after it, its first minute.

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
