"""Answers that a model has given, kept in a folder: a build that is repeated, or was broken off, asks and
pays for nothing twice, and says the same of the same article.

A file is named by the hash of address, model, instructions, schema and sentences, so that what is asked
otherwise is asked anew. Whoever wants other answers removes the folder.
"""

import hashlib
import json
import logging
import os
from pathlib import Path

from graph.llm.answers import SCHEMA
from graph.llm.client import Messages
from graph.llm.endpoint import Endpoint

log = logging.getLogger(__name__)


class Memory:
    """The answers of one endpoint; without a folder it remembers nothing."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._folder = endpoint.memory
        self._about = [endpoint.url, endpoint.model, SCHEMA]

    def recall(self, question: Messages) -> str | None:
        """The text of the answer to a question, if it was asked before."""
        if self._folder is None:
            return None
        try:
            return self._file(self._folder, question).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, question: Messages, text: str) -> None:
        """Remembers an answer; a folder that cannot be written costs the memory alone."""
        if self._folder is None:
            return
        target = self._file(self._folder, question)
        draft = target.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(text.encode("utf-8", "replace"))
            draft.rename(target)
        except OSError:
            log.debug("an answer could not be kept in %s", self._folder, exc_info=True)

    def _file(self, folder: Path, question: Messages) -> Path:
        asked = json.dumps([*self._about, question], sort_keys=True).encode("utf-8")
        return folder / f"{hashlib.sha256(asked).hexdigest()[:32]}.json"
