"""Skills named in a text: ``extract(text, lexicon)``. Serves postings, résumés and questions alike."""

from careerforge.skills.extraction.extracting import extract
from careerforge.skills.extraction.lexicon import Lexicon, Named
from careerforge.skills.extraction.mention import Mention

__all__ = ["Lexicon", "Mention", "Named", "extract"]
