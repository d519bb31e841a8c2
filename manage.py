#!/usr/bin/env python
"""Django's command line, connected as the owner for what changes the schema and as the application else."""

import os
import sys

OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "showmigrations",
    "prepare",
    "create_generation",
    "generations",
    "remove_demo",
}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("CAREERFORGE_DATABASE_ROLE", "owner")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from careerforge.vault.keys import KeyProblem

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, KeyProblem) as error:
        # Both are sentences for whoever runs the machine.
        sys.exit(f"CareerForge: {error}")


if __name__ == "__main__":
    main()
