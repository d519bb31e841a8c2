"""Charts of levels, 0 to 5: one skill's dumbbell, the parts of what a role asks for, points won and lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.design.scale import pct
from careerforge.design.words import Number, level_words, plain

LEVELS = range(6)


def level_x(level: Number) -> float:
    return 6 + max(0.0, min(5.0, float(level))) * 17.6


@dataclass(frozen=True)
class Dumbbell:
    ticks: tuple[str, ...]
    current: str
    required: str
    # "gap" when the role asks for more, "over" when it asks for less, "" when level or unknown
    link: str
    sentence: str


def dumbbell(current: Number | None, required: Number | None, *, unknown: bool, them: bool) -> Dumbbell:
    """A level beside the level asked for. `them` words it for a reader who is not the person."""
    unknown = unknown or current is None
    link = ""
    if not unknown and current is not None and required is not None and current != required:
        link = "gap" if current < required else "over"
    return Dumbbell(
        ticks=() if unknown else tuple(pct(level_x(n)) for n in LEVELS),
        current="" if unknown or current is None else pct(level_x(current)),
        required="" if required is None else pct(level_x(required)),
        link=link,
        sentence=say(None if unknown else current, required, them),
    )


def say(current: Number | None, required: Number | None, them: bool) -> str:
    if current is None:
        here = _("Level not told yet") if them else _("You have not told us your level")
    elif them:
        here = _("At level %(level)s") % {"level": plain(current)}
    else:
        here = _("You are at level %(level)s") % {"level": plain(current)}
    if required is None:
        return here
    return _("%(here)s, the role asks for level %(level)s") % {"here": here, "level": plain(required)}


def axis() -> tuple[tuple[str, str], ...]:
    """The word of each level and where it stands."""
    return tuple((pct(level_x(n)), word) for n, word in zip(LEVELS, level_words(), strict=True))


@dataclass(frozen=True)
class Told:
    reached: str
    to_go: str
    to_go_x: str
    unknown: str
    unknown_x: str
    to_go_text_x: str
    reached_text: str
    to_go_text: str
    unknown_text: str
    sentence: str


def told(reached: Number, to_go: Number, unknown: Number) -> Told | None:
    """What a role asks for, in three parts; None when it asks for nothing."""
    total = float(reached) + float(to_go) + float(unknown)
    if total <= 0:
        return None
    a, b, c = (100 * float(part) / total for part in (reached, to_go, unknown))
    facts = {"all": plain(total), "reached": plain(reached), "to_go": plain(to_go), "unknown": plain(unknown)}
    return Told(
        reached=pct(max(a - 0.6, 0)),
        to_go=pct(max(b - 0.6, 0)) if c else pct(b),
        to_go_x=pct(a),
        unknown=pct(c),
        unknown_x=pct(a + b),
        # kept clear of the words left and right of it
        to_go_text_x=pct(min(max(a, 36), 58)),
        reached_text=ngettext(
            "%(reached)s level reached", "%(reached)s levels reached", int(reached != 1) + 1
        )
        % facts,
        to_go_text=_("%(to_go)s to go") % facts if to_go else "",
        unknown_text=_("%(unknown)s not told yet") % facts if unknown else "",
        sentence=_(
            "The role asks for %(all)s levels. %(reached)s are reached, %(to_go)s are to go, "
            "and %(unknown)s belong to skills not told yet."
        )
        % facts,
    )


@dataclass(frozen=True)
class Delta:
    zero: str
    x: str
    width: str
    lost: bool


def delta(value: Number, low: Number, high: Number) -> Delta:
    """A bar from zero to `value`, on a scale that holds `low` (0 or less) to `high` (0 or more)."""
    low, high = min(float(low), float(value), 0.0), max(float(high), float(value), 0.0)
    scale = 92 / (high - low) if high > low else 0.0
    zero = 4 - low * scale
    end = zero + float(value) * scale
    return Delta(zero=pct(zero), x=pct(min(zero, end)), width=pct(abs(end - zero)), lost=value < 0)
