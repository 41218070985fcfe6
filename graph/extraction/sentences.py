"""Sentences: where one can end.

A full stop inside a quotation ends a sentence, too; an abbreviation or an initial does not. Straight marks
open or close by what stands beside them, not by counting, so that one lost mark does not turn the rest inside
out.
"""

from graph.extraction.words import Word

# A sentence of more words is a list or has lost its stops (the longest in the news read had 130);
# it is cut, so that what walks a sentence stays bounded.
_LONGEST_SENTENCE = 400

# Marks that close one another at the end of a sentence: two quotations and a bracket.
_CLOSING = 3


def mark_sentences(words: list[Word], abbreviations: tuple[str, ...]) -> list[tuple[int, int]]:
    """Number the words by sentence and return (first, last) word of each."""
    bounds: list[tuple[int, int]] = []
    first = 0
    for word in words:
        word.sentence = len(bounds)
        long = word.index - first + 1 >= _LONGEST_SENTENCE
        if word.index + 1 < len(words) and (long or _ends(words, word.index, abbreviations)):
            bounds.append((first, word.index))
            first = word.index + 1
    if words:
        bounds.append((first, len(words) - 1))
    return bounds


def _ends(words: list[Word], index: int, abbreviations: tuple[str, ...]) -> bool:
    word, following = words[index], words[index + 1]
    if following.paragraph != word.paragraph:
        return True
    if word.text == '"' and _opens(words, index):
        return False
    mark = index
    while words[mark].text in ('"', "»", "”", ")", "'") and mark > max(0, index - _CLOSING):
        mark -= 1
    stop = words[mark].text
    if not stop or stop[-1] not in ".!?…" or (mark == index and following.text in ('"', "»", "”", ")")):
        if stop == ";" and mark == index:
            return True
        # A closing mark directly after the stop belongs to the sentence that it closes, unless it opens the
        # next.
        return bool(
            stop
            and stop[-1] in ".!?…"
            and mark == index
            and following.text == '"'
            and _opens(words, index + 1)
        )
    if stop[-1] == "." and (
        stop[:-1].lower() in abbreviations or (stop == "." and _abbreviated(words, mark, abbreviations))
    ):
        return False
    return following.capital or following.text[0] in '"«“-(' or following.text[0].isdigit()


def _abbreviated(words: list[Word], mark: int, abbreviations: tuple[str, ...]) -> bool:
    before = words[mark - 1] if mark else None
    return bool(
        before and before.end == words[mark].start and before.lower in abbreviations and len(before.lower) > 1
    )


def _opens(words: list[Word], index: int) -> bool:
    """Whether the straight mark at `index` opens: it clings to the word after it, not to the one before."""
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    after = following is not None and following.start == word.end and following.text[0] not in ",.;:!?)"
    before = index > 0 and words[index - 1].end == word.start and words[index - 1].text not in ("(", "-", "'")
    return after and not before
