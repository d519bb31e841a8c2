from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careerforge.governance.models import AuditLink
from careerforge.governance.verifying import verify
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation


class Command(BaseCommand):
    """Exit code 1 and a sentence for each row that is missing, altered, cut off or not sealed."""

    help = "Check that no row of the audit trail was removed or altered."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for organisation in Organisation.objects.all():
            with context.organisation(organisation.id):
                findings = list(verify(organisation.id, timezone.now()))
                links = AuditLink.objects.count()
            wrong += len(findings)
            for finding in findings:
                self.stdout.write(f"{organisation.name}: {finding}")
            if not findings:
                self.stdout.write(f"{organisation.name}: {links} sealed rows, the chain is whole.")
        if wrong:
            raise CommandError(f"{wrong} findings.")
