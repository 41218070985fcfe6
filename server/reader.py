"""The reader who asks: language and theme, by the address, the cookie that keeps a choice, or the browser.

`?lang=it` and `?theme=dark` choose for the page they stand on and for those after it; the rest of the
address stays as it is, so that a switch never loses what the reader looks at.
"""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup

from server.language import LANGUAGES, NAMES, Speech, speech
from server.portraits.names import anchor, anchors

THEMES = ("auto", "light", "dark")
"""How pages look: as the reader's system does, or always light or dark."""

WAYS = (
    ("/search", "site.search"),
    ("/timeline", "view.timeline"),
    ("/map", "view.map"),
    ("/network", "view.network"),
    ("/statements", "view.statements"),
    ("/sparql", "site.query"),
    ("/ns", "site.vocabulary"),
)
"""The ways at the head of every page: path, key of the name."""

KEPT = 365 * 24 * 3600
"""Seconds that a browser remembers a choice: a year."""

_CHOICES = {"lang": LANGUAGES, "theme": THEMES}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: one of LANGUAGES, one of THEMES."""

    language: str
    theme: str

    @property
    def speech(self) -> Speech:
        """The interface's words for this reader."""
        return speech(self.language)


def reader() -> Reader:
    """The reader of the request at hand."""
    found = g.get("reader")
    if not isinstance(found, Reader):
        found = g.reader = Reader(_chosen("lang") or _preferred(), _chosen("theme") or "auto")
    return found


def address(**changes: str) -> str:
    """The address of this page with some parameters changed; an empty value takes one away."""
    kept = [(name, text) for name, text in request.args.items(multi=True) if name not in changes]
    parameters = urlencode([*kept, *((name, text) for name, text in changes.items() if text)])
    return request.path + (f"?{parameters}" if parameters else "")


def register(app: Flask) -> None:
    """Give templates the reader's words, and let browsers keep what the reader chose."""
    app.context_processor(_in_templates)
    app.jinja_env.globals.update(anchor=anchor, anchors=anchors)
    app.after_request(_keep)


def _in_templates() -> dict[str, object]:
    who = reader()
    others = [(tag, NAMES[tag]) for tag in LANGUAGES if tag != who.language]
    return {
        "t": who.speech,
        "language": who.language,
        "theme": who.theme,
        "themes": THEMES,
        "other_languages": others,
        "address": address,
        "fixed": _fixed,
    }


def _fixed(part: str) -> Markup:
    """A part that is the same on all pages in a language, but for where the reader is."""
    return _made(part, reader().language, request.path if request.path in dict(WAYS) else "")


@cache
def _made(part: str, language: str, here: str) -> Markup:
    template = current_app.jinja_env.get_template(f"{part}.html")
    return Markup(template.render(t=speech(language), ways=WAYS, here=here))  # a template's own output


def _chosen(name: str) -> str:
    for given in (request.args.get(name, ""), request.cookies.get(name, "")):
        if given in _CHOICES[name]:
            return given
    return ""


def _preferred() -> str:
    asked = (tag.replace("_", "-").partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((tag for tag in asked if tag in LANGUAGES), LANGUAGES[0])


def _keep(answer: Response) -> Response:
    if answer.mimetype != "text/html":
        return answer
    for name, choices in _CHOICES.items():
        wanted = request.args.get(name, "")
        if wanted in choices and request.cookies.get(name) != wanted:
            answer.set_cookie(name, wanted, max_age=KEPT, samesite="Lax", httponly=True)
    return answer
