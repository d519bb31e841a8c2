from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from careerforge.demo import cast, password, removal


class Command(BaseCommand):
    help = "Print the address and, where there is a demo company, who can sign in to it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Address: {settings.PUBLIC_URL}")
        if not removal.demo_companies():
            self.stdout.write("There is no demo company. Make your own: ./run.sh manage create_company NAME")
            return
        self.stdout.write("Demo sign-ins:")
        for one in cast.company().accounts:
            self.stdout.write(f"  {one.account:<24} {what(one)}")
        self.stdout.write(f"Password of all of them: {password.read()}  (in {password.file()})")


def what(one: cast.Someone) -> str:
    """What an account is, in a few words and without a name."""
    slug = one.account.partition("-")[2].replace("-", " and ")
    if "employee" in one.kinds:
        role, _, target = (text.replace("-", " ") for text in (one.positions[0].role, "", one.target))
        return f"employee: {role}, heading for {target}"
    if "coach" in one.kinds:
        return f"coach: {slug}"
    if "manager" in one.kinds:
        return "manager of product engineering"
    return {
        "admin-hr": "admin: people, teams, assignments, audit",
        "admin-platform": "admin: connections, jobs, model calls",
        "admin-org": "admin: roles, skills, requirements",
        "admin-lnd": "admin: learning catalogue",
    }[one.account]
