"""The site for people: its pages, views and tools, and the reader for whom they are."""

from flask import Flask

from server import changes, completions, drafting, entity, links, pages, reader
from server.views import pages as views


def register(app: Flask) -> None:
    """Add the site to an application."""
    for module in (pages, entity, views, completions, links, changes, drafting):
        app.register_blueprint(module.blueprint)
    reader.register(app)
