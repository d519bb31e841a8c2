"""Which text of a prompt is asked now, writing a new one, going live with it, and going back."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts.checking import Problem, frame_problems, problems
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.files import FRAME, shipped
from careerforge.assistant.prompts.template import Source, digest
from careerforge.governance import audit
from careerforge.people.models import User
from careerforge.tenancy import context

# A text that is tried out instead of the live one, by name: only where the golden set is asked.
_TRIED: ContextVar[tuple[str, str] | None] = ContextVar("tried_prompt", default=None)


class UnknownVersion(LookupError):
    """No text of this version is kept here."""


def is_known(name: str) -> bool:
    """Whether there is such a prompt."""
    return name == FRAME or name in DECLARED


@contextmanager
def trying(name: str, text: str) -> Iterator[None]:
    """Inside, :func:`current` takes this text for the live one. Nothing is stored."""
    token = _TRIED.set((name, text))
    try:
        yield
    finally:
        _TRIED.reset(token)


def current(name: str) -> Source:
    """The texts of a prompt that are live in the open organisation: its own, or else the shipped ones.

    One query. The first use of a shipped text keeps it as a version, so that its prompts can be made again
    after an update.

    Raises:
        FileNotFoundError: there is no such prompt.
    """
    texts = {FRAME: shipped(FRAME), name: shipped(name)}
    if context.current_id() is not None:
        texts |= _own(texts)
    tried = _TRIED.get()
    if tried and tried[0] in texts:
        texts[tried[0]] = tried[1]
    return Source(name, texts[FRAME], texts[name])


def _own(shipped_texts: dict[str, str]) -> dict[str, str]:
    """The organisation's live texts, by name."""
    digests = {name: digest(text) for name, text in shipped_texts.items()}
    wanted = Q(live=True) | Q(digest__in=digests.values())
    rows = list(PromptVersion.objects.filter(wanted, name__in=digests))
    live = {row.name: row.text for row in rows if row.live}
    kept = {(row.name, row.digest) for row in rows}
    for name, text in shipped_texts.items():
        if name not in live and (name, digests[name]) not in kept:
            keep_shipped(name, text, timezone.now())
    return live


def keep_shipped(name: str, text: str, now: datetime) -> None:
    """Keep a shipped text as a version, unless it is kept already, or by somebody else at this moment.

    Nobody waits for that other one: they may be about to ask a model, and commit when it has answered.
    """
    if not _is_first(name):
        return
    row = PromptVersion(
        name=name,
        number=_next(name),
        text=text,
        digest=digest(text),
        note=_("Shipped with CareerForge"),
        made_at=now,
    )
    PromptVersion.objects.bulk_create([row], ignore_conflicts=True)


def _is_first(name: str) -> bool:
    """Whether nobody else keeps a text of this prompt in a transaction that is still open."""
    with connection.cursor() as cursor:
        lock = f"{context.current_id()}|prompt|{name}"
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
        return bool(cursor.fetchone()[0])


def of_version(version: str) -> Source:
    """The texts of a prompt by its version.

    Raises:
        UnknownVersion: one of them is not kept here.
    """
    name, _dash, hashes = version.partition("-")
    own, _dash, frame = hashes.partition("-")
    if not (name and own and frame):
        raise UnknownVersion(version)
    return Source(name, _kept(FRAME, frame, version), _kept(name, own, version))


def _kept(name: str, start: str, version: str) -> str:
    try:
        text = shipped(name)
    except FileNotFoundError:
        raise UnknownVersion(version) from None
    if digest(text).startswith(start):
        return text
    row = PromptVersion.objects.filter(name=name, digest__startswith=start).first()
    if row is None:
        raise UnknownVersion(version)
    return row.text


def faults(name: str, text: str) -> list[Problem]:
    """Why a text cannot be a version of a prompt; see ``checking``."""
    return frame_problems(text) if name == FRAME else problems(text, DECLARED[name].values)


def write(name: str, text: str, note: str, *, owner: User | None, by: User, now: datetime) -> PromptVersion:
    """Keep a new version, which is not live yet. Browsers' line ends become ours.

    Raises:
        ValueError: the text has faults or is a version already; in words for who wrote it.
    """
    text = text.replace("\r\n", "\n")
    if found := faults(name, text):
        raise ValueError("\n".join(str(one) for one in found))
    same = PromptVersion.objects.filter(name=name, digest=digest(text)).first()
    if same:
        raise ValueError(_("This is the text of version %s, word for word.") % same.number)
    with transaction.atomic():
        row = PromptVersion.objects.create(
            name=name,
            number=_next(name),
            text=text,
            digest=digest(text),
            owner=owner or by,
            author=by,
            note=note,
            made_at=now,
        )
        audit.record(by, "prompt.written", target=row, prompt=name, number=row.number)
    return row


def make_live(version: PromptVersion, by: User | None, *, reason: str = "") -> PromptVersion:
    """Ask with this version from now on. The caller has looked at the golden set.

    Args:
        reason: why, where nothing proves that it is good.
    """
    with transaction.atomic():
        before = _stop(version.name)
        version.live = True
        version.save(update_fields=["live"])
        audit.record(
            by,
            "prompt.made_live",
            target=version,
            reason=reason,
            prompt=version.name,
            number=version.number,
            before=before,
        )
    return version


def follow_shipped(name: str, by: User | None, *, reason: str = "") -> bool:
    """Ask with the shipped text, also after updates, from now on; False if that is so already."""
    with transaction.atomic():
        version = PromptVersion.objects.filter(name=name, live=True).first()
        if version is None:
            return False
        _stop(name)
        audit.record(
            by, "prompt.shipped_again", target=version, reason=reason, prompt=name, before=version.number
        )
    return True


def _stop(name: str) -> int:
    """Take the live version back; its number, 0 for the shipped text."""
    rows = PromptVersion.objects.select_for_update().filter(name=name, live=True)
    before = next((row.number for row in rows), 0)
    PromptVersion.objects.filter(name=name, live=True).update(live=False)
    return before


def _next(name: str) -> int:
    """The number of a prompt's next version."""
    return (PromptVersion.objects.filter(name=name).aggregate(last=Max("number"))["last"] or 0) + 1
