"""The address of a language model: any that speaks the OpenAI chat completions API (hosted ones, vLLM,
llama.cpp, Ollama, LM Studio), as the settings name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graph import settings
from graph.errors import SettingError

# Where the API has its only resource that is used here.
_RESOURCE = "/chat/completions"

# A day; no request is worth more, and clocks of sockets overflow beyond.
_LONGEST = 86_400


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`url` is the full address of chat completions; `timeout` the seconds a request may take in all;
    `retries` how often one is repeated after the first; `memory` the folder of its answers, if they are kept.
    The key is never shown."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 60.0
    retries: int = 2
    memory: Path | None = None


def endpoint(environ: Mapping[str, str] | None = None) -> Endpoint:
    """The language model that the settings name; raises SettingError when they name none, or impossibly."""
    model = settings.read(settings.LLM_MODEL, environ).strip()
    if not model:
        raise SettingError(
            "no language model is named",
            place=settings.LLM_MODEL.name,
            remedy="name the model as the server calls it, and its address in PARLEYGRAPH_LLM_URL",
        )
    memory = settings.read(settings.LLM_MEMORY, environ)
    return Endpoint(
        url=_url(settings.read(settings.LLM_URL, environ).strip()),
        model=model,
        key=_key(settings.read(settings.LLM_KEY, environ).strip()),
        timeout=_number(settings.LLM_TIMEOUT, environ, 0.001, _LONGEST),
        retries=int(_number(settings.LLM_RETRIES, environ, 0, 100, whole=True)),
        memory=None if memory == "off" else Path(memory),
    )


def _url(address: str) -> str:
    place = settings.LLM_URL.name
    remedy = "give the base of the API, such as http://127.0.0.1:11434/v1"
    if not address:
        raise SettingError("no address of a language model is given", place=place, remedy=remedy)
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or any(character.isspace() or not character.isprintable() for character in address):
        raise SettingError(f"{address!r} is not an http or https address", place=place, remedy=remedy)
    if parts.username is not None or parts.query or parts.fragment:
        remedy = f"give the address alone; a key goes into {settings.LLM_KEY.name}"
        raise SettingError("the address holds more than host and path", place=place, remedy=remedy)
    return address.rstrip("/").removesuffix(_RESOURCE) + _RESOURCE


def _key(key: str) -> str:
    if not key.isascii() or any(character.isspace() or not character.isprintable() for character in key):
        reason = "the key holds a character that no HTTP header may hold"
        raise SettingError(reason, place=settings.LLM_KEY.name, remedy="copy it again, without line breaks")
    return key


def _number(
    setting: settings.Setting,
    environ: Mapping[str, str] | None,
    least: float,
    most: float,
    whole: bool = False,
) -> float:
    value = settings.read(setting, environ)
    kind = "a whole number" if whole else "a number"
    try:
        number = float(int(value)) if whole else float(value)
    except (ValueError, OverflowError):
        number = least - 1
    if not least <= number <= most:
        raise SettingError(
            f"{value!r} is not {kind} from {least:g} to {most:g}", place=setting.name, remedy=f"give {kind}"
        )
    return number
