"""Universal Dependencies treebanks (CoNLL-U) on the tokens of spaCy's blank tokenizer.

spaCy's own converter keeps the treebank's tokens, while the model will see those of the blank tokenizer:
"della" is two words in the treebank and one token here, "ex-ministro" one word there and three tokens here.
Each token takes the annotation of the highest word it overlaps, so the heads remain a tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc


@dataclass
class Word:
    """A syntactic word: columns of CoNLL-U, `head` as an index into the sentence (its own index at the root),
    and its code point span [start, end) in the sentence's text."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: dict[str, str]
    head: int
    deprel: str
    start: int = 0
    end: int = 0


@dataclass
class Sentence:
    """A sentence's words in order and the text they stand in."""

    words: list[Word] = field(default_factory=list)
    text: str = ""


@dataclass
class Tokens:
    """A sentence on the tokenizer's tokens: parallel lists, heads as indices within the sentence."""

    forms: list[str]
    spaces: list[bool]
    lemmas: list[str]
    pos: list[str]
    morphs: list[str]
    heads: list[int]
    deps: list[str]


#: Words an apostrophe ends ("po'", "E'" for "È"); after any other the next word follows at once.
_APOCOPE = {"e", "po", "mo", "di", "da", "fa", "sta", "va", "be"}


def read(path: Path, elision: bool = False) -> Iterator[Sentence]:
    """The sentences of one CoNLL-U file; with `elision` nothing but the next word follows "l'" and its
    like, as in print (MarkIT has a space there, at which the tokenizer takes the apostrophe for a quotation
    mark)."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        yield _sentence([row for row in rows if "." not in row[0]], elision)


def _sentence(rows: list[list[str]], elision: bool) -> Sentence:
    sentence = Sentence()
    within, surface = 0, (0, 0)
    for row in rows:
        stem = row[1][:-1].lower()
        elided = elision and row[1][-1] in "'’" and stem.isalpha() and stem not in _APOCOPE
        after = "" if elided or "SpaceAfter=No" in row[9] else " "
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            within, surface = last - first + 1, (len(sentence.text), len(sentence.text) + len(row[1]))
            parts = "".join(r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last)
            written_out, at = len(parts) == len(row[1]), surface[0]
            sentence.text += row[1] + after
            continue
        feats = {} if row[5] == "_" else dict(pair.split("=", 1) for pair in row[5].split("|"))
        index = int(row[0]) - 1
        head = index if row[6] == "0" else int(row[6]) - 1
        word = Word(row[1], row[2], row[3], row[4], feats, head, row[7])
        if within:  # "do" + "n't" have spans of their own, "di" + "la" share that of "della"
            within -= 1
            word.start, word.end = (at, at + len(word.form)) if written_out else surface
            at += len(word.form)
        else:
            word.start, word.end = len(sentence.text), len(sentence.text) + len(word.form)
            sentence.text += word.form + after
        sentence.words.append(word)
    return sentence


def _depths(words: list[Word]) -> list[int]:
    depths = []
    for index in range(len(words)):
        depth = 0
        while words[index].head != index:
            index, depth = words[index].head, depth + 1
        depths.append(depth)
    return depths


def _morph(main: Word, others: list[Word]) -> str:
    feats = dict(main.feats)
    if main.upos == "ADP":  # "della" bears the article's gender and number
        for other in others:
            feats = {**other.feats, **feats}
    return "|".join(f"{name}={feats[name]}" for name in sorted(feats, key=str.lower))


def tokens(nlp: Language, sentence: Sentence) -> Tokens:
    """The sentence on the tokens of `nlp`'s tokenizer.

    Of several words in a token the one nearest the root speaks for it (the first of equals). Of several tokens
    in a word the last alphabetic one bears it; the rest hang from that one as compound, punctuation as punct.
    """
    words, doc = sentence.words, nlp.make_doc(sentence.text.rstrip())
    depths = _depths(words)
    inside = [
        [i for i, word in enumerate(words) if word.start < token.idx + len(token) and token.idx < word.end]
        for token in doc
    ]
    mains = [min(found, key=lambda i: (depths[i], i)) if found else -1 for found in inside]
    bearer: dict[int, int] = {}
    for index, (token, found) in enumerate(zip(doc, inside, strict=True)):
        for i in found:
            if i not in bearer or token.text[-1:].isalnum():
                bearer[i] = index
    rows: list[tuple[str, str, str, int, str]] = []  # lemma, part of speech, features, head, relation
    for index, (token, main) in enumerate(zip(doc, mains, strict=True)):
        if main < 0:  # white space
            rows.append((token.text, "SPACE", "", max(index - 1, 0), "dep"))
        elif bearer[main] != index:
            mark = not token.text[-1:].isalnum()
            pos, dep = ("PUNCT", "punct") if mark else (words[main].upos, "compound")
            rows.append((token.text, pos, "", bearer[main], dep))
        else:
            word, head = words[main], bearer[words[main].head]
            morph = _morph(word, [words[i] for i in inside[index] if i != main])
            rows.append((word.lemma, word.upos, morph, head, "ROOT" if head == index else word.deprel))
    lemmas, pos_tags, morphs, heads, deps = (list(column) for column in zip(*rows, strict=True))
    spaces = [bool(token.whitespace_) for token in doc]
    return Tokens([token.text for token in doc], spaces, lemmas, pos_tags, morphs, heads, deps)


def document(nlp: Language, group: list[Tokens], words: list[str] | None = None) -> Doc:
    """One annotated document of consecutive sentences, a space between them; `words` replace their forms."""
    forms: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    for part in group:
        heads.extend(head + len(forms) for head in part.heads)
        forms.extend(part.forms)
        spaces.extend([*part.spaces[:-1], True])
    return Doc(
        nlp.vocab,
        words=words or forms,
        spaces=spaces,
        lemmas=[lemma for part in group for lemma in part.lemmas],
        pos=[pos for part in group for pos in part.pos],
        morphs=[morph for part in group for morph in part.morphs],
        heads=heads,
        deps=[dep for part in group for dep in part.deps],
    )
