"""The WSGI application that gunicorn serves."""

from server.app import create_app

application = create_app()
