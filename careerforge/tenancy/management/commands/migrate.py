from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate

from careerforge.tenancy.row_security import secure


class Command(DjangoMigrate):
    """Django's own, then the cache's table, then row-level security over every tenant table."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        looking_only = options.get("plan") or options.get("check_unapplied")
        if not looking_only:
            call_command("createcachetable", database=options["database"], verbosity=0)
            secure()
