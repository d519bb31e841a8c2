from coaching.models.advice import Advice, AdviceSource
from coaching.models.chat import Conversation, Delta, Generation, Message
from coaching.models.team import TeamWeek, TeamWeekPerson

__all__ = [
    "Advice",
    "AdviceSource",
    "Conversation",
    "Delta",
    "Generation",
    "Message",
    "TeamWeek",
    "TeamWeekPerson",
]
