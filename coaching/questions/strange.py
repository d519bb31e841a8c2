"""Names and words of a question that nothing here speaks of: then what is like it is no answer. Pure."""

import re
from collections.abc import Iterable

from careerforge.assistant.extraction import ASKING, OFTEN
from careerforge.assistant.terms import canonical, stem, terms

# Whom a question is about is called by two words and a number.
HANDLE = re.compile(r"\b[A-Z]\w+ [A-Z]\w+ \d{4}\b")
WORD = re.compile(r"[^\W\d_][\w+#-]*")
# One word that is not a name may be a way of speaking.
WORDS = 2


def strange(question: str, heard: Iterable[str], usual: str = "") -> list[str]:
    """The names, or several other words, of a question that are in none of the texts, as they are written.

    Args:
        heard: what was found, and what the question may speak of anyway.
        usual: words that such a question has whatever it is about.
    """
    asked = HANDLE.sub(" ", question)
    said = terms(asked)
    known = {canonical(word) for text in (*heard, usual) for word in terms(text).all_words}
    known |= OFTEN | {canonical(word) for word in ASKING}
    names = {canonical(word) for word in said.names} - known
    words = {canonical(word) for word in said.words} - known
    lost = names or (words if len(words) >= WORDS else set())
    return list(dict.fromkeys(one for one in WORD.findall(asked) if canonical(stem(one.casefold())) in lost))
