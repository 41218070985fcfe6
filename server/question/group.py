"""The group of a query's WHERE, taken from its tokens: patterns, optional patterns, VALUES and filters."""

from collections.abc import Sequence

from graph.store.columns.question import (
    Comparison,
    Constant,
    Filter,
    Language,
    Member,
    Node,
    Operator,
    Pattern,
    Text,
    Variable,
)
from graph.store.columns.terms import IRI, STRING, XSD
from server.question.stream import BeyondError
from server.question.terms import TermStream
from server.syntax.tokens import Token

TYPE = Constant(IRI, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DATE = f"^^{XSD}date"

_AFTER = ("FILTER", "OPTIONAL", "VALUES")
"""What may follow triples without a full stop."""

_OPERATORS: dict[str, Operator] = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_MIRRORED: dict[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class GroupStream(TermStream):
    """The tokens of a query, with what its group has said so far."""

    def __init__(self, words: Sequence[Token]) -> None:
        super().__init__(words)
        self.patterns: list[Pattern] = []
        self.optionals: list[list[Pattern]] = []
        self.filters: list[Filter] = []
        self._hidden = 0

    def variables(self) -> set[Variable]:
        """The variables of all patterns."""
        groups = (self.patterns, *self.optionals)
        return {variable for group in groups for pattern in group for variable in pattern.variables}

    def where(self) -> None:
        """Take the group. Raises BeyondError."""
        self.taken("WHERE")
        self.keyword("{")
        while not self.taken("}"):
            if self.taken("FILTER"):
                self._filter()
                self.taken(".")
            elif self.taken("VALUES"):
                self._values()
                self.taken(".")
            elif self.taken("OPTIONAL"):
                self.keyword("{")
                self.optionals.append([])
                while not self.taken("}"):
                    self._triples(self.optionals[-1])
                self.taken(".")
            elif self.optionals:
                raise BeyondError  # joined with what may have no value
            else:
                self._triples(self.patterns)
        if not self.patterns or not all(self.optionals):
            raise BeyondError

    def _values(self) -> None:
        variable = self.variable()
        self.keyword("{")
        constants = []
        while not self.taken("}"):
            constants.append(self.named(self.take()))
        if not constants or len(set(constants)) < len(constants):
            raise BeyondError
        self.filters.append(Member(variable, tuple(constants)))

    def _triples(self, patterns: list[Pattern]) -> None:
        """Take the triples of one subject, and what ends them."""
        subject = self.node()
        if isinstance(subject, Constant) and subject.kind != IRI:
            raise BeyondError
        while True:
            self._properties(subject, patterns)
            if not self.taken(";"):
                break
            if self.look().text in (".", "}", ";"):  # a semicolon may stand before nothing
                break
        following = self.look()
        if not self.taken(".") and following.text != "}" and following.keyword not in _AFTER:
            raise BeyondError

    def _properties(self, subject: Node, patterns: list[Pattern]) -> None:
        path = self._path()
        while True:
            value = self.node()
            at = subject
            for number, (predicate, inverse) in enumerate(path):
                if number == len(path) - 1:
                    to = value
                else:
                    self._hidden += 1
                    to = Variable(f" {self._hidden}")
                one, other = (to, at) if inverse else (at, to)
                if isinstance(one, Constant) and one.kind != IRI:
                    raise BeyondError
                patterns.append(Pattern(one, predicate, other))
                at = to
            if not self.taken(","):
                return

    def _path(self) -> list[tuple[Node, bool]]:
        if self.look().kind == "VAR":
            return [(self.variable(), False)]
        path: list[tuple[Node, bool]] = []
        while True:
            inverse = self.taken("^")
            word = self.take()
            predicate = TYPE if word.text == "a" else self.named(word)
            if self.look().text in ("*", "+", "?", "|"):
                raise BeyondError
            path.append((predicate, inverse))
            if not self.taken("/"):
                return path

    def _filter(self) -> None:
        function = self.look().keyword
        if function in ("CONTAINS", "STRSTARTS", "REGEX"):
            self._text()
            return
        self.keyword("(")
        while True:
            if self.look().keyword in ("CONTAINS", "STRSTARTS", "REGEX"):
                self._text()
            else:
                self._comparison()
            if self.taken(")"):
                return
            self.keyword("&&")

    def _text(self) -> None:
        """CONTAINS, STRSTARTS, or REGEX with a pattern of plain words."""
        function = self.take().keyword
        self.keyword("(")
        folded = self.taken("LCASE")
        if folded:
            self.keyword("(")
        any_term = self.taken("STR")
        variable = self._argument() if any_term else self.variable()
        if folded:
            self.keyword(")")
        self.keyword(",")
        words = self._sought(function == "REGEX")
        if function == "REGEX" and self.taken(","):
            if self.next("STRING").text[1:-1] != "i":
                raise BeyondError
            folded, words = True, words.lower()
        self.keyword(")")
        if folded and words != words.lower():
            raise BeyondError
        self.filters.append(Text(variable, words, function == "STRSTARTS", any_term, folded))

    def _sought(self, plain: bool) -> str:
        """What is looked for: ASCII, written in JSON as it is; without signs that mean more in a pattern."""
        literal = self.literal(self.next("STRING"))
        known = literal.lexical.replace(" ", "").replace("-", "") if plain else literal.lexical
        right = known.isalnum() if plain else known.isprintable() and not {'"', "\\"} & set(known)
        if literal.kind != STRING or not known.isascii() or not right:
            raise BeyondError
        return literal.lexical

    def _comparison(self) -> None:
        if self.taken("LANG"):
            self._language()
            return
        if self.taken("YEAR"):
            self._year()
            return
        one = self.node()
        if isinstance(one, Variable) and self.taken("IN"):
            self._member(one)
            return
        operator, other = self._operator(), self.node()
        if not isinstance(one, Variable):
            one, operator, other = other, _MIRRORED[operator], one
        if not isinstance(one, Variable):
            raise BeyondError
        if operator == "=" and isinstance(other, Constant) and other.kind in (IRI, STRING):
            self.filters.append(Member(one, (other,)))
        else:
            self.filters.append(Comparison(one, operator, other))

    def _language(self) -> None:
        variable = self._argument()
        self.keyword("=")
        language = self.literal(self.next("STRING"))
        name = language.lexical
        if language.kind != STRING or not name or name != name.lower():
            raise BeyondError
        self.filters.append(Language(variable, name))

    def _year(self) -> None:
        """A year compared, as the days that it begins and ends with are."""
        variable, operator = self._argument(), self._operator()
        year = f"{int(self.next('INTEGER').text):04}"
        first, last = Constant(DATE, f"{year}-01-01"), Constant(DATE, f"{year}-12-31")
        if len(year) != 4 or year == "0000" or operator == "!=":
            raise BeyondError
        if operator in ("=", ">="):
            self.filters.append(Comparison(variable, ">=", first))
        if operator in ("=", "<="):
            self.filters.append(Comparison(variable, "<=", last))
        if operator == ">":
            self.filters.append(Comparison(variable, ">", last))
        if operator == "<":
            self.filters.append(Comparison(variable, "<", first))

    def _argument(self) -> Variable:
        self.keyword("(")
        variable = self.variable()
        self.keyword(")")
        return variable

    def _member(self, variable: Variable) -> None:
        self.keyword("(")
        constants = [self.named(self.take())]
        while self.taken(","):
            constants.append(self.named(self.take()))
        self.keyword(")")
        self.filters.append(Member(variable, tuple(constants)))

    def _operator(self) -> Operator:
        operator = _OPERATORS.get(self.take().text)
        if operator is None:
            raise BeyondError
        return operator
