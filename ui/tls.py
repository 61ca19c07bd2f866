"""The certificate that the chat is served with, and a word where it is served without."""

from __future__ import annotations

import ssl
from pathlib import Path

from assistant import Settings
from ui.errors import ServeError
from ui.listener import is_loopback

IN_CLEAR = (
    "Passwords, questions and answers cross the network in clear: whoever is on the way can read"
    " them. Serve with --tls-cert and --tls-key, or behind a proxy (docs/proxy.md)."
)


def tls_of(settings: Settings) -> ssl.SSLContext | None:
    """What to serve https with; None where no certificate is named.

    Raises ServeError for files that cannot be used.
    """
    cert, key = settings.tls_cert, settings.tls_key
    if cert is None and key is None:
        return None
    if cert is None or key is None:
        named, lacking = ("tls_cert", "tls_key") if key is None else ("tls_key", "tls_cert")
        raise ServeError(
            f"{named} is set and {lacking} is not. Name both, --tls-cert CERT --tls-key KEY,"
            " or neither."
        )
    for path in (cert, key):
        _readable(path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        # An empty password, or OpenSSL would ask for one at the terminal.
        context.load_cert_chain(cert, key, password="")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise ServeError(
                f"The key {key} is not the one of the certificate {cert}. Name the two that were"
                " made together."
            ) from error
        raise ServeError(
            f"The certificate {cert} with the key {key} cannot be used. Both have to be PEM files,"
            " the key without a password, the certificate first in its file."
        ) from error
    return context


def is_in_clear(settings: Settings, address: str) -> bool:
    """Whether others reach what is served on ``address`` without https, as far as can be known."""
    return not (is_loopback(address) or settings.tls_cert or settings.public_name)


def _readable(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise ServeError(
            f"{path}: it cannot be read ({error.strerror}). --tls-cert names the certificate,"
            " --tls-key its key."
        ) from error
