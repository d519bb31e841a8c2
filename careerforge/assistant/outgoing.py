"""What leaves for a model: texts without people, and the way back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from careerforge.gateway.redact import Directory, redact, restore

# Between texts that are redacted together, so that one person has one token in all of them.
EDGE = "\n\n⁂\n\n"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Texts in the order in which they were given.

    Attributes:
        mapping: token to the words it stands for. Personal data: keep it in memory, never in a log.
    """

    texts: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict, repr=False)

    def back(self, text: str) -> str:
        """What a model wrote with these tokens, with the people put back."""
        return restore(text, self.mapping)


def without_people(texts: Sequence[str], directory: Directory) -> Outgoing:
    """Take out of all texts together whatever tells who somebody is."""
    redacted = redact(EDGE.join(text.replace(EDGE.strip(), "") for text in texts), directory)
    return Outgoing(tuple(redacted.text.split(EDGE)) if texts else (), redacted.mapping)
