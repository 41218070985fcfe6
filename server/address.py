"""The address to listen on, looked at before gunicorn does, which tells of a taken one without a remedy."""

import errno
import socket
import time

from graph.errors import SettingError

PATIENCE = 5.0
"""Seconds to wait for it: web processes whose first process was killed need one or two to end."""


def require_free(host: str, port: int, patience: float = PATIENCE) -> None:
    """Returns when nobody listens there; raises SettingError where somebody goes on to, or nobody may."""
    until = time.monotonic() + patience
    while True:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            socket.create_server((host.strip("[]"), port), family=family).close()
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                time.sleep(0.1)
                continue
            raise _refusal(host, port, error) from error
        return


def _refusal(host: str, port: int, error: OSError) -> SettingError:
    place = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        remedy = f"stop what does, or name another port: PORT={port + 1 if port < 65535 else 8000}"
        return SettingError("another program listens there", place=place, remedy=remedy)
    if isinstance(error, PermissionError):
        return SettingError("only root may listen there", place=place, remedy="name a PORT from 1024 up")
    remedy = "name one in HOST: 127.0.0.1 for this machine alone, 0.0.0.0 for all"
    return SettingError("is no address of this machine", place=place, remedy=remedy)
