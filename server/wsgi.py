"""The WSGI application that gunicorn serves."""

from server.app import create_app
from server.front.stack import Front
from server.replicas import Keeper
from server.settings import read

application = Front(create_app())
Keeper(read().store)
