from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from careerforge.people import sign_in, welcoming
from careerforge.people.models import User
from careerforge.tenancy import context


class Command(BaseCommand):
    """For who forgot a password. HR cannot make such a link: it opens the person's coaching room."""

    help = "Print a one-time link with which somebody chooses a new password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="sign-in name or work e-mail")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = sign_in.find(username)
        if user is None:
            raise CommandError("Nobody has this sign-in name.")
        if user.state == User.State.LEFT:
            raise CommandError("This person has left. HR can mark them as returned first.")
        with context.organisation(user.organisation_id):
            link = welcoming.invite(user, timezone.now(), by=None)
        self.stdout.write(link)
