"""The files of a folder, read without ever leaving it."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from careerforge.http.errors import Refused
from careerforge.tenancy.models import Organisation
from connectors.kinds.kind import Body

MOST_FILES = 5_000
LARGEST_FILE = 25_000_000


def check(location: str, organisation: UUID | None) -> Path:
    """The folder of a connection of this company.

    Raises:
        Refused: it does not lie below one of the folders that the operator opened to the company.
    """
    roots = opened(organisation)
    if "\0" in location or not location.strip():
        raise Refused(_("There is no folder at this place."), "folder")
    try:
        path = Path(location.strip()).resolve()
        is_there = path.is_dir()
    except OSError:
        raise Refused(_("There is no folder at this place."), "folder") from None
    if not any(path.is_relative_to(root.resolve()) for root in roots):
        raise Refused(_("This folder does not lie below one of CAREERFORGE_FOLDERS."), "folder")
    if not is_there:
        raise Refused(_("There is no folder at this place."), "folder")
    return path


def opened(organisation: UUID | None) -> list[Path]:
    """What is open to a company: ``Company name=/path``; a plain ``/path`` only while it is the only one.

    Raises:
        Refused: nothing is.
    """
    if not settings.FOLDERS:
        raise Refused(
            _("No folder is open to connections. The operator lists them in CAREERFORGE_FOLDERS."), "folder"
        )
    companies = list(Organisation.objects.values_list("pk", "name"))
    found: list[Path] = []
    for entry in map(str, settings.FOLDERS):
        name, sign, path = entry.partition("=")
        if entry.startswith("/") or not sign:
            # Whose it is nobody has said.
            found += [Path(entry)] if len(companies) < 2 else []
        # A name that two companies have is nobody's: each may rename itself.
        elif [pk for pk, known in companies if known == name.strip()] == [organisation]:
            found.append(Path(path.strip()))
    if not found:
        sentence = _(
            "No folder is open to this company. With several companies, the operator names the company of "
            "each folder in CAREERFORGE_FOLDERS: Company name=/path."
        )
        raise Refused(sentence, "folder")
    return found


@dataclass(frozen=True)
class Files:
    """Files below a folder, in the order of their names, and what could not be looked into."""

    root: Path
    names: tuple[str, ...]
    problems: tuple[Body, ...]


def storable(name: str) -> str:
    """A file's name as the database takes it, whatever bytes it has; two names stay two."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def files(location: str, organisation: UUID | None) -> Files:
    """The files of a folder; of too many, the first.

    Raises:
        Refused: the folder is not open to connections.
    """
    root = check(location, organisation)
    names, problems = _names(root)
    if len(names) > MOST_FILES:
        reason = _("There are more than %(n)s files; the others were not read.") % {"n": MOST_FILES}
        problems.append(Body(storable(names[MOST_FILES - 1]), problem=reason))
    return Files(root, tuple(names[:MOST_FILES]), tuple(problems))


def _names(root: Path) -> tuple[list[str], list[Body]]:
    """Hidden files and folders are left out; links to folders are not followed."""
    found: list[str] = []
    problems: list[Body] = []

    def unreadable(error: OSError) -> None:
        where = storable(os.path.relpath(error.filename, root))
        problems.append(Body(where, problem=_("The folder could not be read; check its permissions.")))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        visible = [*links, *(name for name in names if not name.startswith("."))]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in visible]
    return sorted(found, key=storable), problems


def body(root: Path, name: str, known: Callable[[str], tuple[str, str]]) -> Body:
    """A file's content, unless it is the one that is known: same size, same moment of the last change."""
    shown = storable(name)
    stamp = _stamp(root, name)
    if stamp and known(shown)[0] == stamp:
        return Body(shown, place=shown, prefix=shown, unchanged=True, cursor=shown, etag=stamp)
    content, problem = _content(root, name)
    return Body(shown, content, place=shown, prefix=shown, problem=problem, cursor=shown, etag=stamp)


def _stamp(root: Path, name: str) -> str:
    """Size, inode, and when content and node were changed last; empty for anything but a plain file."""
    try:
        found = os.lstat(root / name)
    except OSError:
        return ""
    if not stat.S_ISREG(found.st_mode):
        return ""
    return f"{found.st_size}-{found.st_ino}-{found.st_mtime_ns}-{found.st_ctime_ns}"


def _content(root: Path, name: str) -> tuple[bytes, str]:
    """A file's bytes, or why there are none. What it is is asked of the opened file: it may be exchanged
    meanwhile.
    """
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            return b"", _("This is a link that leads out of the folder.")
        if path.is_dir():
            return b"", _("Links to folders are not followed.")
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            # A folder on the way may have become a link since it was looked at: where it is, the file says.
            if not Path(os.readlink(f"/proc/self/fd/{file.fileno()}")).is_relative_to(root):
                return b"", _("This is a link that leads out of the folder.")
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return b"", _("This is not a file with content.")
            content = file.read(LARGEST_FILE + 1)
    except (OSError, RuntimeError):
        return b"", _("The file could not be read; check its permissions.")
    return (b"", _("The file is larger than 25 MB.")) if len(content) > LARGEST_FILE else (content, "")
