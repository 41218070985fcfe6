"""Updates as their operations: what reaches which graph, and the same with a dataset of the client's.

The engine takes no dataset with an update, and knows no update of one graph alone; both are written into the
text instead: the protocol's parameters as USING (SPARQL 1.1 Protocol, section 2.2.3), the graph of a PATCH as
WITH and GRAPH. What is no update is left for the engine's parser to refuse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.syntax.tokens import Token, tokens

_OPENING, _CLOSING = "{[(", "}])"
_CHANGES = frozenset(("INSERT", "DELETE"))


class MisfitError(Exception):
    """An update that contradicts what comes with it, or goes beyond the graph that it is about."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update: its tokens, without the prologue before it, and the depth of each."""

    words: Sequence[Token]
    depths: Sequence[int]

    @property
    def name(self) -> str:
        """Its first keyword."""
        return self.words[0].keyword

    @property
    def second(self) -> str:
        """Its second keyword, if it has one."""
        return self.words[1].keyword if len(self.words) > 1 else ""

    def outside(self, keyword: str) -> list[Token]:
        """The tokens that are this keyword, outside of all brackets."""
        return [
            word
            for word, depth in zip(self.words, self.depths, strict=True)
            if depth == 0 and word.keyword == keyword
        ]

    def groups(self) -> list[tuple[Token, Token]]:
        """The outermost groups in braces, each as its first and last token."""
        found: list[tuple[Token, Token]] = []
        opened = None
        for word, depth in zip(self.words, self.depths, strict=True):
            if word.text == "{" and depth == 0:
                opened = word
            elif word.text == "}" and depth == 1 and opened is not None:
                found.append((opened, word))
        return found


def operations(update: str) -> Iterator[Operation]:
    """The operations of an update, in order."""
    words: list[Token] = []
    depths: list[int] = []
    depth = 0
    for word in tokens(update):
        if word.text == ";" and depth == 0:
            if words:
                yield Operation(words, depths)
            words, depths = [], []
            continue
        if word.text in _CLOSING:
            words.append(word)
            depths.append(depth)
            depth = max(depth - 1, 0)
            continue
        words.append(word)
        depths.append(depth)
        depth += word.text in _OPENING
        if _is_prologue(words):
            words, depths = [], []
    if words:
        yield Operation(words, depths)


def _is_prologue(words: Sequence[Token]) -> bool:
    first = words[0].keyword
    return (first == "BASE" and len(words) == 2) or (first == "PREFIX" and len(words) == 3)


def hoisted(update: str) -> str:
    """The update with its later declarations at its head, for the engine knows them only there (rule 29).

    Unchanged where there are none, or where one declares a name anew.
    """
    words, found = list(tokens(update)), list[tuple[int, int]]()
    declared: dict[str, str] = {}
    depth, begun = 0, False
    for number, word in enumerate(words):
        depth += (word.text in _OPENING) - (word.text in _CLOSING)
        length = {"PREFIX": 3, "BASE": 2}.get(word.keyword, 0)
        if depth or not length or number + length > len(words):
            begun = begun or depth > 0 or word.text == ";"
            continue
        *name, iri = (each.text for each in words[number + 1 : number + length])
        if declared.setdefault("".join(name), iri) != iri:
            return update
        if begun:
            last = words[number + length - 1]
            found.append((word.offset, last.offset + len(last.text)))
    head = " ".join(update[begin:end] for begin, end in found)
    for begin, end in reversed(found):
        update = update[:begin] + update[end:]
    return f"{head} {update}" if found else update


def prepared(update: str, default: Sequence[str] | None, named: Sequence[str] | None) -> str:
    """The update with this dataset for its patterns; unchanged where both are None.

    Raises MisfitError where the update names a dataset itself.
    """
    if default is None and named is None:
        return update
    clauses = [f"USING <{iri}>" for iri in default or ()] + [f"USING NAMED <{iri}>" for iri in named or ()]
    using = " ".join(clauses)
    edits: list[tuple[int, str]] = []
    for operation in operations(update):
        if operation.outside("WITH") or operation.outside("USING"):
            raise MisfitError("the update names its dataset, by WITH or USING, and the request does so too")
        if operation.name not in _CHANGES:
            continue
        where = operation.outside("WHERE")
        if operation.second == "WHERE" and operation.groups():
            begin, end = operation.groups()[0]
            pattern = update[begin.offset : end.offset + 1]
            edits.append((where[0].offset, f"{pattern} {using} "))
        elif where:
            edits.append((where[-1].offset, f"{using} "))
    return _edited(update, edits)


def confined(update: str, graph: str) -> str:
    """The update with `graph` for its default graph; empty: the default graph itself.

    Raises MisfitError where it would change another graph.
    """
    edits: list[tuple[int, str]] = []
    for operation in operations(update):
        _check_confined(operation)
        if not graph:
            continue
        if operation.second in ("DATA", "WHERE"):
            for begin, end in operation.groups():
                edits += [(begin.offset + 1, f" GRAPH <{graph}> {{"), (end.offset, "} ")]
        else:
            edits.append((operation.words[0].offset, f"WITH <{graph}> "))
    return _edited(update, edits)


def _check_confined(operation: Operation) -> None:
    if operation.name not in _CHANGES:
        raise MisfitError(f"{operation.name or 'this'} is about whole graphs, or about more than this one")
    if operation.outside("USING"):
        raise MisfitError("USING names another dataset than the graph that is patched")
    changed = operation.groups() if operation.second in ("DATA", "WHERE") else operation.groups()[:-1]
    for begin, end in changed:
        for word in operation.words:
            if begin.offset < word.offset < end.offset and word.keyword == "GRAPH":
                raise MisfitError("GRAPH names another graph than the one that is patched")


def _edited(text: str, edits: Sequence[tuple[int, str]]) -> str:
    """The text with insertions at these offsets."""
    for offset, inserted in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[:offset] + inserted + text[offset:]
    return text
