"""What runs by the clock, as data. ``sync_schedules`` makes it true in django-q2; ``serve`` runs that."""

from dataclasses import dataclass

from django.utils import timezone
from django_q.models import Schedule as Row

from careerforge.jobs import registry
from careerforge.jobs.queue import enqueue
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation


@dataclass(frozen=True)
class Schedule:
    """A job for every organisation, by a cron expression in UTC."""

    name: str
    job: str
    cron: str


_schedules: dict[str, Schedule] = {}


def every(name: str, job: str, cron: str) -> None:
    """Declare a schedule; apps do so beside their jobs."""
    _schedules[name] = Schedule(name, job, cron)


def fire(name: str) -> None:
    """A schedule's time has come: one run per organisation, one per slot however often it is told."""
    schedule = _schedules.get(name)
    if schedule is None or registry.find(schedule.job) is None:
        return
    for organisation in Organisation.objects.values_list("id", flat=True):
        with context.organisation(organisation):
            enqueue(schedule.job, key=f"clock:{name}")


def synchronise() -> None:
    """Make the queue's schedule table equal to the declarations, ours and the recovery's."""
    wanted = {s.name: ("careerforge.jobs.schedules.fire", s.name, s.cron) for s in _schedules.values()}
    wanted["jobs.recover"] = ("careerforge.jobs.running.recover", "", "* * * * *")
    Row.objects.filter(name__isnull=False).exclude(name__in=wanted).delete()
    for name, (function, argument, cron) in wanted.items():
        Row.objects.update_or_create(
            name=name,
            defaults={
                "func": function,
                "args": f"({argument!r},)" if argument else None,
                "schedule_type": Row.CRON,
                "cron": cron,
                "repeats": -1,
            },
            create_defaults={
                "func": function,
                "args": f"({argument!r},)" if argument else None,
                "schedule_type": Row.CRON,
                "cron": cron,
                "repeats": -1,
                "next_run": timezone.now(),
            },
        )
