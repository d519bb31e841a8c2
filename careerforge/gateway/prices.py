"""What tokens cost. Pure."""

from dataclasses import dataclass

from careerforge.gateway.prompt import Prompt, Usage

# Letters of a token, on the careful side: English has about four.
LETTERS = 3


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens of each class, which is the same as millionths of a dollar for one."""

    input: float = 0.0
    output: float = 0.0
    cache_read: float = 0.0
    cache_write: float = 0.0

    def micros(self, usage: Usage) -> int:
        """The price of a call in millionths of a US dollar, rounded up."""
        exact = (
            usage.input * self.input
            + usage.output * self.output
            + usage.cache_read * self.cache_read
            + usage.cache_write * self.cache_write
        )
        return -int(-exact // 1)


def most(prompt: Prompt) -> Usage:
    """The most tokens that a prompt and its answer may come to."""
    letters = len(prompt.whole_system) + len(prompt.context) + len(prompt.question)
    return Usage(input=-(-letters // LETTERS), output=prompt.max_tokens + (prompt.thinking or 0))


def tokens(usage: Usage) -> int:
    """Tokens of all classes."""
    return usage.input + usage.output + usage.cache_read + usage.cache_write
