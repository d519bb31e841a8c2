"""The web server's port, taken before anything else is done and kept through restarts of the web server."""

import errno
import os
import socket

from careerforge.embedded.problem import Problem

BACKLOG = 512


def reserve() -> socket.socket:
    """A listening socket on CAREERFORGE_HOST and CAREERFORGE_PORT. Raises Problem when it cannot be had.

    It listens at once: two sockets that are only bound can share a port. Requests wait until the web is up.
    """
    host = os.environ.get("CAREERFORGE_HOST") or "127.0.0.1"
    port = _number(os.environ.get("CAREERFORGE_PORT") or "8000")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise Problem(f"CAREERFORGE_HOST is {host}, which is no address of this machine") from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise Problem(_why(error, host, port)) from error
    return listener


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise Problem(f"CAREERFORGE_PORT is '{text}', which is no port number")
    return int(text)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program; choose one with CAREERFORGE_PORT=8001"
    if error.errno == errno.EACCES:
        return f"port {port} is reserved for root; choose one above 1023 with CAREERFORGE_PORT"
    return f"CAREERFORGE_HOST is {host}, which is no address of this machine"


def url(listener: socket.socket) -> str:
    """The address to open."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
