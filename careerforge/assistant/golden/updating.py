"""Texts that an update of the program brings: the old one stays live until the golden set has passed."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from careerforge.assistant.golden import gate, queueing
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.files import names, shipped
from careerforge.assistant.prompts.holding import hold_live
from careerforge.assistant.prompts.template import digest


def brought() -> Iterator[PromptVersion]:
    """The live versions of prompts that follow the program's texts, which has brought another: one query."""
    for row in PromptVersion.objects.filter(live=True, is_shipped=True, name__in=names()).order_by("name"):
        if row.digest != digest(shipped(row.name)):
            yield row


def take_up(now: datetime) -> int:
    """Prove each text that an update has brought, and go live with what has passed; how many did.

    Where nothing can be proven it goes live all the same, and its row says why: an update that waited for a
    proof that never comes would leave old words to new code.
    """
    return sum(_take_up(row.name, now) for row in list(brought()))


def _take_up(name: str, now: datetime) -> bool:
    with transaction.atomic():
        hold_live()
        version = versions.shipped_version(name, now)
        found = gate.verdict_of(version)
        if found.standing == "unasked" and not (found.run and found.run.waits_until):
            queueing.ask_unbidden(version=str(version.pk))
        if not found.may_go_live:
            return False
        return versions.make_live(version, None, now, reason=found.why if found.needs_reason else "")
