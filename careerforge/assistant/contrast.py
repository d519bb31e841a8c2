"""What a claim says otherwise than the sentences it is held against. Pure.

Shares of words cannot see it: "the security team owns the check" has nearly all the words of "the data team
owns the check". So the claim is laid beside each sentence, and what stands in the same place is compared;
numbers are compared with those of the same part of the sentence; and what is denied is compared part by part.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from careerforge.assistant.lexicon import LIGHT, OPPOSITES, RELATIONS
from careerforge.assistant.terms import Clause, Number, Terms, canonical, stem

# A claim that has less than this of its words where the sentence has them is a wording of its own.
SAME_FRAME = 0.6
# What is put in another's place is short.
LONGEST_REPLACED = 3
# A part of a claim with less than this of its words in the span was added.
ADDED = 0.34
# Of the words that a negation reaches, more than this have to be stated on the other side.
TURNED = 0.5
# Beginnings so long of two words make them forms of one.
ALIKE = 4
LEVEL = "level"
YEARS = range(1900, 2101)
# Lengths of time that are said in two units.
MONTHS = {"month": 1, "year": 12}
HOURS = {"hour": 1, "day": 24}
ORDER = {canonical(stem(word)): way for word, way in RELATIONS.items()}


def same_number(one: Number, other: Number) -> bool:
    """The same value; other units are a difference unless they come to the same, a missing one is none."""
    if one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit):
        return True
    return any(
        one.unit in scale
        and other.unit in scale
        and float(one.value) * scale[one.unit] == float(other.value) * scale[other.unit]
        for scale in (MONTHS, HOURS)
    )


def has_number(number: Number, said: Terms | Clause) -> bool:
    """Whether the number is there, with its unit."""
    return any(same_number(number, known) for known in said.numbers)


def replaced(claim: Terms, sentence: Terms) -> Iterator[str]:
    """What stands in the place of something else, everything around it being the same."""
    here, there = claim.sequence, sentence.sequence
    steps = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    same = sum(end - start for tag, start, end, _, _ in steps if tag == "equal")
    if not here or same < SAME_FRAME * len(here):
        return
    for tag, i, j, k, m in steps:
        if tag != "replace":
            continue
        mine = [word for word in here[i:j] if word in claim.telling]
        theirs = [word for word in there[k:m] if word in sentence.telling]
        # Words of order are compared with each other alone.
        if not (ORDER.keys() & mine and ORDER.keys() & theirs):
            mine, theirs = ([word for word in each if word not in ORDER] for each in (mine, theirs))
        length = _duration(mine)
        if length and has_number(length, sentence):
            continue
        if mine and theirs and max(len(mine), len(theirs)) <= LONGEST_REPLACED and not _alike(mine, theirs):
            yield " ".join(mine)


def _alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the two come to the same: a form of one word, verbs of no weight, a length of time."""
    if LIGHT.issuperset(mine) and LIGHT.issuperset(theirs):
        return True
    here, there = _duration(mine), _duration(theirs)
    if here and there:
        return same_number(here, there)
    return any(
        one == other or (one[:ALIKE] == other[:ALIKE] and len(one) >= ALIKE <= len(other) and one[0] != "=")
        for one in mine
        for other in theirs
    )


def _duration(words: Sequence[str]) -> Number | None:
    """A length of time: "12 months"; one of its unit where no number is said, as in "a year"."""
    unit = next((word for word in words if word in MONTHS or word in HOURS), "")
    value = next((word[1:] for word in words if word.startswith("=")), "1")
    return Number(value, unit) if unit else None


def mispaired(claim: Terms, spans: Terms) -> Iterator[str]:
    """A number with what the span says another number of: "at level 4" of the skill that is at level 3."""
    said = frozenset(word for part in claim.clauses for word in part.words)
    for part in claim.clauses:
        for number in part.numbers:
            holders = [one for one in spans.clauses if has_number(number, one)]
            # What is said of the number in the span is what the claim says of it.
            if any(one.words <= said for one in holders):
                continue
            for word in sorted(part.words) if holders else ():
                homes = [one for one in spans.clauses if word in one.words]
                if homes and all(_has_rival(number, one, claim) for one in homes):
                    yield f"{word} {number.value}"


def _has_rival(number: Number, home: Clause, claim: Terms) -> bool:
    """Whether a part has another number of the same kind, of which the claim says nothing."""
    if has_number(number, home):
        return False
    return any(_is_kin(known, number) and not has_number(known, claim) for known in home.numbers)


def _is_kin(one: Number, other: Number) -> bool:
    """Whether two numbers count the same kind of thing, as far as their units and the words before tell."""
    if one.unit == other.unit:
        return _is_year(one) == _is_year(other) and (one.before == LEVEL) == (other.before == LEVEL)
    return not (one.unit and other.unit) and one.before == other.before


def _is_year(number: Number) -> bool:
    return not number.unit and number.value.isdigit() and int(number.value) in YEARS


def crossed(claim: Terms, sentence: Terms) -> Iterator[str]:
    """One half of a sentence with the other half's end: "A owns X; B owns Y" does not say that B owns X."""
    for part in claim.clauses:
        for one in sentence.clauses:
            for other in sentence.clauses:
                mine = (part.words & one.words) - other.words
                theirs = (part.words & other.words) - one.words
                shared = part.words & one.words & other.words
                rivals = one.words - part.words and other.words - part.words
                whole = any(mine | theirs <= each.words for each in sentence.clauses)
                if shared and mine and theirs and rivals and not whole:
                    yield f"{min(mine)} {min(theirs)}"
                    return


def turned_round(claim: Terms, sentence: Terms) -> Iterator[str]:
    """What comes before what, the other way round."""
    for word, mine in _relations(claim):
        for other, theirs in _relations(sentence):
            left, right = mine if ORDER[word] == ORDER[other] else mine[::-1]
            across = len(left & theirs[1]), len(right & theirs[0])
            if all(across) and sum(across) > len(left & theirs[0]) + len(right & theirs[1]):
                yield word


def _relations(said: Terms) -> Iterator[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
    """Each word of order, with what is said on its two sides."""
    for place, word in enumerate(said.sequence):
        if word in ORDER and 0 < place < len(said.sequence) - 1:
            yield (
                word,
                (
                    frozenset(said.sequence[:place]) & said.telling,
                    frozenset(said.sequence[place + 1 :]) & said.telling,
                ),
            )


def added(claim: Terms, words: frozenset[str], numbers: Terms) -> Iterator[str]:
    """A part of the claim of which the span has next to nothing."""
    if len(claim.clauses) < 2:
        return
    for part in claim.clauses:
        held = len(part.words & words) + sum(has_number(number, numbers) for number in part.numbers)
        every = len(part.words) + len(part.numbers)
        if every > 1 and held < ADDED * every:
            yield min(part.words - words, default="")


def denied(claim: Terms, sentence: Terms) -> Iterator[str]:
    """What is denied here and stated there, or the other way round."""
    # A bare name or date states nothing that could be denied.
    if claim.all_words == frozenset(claim.words):
        return
    for one, other in ((claim, sentence), (sentence, claim)):
        reached = {canonical(word) for word in one.denied}
        shared = {word: [part for part in other.clauses if word in part.words] for word in reached}
        there = {word: parts for word, parts in shared.items() if parts}
        also = {canonical(word) for word in other.denied}
        stated = {
            word for word, parts in there.items() if word not in also and not any(p.denied for p in parts)
        }
        if len(stated) > TURNED * len(there):
            yield next(word for word in one.sequence if word in stated)
            return


def opposites(claim: Terms, sentence: Terms) -> Iterator[str]:
    """The opposite word in its place."""
    for left, right in OPPOSITES:
        for here, there in ((left, right), (right, left)):
            mine, theirs = here & claim.all_words, here & sentence.all_words
            if mine and not theirs and there & sentence.all_words and not there & claim.all_words:
                yield min(mine)
