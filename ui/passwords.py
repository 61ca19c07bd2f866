"""Passwords: hashed by scrypt, so that whoever reads the file of users cannot log in with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

SHORTEST = 8  # characters, as NIST SP 800-63B asks for
LONGEST = 1_000
# OWASP's password storage cheat sheet: 32 MB and about a third of a second for each try.
COST, BLOCK, PARALLEL = 2**15, 8, 3
_MEMORY = 2 * 128 * COST * BLOCK  # bytes that OpenSSL may take
_SALT = 16  # bytes


def hashed(password: str) -> str:
    """ "scrypt$32768$8$3$SALT$HASH", with a salt of its own."""
    salt = os.urandom(_SALT)
    key = _derived(password, salt, COST, BLOCK, PARALLEL)
    parts = (base64.b64encode(part).decode("ascii") for part in (salt, key))
    return f"scrypt${COST}${BLOCK}${PARALLEL}${'$'.join(parts)}"


def matches(password: str, known: str) -> bool:
    """Whether this is the password that ``known`` is the hash of."""
    if len(password) > LONGEST:
        return False
    _, cost, block, parallel, salt, key = known.split("$")
    tried = _derived(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(tried, base64.b64decode(key))


def _derived(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32,
    )  # fmt: skip
