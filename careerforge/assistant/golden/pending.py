"""A change of one row of the list of language models: it waits, is proven, goes live or is dropped."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from careerforge.assistant.golden.changing import Change
from careerforge.assistant.golden.listing import Models, tried
from careerforge.assistant.models import ModelChange
from careerforge.assistant.prompts.holding import hold_live
from careerforge.gateway.models import Offer
from careerforge.governance import audit
from careerforge.people.models import User

State = ModelChange.State
# What an administrator sets.
FIELDS = {field.name: field for field in Offer._meta.concrete_fields if field.editable}


def needed(wanted: Offer) -> Models | None:
    """What has to be tried out before a row is as wanted; None when it may be at once. One query."""
    live = list(Offer.objects.all())
    return tried(live, _with(live, wanted))


def waiting() -> ModelChange | None:
    """The change that waits."""
    return ModelChange.objects.select_related("offer", "made_by").filter(state=State.WAITING).first()


def propose(wanted: Offer, by: User, now: datetime) -> ModelChange | None:
    """Have a change wait; None when another one waits already."""
    values = {name: str(getattr(wanted, name)) for name in FIELDS}
    row = ModelChange(offer=_row(wanted), values=values, made_by=by, made_at=now)
    with transaction.atomic():
        ModelChange.objects.bulk_create([row], ignore_conflicts=True)
        if not ModelChange.objects.filter(pk=row.pk).exists():
            return None
        audit.record(by, "offer.proposed", target=row, provider=wanted.provider, model=wanted.model)
    return row


def _row(wanted: Offer) -> Offer | None:
    return None if wanted._state.adding else wanted


def models_of(change: ModelChange) -> Models | None:
    """What has to be tried out for a change, by the list as it is now."""
    return needed(wanted_of(change))


def change_of(change: ModelChange) -> Change:
    """A change for the gate."""
    return Change(models=models_of(change))


def wanted_of(change: ModelChange) -> Offer:
    """The row as it would be."""
    row = copy(change.offer) if change.offer else Offer()
    for name, value in change.values.items():
        setattr(row, name, FIELDS[name].to_python(value))
    return row


def make_live(change: ModelChange, by: User, now: datetime, *, reason: str = "") -> str:
    """Write the row. The caller has looked at the golden set since it holds the change.

    Returns:
        Why it could not be, in words; empty when it is live.
    """
    row = wanted_of(change)
    try:
        row.full_clean(exclude=["organisation"])
        row.validate_constraints()
    except ValidationError as problem:
        return " ".join(problem.messages)
    with transaction.atomic():
        if not _end(change, State.LIVE, by, now, reason):
            return _("Somebody was quicker: nothing was done.")
        row.save()
        audit.record(by, "offer.made_live", target=row, reason=reason, provider=row.provider, model=row.model)
    return ""


def drop(change: ModelChange, by: User, now: datetime) -> bool:
    """Leave the list as it is; False when the change waits no more."""
    with transaction.atomic():
        if not _end(change, State.DROPPED, by, now, ""):
            return False
        audit.record(by, "offer.dropped", target=change)
    return True


def hold() -> ModelChange | None:
    """The change that waits; until the transaction ends nobody else gets it, and nothing else goes live."""
    hold_live()
    return ModelChange.objects.select_for_update().filter(state=State.WAITING).first()


def _end(change: ModelChange, state: str, by: User, now: datetime, reason: str) -> int:
    waits = ModelChange.objects.filter(pk=change.pk, state=State.WAITING)
    return waits.update(state=state, ended_by=by, ended_at=now, reason=reason[:300])


def _with(live: Sequence[Offer], wanted: Offer) -> list[Offer]:
    return [*(one for one in live if one.pk != wanted.pk), wanted]
