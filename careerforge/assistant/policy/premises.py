"""What a sentence concludes about somebody, and from what. Pure."""

import re

# "Because X, Y." "Y, since X." "X, so Y." A ground shorter than this is none.
_SHORTEST = 6
_BEFORE = (
    "because|since|given(?: that)?|as|with|without|considering|after|now that|once|if|when|at|coming|having|"
    "being|from|in|due to|for|among|despite|although"
)
_SO = "so|which(?! (?:they|he|she|you|the))|and|therefore|hence|that is why|rather"
_SINCE = "because|since|given|considering|as long as|now that"
# With the places of the ground and of the conclusion.
_SHAPES = (
    (re.compile(rf"(?:{_BEFORE})\b(.+?), (.+)", re.I | re.S), 1, 2),
    (re.compile(rf"(.+?),? (?:{_SINCE})\b (.+)", re.I | re.S), 2, 1),
    (re.compile(rf"(.+?)(?:, (?:{_SO})\b|; )(.+)", re.I | re.S), 1, 2),
)
_SUBJECT = re.compile(
    r"(.+?) (?:mak|suggest|indicat|show|mean|tak|rul|is why|should|will|would|cannot|may not|can|are|is|tend|"
    r"rarely|seldom)",
    re.I | re.S,
)


def split(sentence: str) -> tuple[str, str] | None:
    """The ground and the conclusion of a sentence that says both; None when it does not."""
    for shape, ground, conclusion in _SHAPES:
        found = shape.match(sentence)
        if found and len(found[ground]) >= _SHORTEST:
            return found[ground].strip(), found[conclusion].strip()
    return None


def premise(sentence: str) -> str:
    """From what it concludes: its ground, else what it speaks of, else all of it."""
    if parts := split(sentence):
        return parts[0]
    found = _SUBJECT.match(sentence)
    return found[1] if found and len(found[1]) >= _SHORTEST else sentence
