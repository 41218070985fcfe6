"""The forms of an English verb from its base, its past and its participle.

Regular endings with their spelling changes (stopped, carried, making). The plural present is left out:
without a tagger it is too often a noun ("talks", "call"), and news is told in the past.
"""

import re
from collections.abc import Iterator

from graph.lexicon.conjugation import VerbForm

_VOWELS = "aeiou"

# British spelling doubles a final l behind any single vowel (travelled), American does not.
_BRITISH = re.compile(r"^.*[^aeiou][aeiou]l$")

# One stressed syllable of consonant, vowel, consonant doubles its end (plan, ship; not visit, open).
_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][bdgmnprt]$")


def english_forms(base: str, past: str = "", participle: str = "") -> Iterator[VerbForm]:
    """Infinitive, third person, past, participle and gerund of `base`; two parts given where irregular."""
    stem = base + base[-1] if _DOUBLING.match(base) else base
    regular = f"{stem[:-1]}ied" if _changes_y(base) else f"{stem}d" if base.endswith("e") else f"{stem}ed"
    gerund = f"{base[:-1]}ing" if base.endswith("e") and not base.endswith("ee") else f"{stem}ing"
    yield VerbForm(base, base, "infinitive")
    yield VerbForm(_third(base), base, "present", "3s")
    yield VerbForm(past or regular, base, "remote", "3")
    yield VerbForm(participle or past or regular, base, "participle", "s")
    yield VerbForm(gerund, base, "gerund")
    if _BRITISH.match(base) and not past and not _DOUBLING.match(base):
        yield VerbForm(f"{base}led", base, "remote", "3")
        yield VerbForm(f"{base}led", base, "participle", "s")
        yield VerbForm(f"{base}ling", base, "gerund")


def _changes_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in _VOWELS


def _third(base: str) -> str:
    if _changes_y(base):
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{base}s"
