"""Why the product does not start, or does not do what was asked, in one sentence."""


class Refused(Exception):
    """An expected failure, worded for the person at the terminal."""
