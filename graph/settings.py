"""The settings of the graph package: a table of name, default and help, read when asked.

Nothing is read at import, so that a test, a process or a command sees the environment as it is then.
A test holds this table equal to the list of settings in the README.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: the folder that holds `graph/`, `ontology/` and `data/`."""

ARTICLES = ROOT / "data" / "articles"
"""What `build` reads when it is given no path."""

ANNOTATIONS = ROOT / "data" / "annotations"
"""What people have added, corrected or withdrawn; `build` applies it to the articles that it is about."""

GOLD = ROOT / "data" / "gold" / "dev"
"""What `evaluate` scores the extraction on."""

DEFAULT_STORE = ROOT / "data" / "build" / "store"
"""The store that belongs to `data/articles`; the only one that is ever rebuilt without being asked."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, the value where it is not set, and what it does."""

    name: str
    default: str
    help: str


BASE = Setting(
    "PARLEYGRAPH_BASE",
    "http://127.0.0.1:8000/",
    "IRI under which the data's own IRIs hang; ends with a slash. The port one serves on never changes it.",
)
STORE = Setting(
    "PARLEYGRAPH_STORE",
    str(DEFAULT_STORE),
    "Folder of the store that is built, loaded, queried and served.",
)
PARSER = Setting(
    "PARLEYGRAPH_PARSER",
    "on",
    "on: sentences are parsed by the models below, and the parse is read beside the rules; off: rules alone.",
)
MODEL_IT = Setting(
    "PARLEYGRAPH_MODEL_IT",
    str(ROOT / "data" / "models" / "it"),
    "Folder or installed name of the spaCy model that parses Italian.",
)
MODEL_EN = Setting(
    "PARLEYGRAPH_MODEL_EN",
    str(ROOT / "data" / "models" / "en"),
    "Folder or installed name of the spaCy model that parses English.",
)
LLM_URL = Setting(
    "PARLEYGRAPH_LLM_URL",
    "",
    "Base address of an OpenAI-compatible API, which `--llm` asks; none by default.",
)
LLM_MODEL = Setting("PARLEYGRAPH_LLM_MODEL", "", "Name of the language model there; none by default.")
LLM_KEY = Setting("PARLEYGRAPH_LLM_KEY", "", "Key that is sent to it; never shown.")
LLM_TIMEOUT = Setting("PARLEYGRAPH_LLM_TIMEOUT", "60", "Seconds that one request to it may take in all.")
LLM_RETRIES = Setting("PARLEYGRAPH_LLM_RETRIES", "2", "How often a request that failed is repeated.")
LLM_MEMORY = Setting(
    "PARLEYGRAPH_LLM_MEMORY",
    str(ROOT / "data" / "build" / "llm"),
    "Folder of its answers, so that none is asked for twice; off: none is kept.",
)
SETTINGS = (
    BASE, STORE, PARSER, MODEL_IT, MODEL_EN,
    LLM_URL, LLM_MODEL, LLM_KEY, LLM_TIMEOUT, LLM_RETRIES, LLM_MEMORY,
)  # fmt: skip


def read(setting: Setting, environ: Mapping[str, str] | None = None) -> str:
    """The setting's value in `environ` (the process's environment where none is given), or its default."""
    return (os.environ if environ is None else environ).get(setting.name) or setting.default


def base(environ: Mapping[str, str] | None = None) -> str:
    """The data base IRI, checked; raises SettingError."""
    return checked_base(read(BASE, environ), BASE.name)


def checked_base(iri: str, place: str) -> str:
    """`iri` if it can be a data base; `place` names the option or variable it came from."""
    remedy = "give an address such as https://example.org/news/"
    parts = urlsplit(iri)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingError(f"{iri!r} is not an http or https address", place=place, remedy=remedy)
    if not iri.endswith("/") or parts.query or parts.fragment:
        raise SettingError(f"{iri!r} does not end with a slash", place=place, remedy=remedy)
    if any(character.isspace() or character in '<>"{}|\\^`' for character in iri):
        raise SettingError(f"{iri!r} holds a character that no IRI may hold", place=place, remedy=remedy)
    return iri


def store(environ: Mapping[str, str] | None = None) -> Path:
    """The folder of the store; it need not exist."""
    return Path(read(STORE, environ))


def parses(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the extraction shall parse; raises SettingError."""
    value = read(PARSER, environ)
    if value not in ("on", "off"):
        raise SettingError(f"{value!r} is neither on nor off", place=PARSER.name, remedy="give on or off")
    return value == "on"
