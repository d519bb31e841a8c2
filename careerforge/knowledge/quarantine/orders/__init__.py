"""Sentences built like instructions to a model: somebody is told what to answer, to disregard, to be. Pure.

Each rule needs at least two parts of an instruction (who is told, the order, what it is about) close together
in one sentence; an imperative alone is how people write for people. Some such sentences are ordinary in texts
about interviews, software or models (:mod:`~careerforge.knowledge.quarantine.orders.setting`).
"""

from careerforge.knowledge.quarantine.orders.reading import is_order, orders, sentences

__all__ = ["is_order", "orders", "sentences"]
