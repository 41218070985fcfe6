"""The documentation of the vocabulary."""

from flask import Blueprint

blueprint = Blueprint("vocabulary", __name__)
