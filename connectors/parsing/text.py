"""Markup to readable text. Every text that leaves the parsers has been through `clean` and can be stored in
PostgreSQL.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

import nh3

from connectors.parsing.unseen import parted

MAX_MARKUP = 2_000_000
MAX_TEXT = 1_000_000
MAX_TITLE = 500

# Control characters (not tab and line ends), surrogates, non-characters, and marks that reorder or hide text.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_ESCAPED_TAG = re.compile(r"&(?:lt|#0{0,9}60|#x0{0,9}3c);/?[a-z!]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][\w:.-]{0,60}|!)[^<>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# Tags that close by themselves, so that leaving them open nests nothing.
_NOT_NESTING = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
    ]
)
MAX_DEPTH = 400
MAX_ATTRIBUTES = 300
_KEPT = _BLOCKS | {"br", "li"}
_DROPPED = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "head",
    "title",
    "select",
    "textarea",
}


def clean(text: str) -> str:
    """Plain text in paragraphs: canonical Unicode, no control, bidirectional or invisible characters, single
    spaces, at most one blank line in a row, at most `MAX_TEXT` characters.
    """
    text = (
        text[: 2 * MAX_TEXT]
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()[:MAX_TEXT]


def one_line(text: str) -> str:
    """A title: cleaned text on one line, at most `MAX_TITLE` characters."""
    return " ".join(clean(html_to_text(text)).split())[:MAX_TITLE]


def html_to_text(markup: str) -> str:
    """Readable text of an HTML fragment; see :func:`readable`."""
    return readable(markup)[0]


def readable(markup: str) -> tuple[str, str]:
    """What an HTML fragment shows as text, and what it hides; plain text passes through with its entities
    resolved.

    Markup that was escaped once too often (`&lt;p&gt;`, as several job boards send) is unescaped once.
    Scripts, styles and attributes are gone; blocks become paragraphs, list items lines with a dash.
    """
    markup = _without_cut_tag(markup[:MAX_MARKUP])
    if not _TAG.search(markup) and _ESCAPED_TAG.search(markup):
        markup = _without_cut_tag(html.unescape(markup))
    found = parted(markup)
    return _text_of(found.shown), clean(found.hidden)


def _text_of(markup: str) -> str:
    if not _TAG.search(markup):
        return clean(html.unescape(markup))
    if is_monstrous(markup):
        # Building a tree takes quadratic time here, so the tags are only cut out.
        return clean(html.unescape(_TAG.sub("\n", markup)))
    safe = nh3.clean(markup, tags=set(_KEPT), attributes={}, clean_content_tags=_DROPPED, link_rel=None)
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    return clean("".join(reader.pieces))


def _without_cut_tag(markup: str) -> str:
    """Some sources cut descriptions at a length, in the middle of a tag."""
    start = markup.rfind("<")
    tail = markup[start:] if start >= 0 else ""
    is_cut = ">" not in tail and "=" in tail and tail[1:2].isalpha()
    return markup[:start] if is_cut else markup


def is_monstrous(markup: str, xml: bool = False) -> bool:
    """True for markup whose tree takes quadratic time to build: very deep, or an element with very many
    attributes.
    """
    return nesting(markup, xml) > MAX_DEPTH or any(_is_crowded(match[0]) for match in _TAG.finditer(markup))


def _is_crowded(tag: str) -> bool:
    if len(tag) < 2 * MAX_ATTRIBUTES:
        return False
    return max(len(tag.split(None, MAX_ATTRIBUTES + 1)), tag.count('="'), tag.count("='")) > MAX_ATTRIBUTES


def nesting(markup: str, xml: bool = False) -> int:
    """How many tags are open at once at most, as far as reading from left to right tells. Takes linear time.

    In XML every tag nests, unless it ends in `/>`; in HTML those that close by themselves do not.
    """
    opened: dict[str, int] = {}
    depth = deepest = 0
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        if name == "!" or (match[0].endswith("/>") if xml else name in _NOT_NESTING):
            continue
        if not match[1]:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
    return deepest


class _Reader(HTMLParser):
    """Collects the text of sanitised markup, with line ends where a browser would break."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._verbatim += tag == "pre"
        self.pieces.append("\n- " if tag == "li" else "\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        self._verbatim -= tag == "pre"
        if tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data if self._verbatim else _collapsed(data))


def _collapsed(data: str) -> str:
    inner = " ".join(data.split())
    if not inner:
        return " " if data else ""
    return (" " if data[0].isspace() else "") + inner + (" " if data[-1].isspace() else "")
