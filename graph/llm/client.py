"""Asks a language model one question and gives its answer's text, whatever the server does.

Repeated are requests that can do better the next time (a lost connection, 429, 5xx), after a wait that
doubles or that the server names. A parameter that the server does not know is left out from then on.
"""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from graph.llm.endpoint import Endpoint
from graph.llm.transport import Answer, TransportError, post

# Statuses after which the same request may succeed: timed out, too early, too many, the server's own faults.
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})

# Statuses that no other request will change: the key, the address or the model is wrong.
_SETTLED = frozenset({401, 402, 403, 404, 405, 410})

# Statuses by which servers say that they do not know a parameter.
_UNKNOWN = frozenset({400, 422, 501})

# Seconds before the first repetition, and the longest wait, the server's own wish included.
_FIRST, _LONGEST = 1.0, 60.0

# Tokens that an answer may have: thirty events of 250 tokens each, more than 8,000 characters of news tell.
_TOKENS = 8000

# So much of a server's message is shown.
_SHOWN = 200

Messages = list[dict[str, str]]


class AskingError(Exception):
    """The model gave no answer; with `settled`, no later question will fare better."""

    def __init__(self, reason: str, *, settled: bool = False) -> None:
        super().__init__(reason)
        self.settled = settled


@dataclass(slots=True)
class Spent:
    """What the questions of one article took: requests sent, tokens of the prompts and of the answers as the
    server counts them; answers that were known."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    recalled: int = 0


class Client:
    """Asks one endpoint; remembers which parameters it does not know."""

    def __init__(
        self, endpoint: Endpoint, schema: dict[str, Any], pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.endpoint = endpoint
        self._pause = pause
        form = {"name": "findings", "strict": True, "schema": schema}
        # The parameters that a server may lack, each with what takes its place when it does.
        self._optional: dict[str, list[Any]] = {
            "response_format": [{"type": "json_schema", "json_schema": form}, {"type": "json_object"}],
            "temperature": [0],
            "max_tokens": [_TOKENS],
        }

    def ask(self, messages: Messages, spent: Spent) -> str:
        """The text of the answer; what it took is added to `spent`. Raises AskingError."""
        failures = 0
        while True:
            body = {"model": self.endpoint.model, "messages": messages, "stream": False, **self._parameters()}
            spent.requests += 1
            try:
                answer = post(self.endpoint, body)
                reason, wish = _failure(answer), _wish(answer)
            except TransportError as error:
                answer, reason, wish = None, str(error), 0.0
            if answer is not None and not reason:
                return _text(answer, spent)
            if answer is not None and answer.status in _UNKNOWN and self._do_without(answer):
                continue
            if answer is not None and answer.status not in _PASSING:
                raise AskingError(self._discreet(reason), settled=answer.status in _SETTLED)
            failures += 1
            if failures > self.endpoint.retries:
                attempts = f" (asked {failures} times)" if failures > 1 else ""
                raise AskingError(self._discreet(reason) + attempts)
            # A third at random, so that several processes do not come back together.
            doubled = _FIRST * 2 ** (failures - 1) * random.uniform(1, 4 / 3)
            self._pause(min(max(doubled, wish), _LONGEST))

    def _discreet(self, reason: str) -> str:
        """The reason without the key, which some servers say again."""
        return reason.replace(self.endpoint.key, "…") if self.endpoint.key else reason

    def _parameters(self) -> dict[str, Any]:
        return {name: values[0] for name, values in self._optional.items() if values}

    def _do_without(self, answer: Answer) -> bool:
        """Whether the server names a parameter of ours that it does not know; it is not sent again."""
        said = answer.body.decode("utf-8", "replace")
        named = [name for name, values in self._optional.items() if values and name in said]
        if not named and self._optional["response_format"] and "schema" in said:
            named = ["response_format"]
        for name in named[:1]:
            self._optional[name].pop(0)
        return bool(named)


def _failure(answer: Answer) -> str:
    """Why an answer is none, empty when it is one."""
    if answer.status == 200:
        return ""
    if 300 <= answer.status < 400:
        return f"HTTP {answer.status}: a redirect, which is not followed"
    said = " ".join(_message(answer.body).split())
    said = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    return f"HTTP {answer.status}: {said}" if said else f"HTTP {answer.status}"


def _message(body: bytes) -> str:
    """The server's message: of the usual error object, else the body."""
    try:
        error = json.loads(body)["error"]
        return str(error["message"] if isinstance(error, dict) else error)
    except (ValueError, LookupError, TypeError, RecursionError):
        return body[: 2 * _SHOWN].decode("utf-8", "replace")


def _wish(answer: Answer) -> float:
    """Seconds to wait as the header Retry-After says (RFC 9110, 10.2.3); 0 without one."""
    value = answer.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:6])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


def _text(answer: Answer, spent: Spent) -> str:
    """The words of the first choice; raises AskingError when there are none."""
    try:
        envelope = json.loads(answer.body)
        choice = envelope["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        _count(envelope.get("usage"), spent)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise AskingError("the answer is no chat completion") from error
    if refusal or choice.get("finish_reason") == "content_filter":
        raise AskingError("the model refused to answer")
    if choice.get("finish_reason") == "length":
        raise AskingError("the answer was cut off: the model writes no end")
    if not isinstance(content, str) or not content.strip():
        raise AskingError("the answer is empty")
    return content


def _count(usage: Any, spent: Spent) -> None:
    """Adds the server's count of tokens; one that is missing or no number counts nothing."""
    counted = usage if isinstance(usage, dict) else {}
    prompt, completion = counted.get("prompt_tokens"), counted.get("completion_tokens")
    spent.prompt_tokens += prompt if isinstance(prompt, int) and prompt > 0 else 0
    spent.completion_tokens += completion if isinstance(completion, int) and completion > 0 else 0
