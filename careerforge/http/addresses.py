"""Which IP addresses are public: global unicast and nothing that tunnels, translates or is reserved.

Python's `is_global` is only the first of two questions: in 3.11 it lets NAT64, 6to4, site-local, multicast
and a cloud's metadata address through. Sources: the IANA special-purpose registries for IPv4 and IPv6; the
documentation of the clouds for 168.63.129.16.
"""

from __future__ import annotations

import ipaddress

from careerforge.http.policy import Address

_NEVER_V4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
        # Azure answers its virtual machines here, on an address that looks public.
        "168.63.129.16/32",
    )
)
# Global unicast is 2000::/3; outside it lie loopback, mapped and compatible IPv4, NAT64, unique-local, link-
# and site-local, multicast.
_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
_NEVER_V6 = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        # protocol assignments: Teredo, ORCHID, benchmarking
        "2001::/23",
        "2001:db8::/32",
        # 6to4 carries any IPv4 address inside
        "2002::/16",
        "3fff::/20",
    )
)


def parse_address(text: str) -> Address | None:
    """The address of a canonical literal; None for anything else, a zone id (`fe80::1%eth0`) included."""
    if "%" in text:
        return None
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """True for an address on the public internet that is no tunnel to another one."""
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _NEVER_V4)
    return address in _UNICAST_V6 and not any(address in network for network in _NEVER_V6)
