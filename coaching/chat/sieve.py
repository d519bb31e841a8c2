"""Whole sentences out of a text that comes in pieces of any size. Pure."""

from collections.abc import Callable, Iterable, Iterator

from careerforge.assistant.sentences import sentences

# Longer is no sentence, and an answer longer than this is no answer: nothing more of it is read.
LONGEST_SENTENCE, LONGEST_ANSWER = 1_200, 8_000


def whole(pieces: Iterable[str], complete: Callable[[], bool] = lambda: True) -> Iterator[str]:
    """Each sentence as soon as the next one has begun, the last one at the end.

    A piece may end within a word, a tag or an address: nothing is given out before its sentence is whole.
    What is longer than a sentence can be comes out as one, for the checks to strike.

    Args:
        complete: asked at the end: what was cut ends in half a sentence, which is given out to nobody.
    """
    waiting, read = "", 0
    for piece in pieces:
        room = LONGEST_ANSWER - read
        waiting += piece[:room]
        read += len(piece)
        found = sentences(waiting)
        for sentence in found[:-1]:
            yield sentence.text
        if len(found) > 1:
            waiting = waiting[found[-1].start :]
        if len(waiting) > LONGEST_SENTENCE:
            yield waiting
            waiting = ""
        if read >= LONGEST_ANSWER:
            break
    if complete():
        yield from (sentence.text for sentence in sentences(waiting))
