"""One-time links: made by HR or on the console, used once."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from careerforge.governance import audit
from careerforge.people import sign_in
from careerforge.people.models import Grant, SignInLink, User

# Nobody's coaching room can be opened yet by whoever holds a link.
BEFORE_ACTIVE = (User.State.IMPORTED, User.State.INVITED)


def invite(user: User, now: datetime, by: User | None) -> str:
    """A one-time link for somebody, as an address to print; earlier ones stop working.

    Who was only imported is invited by it. For an active person a link is a key to their account and to
    their coaching room, so that only the operator makes one, on the server (``by`` is None then).
    """
    # Locked: somebody who is opening the account this very moment is active when that is done.
    state = User.objects.select_for_update().values_list("state", flat=True).get(pk=user.pk)
    if by is not None and state not in BEFORE_ACTIVE:
        raise PermissionDenied
    User.objects.filter(pk=user.pk, state=User.State.IMPORTED).update(state=User.State.INVITED)
    user.refresh_from_db(fields=["state"])
    token = sign_in.make_link(user, now)
    kind = Grant.Kind.ADMIN_HR if by else ""
    audit.record(by, "person.invited", subject=user.id, target=user, actor_kind=kind)
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('people:welcome', args=[token])}"


def find(token: str, now: datetime) -> SignInLink | None:
    """The living link with this token, for somebody who has not left; its organisation is then open."""
    link = sign_in.find_link(token, now)
    if link is None or link.user.state == User.State.LEFT:
        return None
    return link


def use(link: SignInLink, password: str, now: datetime) -> bool:
    """Set the password and open the account. False when somebody else was quicker."""
    now_state = User.objects.select_for_update().values_list("state", flat=True).get(pk=link.user_id)
    if now_state == User.State.LEFT:
        return False
    if not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now):
        return False
    user = link.user
    # No other link outlives the first that was used.
    SignInLink.objects.filter(user=user, used_at__isnull=True).update(used_at=now)
    opens = now_state != User.State.ACTIVE
    user.set_password(password)
    user.state = User.State.ACTIVE
    user.save(update_fields=["password", "state"])
    audit.record(user, "account.opened" if opens else "account.password_set", subject=user.id, target=user)
    return True
