"""Fetching what a connection points at: one address through the guarded client, or the files of a folder."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from careerforge.http.client import GuardedClient
from careerforge.http.errors import FetchError
from careerforge.http.policy import Policy
from careerforge.http.vetting import vet_url
from connectors.models import Connection

MOST_FILES = 5_000
LARGEST_FILE = 25_000_000
ACCEPT = "application/feed+json, application/json, application/rss+xml, application/atom+xml, text/html, */*;q=0.5"


@dataclass(frozen=True)
class Body:
    """Something to parse. ``where`` names it for people; ``prefix`` keeps ids of different files apart."""

    where: str
    content: bytes = field(repr=False)
    content_type: str | None = None
    prefix: str = ""
    # Set when it could not be read at all; then there is no content.
    problem: str = ""


@dataclass(frozen=True)
class Listing:
    """What a source holds now."""

    bodies: Iterator[Body]
    count: int
    # A complete listing: what is absent from it is gone.
    is_complete: bool = False
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


def policy() -> Policy:
    """The operator's rules for outbound requests."""
    return Policy(allowed_hosts=tuple(settings.ALLOWED_ORIGINS), proxy=settings.OUTBOUND_PROXY)


def problem_with(kind: str, location: str) -> str:
    """Why a connection to this place is refused, in words, or an empty string. Looks the name up."""
    if kind == Connection.Kind.FOLDER:
        return _folder_problem(location)
    try:
        vet_url(location, policy())
    except FetchError as error:
        return error.sentence
    return ""


def _folder_problem(location: str) -> str:
    if not settings.FOLDERS:
        return _("No folder is open to connections. The operator lists them in CAREERFORGE_FOLDERS.")
    path = Path(location).resolve()
    if not any(path.is_relative_to(root.resolve()) for root in settings.FOLDERS):
        return _("This folder does not lie below one of CAREERFORGE_FOLDERS.")
    if not path.is_dir():
        return _("There is no folder at this place.")
    return ""


def listing(connection: Connection, secret: tuple[str, str] | None, client: GuardedClient) -> Listing:
    """What the source holds.

    Args:
        secret: a header's name and value that stays with the connection's own origin.

    Raises:
        FetchError: the address could not be fetched; its text is for people.
    """
    if connection.kind == Connection.Kind.FOLDER:
        return _folder(connection.location)
    headers = {"Accept": ACCEPT}
    if connection.etag:
        headers["If-None-Match"] = connection.etag
    if connection.last_modified:
        headers["If-Modified-Since"] = connection.last_modified
    if secret:
        headers[secret[0]] = secret[1]
    fetched = client.get(connection.location, headers=headers)
    if fetched.status == 304:
        return Listing(iter(()), 0, unchanged=True, etag=connection.etag, last_modified=connection.last_modified)
    declared = fetched.headers.get("content-type")
    body = Body(where=_("the source"), content=fetched.body, content_type=declared)
    return Listing(
        iter([body]),
        1,
        etag=fetched.headers.get("etag", "")[:500],
        last_modified=fetched.headers.get("last-modified", "")[:100],
    )


def _folder(location: str) -> Listing:
    root = Path(location).resolve()
    names = _names(root)
    return Listing(
        (_file(root, name) for name in names[:MOST_FILES]), min(len(names), MOST_FILES), len(names) <= MOST_FILES
    )


def _names(root: Path) -> Sequence[str]:
    """Files below a folder, in order, hidden ones left out. A link is followed only while it stays inside."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [str((Path(folder) / name).relative_to(root)) for name in files if not name.startswith(".")]
    return sorted(found)


def _file(root: Path, name: str) -> Body:
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return Body(name, b"", problem=_("This is a link that leads out of the folder."))
    try:
        if path.stat().st_size > LARGEST_FILE:
            return Body(name, b"", problem=_("The file is larger than 25 MB."))
        return Body(name, path.read_bytes(), prefix=name)
    except OSError:
        return Body(name, b"", problem=_("The file could not be read; check its permissions."))
