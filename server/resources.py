"""Names of things, and where they lead."""

from flask import Blueprint

blueprint = Blueprint("resources", __name__)
