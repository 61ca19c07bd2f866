"""ModelServer: a server that speaks the protocols of chat models and says what a test wrote.

Real sockets on 127.0.0.1: the providers' packages cannot tell it from the real thing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server does with one request."""

    pieces: Iterable[str] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = ""
    ends: bool = True  # False: the connection is cut after the pieces
    hangs: threading.Event | None = None  # waited for after the pieces
    finish: str = "stop"
    before: Callable[[], object] | None = None  # called as the first piece goes out


class ModelServer:
    """Replies in order; the last one is repeated. ``requests`` holds what it was asked."""

    def __init__(self, replies: list[Reply]) -> None:
        self.replies = replies
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.left = threading.Event()  # a client went away before the end
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def asked(self) -> str:
        """All words of the last request."""
        return "\n".join(str(turn["content"]) for turn in self.requests[-1]["messages"])

    def take(self, body: dict[str, Any], headers: dict[str, str]) -> Reply:
        with self._lock:
            self.requests.append(body)
            self.headers.append(headers)
            return self.replies[min(len(self.requests), len(self.replies)) - 1]

    def __enter__(self) -> ModelServer:
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = server.take(body, dict(self.headers))
                self.close_connection = True
                try:
                    _refuse(self, reply) if reply.status != 200 else _stream(self, reply)
                except OSError:
                    server.left.set()

            def log_message(self, *_: object) -> None:
                """Quiet: what was asked is kept."""

        return Handler


def _refuse(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    body = json.dumps({"error": {"message": reply.error, "type": "error"}}).encode()
    handler.send_response(reply.status)
    for name, value in {
        **reply.headers,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def _stream(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Connection", "close")
    handler.end_headers()
    speak = {"/api/chat": _ollama, "/v1/messages": _anthropic}.get(handler.path, _openai)
    for event in speak(reply):
        handler.wfile.write(event.encode())
        handler.wfile.flush()
    if reply.hangs is not None:
        reply.hangs.wait(30)


def _spoken(reply: Reply) -> Iterator[str]:
    for number, piece in enumerate(reply.pieces):
        if number == 0 and reply.before is not None:
            reply.before()
        yield piece


def _openai(reply: Reply) -> Iterator[str]:
    def event(delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [choice],
        }
        return f"data: {json.dumps(chunk)}\n\n"

    for piece in _spoken(reply):
        yield event({"role": "assistant", "content": piece})
    if reply.ends and reply.hangs is None:
        yield event({}, reply.finish)
        yield "data: [DONE]\n\n"


def _ollama(reply: Reply) -> Iterator[str]:
    def line(content: str, done: bool) -> str:
        said = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "done": done}
        ending = {"done_reason": reply.finish} if done else {}
        return json.dumps(said | ending | {"message": {"role": "assistant", "content": content}})

    for piece in _spoken(reply):
        yield f"{line(piece, False)}\n"
    if reply.ends and reply.hangs is None:
        yield f"{line('', True)}\n"


def _anthropic(reply: Reply) -> Iterator[str]:
    def event(kind: str, **facts: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **facts})}\n\n"

    usage = {"input_tokens": 1, "output_tokens": 1}
    yield event(
        "message_start",
        message={
            "id": "1",
            "type": "message",
            "role": "assistant",
            "model": "m",
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": usage,
        },
    )
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for piece in _spoken(reply):
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
    if reply.ends and reply.hangs is None:
        yield event("content_block_stop", index=0)
        delta = {"stop_reason": "end_turn", "stop_sequence": None}
        yield event("message_delta", delta=delta, usage=usage)
        yield event("message_stop")


@contextmanager
def saying(*replies: Reply | str) -> Iterator[ModelServer]:
    """A server with these replies; a string is one that comes word by word."""
    whole = [
        Reply([f"{word} " for word in reply.split(" ")]) if isinstance(reply, str) else reply
        for reply in replies
    ]
    with ModelServer(whole) as server:
        yield server
