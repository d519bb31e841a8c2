"""Mail to one person, at the work e-mail that is sealed with their identity.

Nothing here says in a log or an error whom a message was for.
"""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from careerforge.people import identity
from careerforge.people.models import User


class NotSent(Exception):
    """The mail server did not take a message; trying again later may help."""


def is_set_up() -> bool:
    """Whether the operator has named a mail server."""
    return bool(settings.MAIL_URL)


def send(user: User, subject: str, text: str) -> bool:
    """Send one message; False where no mail is set up or the person has no address.

    Args:
        user: with ``identity`` and ``key`` selected along.

    Raises:
        NotSent: the mail server did not take it, or is not there.
    """
    address = identity.read(user, "email") if is_set_up() else ""
    if not address:
        return False
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [address]).send()
    except (SMTPException, OSError):
        # What the server said may name the person.
        raise NotSent("The mail server did not take the message.") from None
    return True
