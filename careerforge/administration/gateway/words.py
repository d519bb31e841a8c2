"""Codes of the ledger as the words an administrator reads."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.design.words import span
from careerforge.gateway.names import function, provider

__all__ = ["dollars", "duration", "function", "moment", "outcome", "provider", "reason"]

OUTCOMES = {
    "under_way": gettext_lazy("Under way"),
    "ok": gettext_lazy("Answered"),
    "cached": gettext_lazy("From the cache"),
    "unavailable": gettext_lazy("Not available"),
    "rate_limited": gettext_lazy("Asked too often"),
    "out_of_money": gettext_lazy("No money left"),
    "bad_key": gettext_lazy("Key refused"),
    "refused": gettext_lazy("Declined by the model"),
    "bad_answer": gettext_lazy("Unusable answer"),
    "cut": gettext_lazy("Cut off"),
    "switched_off": gettext_lazy("Switched off, not asked"),
}
# Why a provider is left alone, by the ledger's kind of error.
REASONS = {
    "no_money": gettext_lazy("it says that its account has no money left, or that its own cap is reached"),
    "key_refused": gettext_lazy("it does not accept the key"),
    "too_many": gettext_lazy("it says that it is asked too often"),
    "overloaded": gettext_lazy("it says that it is overloaded"),
    "server_error": gettext_lazy("it answers with errors of its own"),
    "unexpected_status": gettext_lazy("it answers with an error that we do not know"),
    "model_not_found": gettext_lazy("it does not know the model"),
    "timeout": gettext_lazy("it does not answer in time"),
    "no_connection": gettext_lazy("it cannot be reached"),
}


def dollars(micros: int) -> str:
    """Millionths of a US dollar, as money; four decimals, because most calls cost less than a cent."""
    return f"{micros / 1_000_000:,.4f}"


def duration(ms: int) -> str:
    """How long: 640 → "640 ms"; 1800 → "1.8 s"."""
    return _("%(n)s ms") % {"n": ms} if ms < 1000 else span(ms / 1000)


def outcome(code: str) -> str:
    """How a call ended."""
    return str(OUTCOMES.get(code, code))


def reason(code: str) -> str:
    """Why a provider is left alone."""
    return str(REASONS.get(code) or _("its last failure was “%(code)s”") % {"code": code})


def moment(at: datetime, now: datetime) -> str:
    """A time in the reader's zone, with its day when that is another one."""
    at, now = localtime(at), localtime(now)
    return date_format(at, "H:i" if at.date() == now.date() else "j M, H:i")
