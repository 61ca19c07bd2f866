"""Half-sent requests, silent handshakes and unread answers do not keep anybody else out."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response, StreamingResponse
from httpx2 import get, post

from tests.ui.certificate import Certificate
from ui.bounded_server import bounded_server
from ui.connections import ConnectionLimits, Connections
from ui.counting_listener import CountingListener
from ui.listener import listen

SECONDS = 0.6  # that a sender has; a hundredth of it is between two bytes of a slow one
LIMITS = ConnectionLimits(
    in_all=40,
    of_address=40,
    head_seconds=SECONDS,
    body_seconds=SECONDS,
    body_rate=100,
    silent_seconds=2 * SECONDS,
    stalled_seconds=SECONDS,
)
HALF = b"POST /length HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "
HEAD = b"POST /length HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400\r\n\r\n"
LARGE = 30_000_000  # bytes: more than the system takes for a client that does not read


@dataclass(frozen=True)
class Served:
    port: int
    connections: Connections

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, sent: bytes = b"", source: str = "127.0.0.1") -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), 10, (source, 0))
        made.sendall(sent)
        return made


Serve = Callable[..., Served]


def application() -> FastAPI:
    app = FastAPI()

    @app.get("/")
    def question() -> str:
        return "answered"

    @app.post("/length")
    async def length(request: Request) -> int:
        return len(await request.body())

    @app.get("/large")
    def large() -> Response:
        return Response(b"x" * LARGE)

    @app.get("/events")
    def events() -> StreamingResponse:
        async def told() -> AsyncIterator[str]:
            for number in range(4):
                await asyncio.sleep(SECONDS)
                yield f"data: {number}\n\n"

        return StreamingResponse(told(), media_type="text/event-stream")

    return app


@contextmanager
def running(
    limits: ConnectionLimits, *, proxied: bool, tls: ssl.SSLContext | None
) -> Iterator[Served]:
    connections = Connections(limits, proxied=proxied)
    server = bounded_server(application(), connections, tls)
    with CountingListener(listen("127.0.0.1", 0), connections) as listener:
        served = Served(listener.getsockname()[1], connections)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield served
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:

        def serve(
            limits: ConnectionLimits = LIMITS,
            *,
            proxied: bool = False,
            tls: ssl.SSLContext | None = None,
        ) -> Served:
            return stack.enter_context(running(limits, proxied=proxied, tls=tls))

        yield serve


def is_closed(connection: socket.socket, seconds: float = 15) -> bool:
    """Whether the server ends it before that time is over; what it says before is passed over."""
    connection.settimeout(seconds)
    with suppress(ConnectionError):
        try:
            while connection.recv(65536):
                pass
        except TimeoutError:
            return False
    return True


def opened(served: Served, count: int, sent: bytes) -> list[socket.socket]:
    return [served.connect(sent) for _ in range(count)]


def test_a_question_is_answered_beside_three_times_as_many_half_sent_ones(serve: Serve) -> None:
    served = serve(replace(LIMITS, head_seconds=60))
    held = opened(served, 3 * LIMITS.in_all, HALF)
    try:
        for _ in range(3):
            assert get(served.address, timeout=30).json() == "answered"
        assert len(served.connections) <= LIMITS.in_all
    finally:
        for each in held:
            each.close()


@pytest.mark.parametrize("sent", [b"", HALF, HEAD, HEAD + b"x"])
def test_what_is_half_sent_is_closed_after_its_time(serve: Serve, sent: bytes) -> None:
    with serve().connect(sent) as connection:
        assert is_closed(connection)


@pytest.mark.parametrize("begun", [HALF, HEAD])
def test_a_byte_now_and_then_buys_no_time(serve: Serve, begun: bytes) -> None:
    def drip(connection: socket.socket) -> None:
        for _ in range(100):  # of a body, 10 bytes a second where a hundred are asked for
            connection.sendall(b"x")
            time.sleep(0.1)

    with serve().connect(begun) as connection, pytest.raises(ConnectionError):
        drip(connection)


def test_a_slow_upload_and_a_long_stream_are_not_cut(serve: Serve) -> None:
    served = serve(replace(LIMITS, silent_seconds=60))

    def slowly() -> Iterator[bytes]:
        for _ in range(40):  # four times the time that a body has, at ten times the rate
            time.sleep(4 * SECONDS / 40)
            yield b"x" * 60

    assert post(f"{served.address}/length", content=slowly(), timeout=60).json() == 2_400
    assert get(f"{served.address}/events", timeout=60).text.count("data:") == 4


def test_a_pause_after_much_was_sent_is_not_cut(serve: Serve) -> None:
    served = serve(replace(LIMITS, silent_seconds=60))

    def pausing() -> Iterator[bytes]:
        yield b"x" * 60_000
        time.sleep(3 * SECONDS)
        yield b"x"

    assert post(f"{served.address}/length", content=pausing(), timeout=60).json() == 60_001


def test_an_answer_that_nobody_reads_is_given_up(serve: Serve) -> None:
    served = serve()
    with served.connect(b"GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"):
        deadline = time.monotonic() + 20
        while not len(served.connections):
            time.sleep(0.01)
        while len(served.connections):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_an_answer_that_is_read_slowly_comes_whole(serve: Serve) -> None:
    read, served = 0, serve(replace(LIMITS, stalled_seconds=2))
    with served.connect(
        b"GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    ) as connection:
        while chunk := connection.recv(1_000_000):
            read += len(chunk)
            time.sleep(0.1)
    assert read > LARGE


def test_one_address_takes_only_its_share(serve: Serve) -> None:
    served = serve(replace(LIMITS, of_address=10, head_seconds=60))
    foreign = served.connect(HALF, source="127.0.0.2")
    held = opened(served, 60, HALF)
    try:
        assert get(served.address, timeout=30).json() == "answered"
        assert len(served.connections) <= 11 + 1
        assert not is_closed(foreign, 0.3)
    finally:
        for each in (*held, foreign):
            each.close()


def test_a_proxy_brings_everybody_from_one_address(serve: Serve) -> None:
    served = serve(replace(LIMITS, of_address=10, head_seconds=60), proxied=True)
    held = opened(served, 30, HALF)
    try:
        assert get(served.address, timeout=30).json() == "answered"
        assert not any(is_closed(each, 0.01) for each in held)
    finally:
        for each in held:
            each.close()


def test_a_handshake_that_never_comes_counts_too(serve: Serve, tmp_path: Path) -> None:
    certificate = Certificate.write(tmp_path)
    served = serve(tls=certificate.served())
    held = opened(served, 3 * LIMITS.in_all, b"\x16\x03\x01")
    with held[-1] as last:
        secure = f"https://127.0.0.1:{served.port}"
        assert get(secure, verify=certificate.trusted(), timeout=30).json() == "answered"
        assert len(served.connections) <= LIMITS.in_all
        assert is_closed(last)
    for each in held:
        each.close()
