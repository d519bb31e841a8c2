"""A model on this machine: Anthropic's wire format, its price classes, and its rules of prefix caching.

It answers with sentences it was given, so that answers pass the checks. A token is four characters.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

# Prices of a million input tokens in US dollars, by the start of the model's name; those of an answer cost
# five times as much (https://docs.claude.com/en/docs/about-claude/pricing).
PRICES = {"claude-haiku": 1.0, "claude-sonnet": 3.0, "claude-opus": 5.0}
OUTPUT, WRITTEN, READ = 5.0, 1.25, 0.1
# The shortest prefix that a model caches, in tokens, and how long it is kept after its last use
# (https://docs.claude.com/en/docs/build-with-claude/prompt-caching).
SHORTEST = {"claude-haiku-4-5": 4096, "claude-opus-4-5": 4096, "claude-haiku": 2048}
SHORTEST_ELSE = 1024
KEPT_MINUTES = 5.0

FACT = re.compile(r"^- (.+)$", re.M)
PASSAGE = re.compile(r"^\[(\d+)\] .*\n(.+)$", re.M)


def tokens(text: str) -> int:
    """How many tokens a text is said to have."""
    return -(-len(text) // 4)


def by_start(table: dict[str, float], model: str, default: float) -> float:
    """The value of the longest known start of a model's name."""
    starts = [start for start in table if model.startswith(start)]
    return table[max(starts, key=len)] if starts else default


@dataclass(frozen=True, slots=True)
class Call:
    """What one request cost, in input tokens of one US dollar a million."""

    model: str
    cost: float


@dataclass
class Stub:
    """Answers, counts, and remembers prefixes.

    Attributes:
        minute: the replay's own clock.
    """

    minute: Callable[[], float]
    calls: list[Call] = field(default_factory=list)
    prefixes: dict[str, float] = field(default_factory=dict)

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """A message by the Messages API, with its usage."""
        model = body["model"]
        blocks = [*body["system"], *(block for one in body["messages"] for block in one["content"])]
        plain, written, read = self._input(model, blocks)
        text = json.dumps({"answer": said(blocks)})
        price = by_start(PRICES, model, 3.0)
        paid = plain + WRITTEN * written + READ * read + OUTPUT * tokens(text)
        self.calls.append(Call(model, paid * price))
        usage = {
            "input_tokens": plain,
            "cache_creation_input_tokens": written,
            "cache_read_input_tokens": read,
            "output_tokens": tokens(text),
        }
        return {
            "id": f"msg_{len(self.calls)}",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": [{"type": "text", "text": text}],
            "stop_reason": "end_turn",
            "stop_sequence": None,
            "usage": usage,
        }

    def _input(self, model: str, blocks: list[dict[str, Any]]) -> tuple[int, int, int]:
        """Tokens that cost the plain price, that were written to the cache, and that were read from it.

        The longest marked prefix that is still kept is read; up to the last mark the rest is written.
        """
        seen, total, kept, marked = hashlib.sha256(model.encode()), 0, 0, 0
        shortest = by_start(SHORTEST, model, SHORTEST_ELSE)
        for block in blocks:
            seen.update(json.dumps(block["text"]).encode())
            total += tokens(block["text"])
            if "cache_control" not in block or total < shortest:
                continue
            marked = total
            if self.minute() - self.prefixes.get(seen.hexdigest(), -1e9) <= KEPT_MINUTES:
                kept = total
            self.prefixes[seen.hexdigest()] = self.minute()
        return total - marked, marked - kept, kept


def said(blocks: list[dict[str, Any]]) -> str:
    """Up to three facts and two sentences of passages, word for word."""
    data = "\n".join(block["text"] for block in blocks)
    facts = [f"{fact.rstrip('.')}." for fact in FACT.findall(data) if fact != "none known"][:3]
    firsts = [f"{text.split('. ')[0].rstrip('.')} [{number}]." for number, text in PASSAGE.findall(data)[:2]]
    return " ".join([*facts, *firsts])


@contextmanager
def serving(stub: Stub) -> Iterator[str]:
    """Answer on a port of this machine; its base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            answer = json.dumps(stub.answer(body)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
