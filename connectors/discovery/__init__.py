"""Paste an address: which kind of source is it, or is one behind it? ``discover`` is the door."""

from connectors.discovery.looking import discover, look
from connectors.discovery.proposals import Discovery, Proposal

__all__ = ["Discovery", "Proposal", "discover", "look"]
