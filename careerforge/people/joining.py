"""A new person: user, key, identity, profile, roles."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from careerforge.people import identity
from careerforge.people.handles import draw
from careerforge.people.models import Grant, Identity, PersonKey, Profile, User
from careerforge.people.pseudonyms import pseudo_id
from careerforge.skills.models import Practice
from careerforge.tenancy import context


@dataclass(frozen=True)
class Newcomer:
    """What is known of somebody who joins."""

    person: identity.Person
    username: str = ""
    practice: Practice | None = None
    seniority: int = 2
    years_of_experience: int = 0
    region: str = ""
    hours_per_week: int = 4
    kinds: Iterable[str] = field(default=("employee",))
    state: str = User.State.IMPORTED


def add(newcomer: Newcomer, chance: random.Random | None = None) -> User:
    """Store one person. Their sign-in name is opaque unless one is given.

    Args:
        chance: for handles; a seeded one makes a demo repeatable.
    """
    system = chance or random.SystemRandom()
    if context.current_id() is None:
        raise RuntimeError("A person joins an organisation; none is open.")
    user = _user(newcomer, draw(lambda handle: User.objects.filter(handle=handle).exists(), system))
    user.save(force_insert=True)
    identity.store(user, newcomer.person)
    coaching = draw(lambda handle: Profile.objects.filter(coaching_handle=handle).exists(), system)
    _profile(user, newcomer, coaching).save(force_insert=True)
    Grant.objects.bulk_create(Grant(user=user, kind=kind) for kind in newcomer.kinds)
    return user


def add_many(newcomers: Sequence[Newcomer], chance: random.Random | None = None) -> list[User]:
    """Store many people at once, in the order given: eight queries.

    Args:
        chance: as for :func:`add`.
    """
    system = chance or random.SystemRandom()
    handles = set(User.objects.values_list("handle", flat=True))
    coaching = set(Profile.objects.values_list("coaching_handle", flat=True))
    users = [_user(newcomer, _drawn(handles, system)) for newcomer in newcomers]
    pairs = [identity.newborn(user, one.person) for user, one in zip(users, newcomers, strict=True)]
    User.objects.bulk_create(users)
    PersonKey.objects.bulk_create([key for key, _ in pairs])
    Identity.objects.bulk_create([sealed for _, sealed in pairs])
    Profile.objects.bulk_create(
        [_profile(u, one, _drawn(coaching, system)) for u, one in zip(users, newcomers, strict=True)]
    )
    Grant.objects.bulk_create(
        [Grant(user=u, kind=kind) for u, one in zip(users, newcomers, strict=True) for kind in one.kinds]
    )
    return users


def _drawn(taken: set[str], chance: random.Random) -> str:
    handle = draw(taken.__contains__, chance)
    taken.add(handle)
    return handle


def _user(newcomer: Newcomer, handle: str) -> User:
    user = User(
        id=uuid4(),
        username=newcomer.username or f"p-{uuid4().hex[:12]}",
        state=newcomer.state,
        handle=handle,
    )
    user.set_unusable_password()
    return user


def _profile(user: User, newcomer: Newcomer, handle: str) -> Profile:
    return Profile(
        user=user,
        pseudo_id=pseudo_id(user.organisation_id, user.id),
        coaching_handle=handle,
        practice=newcomer.practice,
        seniority=newcomer.seniority,
        years_of_experience=newcomer.years_of_experience,
        region=newcomer.region,
        hours_per_week=newcomer.hours_per_week,
    )
