"""Whose a lease is: a process writes down who it is, so that what one of this machine held is free as soon as it is gone."""

from __future__ import annotations

import os
import secrets
import socket


def lease_token() -> str:
    """A lease of this process, unlike any other."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"


def is_gone(lease: str) -> bool:
    """True when the process that wrote a lease ran on this machine and does not any more."""
    host, _, rest = lease.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname() or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
