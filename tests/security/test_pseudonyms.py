"""A pseudonym tells nothing and belongs to one company (case 24)."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from careerforge.people.identity import email_index
from careerforge.people.models import Profile, User
from careerforge.people.pseudonyms import pseudo_id
from careerforge.vault.sealing import ring
from tests.cast import Cast


def test_the_same_person_in_two_companies_is_two_pseudonyms() -> None:
    person = uuid4()
    assert pseudo_id(uuid4(), person) != pseudo_id(uuid4(), person)


def test_pseudonyms_have_no_order(cast: Cast) -> None:
    people = User.objects.order_by("joined_at", "id")
    ids = [Profile.objects.get(user=user).pseudo_id for user in people]
    assert len(set(ids)) == len(ids)
    assert ids != sorted(ids)


@pytest.mark.parametrize("digest", [hashlib.sha256, hashlib.sha1, hashlib.md5])
def test_nobody_guesses_one_from_an_e_mail(owner: User, digest: Callable[..., Any]) -> None:
    email = "ottilie.varnhagen@northwind.example"
    guesses = {
        digest(part.encode()).hexdigest()
        for part in (email, str(owner.pk), f"{owner.organisation_id}|{owner.pk}")
    }
    profile = Profile.objects.get(user=owner)
    assert not any(profile.pseudo_id in guess or profile.pseudo_id == guess[:32] for guess in guesses)
    assert owner.email_index not in guesses
    assert owner.email_index == email_index(email)


def test_the_key_is_apart_from_the_data(owner: User) -> None:
    key = ring().numbered("pseudonym", 1)
    text = "\x1f".join((str(owner.organisation_id), str(owner.pk))).encode()
    assert hmac.new(key, text, hashlib.sha256).hexdigest()[:32] == Profile.objects.get(user=owner).pseudo_id


def test_handles_of_coaches_and_admins_differ(cast: Cast) -> None:
    assert all(Profile.objects.get(user=user).coaching_handle != user.handle for user in User.objects.all())
