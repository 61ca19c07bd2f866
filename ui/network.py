"""Which addresses are one sender's, for what is counted by address."""

from __future__ import annotations

import ipaddress

_NETWORK = 64  # bits of an IPv6 address that name its network; the rest is anybody's to choose


def network_of(address: str) -> str:
    """An IPv4 address as it is, the network of an IPv6 address; what is neither as it is."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, _NETWORK), strict=False))
    return str(found)
