"""Whose clock a page is read by."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

UTC = ZoneInfo("UTC")


def time_zone(user: Any) -> ZoneInfo:
    """The person's own zone if they have chosen one, else their company's; UTC for nobody."""
    if not user.is_authenticated:
        return UTC
    profile = getattr(user, "profile", None)
    own = profile.time_zone if profile else ""
    return zone(own) if own not in ("", "UTC") else zone(user.organisation.time_zone)


def is_known(name: str) -> bool:
    """Whether there is a zone of this name."""
    return name in available_timezones()


def zone(name: str) -> ZoneInfo:
    """A zone by its name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        # An older machine may not know a newer zone; a page is worth more than its hour.
        return UTC
