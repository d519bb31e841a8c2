"""What both wire formats share: unknown fields are ignored, wrong counts and names are no reason to lose an
answer, and what a searching provider has read is bounded.
"""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator

from careerforge.gateway.prompt import LONGEST_NAME, WebSource

LONGEST_WORD = 40
MOST_SOURCES, LONGEST_ADDRESS, LONGEST_TITLE, LONGEST_DATE, LONGEST_SNIPPET = 20, 500, 200, 40, 600


def _counted(found: object) -> int:
    """Tokens; servers leave them out, send null or worse, and an answer is not lost for that."""
    return found if isinstance(found, int) and 0 <= found < 2**31 else 0


def _named(found: object) -> str:
    """A name to be stored and shown: without NUL, line ends and signs that turn the direction of writing."""
    return "".join(filter(str.isprintable, found))[:LONGEST_NAME] if isinstance(found, str) else ""


def _word(found: object) -> str | None:
    """Why an answer ended, which goes into the ledger: no longer than its column."""
    return None if found is None else _named(found)[:LONGEST_WORD]


def _listed(found: object) -> list[Any]:
    return list(found) if isinstance(found, list | tuple) else []


Count = Annotated[int, BeforeValidator(_counted)]
Name = Annotated[str, BeforeValidator(_named)]
Word = Annotated[str | None, BeforeValidator(_word)]
Listed = Annotated[list[Any], BeforeValidator(_listed)]


def web_sources(*lists: list[Any]) -> tuple[WebSource, ...]:
    """Pages from lists of addresses, or of rows with an address; the first that says of one page most counts.

    Only https, without a user in the address; texts are cut and their line ends taken out.
    """
    found: dict[str, WebSource] = {}
    for row in (one for rows in lists for one in rows):
        told = {"url": row} if isinstance(row, str) else row if isinstance(row, dict) else {}
        address = told.get("url")
        if (
            isinstance(address, str)
            and _is_page(address)
            and (address not in found or not found[address].title)
        ):
            found[address] = WebSource(
                address,
                _line(told.get("title"), LONGEST_TITLE),
                _line(told.get("date"), LONGEST_DATE),
                _line(told.get("snippet") or told.get("cited_text"), LONGEST_SNIPPET),
            )
    return tuple(found.values())[:MOST_SOURCES]


def _is_page(address: str) -> bool:
    if not address.isprintable() or len(address) > LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and " " not in address


def _line(text: object, longest: int) -> str:
    """Text on one line, without NUL and signs that turn the direction of writing."""
    if not isinstance(text, str):
        return ""
    return "".join(filter(str.isprintable, " ".join(text.split())))[:longest]
