"""Prompts as they are composed, and recorded answers to them: sixty of them, pinned to the byte.

``CAREERFORGE_RECORD=1`` writes the snapshots anew; nothing else does.
"""
