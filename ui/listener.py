"""The port of the chat, taken before any work is done for it."""

from __future__ import annotations

import errno
import ipaddress
import socket

from ui.errors import ServeError

_HIGHEST = 65_535


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one.

    Raises ServeError where the port is taken or the address is not one of this machine.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < _HIGHEST else 7860
            raise ServeError(
                f"Port {port} is taken by another program. "
                f"Stop that, or choose another port, for example: --port {other}"
            ) from error
        # Python appends the address to the reason.
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise ServeError(
            f"The chat cannot be served on {host}:{port} ({reason}). "
            "Choose another address with --host and --port; 127.0.0.1 is this machine."
        ) from error


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches a numeric address."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def own_address(listener: socket.socket, scheme: str = "http") -> str:
    """Where this machine reaches what listens; "every address" is none that can be opened."""
    host, port = listener.getsockname()[:2]
    if _is_every(host):
        host = "[::1]" if ":" in host else "127.0.0.1"
    elif ":" in host:
        host = f"[{host}]"
    return f"{scheme}://{host}:{port}"


def address_for_others(listener: socket.socket, scheme: str = "http") -> str:
    """Where other machines may reach it, where it listens on every address; else empty."""
    host, port = listener.getsockname()[:2]
    return f"{scheme}://{socket.gethostname()}:{port}" if _is_every(host) else ""


def _is_every(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_unspecified
