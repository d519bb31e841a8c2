"""The queue of what a human looks at before it counts.

An app registers a kind of draft (:class:`Target`) and submits drafts; coaches of the person decide; what
nobody decides in time lapses to the rules' result.
"""

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import reasons
from careerforge.assistant.reviewing.deciding import Ended, Word, decide, sentence
from careerforge.assistant.reviewing.lapsing import lapse_overdue
from careerforge.assistant.reviewing.outcome import Outcome, beside, latest, read
from careerforge.assistant.reviewing.reviewers import has_room
from careerforge.assistant.reviewing.submitting import submit, withdraw
from careerforge.assistant.reviewing.targets import Line, Section, Shown, Target, register

Kind, State = Review.Kind, Review.State

__all__ = [
    "Ended",
    "Kind",
    "Line",
    "Outcome",
    "Section",
    "Shown",
    "State",
    "Target",
    "Word",
    "beside",
    "decide",
    "has_room",
    "lapse_overdue",
    "latest",
    "read",
    "reasons",
    "register",
    "sentence",
    "submit",
    "withdraw",
]
