"""The way to a model for results about oneself: whether there is one, and how a job goes it."""

import os
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.cache import Keeping
from careerforge.gateway.models import SentText
from careerforge.gateway.models.limits import FunctionSwitch
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.providers import configured
from careerforge.gateway.road import Road
from careerforge.jobs.running import Running
from careerforge.people import access
from careerforge.people.models import User

# How a call ends at which somebody answered, and nothing could be made of it.
UNUSABLE = ("bad_answer", "cut", "refused")


def road(person: User, now: datetime) -> Road | None:
    """The way to a model for a person who asks about themselves; None when nobody is asked anything.

    Two queries, none where there is no provider or the company has not switched models on.
    """
    if not is_open(person):
        return None
    asker = Asker(person.pk, access.teams_of(person, now.date()))
    return Road(asker, allowed=True, region=person.profile.region, subject=person)


def is_open(person: User) -> bool:
    """Whether the company lets models be asked, and one has been set up. No query."""
    return person.organisation.model_allowed and Road(Asker(person.pk), allowed=True).leads_anywhere


def may_be_asked(person: User, function: str) -> bool:
    """The same for one function, which an administrator may have switched off: one query at most."""
    off = FunctionSwitch.objects.filter(function=function, is_on=False)
    return is_open(person) and not off.exists()


def was_unusable(person: User, function: str, since: datetime) -> bool:
    """Whether somebody has answered since then what could not be used, by the ledger: one query."""
    sent = SentText.objects.filter(subject=person, sent_at__gte=since)
    return sent.filter(call__function=function, call__outcome__in=UNUSABLE).exists()


@dataclass
class Resting:
    """A road for a job: it says that it lives before each call, and holds no transaction during one."""

    road: Road
    running: Running
    # Of the job, that the calls belong to.
    stage: str
    # Whether anybody gave an answer that could be read, whatever became of it.
    was_answered: bool = False

    def ask(self, prompt: Prompt, keeping: Keeping | None = None) -> Completion | Exceeded | None:
        """As the road."""
        self.running.stage(self.stage)
        found = self.road.ask(prompt, keeping)
        self.was_answered = self.was_answered or isinstance(found, Completion)
        return found


def configured_models() -> list[str]:
    """Who the environment lets be asked, in turn, for a company that has chosen nobody. No query."""
    known = configured(os.environ, allowed=settings.ALLOWED_ORIGINS)
    return [f"{one.name}:{one.model}" for one in known]
