from careerforge.assistant.models.changes import ModelChange
from careerforge.assistant.models.contacts import HelpContact, Topic
from careerforge.assistant.models.feedback import Feedback
from careerforge.assistant.models.golden import (
    GoldenBar,
    GoldenPassage,
    GoldenQuestion,
    GoldenResult,
    GoldenRun,
)
from careerforge.assistant.models.prompts import PromptVersion
from careerforge.assistant.models.reviews import Opinion, Review, ReviewSetting

__all__ = [
    "Feedback",
    "GoldenBar",
    "GoldenPassage",
    "GoldenQuestion",
    "GoldenResult",
    "GoldenRun",
    "HelpContact",
    "ModelChange",
    "Opinion",
    "PromptVersion",
    "Review",
    "ReviewSetting",
    "Topic",
]
