from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from careerforge.people import joining, welcoming
from careerforge.people.identity import Person
from careerforge.people.models import Grant
from careerforge.skills import starter
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation


class Command(BaseCommand):
    """A company with the starter taxonomy and one HR admin, who gets a one-time link."""

    help = "Make a company and print a one-time link for its first HR admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--admin", default="HR admin", help="the name of the first HR admin")
        parser.add_argument("--email", default="", help="their work e-mail, to sign in with")

    def handle(self, *args: Any, name: str, admin: str, email: str, **options: Any) -> None:
        if Organisation.objects.filter(name=name).exists():
            raise CommandError(f"There is a company called “{name}” already.")
        organisation = Organisation(name=name)
        with context.organisation(organisation.id):
            organisation.save(force_insert=True)
            starter.load()
            newcomer = joining.Newcomer(Person(name=admin, email=email), kinds=[Grant.Kind.ADMIN_HR])
            user = joining.add(newcomer)
            link = welcoming.invite(user, timezone.now(), by=None)
        self.stdout.write(
            f"{name} is ready. Its first HR admin signs in as “{user.username}” and opens, once:"
        )
        self.stdout.write(link)
