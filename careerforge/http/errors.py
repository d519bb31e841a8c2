"""Why a fetch failed, as a tree.

`str(error)` is a sentence for the person who set the source up. It names the host at most: never a path, a
query string, a header or a credential, so it may be stored, shown and logged. `error.code` is a short stable
word for the audit row and for counting.
"""

from __future__ import annotations


class FetchError(Exception):
    """Base of everything `GuardedClient.get` and `vet_url` raise on purpose."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class Refused(FetchError):
    """A rule of ours forbids the request. No connection to the target was opened."""


class TooManyRedirects(Refused):
    """The source forwards more often than the policy allows."""


class TooLarge(FetchError):
    """The body, once unpacked, passes the policy's limit."""


class TimedOut(FetchError):
    """The whole fetch, look-up and redirects included, took longer than the policy's limit."""


class Unreachable(FetchError):
    """No usable answer: unknown name, closed port, bad certificate, broken or garbled reply."""


class BadStatus(FetchError):
    """The source answered, with an error.

    `status` is the HTTP status; `retry_after` the seconds it asks to wait, as far as it says so (0 to one
    day), else None.
    """

    def __init__(self, sentence: str, code: str, status: int, retry_after: float | None = None) -> None:
        super().__init__(sentence, code)
        self.status = status
        self.retry_after = retry_after
