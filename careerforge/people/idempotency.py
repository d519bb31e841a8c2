"""``Idempotency-Key``: a POST that is sent again gets the first answer and does nothing.

The claim is a lock of the request's own transaction, and the answer is written in that transaction too:
when the process is killed both are gone, and the key is free at once.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from careerforge.people import identity
from careerforge.people.models import IdempotencyKey, User
from careerforge.vault.sealing import keyed_hash

HEADER = "Idempotency-Key"
KEPT = timedelta(days=1)
LONGEST = 64


@dataclass
class Claim:
    """A key in use by this request."""

    user: User
    key: str
    request_hash: str
    # False: the work finds its own first result, and its text stays where it is sealed.
    keeps_answer: bool = True


class Again(Exception):
    """This request was answered before."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.body = body


def claim(request: HttpRequest, user: User) -> None:
    """Take the request's key, if it carries one.

    Raises:
        Again: it was answered before.
        HttpError: 409 while the first one is at work, 422 for another request under the same key.
    """
    key = request.headers.get(HEADER, "")
    if request.method != "POST" or not key:
        return
    if len(key) > LONGEST or not key.isprintable():
        raise HttpError(422, _("An Idempotency-Key has at most 64 printable characters."))
    if not _lock(user, key):
        raise HttpError(409, _("The first request with this Idempotency-Key is still at work."))
    claimed = Claim(user, key, _hash(request))
    earlier = IdempotencyKey.objects.filter(user=user, key=key).first()
    if earlier is not None and earlier.created_at < timezone.now() - KEPT:
        earlier.delete()
        earlier = None
    if earlier is not None:
        _answer_again(earlier, claimed)
    request.idempotency = claimed  # type: ignore[attr-defined]


def _answer_again(earlier: IdempotencyKey, claimed: Claim) -> None:
    if earlier.request_hash != claimed.request_hash:
        raise HttpError(422, _("This Idempotency-Key was used for another request."))
    if earlier.sealed_answer:
        body = identity.open_line(claimed.user, earlier.id, "answer", earlier.sealed_answer)
        raise Again(earlier.status, body.encode())
    claimed.keeps_answer = False


def keep_no_answer(request: HttpRequest) -> None:
    """For an operation whose text may be stored in a coaching room only, and which finds it there itself."""
    if claimed := getattr(request, "idempotency", None):
        claimed.keeps_answer = False


def finish(request: HttpRequest, status: int, body: bytes) -> None:
    """Keep the answer of a request that carried a key. A refusal is not kept: it may be put right."""
    claimed: Claim | None = getattr(request, "idempotency", None)
    if claimed is None or status >= 400:
        return
    row = IdempotencyKey(user=claimed.user, key=claimed.key, request_hash=claimed.request_hash, status=status)
    if claimed.keeps_answer:
        row.sealed_answer = identity.seal_line(claimed.user, row.id, "answer", body.decode())
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)


def again(request: HttpRequest, answer: Any) -> HttpResponse:
    """The stored answer, marked as such."""
    return HttpResponse(
        answer.body,
        status=answer.status,
        content_type="application/json",
        headers={"Idempotency-Replayed": "true"},
    )


def forget_old() -> int:
    """Remove keys after a day. Gives back how many."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def _lock(user: User, key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"{user.pk}|{key}"])
        return bool(cursor.fetchone()[0])


def _hash(request: HttpRequest) -> str:
    """Keyed, so that a stored hash does not confirm a guess of what was asked."""
    body = request.body
    try:
        canonical = json.dumps(json.loads(body), sort_keys=True)
    except (ValueError, RecursionError):
        canonical = body.hex()
    return keyed_hash("index", "idempotency", request.get_full_path(), canonical).hex()
