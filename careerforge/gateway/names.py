"""Codes of the ledger as everybody reads them: administrators, and whoever a text was about."""

from careerforge.gateway.models import FunctionSwitch, Offer


def function(code: str) -> str:
    """What a model was asked for."""
    return str(dict(FunctionSwitch.Function.choices).get(code, code))


def provider(code: str) -> str:
    """A provider's own name."""
    return str(dict(Offer.Provider.choices).get(code, code))
