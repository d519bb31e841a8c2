"""Sentences of documents: found, judged and chosen for a question."""
