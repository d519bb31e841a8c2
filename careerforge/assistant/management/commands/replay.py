"""``manage replay ID``: make the prompt of a stored answer again and compare it with what left."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careerforge.assistant import replaying
from careerforge.assistant.replaying import Replay
from careerforge.gateway.models import FunctionSwitch
from careerforge.governance import audit
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

HELP = """Make the prompt of a stored answer again, out of its version and its values, and compare it byte for
byte with what left. Prints JSON: whether they are the same, keyed digests of both, versions, models, cited
passages with the versions of their documents, and who reviewed it. Exit code 1 when they differ.

Who may: whoever runs this server, for they hold its keys; it is for audits and for questions of the person
concerned. Each replay is a row of the audit trail with the person it concerns. The text itself is not printed
unless --text gives a reason, which is written there too. The text of a coaching chat is the person's alone
and is never printed.
"""
PRIVATE = frozenset({FunctionSwitch.Function.CHAT.value})
LONGEST_REASON = 200


class Command(BaseCommand):
    """Safe by default: digests and versions, no text."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=UUID, help="of an advice, a path draft, a chat message or a call")
        parser.add_argument("--text", metavar="REASON", default="", help="print the text too, and say why")

    def handle(self, *args: Any, id: UUID, text: str, **options: Any) -> None:
        reason = text.strip()
        if len(reason) > LONGEST_REASON:
            raise CommandError(f"A reason has at most {LONGEST_REASON} characters.")
        for organisation in Organisation.objects.all():
            with context.organisation(organisation.id):
                made = replaying.replay(id)
                shown = _shown(made, reason) if made else None
            if shown is not None:
                self.stdout.write(json.dumps(shown, ensure_ascii=False))
                if shown["same"] is False:
                    raise CommandError("The prompt that was made again differs from the one that left.")
                return
        raise CommandError("There is no answer and no call of this id.")


def _shown(made: Replay, reason: str) -> dict[str, Any]:
    """What is printed, with its row in the audit trail."""
    if reason and made.call and made.call.function in PRIVATE:
        raise CommandError("A coaching chat is the person's alone: its text is not printed.")
    shown = replaying.as_json(made)
    if reason and made.text:
        shown["text"] = asdict(made.text)
    audit.record(
        None,
        "answer.text_opened" if "text" in shown else "answer.replayed",
        subject=made.row.subject_id if made.row else None,
        target=made.call,
        actor_kind="operator",
        reason=reason,
        kind=made.stored.kind,
    )
    return shown
