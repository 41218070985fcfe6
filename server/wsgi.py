"""The WSGI application that gunicorn serves."""

from server.app import create_app
from server.front.stack import Front

application = Front(create_app())
