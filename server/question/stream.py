"""Tokens taken one by one, by a reader that knows what it expects."""

from collections.abc import Sequence

from server.syntax.tokens import Token

END = Token("END", "", 0)
"""What stands after the last token."""


class BeyondError(Exception):
    """The next token is none of those that the reader expects."""


class Stream:
    """The tokens of a query, and how far they are read."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self._at = 0

    def look(self) -> Token:
        """The next token, which stays."""
        return self._words[self._at] if self._at < len(self._words) else END

    def take(self) -> Token:
        """The next token."""
        word = self.look()
        self._at += 1
        return word

    def next(self, kind: str) -> Token:
        """The next token, which has to be of that kind. Raises BeyondError."""
        if self.look().kind != kind:
            raise BeyondError
        return self.take()

    def taken(self, written: str) -> bool:
        """Whether the next token is this keyword (in capitals) or mark; then it is taken."""
        word = self.look()
        if written == (word.keyword if written.isalpha() else word.text):
            self._at += 1
            return True
        return False

    def keyword(self, written: str) -> None:
        """Take this keyword or mark. Raises BeyondError where another token comes."""
        if not self.taken(written):
            raise BeyondError

    def end(self) -> None:
        """Raise BeyondError where tokens are left."""
        if self.look() is not END:
            raise BeyondError
