"""Dependencies: who plays which part in an event by the parse of its sentence.

The second way beside the walks of `clauses`: where those reach nobody, subject, object and prepositional
phrases are read off the tree. Words and tokens of the parse are the same, so that a head's mention is that of
its word.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graph.extraction.clauses import Clauses
from graph.extraction.mentions import Mention
from graph.extraction.parsing import parser
from graph.extraction.slots import Filled

# Relations of a subject, of one acted upon, and those through which a verb shares the subject of its head.
_SUBJECTS = ("nsubj", "csubj")
_ACTED_UPON = ("nsubj:pass",)
_SHARED = ("conj", "xcomp", "advcl")

# A noun hangs from the verb that carries it as one of these.
_CARRIED = ("obj", "obl", "nsubj", "nsubj:pass")

# A sentence of more words is none (a list, a table), and the memory of a parse grows with its length.
_LONGEST = 150

# At most so many heads are climbed: the parse of a long sentence may be wrong anywhere.
_CLIMBED = 2


class Dependencies:
    """The parse of some sentences of one article, made at once."""

    def __init__(self, text: str, offset: int, clauses: Clauses, language: str, sentences: set[int]) -> None:
        self.clauses = clauses
        words = [word for word in clauses.words if word.sentence in sentences]
        self._place = {word.index: place for place, word in enumerate(words)}
        self._word = [word.index for word in words]
        tokens = [(word.start - offset, word.end - offset) for word in words]
        opening = {word.sentence: word.start - offset for word in reversed(words)}
        self._doc: Doc = parser(language)(text, opening.values(), tokens)

    def fill(self, filled: Filled) -> list[tuple[str, Mention]]:
        """(role, mention) of those whom the parse puts into the slots of the trigger's frame."""
        place = self._place.get(filled.trigger.last)
        if place is None:
            return []
        token = self._doc[place]
        roles = filled.trigger.frame.roles
        found = []
        for slot, head in self._slots(token, filled.trigger.predicate is not None):
            role = roles.get(slot, "")
            mention = self.clauses.at.get(self._word[head.i])
            if role and role != "place" and mention is not None:
                found += [(role, member) for member in self.clauses.group(mention)]
        return found

    def _slots(self, token: Token, verb: bool) -> Iterator[tuple[str, Token]]:
        """The slots of a frame with the heads of what fills them."""
        if verb:
            yield from self._arguments(token)
        else:
            yield from self._phrases(token)
            if token.dep_ in _CARRIED:
                yield from (("subj", head) for head in self._subjects(token.head, token))

    def _arguments(self, verb: Token) -> Iterator[tuple[str, Token]]:
        passive = any(child.dep_ in ("aux:pass", *_ACTED_UPON) for child in verb.children)
        for child in verb.children:
            acted_upon = child.dep_ in _ACTED_UPON or (child.dep_ == "nsubj" and passive)
            if acted_upon or child.dep_ == "obj":
                yield "obj", child
            elif child.dep_ == "obl:agent":
                yield "subj", child
        if not passive:
            yield from (("subj", head) for head in self._subjects(verb, verb))
        yield from self._phrases(verb)

    def _subjects(self, verb: Token, noun: Token) -> Iterator[Token]:
        """The subject of a verb, or of the one that shares its own with it."""
        for _ in range(_CLIMBED):
            own = [child for child in verb.children if child.dep_ in _SUBJECTS and child.i != noun.i]
            if own:
                yield from own
                return
            if verb.dep_ not in _SHARED:
                return
            verb = verb.head

    def _phrases(self, head: Token) -> Iterator[tuple[str, Token]]:
        """The prepositional phrases of a word, by the slot of their preposition."""
        for child in head.children:
            if child.dep_.split(":")[0] not in ("obl", "nmod"):
                continue
            case = next((grandchild for grandchild in child.children if grandchild.dep_ == "case"), None)
            if case is not None:
                yield self.clauses.words[self._word[case.i]].value, child


def lacking(filled: Sequence[Filled], clauses: Clauses) -> set[int]:
    """The sentences of the triggers whose frame found fewer agents than it needs, endless ones left out."""
    found = {
        clauses.words[one.trigger.first].sentence
        for one in filled
        if len(one.arguments) + len(one.states) < max(one.trigger.frame.least, 1)
    }
    lengths = Counter(word.sentence for word in clauses.words)
    return {sentence for sentence in found if lengths[sentence] <= _LONGEST}
