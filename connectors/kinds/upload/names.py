"""Names of uploaded files, as they may be stored and shown. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from connectors.parsing.text import clean

LONGEST = 120
# What a file system or a terminal would take for something else, and what stands behind a name in the ids of
# its documents.
_ODD = re.compile(r"[\\/:*?\"<>|#\x00-\x1f]+")


def safe_name(name: str) -> str:
    """The last part of a name, on one line, without characters that lead out of a folder, reorder or hide
    text; cut to `LONGEST` letters with its ending kept. What is left of nothing is "file".
    """
    line = " ".join(clean(name.replace("\\", "/")).split())
    last = _ODD.sub(" ", line.rsplit("/", 1)[-1]).strip(" .")
    if len(last) > LONGEST:
        suffix = PurePosixPath(last).suffix[:10]
        last = last[: LONGEST - len(suffix)].rstrip() + suffix
    return " ".join(last.split()) or "file"
