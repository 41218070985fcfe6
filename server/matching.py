"""Search inside a query: `?thing pg:matches "words"` becomes the things that the index finds.

    ?thing pg:matches "zelensky kursk"                       at most 1,000 things, best first by ?score
    (?thing ?score ?words) pg:matches ("zelensky" 20)         how well they match, in which words

The pattern is taken out of its group and stands as VALUES at its begin, so that the engine starts from
the few things found; what it means is a join of the group with them. Apache Jena's text:query does the same:
https://jena.apache.org/documentation/query/text-query.html
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.errors import QueryError
from graph.store.search.finding import Hit
from ontology.prefixes import NAMESPACE
from server.syntax import grammar
from server.syntax.tokens import Token, tokens

NAME = "matches"
DEFAULT_LIMIT = 1000
"""Things found where the query does not say how many: what the engine joins in some milliseconds."""

MOST = 5000
"""Things that a query may ask for: as many as a search ranks."""

Finder = Callable[[str, int], Sequence[Hit]]
"""From words and a limit to the things found."""


class PatternError(Exception):
    """A search pattern that cannot be understood. `offset` and `length` say where, in code points."""

    def __init__(self, reason: str, remedy: str, at: Token) -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.offset = at.offset
        self.length = len(at.text)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One search pattern: token numbers of what goes, and what stands for it at the begin of its group."""

    begin: int
    end: int
    group: int
    variables: tuple[str, ...]
    words: str
    limit: int
    property: Token


def expanded(query: str, find: Finder) -> str:
    """The query with each search pattern replaced by what `find` finds; itself where it has none.

    Raises PatternError. A query with a fault of grammar stays as it is: the engine will refuse it.
    """
    if NAME not in query:
        return query
    words = list(tokens(query))
    places = [number for number, word in enumerate(words) if _is_search(word, words)]
    if not places or grammar.read(words) is not None:
        return query
    patterns = [_pattern(words, number) for number in places if not _in_template(words, number)]
    edits: list[tuple[int, int, str]] = []
    for pattern in patterns:
        try:
            hits = find(pattern.words, pattern.limit)
        except QueryError as error:
            raise PatternError(error.reason, error.remedy, pattern.property) from error
        after_brace = words[pattern.group].offset + 1
        edits.append((after_brace, after_brace, _values(pattern, hits)))
        last = words[pattern.end]
        edits.append((words[pattern.begin].offset, last.offset + len(last.text), " "))
    for begin, end, text in sorted(edits, reverse=True):
        query = query[:begin] + text + query[end:]
    return query


def _values(pattern: _Pattern, hits: Sequence[Hit]) -> str:
    rows = ("(" + " ".join(str(term) for term in _terms(hit)[: len(pattern.variables)]) + ")" for hit in hits)
    return f" VALUES ({' '.join(pattern.variables)}) {{ {' '.join(rows)} }} "


def _terms(hit: Hit) -> tuple[NamedNode | Literal, ...]:
    found = "".join(text for text, _ in hit.words)
    return NamedNode(hit.iri), Literal(hit.score), Literal(found, language=hit.language or None)


def _is_search(word: Token, words: Sequence[Token]) -> bool:
    if word.kind == "IRIREF":
        return word.text == f"<{NAMESPACE}{NAME}>"
    prefix, _, local = word.text.partition(":")
    if word.kind != "PNAME_LN" or local != NAME:
        return False
    for number, other in enumerate(words[:-1]):
        if other.kind == "PNAME_NS" and other.text == f"{prefix}:" and words[number - 1].keyword == "PREFIX":
            return words[number + 1].text == f"<{NAMESPACE}>"
    return False


def _opening(words: Sequence[Token], number: int) -> int:
    """The number of the brace that opens the group around a token."""
    depth = 0
    for at in range(number - 1, -1, -1):
        depth += (words[at].text == "}") - (words[at].text == "{")
        if depth < 0:
            return at
    return -1


def _in_template(words: Sequence[Token], number: int) -> bool:
    """Whether the token stands outside of any pattern: in a prologue, or in what a CONSTRUCT builds."""
    opening = _opening(words, number)
    if opening < 0:
        return True
    return words[opening - 1].keyword == "CONSTRUCT"


def _pattern(words: Sequence[Token], number: int) -> _Pattern:
    text, limit, end = _object(words, number)
    shared = words[number - 1].text == ";"
    variables, begin = _subject(words, number)
    following = words[end + 1].text
    if following == ",":
        raise PatternError("a search has one text", "Put all words into one string.", words[end + 1])
    if shared:
        begin = number - 1
    elif following == ";":
        if len(variables) > 1:
            raise PatternError(
                "a list has no other property", "End the search with a full stop.", words[end + 1]
            )
        begin, end = number, end + 1
        if words[end + 1].text in (".", "}"):  # nothing follows the semicolon, so the subject goes as well
            begin -= 1
    elif following == ".":
        end += 1
    return _Pattern(begin, end, _opening(words, number), variables, text, limit, words[number])


def _object(words: Sequence[Token], number: int) -> tuple[str, int, int]:
    """The words to look for, how many things to find, and the number of the last token."""
    first = words[number + 1]
    listed = first.text == "("
    string = words[number + 2] if listed else first
    remedy = f'Write ?thing {words[number].text} "words" or ?thing {words[number].text} ("words" 20).'
    if string.kind != "STRING":
        raise PatternError("a search needs its words as a string", remedy, string)
    if not listed:
        if words[number + 2].kind == "LANGTAG" or words[number + 2].text == "^^":
            raise PatternError("the words of a search are a plain string", remedy, words[number + 2])
        return _unquoted(string), DEFAULT_LIMIT, number + 1
    at, limit = number + 3, DEFAULT_LIMIT
    if words[at].kind == "INTEGER":
        limit, at = int(words[at].text), at + 1
    if words[at].text != ")":
        raise PatternError("a search takes its words and a number at most", remedy, words[at])
    if not 0 < limit <= MOST:
        raise PatternError(f"a search finds 1 to {MOST:,} things", remedy, words[at - 1])
    return _unquoted(string), limit, at


def _unquoted(string: Token) -> str:
    """The value of a string token, by the engine's own reading of it."""
    quoted = string.text
    long = quoted[:3] in ('"""', "'''")
    inner = quoted[3:-3] if long else quoted[1:-1]
    return inner.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in inner else inner


def _subject(words: Sequence[Token], number: int) -> tuple[tuple[str, ...], int]:
    """The variables of a search, and the number of their first token."""
    before = words[number - 1]
    remedy = f'Write ?thing {words[number].text} "words".'
    if before.kind == "VAR":
        return (before.text,), number - 1
    if before.text == ")":
        begin = number - 2
        while words[begin].kind == "VAR":
            begin -= 1
        listed = tuple(word.text for word in words[begin + 1 : number - 1])
        if words[begin].text == "(" and 1 <= len(listed) <= 3 and len(set(listed)) == len(listed):
            return listed, begin
        raise PatternError("a search gives ?thing, ?score and ?words", remedy, words[begin])
    if before.text == ";":
        subject = _start(words, number - 1)
        if words[subject].kind == "VAR":
            return (words[subject].text,), subject
    raise PatternError("a search finds things for a variable", remedy, before)


def _start(words: Sequence[Token], number: int) -> int:
    """The number of the first token of the triples that go on at a semicolon."""
    depth, at = 0, number
    while at > 0:
        before = words[at - 1].text
        depth += (before in (")", "]")) - (before in ("(", "["))
        if depth < 0 or (depth == 0 and before in (".", "{", "}")):
            break
        at -= 1
    while words[at].keyword in ("FILTER", "BIND"):
        at += 1
        while words[at].text != "(":
            at += 1
        depth = 0
        while True:
            depth += (words[at].text == "(") - (words[at].text == ")")
            at += 1
            if depth == 0:
                break
    return at
