"""Which text of a prompt is asked now, writing a new one, going live with it, and going back."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts.checking import Problem, frame_problems, problems
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.files import FRAME, shipped
from careerforge.assistant.prompts.holding import hold_live
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
    """The texts of a prompt that are live in the open organisation.

    One query. The first use of a shipped text keeps it as a version and makes that live, so that its prompts
    can be made again after an update, and an update's other text waits until it is looked at.

    Raises:
        FileNotFoundError: there is no such prompt.
    """
    texts = {FRAME: shipped(FRAME), name: shipped(name)}
    organisation = context.current_id()
    if organisation is not None:
        # Where it is only named, because a model is asked next: a transaction for this alone.
        with nullcontext() if connection.in_atomic_block else context.organisation(organisation):
            texts |= _own(texts)
    tried = _TRIED.get()
    if tried and tried[0] in texts:
        texts[tried[0]] = tried[1]
    return Source(name, texts[FRAME], texts[name])


def _own(shipped_texts: dict[str, str]) -> dict[str, str]:
    """The organisation's live texts, by name."""
    rows = PromptVersion.objects.filter(live=True, name__in=list(shipped_texts))
    live = dict(rows.values_list("name", "text"))
    for name, text in shipped_texts.items():
        if name not in live and _is_first(name):
            keep_shipped(name, text, timezone.now(), live=True)
    return live


def keep_shipped(name: str, text: str, now: datetime, *, live: bool = False) -> PromptVersion:
    """The version of a shipped text; it is kept if it is not yet. The caller holds the prompt."""
    row = PromptVersion(
        name=name,
        number=_next(name),
        text=text,
        digest=digest(text),
        note=_("Shipped with CareerForge"),
        made_at=now,
        is_shipped=True,
        live=live,
        live_at=now if live else None,
    )
    PromptVersion.objects.bulk_create([row], ignore_conflicts=True)
    return PromptVersion.objects.filter(name=name, digest=row.digest).get()


def hold(name: str) -> None:
    """Until the transaction ends, nobody else writes or switches this prompt: two at once take turns."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_lock(name)])


def _is_first(name: str) -> bool:
    """Hold the prompt, unless somebody else does: they may be about to ask a model, so nobody waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_lock(name)])
        return bool(cursor.fetchone()[0])


def _lock(name: str) -> str:
    return f"{context.current_id()}|prompt|{name}"


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
    with transaction.atomic():
        hold(name)
        same = PromptVersion.objects.filter(name=name, digest=digest(text)).first()
        if same:
            raise ValueError(_("This is the text of version %s, word for word.") % same.number)
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


def make_live(version: PromptVersion, by: User | None, now: datetime, *, reason: str = "") -> bool:
    """Ask with this version from now on; False if that is so already.

    The caller holds what is live, and has looked at the golden set since.

    Args:
        reason: why, where nothing proves that it is good.
    """
    with transaction.atomic():
        hold_live()
        hold(version.name)
        if PromptVersion.objects.filter(pk=version.pk, live=True).exists():
            return False
        if live_version(version.name) is None:
            # Nobody has asked yet; what would have been asked with can be gone back to.
            keep_shipped(version.name, shipped(version.name), now, live=True)
        before = _stop(version.name)
        version.live, version.live_at, version.live_reason = True, now, reason[:300]
        version.save(update_fields=["live", "live_at", "live_reason"])
        audit.record(
            by,
            "prompt.made_live",
            target=version,
            reason=reason,
            prompt=version.name,
            number=version.number,
            before=before,
        )
    return True


def live_version(name: str) -> PromptVersion | None:
    """The version that is asked with; None while nobody has asked anything yet."""
    return PromptVersion.objects.filter(name=name, live=True).first()


def shipped_version(name: str, now: datetime) -> PromptVersion:
    """The text that came with the program, as a version; it is kept if it is not yet."""
    with transaction.atomic():
        hold(name)
        return keep_shipped(name, shipped(name), now)


def _stop(name: str) -> int:
    """Take the live version back; its number, 0 for a shipped text that is no version yet."""
    rows = PromptVersion.objects.filter(name=name, live=True)
    before = rows.values_list("number", flat=True).first() or 0
    rows.update(live=False)
    return before


def _next(name: str) -> int:
    """The number of a prompt's next version."""
    return (PromptVersion.objects.filter(name=name).aggregate(last=Max("number"))["last"] or 0) + 1
