"""Which blocks of a system prompt Anthropic is told to keep. Pure.

Source: https://docs.claude.com/en/docs/build-with-claude/prompt-caching, "Cache limitations": the shortest
prefix that is kept, in tokens, by model; at most four marks in a request. A mark on less is ignored there, so
none is set here.
"""

from collections.abc import Sequence
from typing import Any

from careerforge.gateway.providers.names import by_start

SHORTEST = {
    "claude-opus-4-5": 4096,
    "claude-opus-4-6": 4096,
    "claude-opus-4-7": 4096,
    "claude-haiku-4-5": 4096,
    "claude-mythos": 4096,
    "claude-haiku-3": 2048,
    "claude-3-5-haiku": 2048,
    "claude-3-haiku": 2048,
}
SHORTEST_ELSE = 1024
MOST_MARKS = 4
# English has about four letters a token.
LETTERS = 4


def marked(texts: Sequence[str], model: str) -> list[dict[str, Any]]:
    """The blocks of a system prompt, with a mark at the end of each prefix that is long enough."""
    shortest = by_start(SHORTEST, model, SHORTEST_ELSE)
    blocks: list[dict[str, Any]] = []
    letters = 0
    for text in texts:
        letters += len(text)
        block: dict[str, Any] = {"type": "text", "text": text}
        if letters >= shortest * LETTERS:
            block["cache_control"] = {"type": "ephemeral"}
        blocks.append(block)
    for block in blocks[:-MOST_MARKS]:
        block.pop("cache_control", None)
    return blocks
