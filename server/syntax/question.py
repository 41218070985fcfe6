"""Reads those queries that the analytic replica can answer, from their tokens.

SELECT or ASK over one basic graph pattern, with sequences and inverses of properties, simple filters, COUNT,
GROUP BY, DISTINCT, ORDER BY, LIMIT, OFFSET. Own code, for whatever this reader does not expect ends it, and
the engine answers: it may know less than the language, but must never understand something else.
"""

from collections.abc import Sequence

from graph.store.columns.question import (
    Constant,
    Count,
    Filter,
    Node,
    Operator,
    Order,
    Pattern,
    Question,
    Variable,
)
from graph.store.columns.terms import IRI, STRING
from server.syntax.stream import BeyondError
from server.syntax.terms import TermStream
from server.syntax.tokens import Token

TYPE = Constant(IRI, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
MOST = 400
"""Tokens of a query that is looked at: what people write has fewer."""

_OPERATORS: dict[str, Operator] = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_MIRRORED: dict[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def read(words: Sequence[Token]) -> Question | None:
    """The question of a query; None where it is another kind of query, or none at all."""
    if len(words) > MOST:
        return None
    try:
        return _Reader(words).question()
    except BeyondError:
        return None


class _Reader(TermStream):
    def __init__(self, words: Sequence[Token]) -> None:
        super().__init__(words)
        self._patterns: list[Pattern] = []
        self._filters: list[Filter] = []
        self._hidden = 0

    def question(self) -> Question:
        """The whole query."""
        self.prologue()
        if self.taken("ASK"):
            self._where()
            self.end()
            return Question(self._patterns, self._filters, ask=True)
        self.keyword("SELECT")
        distinct = self.taken("DISTINCT")
        shown = self._shown()
        self._where()
        groups = self._groups()
        if shown is None:
            if groups is not None:
                raise BeyondError
            shown = sorted(name for name in self._variables() if name[0] != " ")
        elif groups is None and any(isinstance(each, Count) for each in shown):
            groups = []
        order = self._order()
        limit, offset = self._slice()
        self.end()
        found = Question(self._patterns, self._filters, shown, False, groups, distinct, order, limit, offset)
        self._check(found)
        return found

    def _check(self, question: Question) -> None:
        """Ends the reading where a variable stands that has no value, or none of its own."""
        variables = self._variables()
        plain = [each for each in question.shown if isinstance(each, Variable)]
        counts = [each for each in question.shown if isinstance(each, Count)]
        names = plain + [each.alias for each in counts]
        ordered = {each.by for each in question.order}
        groups = question.groups
        of = {each.of for each in counts if each.of is not None}
        tests = {each.variable for each in question.filters}
        tests |= {each.other for each in question.filters if isinstance(each.other, Variable)}
        right = (
            bool(names)
            and len(set(names)) == len(names)
            and not variables & {each.alias for each in counts}
            and {*plain, *of, *tests, *(groups or ())} <= variables
        )
        if groups is None:
            right = right and not counts and ordered <= (set(plain) if question.distinct else variables)
        else:
            shown = {*groups, *(each.alias for each in counts)}
            right = right and not question.distinct and set(plain) <= set(groups) and ordered <= shown
        if not right:
            raise BeyondError

    def _variables(self) -> set[Variable]:
        return {variable for pattern in self._patterns for variable in pattern.variables}

    # The clauses, in their order.

    def _shown(self) -> list[Variable | Count] | None:
        """What is selected; None for everything."""
        if self.taken("*"):
            return None
        shown: list[Variable | Count] = []
        while True:
            if self.look().kind == "VAR":
                shown.append(self.variable())
            elif self.taken("("):
                shown.append(self._count())
            else:
                return shown

    def _count(self) -> Count:
        self.keyword("COUNT")
        self.keyword("(")
        distinct = self.taken("DISTINCT")
        of = None if not distinct and self.taken("*") else self.variable()
        self.keyword(")")
        self.keyword("AS")
        alias = self.variable()
        self.keyword(")")
        return Count(alias, of, distinct)

    def _where(self) -> None:
        self.taken("WHERE")
        self.keyword("{")
        while not self.taken("}"):
            if self.taken("FILTER"):
                self._filter()
                self.taken(".")
                continue
            self._triples()
            if not self.taken(".") and self.look().text != "}" and self.look().keyword != "FILTER":
                raise BeyondError
        if not self._patterns:
            raise BeyondError

    def _groups(self) -> list[Variable] | None:
        if not self.taken("GROUP"):
            return None
        self.keyword("BY")
        groups = [self.variable()]
        while self.look().kind == "VAR":
            groups.append(self.variable())
        return groups

    def _order(self) -> list[Order]:
        order: list[Order] = []
        if not self.taken("ORDER"):
            return order
        self.keyword("BY")
        while True:
            if self.look().kind == "VAR":
                order.append(Order(self.variable(), False))
            elif self.look().keyword in ("ASC", "DESC"):
                descending = self.take().keyword == "DESC"
                self.keyword("(")
                order.append(Order(self.variable(), descending))
                self.keyword(")")
            elif order:
                return order
            else:
                raise BeyondError

    def _slice(self) -> tuple[int | None, int]:
        limit, offset = None, 0
        for _ in range(2):
            if limit is None and self.taken("LIMIT"):
                limit = int(self.next("INTEGER").text)
            elif not offset and self.taken("OFFSET"):
                offset = int(self.next("INTEGER").text)
        return limit, offset

    # Patterns.

    def _triples(self) -> None:
        subject = self.node()
        if isinstance(subject, Constant) and subject.kind != IRI:
            raise BeyondError
        while True:
            self._properties(subject)
            if not self.taken(";"):
                return
            if self.look().text in (".", "}", ";"):  # a semicolon may stand before nothing
                return

    def _properties(self, subject: Node) -> None:
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
                self._patterns.append(Pattern(one, predicate, other))
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

    # Filters.

    def _filter(self) -> None:
        self.keyword("(")
        while True:
            self._comparison()
            if self.taken(")"):
                return
            self.keyword("&&")

    def _comparison(self) -> None:
        if self.taken("LANG"):
            self.keyword("(")
            variable = self.variable()
            self.keyword(")")
            self.keyword("=")
            language = self.literal(self.next("STRING"))
            if (
                language.kind != STRING
                or not language.lexical
                or language.lexical != language.lexical.lower()
            ):
                raise BeyondError
            self._filters.append(Filter(variable, "lang", language))
            return
        one, operator, other = self.node(), self._operator(), self.node()
        if isinstance(one, Variable):
            self._filters.append(Filter(one, operator, other))
        elif isinstance(other, Variable):
            self._filters.append(Filter(other, _MIRRORED[operator], one))
        else:
            raise BeyondError

    def _operator(self) -> Operator:
        operator = _OPERATORS.get(self.take().text)
        if operator is None:
            raise BeyondError
        return operator
