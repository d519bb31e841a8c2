"""Answers that stand on sources: schemas, extraction, grounding, receipts, prompts, and how well all
that works.
"""
