"""From a text to the skills it names."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from careerforge.skills.extraction import context, cues
from careerforge.skills.extraction.finding import Found, find
from careerforge.skills.extraction.languages import spoken
from careerforge.skills.extraction.lexicon import ENGLISH, Entry, Lexicon, base
from careerforge.skills.extraction.mention import How, Mention
from careerforge.skills.extraction.words import tokens

if TYPE_CHECKING:
    from careerforge.skills.extraction.meaning import Meanings

SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


def extract(
    text: str, lexicon: Lexicon, *, language: str = ENGLISH, meanings: "Meanings | None" = None
) -> list[Mention]:
    """The skills that a text names, in its order, with how well and whether at all.

    Names in the text's own language count, and English ones, as most names of tools are; an ordinary
    English word that is also a name counts in English texts only.

    Args:
        language: of the text, BCP 47. ``lexicon.speaks(language)`` says whether there are names in it.
        meanings: looks for other words of the same meaning in sentences that name nothing.
    """
    own = spoken(language)
    found = [one for one in _allowed(find(text, tokens(text), lexicon), own) if one.entries]
    sentences = _sentences(text)
    chosen = _chosen(found, text, sentences)
    said = cues.Clauses(text, own)
    starts = [one.start for one, _ in chosen]
    mentions = [_mention(one, entry, text, said, starts) for one, entry in chosen]
    if meanings is not None:
        mentions += meanings.beyond(text, sentences, mentions, said)
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _allowed(found: Sequence[Found], language: str) -> list[Found]:
    """Only names that a text in this language may use."""
    return [replace(one, entries=[entry for entry in one.entries if _may(entry, language)]) for one in found]


def _may(entry: Entry, language: str) -> bool:
    spoken = base(entry.named.language)
    if spoken == ENGLISH and entry.ambiguous and language != ENGLISH:
        return entry.named.main and not entry.doubtful
    return spoken in (language, ENGLISH) or entry.named.main


def _certain(found: Found) -> bool:
    return not found.misspelt and any(not entry.ambiguous and not entry.cased for entry in found.entries)


def _chosen(found: Sequence[Found], text: str, sentences: Sequence[int]) -> list[tuple[Found, Entry]]:
    """What is named: first what cannot be anything else, then what the company it keeps makes likely."""
    chosen: dict[int, Entry] = {}
    certain = {_at(sentences, one.start) for one in found if _certain(one)}
    for doubtful in (False, True):
        for place, one in enumerate(found):
            beside = _at(sentences, one.start) in certain
            entries = [entry for entry in one.entries if entry.doubtful is doubtful]
            if place not in chosen and (entry := _entry(entries, one, text, certain=beside)):
                chosen[place] = entry
        certain |= {_at(sentences, found[place].start) for place in chosen}
    return [(found[place], chosen[place]) for place in sorted(chosen)]


def _entry(entries: Sequence[Entry], found: Found, text: str, *, certain: bool) -> Entry | None:
    """The likeliest of the names: a main one before an alias."""
    fit = [e for e in entries if context.plausible(e, text, found.start, found.end, certain=certain)]
    return min(fit, key=lambda entry: (not entry.named.main, str(entry.named.skill_id)), default=None)


def _mention(found: Found, entry: Entry, text: str, said: cues.Clauses, starts: Sequence[int]) -> Mention:
    clause = said.at(found.start)
    here = [start for start in starts if clause.start <= start < clause.end]
    how = How.SPELLING if found.misspelt else How.NAME if entry.named.main else How.ALIAS
    return Mention(
        entry.named.skill_id,
        found.start,
        found.end,
        how,
        clause.level(found.start, found.end, here, text),
        clause.negates(found.start),
    )


def _sentences(text: str) -> list[int]:
    """Where sentences and lines start."""
    return [0, *(one.end() for one in SENTENCE_END.finditer(text))]


def _at(sentences: Sequence[int], place: int) -> int:
    return bisect_right(sentences, place) - 1
