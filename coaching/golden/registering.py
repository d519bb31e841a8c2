"""Who answers golden questions, by function."""

from careerforge.assistant import golden
from coaching.advising.wording import FUNCTION as ADVICE
from coaching.chat.outgoing import FUNCTION as CHAT
from coaching.golden.answerer import AdviceAnswerer
from coaching.golden.chat import ChatAnswerer
from coaching.golden.paths import PathAnswerer
from coaching.golden.words import WordsAnswerer
from learning.words import checking, wordings


def register() -> None:
    """Let the golden set prove advice, the chat, and what the learning side words."""
    golden.register(ADVICE, AdviceAnswerer())
    golden.register(CHAT, ChatAnswerer())
    golden.register(checking.FUNCTION, PathAnswerer())
    for kind in (wordings.ROLES, wordings.GAP):
        golden.register(kind.function, WordsAnswerer(kind))
