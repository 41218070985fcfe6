"""Every setting of the server: name, default, meaning; read once from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph import settings as graph_settings
from graph.errors import SettingError
from graph.settings import Setting
from server.evaluator.limits import Limits
from server.federation.allowed import Allowed
from server.federation.allowed import read as addresses
from server.front.clients import Network, networks

SETTINGS: tuple[Setting, ...] = (
    graph_settings.STORE,
    graph_settings.BASE,
    Setting("PARLEYGRAPH_QUERY_TIMEOUT", "30", "Seconds after which a query is stopped."),
    Setting(
        "PARLEYGRAPH_MAX_QUERY_MEMORY", "1024", "Mebibytes that one query may take beyond the open store."
    ),
    Setting(
        "PARLEYGRAPH_QUERY_PLACES",
        "8",
        "Queries that may run at once per web process; as many slow ones beside.",
    ),
    Setting("PARLEYGRAPH_MAX_BODY", "2", "Mebibytes that the body of a request may have."),
    Setting("PARLEYGRAPH_TOKEN", "", "Who sends it as Authorization: Bearer may write; unset: nobody may."),
    Setting("PARLEYGRAPH_SERVICE_ALLOW", "", "Addresses that SERVICE and LOAD may reach; by default none."),
    Setting("PARLEYGRAPH_WRITE_TIMEOUT", "120", "Seconds after which a write is stopped."),
    Setting("PARLEYGRAPH_MAX_WRITE", "64", "Mebibytes that the body of a write may have."),
    Setting("PARLEYGRAPH_CACHE", "64", "Mebibytes of answers that one web process keeps; 0: none."),
    Setting(
        "PARLEYGRAPH_CLIENT_BUDGET", "3600", "Seconds of computing that one client may use per hour; 0: any."
    ),
    Setting(
        "PARLEYGRAPH_TRUSTED_PROXIES",
        "",
        "Addresses and networks, with commas, of proxies whose X-Forwarded-For tells who asks.",
    ),
    Setting("PARLEYGRAPH_LOG", "all", "Requests that are logged: all, problems (failed or slow), off."),
    Setting("HOST", "127.0.0.1", "The address to listen on."),
    Setting("PORT", "8000", "The port to listen on."),
    Setting("PARLEYGRAPH_WORKERS", "", "Web processes; by default one per processor, at most four."),
    Setting("PARLEYGRAPH_THREADS", "128", "Requests that one web process handles at once."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as values."""

    store: Path
    base: str
    limits: Limits
    max_body: int
    token: str
    allowed: Allowed
    write_timeout: float
    max_write: int
    cache: int
    client_budget: float
    trusted_proxies: tuple[Network, ...]
    log: str


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment. Raises SettingError for an impossible value."""
    places = int(_number("PARLEYGRAPH_QUERY_PLACES", environment, whole=True))
    return Settings(
        store=graph_settings.store(environment),
        base=graph_settings.base(environment),
        limits=Limits(
            timeout=_number("PARLEYGRAPH_QUERY_TIMEOUT", environment),
            memory=int(_number("PARLEYGRAPH_MAX_QUERY_MEMORY", environment) * 2**20),
            quick_places=places,
            cheap_places=places,
            slow_places=places,
        ),
        max_body=int(_number("PARLEYGRAPH_MAX_BODY", environment) * 2**20),
        token=_token(environment),
        allowed=addresses(value("PARLEYGRAPH_SERVICE_ALLOW", environment), "PARLEYGRAPH_SERVICE_ALLOW"),
        write_timeout=_number("PARLEYGRAPH_WRITE_TIMEOUT", environment),
        max_write=int(_number("PARLEYGRAPH_MAX_WRITE", environment) * 2**20),
        cache=int(_number("PARLEYGRAPH_CACHE", environment, least=0.0) * 2**20),
        client_budget=_number("PARLEYGRAPH_CLIENT_BUDGET", environment, least=0.0),
        trusted_proxies=networks(
            value("PARLEYGRAPH_TRUSTED_PROXIES", environment), "PARLEYGRAPH_TRUSTED_PROXIES"
        ),
        log=_one_of("PARLEYGRAPH_LOG", environment, ("all", "problems", "off")),
    )


def value(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """One setting as text: from the environment, or its default when it is unset or empty."""
    default = next(setting.default for setting in SETTINGS if setting.name == name)
    return environment.get(name, "") or default


def _token(environment: Mapping[str, str]) -> str:
    name = "PARLEYGRAPH_TOKEN"
    token = value(name, environment)
    if token and not re.fullmatch(r"[!-~]+", token):  # what can stand in a header, RFC 9110 section 5.5
        raise SettingError("the token holds more than visible ASCII signs", place=name, remedy="make another")
    return token


def _one_of(name: str, environment: Mapping[str, str], known: tuple[str, ...]) -> str:
    written = value(name, environment)
    if written not in known:
        raise SettingError(f"{written!r} is unknown", place=name, remedy=f"give one of {', '.join(known)}")
    return written


def _number(
    name: str, environment: Mapping[str, str], *, whole: bool = False, least: float | None = None
) -> float:
    """A setting as a number: from `least` on, or above 0 where none is given."""
    written = value(name, environment)
    remedy = "give a number above 0" if least is None else f"give a number from {least:g} on"
    try:
        number = int(written) if whole else float(written)
    except ValueError as error:
        raise SettingError(f"{written!r} is no number", place=name, remedy=remedy) from error
    if not number < float("inf") or (number <= 0 if least is None else number < least):
        raise SettingError(f"{written} is out of range", place=name, remedy=remedy)
    return number
