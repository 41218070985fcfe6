"""Reads those queries that the analytic replica can answer, from their tokens.

SELECT or ASK over a basic graph pattern and optional ones, with sequences and inverses of properties, plain
filters, VALUES of one variable, aggregates, GROUP BY, DISTINCT, ORDER BY, LIMIT, OFFSET. Own code, for
whatever this reader does not expect ends it, and the engine answers: it may know less than the language, but
must never understand something else.
"""

from collections.abc import Sequence

from graph.store.columns.question import (
    Comparison,
    Count,
    Extreme,
    Order,
    Question,
    Shown,
    Variable,
)
from server.question.group import GroupStream
from server.question.stream import BeyondError
from server.syntax.tokens import Token

MOST = 400
"""Tokens of a query that is looked at: what people write has fewer."""


def read(words: Sequence[Token]) -> Question | None:
    """The question of a query; None where it is another kind of query, or none at all."""
    if len(words) > MOST:
        return None
    try:
        return _Reader(words).question()
    except BeyondError:
        return None


class _Reader(GroupStream):
    def question(self) -> Question:
        """The whole query."""
        self.prologue()
        if self.taken("ASK"):
            self.where()
            self.end()
            found = Question(self.patterns, self.optionals, self.filters, ask=True)
            self._check_group(found)
            return found
        self.keyword("SELECT")
        distinct = self.taken("DISTINCT")
        shown = self._shown()
        self.where()
        groups = self._groups()
        if shown is None:
            if groups is not None:
                raise BeyondError
            shown = sorted(name for name in self.variables() if name[0] != " ")
        elif groups is None and not all(isinstance(each, Variable) for each in shown):
            groups = ()
        order = self._order()
        limit, offset = self._slice()
        self.end()
        found = Question(
            self.patterns,
            self.optionals,
            self.filters,
            shown,
            False,
            groups,
            distinct,
            order,
            limit,
            offset,
        )
        self._check_group(found)
        self._check_shown(found)
        return found

    def _check_group(self, question: Question) -> None:
        """Ends the reading where a filter or a part has a variable that may have no value there."""
        required = {each for pattern in question.patterns for each in pattern.variables}
        tested = {each.variable for each in question.filters}
        for each in question.filters:
            if isinstance(each, Comparison) and isinstance(each.other, Variable):
                tested.add(each.other)
        right = tested <= required
        seen = set(required)
        for group in question.optionals:
            own = {each for pattern in group for each in pattern.variables}
            right = right and bool(own & required) and own & seen <= required
            seen |= own
        if not right:
            raise BeyondError

    def _check_shown(self, question: Question) -> None:
        """Ends the reading where something is shown or ordered by that has no value, or none of its own."""
        variables = self.variables()
        required = {each for pattern in question.patterns for each in pattern.variables}
        plain = [each for each in question.shown if isinstance(each, Variable)]
        aggregates = [each for each in question.shown if not isinstance(each, Variable)]
        aliases = [each.alias for each in aggregates]
        names = plain + aliases
        ordered = {each.by for each in question.order}
        groups = question.groups
        right = (
            bool(names)
            and len(set(names)) == len(names)
            and not variables & set(aliases)
            and {*plain, *(groups or ())} <= variables
            and {each.of for each in aggregates if each.of is not None} <= required
        )
        if groups is None:
            right = right and ordered <= (set(plain) if question.distinct else variables)
        else:
            shown = {*groups, *aliases}
            right = right and not question.distinct and set(plain) <= set(groups) and ordered <= shown
        if not right:
            raise BeyondError

    def _shown(self) -> list[Shown] | None:
        """What is selected; None for everything."""
        if self.taken("*"):
            return None
        shown: list[Shown] = []
        while True:
            if self.look().kind == "VAR":
                shown.append(self.variable())
            elif self.taken("("):
                shown.append(self._aggregate())
            else:
                return shown

    def _aggregate(self) -> Count | Extreme:
        function = self.take().keyword
        self.keyword("(")
        distinct = self.taken("DISTINCT")
        if function == "COUNT":
            of = None if not distinct and self.taken("*") else self.variable()
        elif function in ("MIN", "MAX"):
            of = self.variable()
        else:
            raise BeyondError
        self.keyword(")")
        self.keyword("AS")
        alias = self.variable()
        self.keyword(")")
        if function == "COUNT":
            return Count(alias, of, distinct)
        assert of is not None
        return Extreme(alias, of, function == "MAX")

    def _groups(self) -> Sequence[Variable] | None:
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
