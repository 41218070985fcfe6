"""Who may write: whoever sends the token of the settings as `Authorization: Bearer TOKEN` (RFC 6750)."""

import hmac

from flask import current_app, request

from server.problems import ProblemError

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="parleygraph"'}
_WRONG = {"WWW-Authenticate": 'Bearer realm="parleygraph", error="invalid_token"'}


def require_token() -> None:
    """Raises ProblemError unless the request may write: 403 where writing is off, 401 without the token."""
    token: str = current_app.extensions["parleygraph-settings"].token
    if not token:
        raise ProblemError(
            403,
            "Writing is off",
            "This server has no token, so nobody may write.",
            "Whoever runs it can set PARLEYGRAPH_TOKEN.",
        )
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise ProblemError(
            401,
            "Writing needs the token",
            "The request has no Authorization: Bearer header.",
            "Send the token that the server was started with.",
            headers=dict(_CHALLENGE),
        )
    # Compared in constant time: how long a refusal takes tells nothing about the token.
    if not hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), token.encode("utf-8")):
        raise ProblemError(
            401,
            "That is not the token",
            "The token of the request is not the server's.",
            "Send the token that the server was started with.",
            headers=dict(_WRONG),
        )
