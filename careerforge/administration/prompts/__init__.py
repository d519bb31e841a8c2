"""Prompts: their versions, what changed, going live and going back."""
