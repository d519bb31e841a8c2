"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from connectors.parsing.dates import parse_date, published
from connectors.parsing.item import ARTICLE, MEDIA, Item, Parsed, Problem, distinct, made_up_id, unreadable
from connectors.parsing.text import clean, one_line, readable
from connectors.parsing.values import label_of_scalar, labels, language_tag, web_address

_VERSION = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")
_KNOWN = ("1", "1.1")


def is_json_feed(document: object) -> bool:
    version = document.get("version") if isinstance(document, Mapping) else None
    return isinstance(version, str) and version.startswith(_VERSION)


def parse_json_feed(where: str, document: Mapping[str, object], now: datetime) -> Parsed:
    """The items of a JSON Feed; fields of the wrong type count as absent."""
    version = str(document.get("version")).rpartition("/")[2]
    if version not in _KNOWN:
        return unreadable(
            where, _("JSON Feed version %(version)s is not known.") % {"version": version[:20]}, "json_feed"
        )
    entries = document.get("items")
    if not isinstance(entries, list) or not entries:
        return unreadable(where, _("The feed has no entries."), "json_feed")
    language = language_tag(document.get("language"))
    found = [_item(entry, language, now) for entry in entries if isinstance(entry, Mapping)]
    items = [item for item in found if item is not None]
    missing = len(entries) - len(items)
    reason = _("Entries left out because they have neither a title nor a text: %(n)s.") % {"n": missing}
    problems = (Problem(where, reason),) if missing else ()
    return Parsed(distinct(items), problems, "json_feed", entries=len(entries))


def _item(entry: Mapping[str, object], feed_language: str | None, now: datetime) -> Item | None:
    title, (text, hidden) = _string(entry, "title"), _body(entry)
    if not title and not text:
        return None
    title = title or one_line(text.partition("\n")[0])
    url = web_address(entry.get("url")) or web_address(entry.get("external_url"))
    given = next(
        (entry[name] for name in ("date_published", "date_modified") if parse_date(entry.get(name))), None
    )
    moment, as_given = published(given, now)
    facts: dict[str, str | tuple[str, ...]] = {"published_as_given": as_given} if as_given else {}
    topics = labels(entry.get("tags"))
    if topics:
        facts["topics"] = topics
    return Item(
        external_id=label_of_scalar(entry.get("id")) or made_up_id(url, title),
        title=title,
        text=text or title,
        url=url,
        kind=MEDIA if _has_media(entry.get("attachments")) else ARTICLE,
        published_at=moment,
        language=language_tag(entry.get("language")) or feed_language,
        facts=facts,
        hidden=hidden,
    )


def _string(entry: Mapping[str, object], name: str) -> str:
    value = entry.get(name)
    return one_line(value) if isinstance(value, str) else ""


def _body(entry: Mapping[str, object]) -> tuple[str, str]:
    """What the entry shows, and what it hides."""
    markup, plain, summary = (entry.get(name) for name in ("content_html", "content_text", "summary"))
    if isinstance(markup, str) and markup.strip():
        return readable(markup)
    texts = (clean(value) for value in (plain, summary) if isinstance(value, str))
    return next(filter(None, texts), ""), ""


def _has_media(attachments: object) -> bool:
    types = (
        [part.get("mime_type") for part in attachments if isinstance(part, Mapping)]
        if isinstance(attachments, list)
        else []
    )
    return any(isinstance(name, str) and name.startswith(("audio/", "video/")) for name in types)
