"""Which role a job's title means: ``match(title, index)``."""

from careerforge.skills.titles.index import TitleIndex
from careerforge.skills.titles.matching import Match, match, match_all

__all__ = ["Match", "TitleIndex", "match", "match_all"]
