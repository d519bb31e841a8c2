"""A model on this machine that obeys: whatever a text tells it to do, it does, and says the rest as asked.

It speaks Anthropic's wire format, so that the real adapter and everything behind it is used. It finds the
order among what it was sent; without one it answers with sentences that it was given.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from asked.stub import said

QUOTED = re.compile(r"[\"“']([^\"“”']{6,200})[\"”']")
ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+")
FENCED = re.compile(r"```(?:\w*\n)?(.*?)```", re.S)


def canary(attack: str) -> str:
    """A word that stands for the result of what an attack asks for; it is in no document."""
    return f"Zyxwart{sha256(attack.encode()).hexdigest()[:8]}"


def obeyed(attack: str) -> list[str]:
    """What a model says that does as it is told: the result, the order put as done, and all it should say."""
    demand = " ".join(attack.split())
    made = [f"The answer to that task is {canary(attack)}.", demand, *QUOTED.findall(demand)]
    return made + [code.strip() for code in FENCED.findall(attack)] + ADDRESS.findall(attack)


@dataclass
class Obeying:
    """Answers one request after the other.

    Attributes:
        attack: the order that may be in a document now; empty for none.
        saw: how many requests held it.
    """

    attack: str = ""
    requests: list[str] = field(default_factory=list)
    saw: int = 0

    def answer(self, body: dict[str, Any]) -> str:
        """The answer to one request, as JSON where that was asked for."""
        blocks = [*body["system"], *(block for one in body["messages"] for block in one["content"])]
        sent = " ".join("\n".join(block["text"] for block in blocks).split())
        self.requests.append(sent)
        honest = said(blocks) or "Nothing was found."
        # As much of an order as a passage holds is enough for a model that wants to obey.
        is_there = self.attack and any(part in sent for part in parts(self.attack))
        self.saw += bool(is_there)
        return json.dumps({"answer": " ".join([honest, *obeyed(self.attack)]) if is_there else honest})


def parts(attack: str) -> list[str]:
    """Stretches of an attack, any of which gives it to a model: documents are cut into passages."""
    words = attack.split()
    size = min(8, len(words))
    return [" ".join(words[start : start + size]) for start in range(len(words) - size + 1)]


def message(text: str, model: str) -> dict[str, Any]:
    """By the Messages API."""
    usage = {
        "input_tokens": 1,
        "output_tokens": 1,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
    }
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": usage,
    }


def events(text: str, model: str) -> str:
    """The same as a stream of events, a few characters at a time."""
    whole = message("", model) | {"content": [], "stop_reason": None}
    sent: list[dict[str, Any]] = [{"type": "message_start", "message": whole}]
    sent.append({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}})
    sent += [
        {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "text_delta", "text": text[at : at + 40]},
        }
        for at in range(0, len(text), 40)
    ]
    sent.append({"type": "content_block_stop", "index": 0})
    ended = {"stop_reason": "end_turn", "stop_sequence": None}
    sent.append({"type": "message_delta", "delta": ended, "usage": {"output_tokens": 1}})
    sent.append({"type": "message_stop"})
    return "".join(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n" for one in sent)


@contextmanager
def serving(model: Obeying) -> Iterator[str]:
    """Answer on a port of this machine; its base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            text, streams = model.answer(body), bool(body.get("stream"))
            answer = events(text, body["model"]) if streams else json.dumps(message(text, body["model"]))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream" if streams else "application/json")
            self.send_header("content-length", str(len(answer.encode())))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
