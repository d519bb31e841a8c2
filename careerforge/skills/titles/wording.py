"""What a job's title says: the job itself, how high it is, and noise. Pure.

"Sr. Software Engineer (m/f/d) - Berlin, 1458665" is "software engineer", with the level word "senior".
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words.toml"

# "(m/f/d)", "(w/m)", "f/m/x"; "Entwickler:in", "Lehrer*innen", "(in)".
GENDERS = re.compile(r"\(?\b[mfdwxh](?:\s*[/|]\s*[mfdwxh]){1,3}\b\)?", re.IGNORECASE)
FEMALE_ENDING = re.compile(r"(?<=\w)(?:[:*_/]-?in(?:nen)?\b|\(in(?:nen)?\))", re.IGNORECASE)
BRACKETS = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]?")
CUTS = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*[|@•;:]\s*|\s*#\w+|\s+(?:at|for)\s+(?=the\b)")
EITHER = re.compile(r"\s*/\s*|\s+(?:cum|or)\s+")
TOKEN = re.compile(r"[^\W_]+(?:[+#]+|['’][^\W_]+)?|\.net\b")
# What makes a worker of a word.
HEAD_ENDINGS = ("er", "or", "ist", "ian", "ant", "eer", "man", "person", "men", "ess", "smith", "wright")
LEVELS_BY_SHORT = {"snr": "senior", "sr": "senior", "jnr": "junior", "jr": "junior", "internship": "intern"}


@dataclass(frozen=True, slots=True)
class Wording:
    """A title, read.

    Attributes:
        jobs: the job in plain words, several when the title names several ("cook / kitchen helper").
        level: the words that say how high it is, in the title's order.
        full: every word, short forms written out; what is left to go by when ``jobs`` misses the point.
    """

    jobs: tuple[str, ...]
    level: tuple[str, ...]
    full: str


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text("utf-8"))


@cache
def _noise() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of level, words about terms, and words for a kind of worker."""
    words = _words()
    return (
        frozenset(words["noise"]["level"]),
        frozenset(words["noise"]["terms"]),
        frozenset(words["heads"]["words"]),
    )


@lru_cache(maxsize=20_000)
def read(title: str) -> Wording:
    """The wording of a title; of one without any word the title itself."""
    plain = _plain(title)
    said = _outside_brackets(plain)
    segment = _telling(said)
    turned = _turned(segment)
    tokens = [token for part in EITHER.split(turned) for token in tokens_of(part)]
    levels, _, _ = _noise()
    level = tuple(
        dict.fromkeys(
            LEVELS_BY_SHORT.get(t, t)
            for t in tokens_of(plain)
            if (t in levels and len(t) > 2) or t in ("jr", "sr")
        )
    )
    full = " ".join(written_out(tokens_of(plain)))
    jobs = tuple(dict.fromkeys(filter(None, (_job(part) for part in _alternatives(turned)))))
    return Wording(
        jobs or ((" ".join(written_out(tokens)) or full or title.strip()),), level, full or title.strip()
    )


def _plain(title: str) -> str:
    text = unicodedata.normalize("NFKC", title).casefold()
    text = FEMALE_ENDING.sub("", GENDERS.sub(" ", text))
    return re.sub(r"\s+", " ", text.replace("&", " and ").replace("_", " "))


def tokens_of(text: str) -> list[str]:
    """Words in lower case; "c++", "c#" and ".net" stay whole."""
    return TOKEN.findall(text.casefold())


def is_head(token: str) -> bool:
    """Whether a word says what kind of worker somebody is: "driver", "analyst", "nurses"."""
    heads = _noise()[2]
    single = token[:-1] if token.endswith("s") and not token.endswith("ss") else token
    if single in heads:
        return True
    return len(single) > 4 and single not in _words()["heads"]["none"] and single.endswith(HEAD_ENDINGS)


def _has_head(text: str) -> bool:
    return any(is_head(token) for token in written_out(tokens_of(text)))


def _outside_brackets(text: str) -> str:
    """Without what stands in brackets, unless nothing that names a job is left."""
    outside = BRACKETS.sub(" ", text)
    return outside if _has_head(outside) or len(tokens_of(outside)) > 1 else BRACKETS.sub(r" \1 ", text)


def _telling(text: str) -> str:
    """The first segment that names a kind of worker; all of it when none or the whole does not divide."""
    segments = [each for each in CUTS.split(text) if each.strip()]
    named = [each for each in segments if _has_head(each)]
    if not named:
        return " ".join(segments)
    if len(tokens_of(named[0])) == 1 and len(segments) > 1:
        # "Supervisor - Water Treatment Plant": the worker alone says too little.
        others = " ".join(each for each in segments if each is not named[0])
        return f"{others} {named[0]}"
    return named[0]


def _turned(text: str) -> str:
    """ "Manager, Sales" is "sales manager"; "Clerk, Full Time, Penang" is "clerk"."""
    first, *others = [each.strip() for each in text.split(",") if each.strip()] or [text]
    if not others:
        return text
    if _has_head(first):
        if len([t for t in tokens_of(first) if not _is_noise(t)]) == 1 and not _has_head(others[0]):
            return f"{others[0]} {first}"
        return first
    return " ".join((first, *others))


def _alternatives(text: str) -> list[str]:
    """The jobs a title names: both sides of "/" when each names a worker."""
    parts = [part for part in EITHER.split(text) if part.strip()]
    if len(parts) > 1 and all(_has_head(part) for part in parts):
        return parts
    return [" ".join(parts)]


def _job(text: str) -> str:
    """Without level, terms and codes, where something is left; short forms written out."""
    tokens = tokens_of(text)
    levels = _noise()[0]
    kept = [token for token in tokens if not _is_noise(token)]
    left = [token for token in kept if token not in levels]
    return " ".join(written_out(left or kept or tokens))


def _is_noise(token: str) -> bool:
    return token in _noise()[1] or (token[0].isdigit() and token[-1].isdigit())


def written_out(tokens: Sequence[str]) -> Iterator[str]:
    """Short forms and gendered forms in plain words."""
    words = _words()
    phrases, short, forms = words["phrases"], words["short"], words["forms"]
    place = 0
    while place < len(tokens):
        for size in (3, 2):
            phrase = " ".join(tokens[place : place + size])
            if phrase in phrases:
                yield from phrases[phrase].split()
                place += size
                break
        else:
            token = tokens[place]
            plain = forms.get(token) or short.get(token) or token
            yield from plain.split()
            place += 1
