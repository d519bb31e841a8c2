"""Demo accounts and an open door do not go together."""

import os
from collections.abc import Mapping
from ipaddress import ip_address

from careerforge.tenancy.models import Organisation

LOCAL_NAMES = frozenset({"", "localhost"})


def refusal(host: str, environ: Mapping[str, str] = os.environ) -> str:
    """Why the server must not listen on this address, or an empty string.

    Args:
        host: what CAREERFORGE_HOST says; empty for the usual 127.0.0.1.
    """
    if is_local(host) or environ.get("CAREERFORGE_DEMO"):
        return ""
    if not Organisation.objects.filter(is_demo=True).exists():
        return ""
    return (
        f"CAREERFORGE_HOST is {host}, and demo accounts with one known password are here:"
        " remove them with ./run.sh manage remove_demo, or set CAREERFORGE_DEMO=1."
    )


def is_local(host: str) -> bool:
    """Whether only this machine can reach an address. A name that has to be looked up counts as outside."""
    name = host.strip("[]").lower()
    if name in LOCAL_NAMES:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
