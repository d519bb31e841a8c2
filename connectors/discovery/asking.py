"""Somebody pastes an address: bounded in how often, and on record."""

from datetime import datetime

from careerforge.governance import audit
from careerforge.people.models import User
from connectors.discovery import looking
from connectors.discovery.proposals import Discovery
from connectors.syncing import tries


def ask(user: User, location: str, now: datetime) -> Discovery:
    """What an address is or leads to. Only that somebody asked is stored, without the address."""
    if sentence := tries.too_often(user, now):
        return Discovery(reason=sentence)
    found = looking.discover(location, now)
    audit.record(user, tries.LOOKED_UP, proposals=len(found.proposals))
    return found
