"""The ledger of the open organisation: one row of ``ModelCall`` for each call."""

from dataclasses import asdict

from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models import ModelCall


class Rows:
    """A ledger by :class:`~careerforge.gateway.ledger.Ledger`; its rows belong to the act's transaction."""

    def record(self, call: CallRecord) -> None:
        """Keep one row."""
        ModelCall.objects.create(**asdict(call))
