"""The SPARQL 1.1 Protocol's update operation at /update.

https://www.w3.org/TR/sparql11-protocol/, section 2.2. An update does what its letters say: the default graph
is a graph like any other, and what is written to a named graph does not appear in it.
"""

from flask import Blueprint, Response, current_app, request
from werkzeug.datastructures import MultiDict

from server import bodies
from server.access import require_token
from server.answers import allowed, guarded
from server.evaluation import SHOWN, problem_at, unreached
from server.evaluator.limits import MAX_LENGTH
from server.federation.services import FederationError, federated, loaded
from server.problems import ProblemError
from server.sparql import FORM, graph_names
from server.syntax.faults import locate_update
from server.writer.client import Writer
from server.writer.errors import UnparsableError
from server.writer.orders import Done, Order

blueprint = Blueprint("update", __name__)

UPDATE = "application/sparql-update"


@blueprint.route("/update", methods=["POST"], provide_automatic_options=False)
def update() -> Response:
    """Do an update; when this answers, the change is on disk and every later query sees it."""
    require_token()
    bodies.allow_large()
    parameters, text = _read_request()
    if len(text) <= MAX_LENGTH:
        guarded(text)
    try:
        text = loaded(federated(text, allowed()), allowed())
    except FederationError as error:
        raise unreached(text, error) from error
    default, named = (graph_names(parameters, f"using-{kind}graph-uri") for kind in ("", "named-"))
    given = default is not None or named is not None
    order = Order(
        "update",
        text.encode("utf-8", "surrogatepass"),
        using=(default or ()) if given else None,
        using_named=(named or ()) if given else None,
    )
    try:
        done = writer().send(order)
    except UnparsableError as error:
        raise update_problem(text, error) from error
    return answered(done)


@blueprint.route("/update", methods=["OPTIONS"])
def options() -> Response:
    """What may be asked here."""
    answer = Response(status=204)
    answer.headers["Allow"] = "POST, OPTIONS"
    answer.headers["Accept-Post"] = f"{FORM}, {UPDATE}"
    return answer


def writer() -> Writer:
    """The way to the writer of this application's store."""
    found = current_app.extensions["parleygraph-writer"]
    assert isinstance(found, Writer)
    return found


def answered(done: Done, status: int = 204) -> Response:
    """The answer to a write without content: where it can be seen."""
    answer = Response(status=status)
    if done.generation:
        answer.headers["Parleygraph-Generation"] = done.generation
    answer.headers["Cache-Control"] = "no-store"
    return answer


def update_problem(text: str, error: UnparsableError) -> ProblemError:
    """The problem that tells where an update stops being one."""
    if len(text) > MAX_LENGTH:
        return ProblemError(400, "The update has a syntax error", str(error)[:SHOWN])
    return problem_at(text, locate_update(text, str(error)), "The update has a syntax error")


def _read_request() -> tuple[MultiDict[str, str], str]:
    """The operation's parameters and its update."""
    if not bodies.is_utf8():
        raise bodies.wrong_type("an update", (FORM, f"{UPDATE} in UTF-8"))
    if request.mimetype == FORM:
        return request.form, _single(request.form)
    if request.mimetype != UPDATE:
        raise bodies.wrong_type("an update", (FORM, UPDATE))
    if "update" in request.args:
        raise ProblemError(
            400, "Two updates in one request", "The update stands in the body and in the address."
        )
    _refuse_query(request.args)
    try:
        return request.args, bodies.body().decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"The body is not UTF-8: byte {error.start + 1} is wrong."
        raise ProblemError(400, "The update cannot be read", detail) from error


def _single(parameters: MultiDict[str, str]) -> str:
    _refuse_query(parameters)
    updates = parameters.getlist("update")
    if not updates:
        raise ProblemError(400, "There is no update", "The parameter update= is missing.", "Give it once.")
    if len(updates) > 1:
        raise ProblemError(
            400, "Two updates in one request", f"update= is given {len(updates)} times.", "Give it once."
        )
    return updates[0]


def _refuse_query(parameters: MultiDict[str, str]) -> None:
    if "query" in parameters:
        raise ProblemError(
            400, "This address only writes", "query= is given.", "Send queries to /sparql as query=…."
        )
