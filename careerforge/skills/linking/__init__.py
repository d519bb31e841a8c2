"""Which skills of a long list a text asks for, in whatever words: ``LabelIndex(labels, embedder)``."""

from careerforge.skills.linking.index import LabelIndex, Linked

__all__ = ["LabelIndex", "Linked"]
