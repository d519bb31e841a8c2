"""What the jobs let a model write: a path for the coach to look at, words for suggestions and for a gap."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.assistant import frame
from careerforge.assistant.outgoing import Outgoing
from careerforge.assistant.schemas import MOST_GAPS
from careerforge.gateway import company
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.prompt import Prompt
from careerforge.gateway.road import Road
from careerforge.jobs.running import Failed, Running
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning import active
from learning.gaps import mentions
from learning.gaps.gap import Gap
from learning.paths import grounds, planning
from learning.paths import path as paths
from learning.paths.versions import Draft
from learning.roles import relevance
from learning.roles import suggestions as offers
from learning.words import asking, checking, drafts, limits, offering, worded, wordings
from learning.words.offering import Offer
from learning.words.wordings import Kind, Subject


def path(running: Running, person_id: str, role_id: str, now: datetime) -> dict[str, Any]:
    """Have a path put into a model's words, check it, and hand it to the person's coach."""
    read, ask, check, hand = running.stages
    running.stage(read)
    with running.transaction():
        person, role = active.person(person_id), Role.objects.select_related("practice").get(pk=role_id)
        if waits := drafts.waiting(person, role):
            return {"draft": str(waits.id)}
        road = asking.road(person, now) if drafts.may_ask(person, now) else None
        if road is None:
            raise Failed(_("No coach or no model is free for it now. Your path by rules stays as it is."))
        offer, out = _offer(person, role, now)
        task = checking.task(offer)
        prompt = frame.composed(task, offer.values, now)
    resting = asking.Resting(road, running, ask)
    written = frame.put(task, prompt, resting)
    if written is None or isinstance(written, Exceeded):
        with running.transaction():
            raise Failed(_no_answer(written, resting, person, now))
    running.stage(check)
    found = drafts.checked(offer, written.parsed, out)
    running.stage(hand)
    with running.transaction():
        # Minutes may have gone by: the person may have left, and models may have been switched off.
        person = active.person(person_id)
        if not asking.may_be_asked(person, checking.FUNCTION):
            raise Failed(_("Models were switched off meanwhile. Your path by rules stays as it is."))
        draft = drafts.keep(person, role, written, found, now)
    if draft is None:
        raise Failed(_("No coach has room to look at it now. Your path by rules stays as it is."))
    return {"draft": str(draft.id)}


def _offer(person: User, role: Role, now: datetime) -> tuple[Offer, Outgoing]:
    """The path by rules with its reasons, as it may leave."""
    reading = grounds.read(person, role, now.date())
    explained = paths.explain(Draft(reading, planning.plan(reading.inputs), {}))
    if not explained.plan.hours:
        raise Failed(_("There is nothing to learn on this path, so there is nothing to put into words."))
    here = offers.standing(person, now.date())
    return offering.offer(explained, here.title).without_people(company.directory())


def _no_answer(written: Exceeded | None, resting: asking.Resting, person: User, now: datetime) -> str:
    """Why there is nothing to look at: a limit, an answer against the checks or in no shape, or nobody."""
    stays = _("Your path by rules stays as it is.")
    if isinstance(written, Exceeded):
        return f"{limits.sentence(written, person)} {stays}"
    if resting.was_answered:
        return _("A model answered, but not so that every check was passed. %(stays)s") % {"stays": stays}
    if asking.was_unusable(person, checking.FUNCTION, now):
        return _("The model’s answer could not be used. %(stays)s") % {"stays": stays}
    return _("No model could be reached. %(stays)s") % {"stays": stays}


@dataclass(frozen=True)
class Asked:
    """Words that are to be asked for: the prompt, and what is needed to check what comes back."""

    kind: Kind
    person: User
    road: Road
    prompt: Prompt
    subjects: Mapping[str, Subject]
    out: Outgoing
    rests_on: Mapping[UUID, str]


def for_roles(person: User, gaps: Iterable[Gap], now: datetime) -> Asked | None:
    """Ask for words about suggested roles; None where they stand already or nobody is asked anything."""
    found = {gap.role.id: gap for gap in gaps}
    road = asking.road(person, now)
    if road is None or not found:
        return None
    papers = {role: gap.receipt for role, gap in found.items()}
    subjects = wordings.numbered([worded.of_role(gap) for gap in found.values()], "r")
    if found.keys() <= wordings.standing(person, papers, now).roles.keys():
        return None
    clean, out = wordings.clean(subjects, company.directory())
    values = {"roles": wordings.told(clean)}
    prompt = frame.composed(wordings.task(wordings.ROLES, clean), values, now)
    rests_on = wordings.rests_on(person, papers)
    return Asked(wordings.ROLES, person, road, prompt, clean, out, rests_on)


def for_gap(person: User, gap: Gap, now: datetime) -> Asked | None:
    """Ask for words about the widest gaps; None where they stand already or nobody is asked anything."""
    rows, road = gap.top(MOST_GAPS), asking.road(person, now)
    papers = {gap.role.id: gap.receipt}
    if road is None or not rows or wordings.standing(person, papers, now).skills:
        return None
    field = relevance.field_of(gap.role)
    said = mentions.best(person, [row.skill for row in rows], gap.role.title, field)
    subjects = wordings.numbered(
        [worded.of_skill(gap.role, row, said.get(row.skill.id)) for row in rows], "s"
    )
    about = [gap.role.summary] if gap.role.summary else []
    clean, out = wordings.clean(subjects, company.directory(), gap.role.title, *about)
    values = {
        "role": out.texts[0],
        "about": list(out.texts[1 : 1 + len(about)]),
        "skills": wordings.told(clean),
    }
    prompt = frame.composed(wordings.task(wordings.GAP, clean), values, now)
    rests_on = wordings.rests_on(person, papers)
    return Asked(wordings.GAP, person, road, prompt, clean, out, rests_on)


@dataclass(frozen=True)
class Worded:
    """What came of asking: how many words are new, and the limit that was reached, if one was."""

    made: int = 0
    limit: Exceeded | None = None

    def told(self, person: User) -> dict[str, Any]:
        """For the result of a job."""
        limited = {"limit": limits.told(self.limit, person)} if self.limit else {}
        return {"worded": self.made, **limited}


def words(running: Running, stage: str, asked: Asked | None, now: datetime) -> Worded:
    """Ask, check and keep. Without an answer, what is there stays."""
    if asked is None:
        return Worded()
    task = wordings.task(asked.kind, asked.subjects)
    written = frame.put(task, asked.prompt, asking.Resting(asked.road, running, stage))
    if isinstance(written, Exceeded):
        return Worded(limit=written)
    if written is None:
        return Worded()
    with running.transaction():
        # Minutes may have gone by: who has left meanwhile gets no words any more.
        person = active.person(str(asked.person.pk))
        made = wordings.rows_of(person, written, asked.subjects, asked.out, asked.rests_on, now)
        return Worded(wordings.store(made))
