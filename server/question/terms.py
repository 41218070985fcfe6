"""The terms of a query, taken from its tokens; only those that are what they look like.

A number or a date can be written in several forms, of which the engine keeps one; an IRI without a scheme
has to be resolved. Such terms end the reading.
"""

from collections.abc import Sequence

from graph.store.columns.question import Constant, Node, Variable
from graph.store.columns.terms import DATES, INTEGER, IRI, STRING, is_date
from server.question.stream import BeyondError, Stream
from server.syntax.tokens import Token


class TermStream(Stream):
    """The tokens of a query, with the prefixes that it declares."""

    def __init__(self, words: Sequence[Token]) -> None:
        super().__init__(words)
        self._prefixes: dict[str, str] = {}

    def prologue(self) -> None:
        """Take the declarations of prefixes."""
        while self.taken("PREFIX"):
            name, iri = self.next("PNAME_NS"), self.next("IRIREF")
            self._prefixes[name.text] = _iri(iri.text)

    def node(self) -> Node:
        """A variable or a term. Raises BeyondError."""
        word = self.take()
        if word.kind == "VAR":
            return Variable(word.text[1:])
        if word.kind in ("IRIREF", "PNAME_LN", "PNAME_NS"):
            return self.named(word)
        if word.kind == "INTEGER":
            return Constant(INTEGER, str(int(word.text)))
        if word.kind == "STRING":
            return self.literal(word)
        raise BeyondError

    def literal(self, word: Token) -> Constant:
        """The literal that begins with a string. Raises BeyondError for one that has other forms too."""
        lexical = word.text
        if "\\" in lexical or lexical[:3] in ('"""', "'''"):
            raise BeyondError
        lexical = lexical[1:-1]
        if self.look().kind == "LANGTAG":
            return Constant(self.take().text.lower(), lexical)
        if self.taken("^^"):
            kind = "^^" + self.named(self.take()).lexical
            # Other kinds have several forms for a value, of which the engine keeps one.
            if kind not in DATES or not is_date(kind, lexical):
                raise BeyondError
            return Constant(kind, lexical)
        return Constant(STRING, lexical)

    def named(self, word: Token) -> Constant:
        """The IRI that a token names. Raises BeyondError."""
        if word.kind == "IRIREF":
            return Constant(IRI, _iri(word.text))
        if word.kind not in ("PNAME_LN", "PNAME_NS") or "\\" in word.text:
            raise BeyondError
        prefix, _, local = word.text.partition(":")
        begin = self._prefixes.get(f"{prefix}:")
        if begin is None:
            raise BeyondError
        return Constant(IRI, begin + local)

    def variable(self) -> Variable:
        """The variable that comes next. Raises BeyondError."""
        return Variable(self.next("VAR").text[1:])


def _iri(text: str) -> str:
    """The IRI in its brackets; without a scheme it would have to be resolved, which the engine does."""
    if "\\" in text or ":" not in text:
        raise BeyondError
    return text[1:-1]
