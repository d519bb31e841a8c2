"""What is not read, told by its first bytes or by its name."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.parsing.plain import decode

MAX_BODY = 25_000_000

_PACKED = gettext_lazy("Compressed archives are not read; give the unpacked files.")
_PICTURE = gettext_lazy("Pictures are not read.")
_PROGRAM = gettext_lazy("This is a program, not a document.")
_SOUND = gettext_lazy("Sound and film files are not read.")
_MAGIC = (
    (
        b"version https://git-lfs.github.com/spec/",
        gettext_lazy("This is a Git LFS pointer; the file itself was not fetched."),
    ),
    (b"PK\x05\x06", gettext_lazy("This ZIP archive is empty.")),
    (b"\x1f\x8b", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"(\xb5/\xfd", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"BM", _PICTURE),
    (b"\x00\x00\x01\x00", _PICTURE),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy("Old Office files are not read; save the document as PDF, HTML or text."),
    ),
    (b"{\\rtf", gettext_lazy("RTF files are not read; save the document as PDF, HTML or text.")),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
)
_ZLIB_HEADS = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
XML_NAMES = frozenset({".xml", ".rss", ".atom", ".rdf", ".cdf"})


def refusal(body: bytes, suffix: str) -> str | None:
    """Why a body is not read at all; None if it may be text."""
    if not body.strip():
        return _("The file is empty.")
    if len(body) > MAX_BODY:
        return _("The file is larger than %(n)s MB.") % {"n": MAX_BODY // 1_000_000}
    if body[257:262] == b"ustar" or (body.startswith(_ZLIB_HEADS) and is_binary(body)):
        return str(_PACKED)
    for magic, reason in _MAGIC:
        if body.startswith(magic) and (len(magic) > 2 or is_binary(body)):
            return str(reason)
    if body[:4] == b"RIFF" or body[4:8] == b"ftyp":
        return str(_PICTURE if body[8:12] in {b"WEBP", b"avif", b"heic"} else _SOUND)
    if suffix == ".svg":
        return picture()
    # XML says its own character set, EBCDIC among them.
    is_text = suffix in XML_NAMES or not is_binary(body)
    return None if is_text else _("This is neither text nor a format that can be read.")


def picture() -> str:
    """The refusal of a picture."""
    return str(_PICTURE)


def is_binary(body: bytes) -> bool:
    """True if the start has many control characters and is no UTF-16 or UTF-32."""
    text = decode(body[:4000])[0]
    odd = sum(
        (char < " " and char not in "\t\n\r\f\x1b") or "\x7f" <= char < "\xa0" or char == "\ufffd"
        for char in text
    )
    return odd > max(2, len(text) // 20)
