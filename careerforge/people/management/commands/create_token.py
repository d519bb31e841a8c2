from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from careerforge.people import scopes, sign_in, tokens
from careerforge.tenancy import context


class Command(BaseCommand):
    """A token for the API, printed once."""

    help = f"Make an API token. Scopes: {' '.join(scopes.ALL)}."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="sign-in name or work e-mail")
        parser.add_argument("scopes", nargs="+", metavar="scope")
        parser.add_argument("--days", type=int, default=tokens.DAYS, help="how long it works")

    def handle(self, *args: Any, user: str, scopes: list[str], days: int, **options: Any) -> None:
        person = sign_in.find(user)
        if person is None or not person.is_active:
            raise CommandError("Nobody active has this sign-in name.")
        if not 1 <= days <= 366:
            raise CommandError("A token works for 1 to 366 days.")
        with context.organisation(person.organisation_id):
            try:
                secret = tokens.make(person, scopes, timezone.now(), by=None, days=days)
            except tokens.UnknownScope as problem:
                raise CommandError(str(problem)) from None
        self.stdout.write(secret)
