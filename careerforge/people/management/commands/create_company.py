import unicodedata
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from careerforge.people import joining, welcoming
from careerforge.people.identity import Person
from careerforge.people.models import Grant
from careerforge.skills import starter
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

LONGEST = 200
# Controls (line breaks among them), separators of lines, and bytes that are no text.
NOT_IN_A_NAME = {"Cc", "Zl", "Zp", "Cs"}


class Command(BaseCommand):
    """A company with the starter taxonomy and one HR admin, who gets a one-time link."""

    help = "Make a company and print a one-time link for its first HR admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--admin", default="HR admin", help="the name of the first HR admin")
        parser.add_argument("--email", default="", help="their work e-mail, to sign in with")

    def handle(self, *args: Any, name: str, admin: str, email: str, **options: Any) -> None:
        for what, given in (("company's name", name), ("admin's name", admin), ("admin's e-mail", email)):
            if reason := _unfit(given):
                raise CommandError(f"The {what} {reason}.")
        if not name.strip():
            raise CommandError("The company's name is empty.")
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


def _unfit(given: str) -> str:
    """Why it is no name; "" if it may be one."""
    if len(given) > LONGEST:
        return f"is longer than {LONGEST} letters"
    if any(unicodedata.category(letter) in NOT_IN_A_NAME for letter in given):
        return "has a line break or another letter that cannot be printed"
    return ""
