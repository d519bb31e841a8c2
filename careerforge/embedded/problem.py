"""What a person at a terminal gets instead of a traceback."""


class Problem(Exception):
    """An expected failure, worded as one sentence that says what to do about it."""
