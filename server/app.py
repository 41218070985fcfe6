"""The application: settings in, blueprints composed, one error mapping and one set of headers."""

from flask import Flask, Response, request

from server import articles, graphstore, problems, resources, site, sparql, update, vocabulary
from server.discovery.routes import blueprint as discovering
from server.discovery.routes import link_home
from server.evaluation import Evaluation
from server.evaluator.current import Current
from server.evaluator.pool import Pool
from server.indexes import Indexes
from server.opened import Opened
from server.operations import blueprint as operating
from server.operations import keep_budgets
from server.search import blueprint as searching
from server.settings import Settings, read
from server.writer.client import Writer

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Location, Retry-After, Allow, Accept-Post, Accept-Patch, WWW-Authenticate, "
        "X-Cache, X-Request-Id, Parleygraph-Generation"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
}


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application."""
    settings = settings or read()
    app = Flask("server", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.extensions["parleygraph-settings"] = settings
    store = settings.store
    current = Current(store)
    app.extensions["parleygraph-pool"] = pool = Pool(current, settings.limits)
    app.extensions["parleygraph-writer"] = Writer(store)
    app.extensions["parleygraph-opened"] = Opened(current.look)
    app.extensions["parleygraph-indexes"] = indexes = Indexes(current)
    app.extensions["parleygraph-evaluation"] = Evaluation(current, pool, indexes, settings.allowed)
    app.extensions["parleygraph-remembered"] = {}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for module in (sparql, update, graphstore, resources, vocabulary):
        app.register_blueprint(module.blueprint)
    app.register_blueprint(searching)
    app.register_blueprint(discovering)
    link_home(app)
    app.register_blueprint(operating)
    keep_budgets(app, settings)
    articles.register(app)
    problems.register(app)
    site.register(app)
    app.after_request(_headers)
    return app


def _headers(answer: Response) -> Response:
    for name, text in _HEADERS.items():
        answer.headers.setdefault(name, text)
    if request.method == "OPTIONS" and "Allow" in answer.headers:  # a browser's preflight, fetch standard 4.8
        answer.headers["Access-Control-Allow-Methods"] = answer.headers["Allow"]
        answer.headers["Access-Control-Allow-Headers"] = (
            "Accept, Authorization, Content-Type, If-Match, If-None-Match"
        )
        answer.headers["Access-Control-Max-Age"] = "86400"
    return answer
