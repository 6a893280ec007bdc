"""Which machines may be asked: public ones, unless the user allows private ones."""

from __future__ import annotations

import ipaddress
import socket

from legation.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int, name: str, *, allow_private: bool) -> list[str]:
    """Return the addresses of a host, in the system's order; `InputError` if one is not public.

    The caller connects to one of these addresses and not to the host's name,
    so that a name cannot mean another machine a moment later.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(
            name, f"the host {host} is not known", "look at the address and the network"
        ) from None
    found = list(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))
    if not allow_private:
        for address in found:
            if not is_public(ipaddress.ip_address(address)):
                raise InputError(
                    name, f"{host} is the private address {address}", "give --allow-private to read it"
                )
    return found


def is_public(address: Address) -> bool:
    """Say whether an address is a public machine's, looking into addresses that hold another."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast


def _inner(address: Address) -> Address | None:
    """Return the IPv4 address within an IPv6 one: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
