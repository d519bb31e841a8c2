"""The folders that are open to a company, as its form tells them."""

from pathlib import Path
from uuid import UUID

from django.utils.html import escape
from django.utils.translation import gettext as _

from careerforge.http.errors import Refused
from careerforge.people.models import User
from connectors import folders


def told(user: User) -> str:
    """Which folders are open, or why none is; as HTML."""
    try:
        found = _open_to(user)
    except Refused as refused:
        return escape(refused.sentence)
    names = ", ".join(map(str, found))
    if len(found) == 1:
        return escape(
            _("Open is %(root)s. A folder may be named from there, such as handbook.") % {"root": names}
        )
    return escape(
        _("Open are: %(roots)s. Give the whole path of one, or of a folder below it.") % {"roots": names}
    )


def completed(location: str, user: User) -> str:
    """A path that begins at the only open folder, as a whole one."""
    if not location.strip() or location.strip().startswith("/"):
        return location
    try:
        found = _open_to(user)
    except Refused:
        return location
    return str(found[0] / location.strip()) if len(found) == 1 else location


def _open_to(user: User) -> list[Path]:
    """The folders, at least one.

    Raises:
        Refused: none is open.
    """
    company: UUID | None = user.organisation_id
    return folders.opened(company)
