"""The layers in front of the application, composed: what gunicorn serves."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

from server.front.cache import Cache, identity
from server.settings import Settings


class Front:
    """The application behind its layers. `extensions` are the application's."""

    def __init__(self, app: Flask) -> None:
        """`app` comes from server.app.create_app."""
        self.extensions: dict[str, Any] = app.extensions
        settings = app.extensions["parleygraph-settings"]
        assert isinstance(settings, Settings)
        patience = (
            settings.limits.timeout + 1
        )  # until the query that is under way has ended, one way or another
        self._outermost = Cache(app.wsgi_app, identity(settings.store), settings.cache, patience)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """One request, through all layers."""
        return self._outermost(environ, start)
