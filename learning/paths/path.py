"""A person's path: the current one, and building the next version by rules."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from careerforge.people.models import Grant, User
from careerforge.skills.models import Role
from learning import withholding
from learning.gaps import mentions
from learning.models import Node, NodePrerequisite, NodeReason, NodeResource, PathVersion, Step, Target
from learning.models.catalogue import readable
from learning.paths import grounds, planning, reasons, versions
from learning.paths.reading import Reading
from learning.paths.versions import Draft
from learning.roles import relevance, suggestions, target
from learning.words import closed


def heading(person: User) -> Role | None:
    """Where the path leads: the chosen target, or the role the newest path was built for. One query."""
    newest = _newest(person).values("path__role")[:1]
    there = Coalesce(Subquery(_chosen(person)), Subquery(newest))
    return Role.objects.filter(pk=there).select_related("practice").first()


def current(person: User) -> PathVersion | None:
    """The newest version of the path to the target; without a target, of the newest path. One query.

    Its ``chosen`` says whether the person has chosen the role as their target.
    """
    mine = Target.objects.filter(user=person, role=OuterRef("path__role"), ended_at__isnull=True)
    newest = _newest(person).annotate(chosen=Exists(mine))
    return newest.select_related("path__role__practice", "draft").first()


def _chosen(person: User) -> QuerySet[Any]:
    return Target.objects.filter(user=person, ended_at__isnull=True).values("role")[:1]


def _newest(person: User) -> QuerySet[PathVersion]:
    rows = PathVersion.objects.filter(
        path__user=person, path__role=Coalesce(Subquery(_chosen(person)), F("path__role"))
    )
    return rows.order_by("-path__made_at", "-number")


def newest(person: User) -> Subquery:
    """The path whose newest version is the current one, by its id, for a condition."""
    return Subquery(_newest(person).values("path")[:1])


def outline(person: User) -> list[Node]:
    """The nodes of the current version in order, with step and version and nothing else: one query."""
    newest = Subquery(_newest(person).values("pk")[:1])
    rows = Node.objects.filter(version=newest).select_related("step", "version")
    return list(rows.order_by("phase", "position"))


def mine(person: User) -> list[Step]:
    """All steps of a person, with the hours they have on the current path as ``hours``: one query."""
    here = Node.objects.filter(version=Subquery(_newest(person).values("pk")[:1]), step=OuterRef("pk"))
    return list(Step.objects.filter(user=person).annotate(hours=Subquery(here.values("hours")[:1])))


def stops(version: PathVersion) -> list[Node]:
    """The nodes of a version in order, with step and prerequisites: two queries."""
    rows = _standing(version.pk)
    return list(rows.prefetch_related(Prefetch("needs", NodePrerequisite.objects.order_by("id"))))


def standing(person: User) -> list[Node]:
    """The nodes of the current version in order, with step and version: one query."""
    return list(_standing(Subquery(_newest(person).values("pk")[:1])).select_related("version"))


def _standing(version: UUID | Subquery) -> QuerySet[Any]:
    """Nodes with what their words stand on, and with what describes them where those are closed."""
    rows: QuerySet[Any] = Node.objects.filter(version=version).annotate(stands_on=closed.beside())
    return rows.select_related("step__skill", "step__resource").order_by("phase", "position")


def nodes(version: PathVersion, reader: User) -> list[Node]:
    """The same with resources and reasons: four queries."""
    return in_full(stops(version), reader)


def in_full(found: list[Node], reader: User) -> list[Node]:
    """Add resources and reasons to nodes: two queries.

    Reasons and a model's words that rest on a document are there only while the reader may open it, and
    courses only while everyone may read about them. One query more where a description is a model's.
    """
    shown = NodeReason.objects.filter(Q(chunk__isnull=True, quote="") | withholding.open_to(reader))
    # The number of the version that is quoted, without its text.
    numbered = shown.annotate(version_number=F("chunk__version__number"))
    links = NodeResource.objects.filter(readable("resource__"))
    prefetch_related_objects(
        found,
        Prefetch("resource_links", links.select_related("resource").order_by("position")),
        Prefetch("reasons", numbered.select_related("chunk__document").order_by("position")),
    )
    closed.withhold(found, reader)
    return found


def history(person: User, role: Role) -> list[PathVersion]:
    """All versions of the path to a role, the newest first."""
    rows = PathVersion.objects.filter(path__user=person, path__role=role)
    return list(rows.select_related("path").order_by("-number"))


def draft(person: User, role: Role, on: date) -> Draft:
    """The path by rules, decided and explained, stored nowhere."""
    return explain(decide(grounds.read(person, role, on)))


def decide(read: Reading) -> Draft:
    """Which nodes, in which order. Pure."""
    return Draft(read, planning.plan(read.inputs, read.wish), {})


def explain(undecided: Draft) -> Draft:
    """Add the reasons, with passages that the person may open: six queries."""
    read, plan = undecided.reading, undecided.plan
    ids = {node.skill for node in plan.nodes if node.skill}
    field = relevance.field_of(read.role)
    said = mentions.best(read.person, [read.skills[i] for i in sorted(ids)], read.role.title, field)
    found = {node.key: reasons.of(node, read, said, field) for node in plan.nodes}
    return Draft(read, plan, found)


def build(person: User, role: Role, now: datetime) -> PathVersion:
    """Build and store the path to a role by rules. The same inputs give the version that is there."""
    # Taken before anything is read, so that of two at once the second sees what the first has stored.
    path = versions.locked(person, role, now)
    read = grounds.read(person, role, now.date())
    before = versions.latest(path)
    if before and before.inputs_hash == read.inputs_hash:
        return before
    return versions.save(explain(decide(read)), now)


def ensure(person: User, now: datetime) -> PathVersion | None:
    """The current path; built by rules at the first visit, whether a worker runs or not.

    Without a chosen target it leads to the role that fits best. None when there is no role to go to.
    """
    version = current(person)
    if version:
        return version
    role = target.current(person) or suggestions.first(person, now.date())
    return build(person, role, now) if role else None


def greet(person: User, now: datetime) -> None:
    """At a sign-in: an employee without a path gets one by rules, at once.

    A job checks it again later; the same inputs make no second version.
    """
    if Grant.Kind.EMPLOYEE not in person.kinds or current(person) is not None:
        return
    version = ensure(person, now)
    if version is not None:
        suggestions.ask_for_path(person, version.path.role)
